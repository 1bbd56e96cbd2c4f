"""How much of what should be hidden is proposed, and how much of what is proposed should be, on labelled passages.

    python -m bench.redaction.measure            # both sets
    python -m bench.redaction.measure blind      # one of them, with what was missed and what was too much

`seen.txt` was there while the rules were written; `blind.txt` was written and labelled before the rules were first run
on it, and what that first run reached stands in README.md. A label is `{text|kind}`; `-` is left for either. Both sets
were made up by those who wrote the rules, so they say less than a real office's letters would. A find counts where it
has the kind and covers the label; what it takes with it may be at most three signs more on either side.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from danvan.rules.redaction import Kind, Span, propose

HERE = Path(__file__).parent
SETS = ("seen", "blind")
_LABEL = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
SLACK = 3


@dataclass
class Passage:
    name: str
    text: str = ""
    labels: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass
class Score:
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def passages(name: str) -> Iterator[Passage]:
    for block in (HERE / f"{name}.txt").read_text(encoding="utf-8").split("### ")[1:]:
        title, _, marked = block.strip("\n").partition("\n")
        passage, last = Passage(title), 0
        for match in _LABEL.finditer(marked):
            passage.text += marked[last : match.start()]
            start = len(passage.text)
            passage.text += match[1]
            passage.labels.append((match[2], start, len(passage.text)))
            last = match.end()
        passage.text += marked[last:]
        yield passage


def score(given: list[Passage]) -> Score:
    total = Score()
    for passage in given:
        spans = list(propose(passage.text))
        for kind, start, end in passage.labels:
            hit = next((span for span in spans if _covers(span, kind, start, end)), None)
            if hit is not None:
                spans.remove(hit)
            if kind == "-":
                continue
            total.wanted[kind] += 1
            total.found[kind] += hit is not None
            total.proposed[kind] += hit is not None
            total.right[kind] += hit is not None
            if hit is None:
                total.problems.append(f"{passage.name}: missed {kind} {passage.text[start:end]!r}")
        for span in spans:
            total.proposed[span.kind] += 1
            total.problems.append(f"{passage.name}: too much, {span.kind} {passage.text[span.start : span.end]!r}")
    return total


def _covers(span: Span, kind: str, start: int, end: int) -> bool:
    inside = start - SLACK <= span.start <= start and end <= span.end <= end + SLACK
    return inside and kind in {"-", span.kind}


def holds_decomposed(given: list[Passage]) -> bool:
    """The same words are found where every accent is a sign of its own."""
    for passage in given:
        apart = unicodedata.normalize("NFD", passage.text)
        found = [unicodedata.normalize("NFC", apart[span.start : span.end]) for span in propose(apart)]
        if found != [passage.text[span.start : span.end] for span in propose(passage.text)]:
            return False
    return True


def report(name: str, *, details: bool) -> None:
    given = list(passages(name))
    total = score(given)
    print(f"\n{name}: {len(given)} passages; same on decomposed text: {'yes' if holds_decomposed(given) else 'NO'}\n")
    print("| kind | labelled | recall | proposed | precision |\n|---|---|---|---|---|")
    for kind in [*Kind, "all"]:
        wanted, found, proposed, right = (
            sum(counts.values()) if kind == "all" else counts[kind]
            for counts in (total.wanted, total.found, total.proposed, total.right)
        )
        if wanted or proposed:
            print(f"| {kind} | {wanted} | {_share(found, wanted)} | {proposed} | {_share(right, proposed)} |")
    if details:
        print("", *total.problems, sep="\n  ")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        report(chosen, details=len(sys.argv) > 1)
