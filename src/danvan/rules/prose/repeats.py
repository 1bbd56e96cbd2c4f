"""One fact told twice with two figures, as when a headline and its article differ by a digit."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from danvan.rules.numbers import write
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.passage import Sentence, is_share, one_digit_apart

SMALLEST = 100

_PERIOD = re.compile(r"(?:đầu|cuối|cùng) (?:năm|tháng|quý|kỳ)|(?:năm|tháng|quý|ngày|kỳ|đợt) \S+|trước|so với|từ")


def check_repeats(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Only where the words around both are the same, no period or place tells them apart, and one digit or two swapped
    digits make the difference.
    """
    told: dict[tuple[str, str], list[Figure]] = {}
    for sentence in sentences:
        for place, figure in enumerate(sentence.figures):
            if key := _key(sentence, place, figure):
                told.setdefault(key, []).append(figure)
    for figures in told.values():
        for first, second in pairwise(figures):
            if _differs_by_a_slip(int(first.value), int(second.value)):
                yield _finding(first, second)


def _key(sentence: Sentence, place: int, figure: Figure) -> tuple[str, str] | None:
    words = re.findall(r"[^\W\d_]+", sentence.gaps[place])[-2:]
    if is_share(figure) or figure.value < SMALLEST or figure.value != int(figure.value) or len(words) < 2:
        return None
    phrase = figure.counted or ""
    if len(phrase.split()) + len(words) < 4 or _PERIOD.search(sentence.gaps[0]) or _PERIOD.search(sentence.gaps[place]):
        return None
    return " ".join(words), phrase.lower()


def _differs_by_a_slip(one: int, other: int) -> bool:
    swapped = (
        sorted(str(one)) == sorted(str(other)) and sum(a != b for a, b in zip(str(one), str(other), strict=False)) == 2
    )
    return one_digit_apart(one, other) or (one != other and swapped)


def _finding(first: Figure, second: Figure) -> Finding:
    message = f"Cùng một nội dung ({first.counted}) nhưng chỗ nêu {write(first.value)}, chỗ nêu {write(second.value)}."
    return Finding("repeat", message, second.value, first.value, ((first.start, first.end), (second.start, second.end)))
