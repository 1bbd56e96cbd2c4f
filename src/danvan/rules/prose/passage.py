"""A text as the checks see it: sentences, each a row of figures with the words between them and the brackets around."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from danvan.rules.prose.figure import Figure
from danvan.rules.prose.lexicon import CLASS_OF
from danvan.rules.text import nfc

LONGEST = 60  # figures of one sentence that are looked at together
REACH = 240  # characters of a gap that can matter to a figure

_END = re.compile(r"(?<!TP)(?<!Tp)[.!?…][\"”’»)]*\s+(?=[^\W_]|[\"“«(+•*-])|(?<![:;,])\s*\n")
_INNER = re.compile(r"\([^()]*\)")
_SAME_KIND = {"vụ việc": "vụ", "vụ án": "vụ", "tỉ lệ": "tỷ lệ"}


@dataclass(frozen=True)
class Pair:
    """The places of part and whole in a sentence."""

    part: int
    whole: int


@dataclass
class Sentence:
    """`gaps[i]` are the words before figure i, `gaps[-1]` those after the last; lower case, single spaces."""

    figures: list[Figure] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    brackets: list[tuple[int, ...]] = field(default_factory=list)
    pairs: "list[Pair] | None" = None

    def __len__(self) -> int:
        return len(self.figures)

    def depth(self, place: int) -> int:
        return len(self.brackets[place])

    def outside(self, inner: int, outer: int) -> bool:
        """Whether figure `outer` stands in the same bracket as `inner`, or further out."""
        return self.brackets[inner][: self.depth(outer)] == self.brackets[outer]

    def previous(self, place: int) -> int | None:
        """The nearest figure before that is not inside a bracket already closed."""
        return next((other for other in range(place - 1, -1, -1) if self.outside(place, other)), None)

    def between(self, start: int, end: int) -> str:
        """The words between two figures; other figures show as #, closed brackets are left out."""
        joined = "#".join(self.gaps[start + 1 : end + 1])
        return _INNER.sub(" ", joined)

    def clause(self, place: int) -> str:
        """The words right before a figure, back to the last comma, semicolon, colon or bracket."""
        return re.split(r"[,;:()]", self.gaps[place])[-1].strip()


def sentences(text: str, figures: Sequence[Figure]) -> Iterator[Sentence]:
    current, serial = Sentence(), 0
    opened: list[int] = []
    last = 0
    for figure in figures:
        before, gap = _parted(text, last, figure.start)
        if before is None and len(current) == LONGEST:
            before = gap
        if before is not None and current.figures:
            current.gaps.append(before)
            yield current
        if before is not None:
            current, opened = Sentence(), []
        for char in gap:
            if char == "(":
                serial += 1
                opened.append(serial)
            elif char == ")" and opened:
                opened.pop()
        current.figures.append(figure)
        current.gaps.append(gap)
        current.brackets.append(tuple(opened))
        last = figure.end
    if current.figures:
        before, gap = _parted(text, last, min(len(text), last + REACH))
        current.gaps.append(gap if before is None else before)
        yield current


def _parted(text: str, start: int, end: int) -> tuple[str | None, str]:
    """The words after one figure and before the next, cut at the sentence's end if one lies between."""
    if start == 0:
        return "", _plain(_after_last_end(text[max(0, end - REACH) : end]))
    gap = text[start:end]
    found = _END.search(gap[:REACH]) if len(gap) <= REACH else _END.search(gap)
    if found is None and len(gap) <= 2 * REACH:
        return None, _plain(gap)
    stop = found.start() if found else REACH
    return _plain(gap[: min(stop, REACH)]), _plain(_after_last_end(gap[-REACH:] if len(gap) > REACH else gap))


def _after_last_end(gap: str) -> str:
    ends = [found.end() for found in _END.finditer(gap)]
    return gap[ends[-1] :] if ends else gap


def _plain(gap: str) -> str:
    """Lower case, composed, single spaces; the edge of a table cell shows as a bar."""
    return re.sub(r"\s+", " ", nfc(gap).lower().replace("\t", " | ")).replace("tỉ lệ", "tỷ lệ")


def kind(figure: Figure) -> str | None:
    """The class of what is counted: sums are only drawn inside one."""
    return CLASS_OF.get(figure.unit or "") or CLASS_OF.get((figure.unit or "").split(" ")[0])


def same_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures are counted in one unit; a figure without a unit goes with any."""
    if one.unit is None or other.unit is None:
        return "%" not in (one.unit, other.unit)
    return _SAME_KIND.get(one.unit, one.unit) == _SAME_KIND.get(other.unit, other.unit)


def is_share(figure: Figure) -> bool:
    return figure.unit == "%"


def one_digit_apart(one: int, other: int) -> bool:
    """Whether a single wrong digit turns one number into the other."""
    first, second = str(one), str(other)
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1
