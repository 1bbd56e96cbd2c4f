"""How well the figure reader and the identity checks do on labelled passages.

    python bench/prose/measure.py            # both sets
    python bench/prose/measure.py blind      # one of them, with what was missed

`seen.txt` was there while the rules were written; `blind.txt` was labelled before the rules were first run on it. That
first run read it with precision 0.976, recall 0.988, value 0.988, unit 0.966 and qualifier 0.988; since then both sets
only guard what is reached.
A label is `{text|unit|qualifier|value}`: the unit may be `-` (none) or `*` (not judged), the value may be left out when
the text is a plain Vietnamese numeral. `! rule stated` lines name the findings a passage must lead to.
"""

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from danvan.rules.prose import Figure, check, read

HERE = Path(__file__).parent
SETS = ("seen", "blind")
_LABEL = re.compile(r"\{([^{}]*)\}")
_PAIR_AND_RATE = re.compile(r"\d[\d.]*/\d[\d.]*[^/%\n]{0,40}?\(?(?:đạt|bằng|tỷ lệ|\()[^\d\n]{0,12}(\d+(?:,\d+)?) ?%")


@dataclass
class Label:
    start: int
    end: int
    unit: str
    qualifier: str
    value: Decimal


@dataclass
class Passage:
    name: str
    text: str
    labels: list[Label] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@dataclass
class Score:
    labels: int = 0
    found: int = 0
    right: int = 0
    value: int = 0
    units_judged: int = 0
    unit: int = 0
    qualifier: int = 0
    problems: list[str] = field(default_factory=list)


def passages(name: str) -> Iterator[Passage]:
    for block in (HERE / f"{name}.txt").read_text(encoding="utf-8").split("### ")[1:]:
        title, *lines = block.strip("\n").split("\n")
        expected = [line[2:] for line in lines if line.startswith("! ")]
        yield _passage(title, "\n".join(line for line in lines if not line.startswith("! ")), expected)


def _passage(name: str, marked: str, expected: list[str]) -> Passage:
    passage, last = Passage(name, "", findings=expected), 0
    for match in _LABEL.finditer(marked):
        written, unit, qualifier, value = [*match[1].split("|"), "", "", ""][:4]
        passage.text += marked[last : match.start()]
        start = len(passage.text)
        passage.text += written
        number = Decimal(value or written.rstrip(" %").replace(".", "").replace(",", "."))
        passage.labels.append(Label(start, len(passage.text), unit, qualifier, number))
        last = match.end()
    passage.text += marked[last:]
    return passage


def score(given: list[Passage]) -> Score:
    total = Score()
    for passage in given:
        figures = {(figure.start, figure.end): figure for figure in read(passage.text)}
        total.labels += len(passage.labels)
        total.found += len(figures)
        for label in passage.labels:
            figure = figures.pop((label.start, label.end), None)
            if figure is None:
                total.problems.append(f"{passage.name}: missed {passage.text[label.start : label.end]!r}")
            else:
                _compare(total, passage, label, figure)
        total.problems += [f"{passage.name}: extra {passage.text[start - 20 : end + 20]!r}" for start, end in figures]
    return total


def _compare(total: Score, passage: Passage, label: Label, figure: Figure) -> None:
    total.right += 1
    total.value += figure.value == label.value
    total.qualifier += (figure.qualifier or "") == label.qualifier
    if label.unit != "*":
        total.units_judged += 1
        same = (figure.unit or "-") == label.unit
        total.unit += same
        if not same:
            total.problems.append(f"{passage.name}: unit of {figure.text!r} is {figure.unit!r}, not {label.unit!r}")
    if figure.value != label.value or (figure.qualifier or "") != label.qualifier:
        total.problems.append(f"{passage.name}: {figure}")


def findings_of(text: str) -> list[str]:
    shown = []
    for finding in check(text, read(text)):
        stated = f"{finding.stated:f}".replace(".", ",")
        shown.append(finding.rule if finding.rule == "denominator" else f"{finding.rule} {stated}")
    return shown


def planted(given: list[Passage], times: int = 20) -> tuple[int, int, list[str]]:
    """One digit of an explicit rate is changed by more than rounding can; how many of these are reported."""
    random, tried, caught, missed = Random(7), 0, 0, []  # noqa: S311 -- plants the same errors every time
    for passage in given:
        for match in [*_PAIR_AND_RATE.finditer(passage.text)] * times:
            wrong = _one_digit_off(match[1], random)
            if f"rate {match[1]}" in passage.findings or _is_rounding(match[1], wrong):
                continue
            text = passage.text[: match.start(1)] + wrong + passage.text[match.end(1) :]
            tried += 1
            if f"rate {wrong}" in findings_of(text):
                caught += 1
            else:
                missed.append(f"{passage.name}: {text[max(0, match.start() - 5) : match.end() + 3]!r}")
    return tried, caught, sorted(set(missed))


def _is_rounding(right: str, wrong: str) -> bool:
    """One step in the last place may be rounding; `07,88%` is no way to write a number."""
    steps = abs(int(right.replace(",", "")) - int(wrong.replace(",", "")))
    return steps < 2 or wrong.startswith("0")


def _one_digit_off(written: str, random: Random) -> str:
    place = random.choice([place for place, char in enumerate(written) if char.isdigit()])
    other = random.choice([digit for digit in "0123456789" if digit != written[place]])
    return written[:place] + other + written[place + 1 :]


def speed(given: list[Passage]) -> float:
    """Kilobytes of UTF-8 read and checked per second of CPU."""
    text = "\n\n".join(passage.text for passage in given) * 12
    started = time.process_time()
    check(text, read(text))
    return len(text.encode()) / 1000 / (time.process_time() - started)


def report(name: str, *, details: bool) -> None:
    given = list(passages(name))
    total = score(given)
    print(f"{name}: {len(given)} passages, {total.labels} labelled figures, {total.found} read")
    print(f"  precision {total.right / total.found:.3f}  recall {total.right / total.labels:.3f}")
    print(f"  value {total.value / total.labels:.3f}  unit {total.unit / total.units_judged:.3f}"
          f"  qualifier {total.qualifier / total.right:.3f}")  # fmt: skip
    expected = [(passage.name, each) for passage in given for each in passage.findings]
    got = [(passage.name, each) for passage in given for each in findings_of(passage.text)]
    right, false = len(set(expected) & set(got)), len(set(got) - set(expected))
    print(f"  findings expected {len(expected)}, found {right}, false {false}")
    tried, caught, missed = planted(given)
    print(f"  planted one-digit errors {tried}, reported {caught}")
    print(f"  read and checked {speed(given):.0f} kB/s CPU")
    if details:
        print(*total.problems, *(f"missing {each}" for each in sorted(set(expected) - set(got))), sep="\n  ")
        print(*(f"false {each}" for each in sorted(set(got) - set(expected))), *missed[:8], sep="\n  ")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        report(chosen, details=len(sys.argv) > 1)
