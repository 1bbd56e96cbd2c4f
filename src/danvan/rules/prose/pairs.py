"""Numerator and denominator: `8.328/8.574 đơn`, `8.328 đơn trên tổng số 8.574 đơn`; what a percentage is said to be.

A slash means many things (part/whole, cases/people, now/before, levels, a date): a pair has one unit on both sides.
"""

import re

from danvan.rules.prose.figure import Figure
from danvan.rules.prose.passage import Pair, Sentence, is_share, same_unit

_SLASH = re.compile(r"(?: ?[^\W\d_][\w²³’'-]*){0,7} ?/ ?(?:tổng(?: số)? )?")
_AFTER_BRACKET = re.compile(r"[^()]*\) ?/ ?(?:tổng(?: số)? )?")
_OUT_OF = re.compile(
    r"[^\d.;()]{0,60}?(?:trên tổng số|trong tổng số|trên tổng|trong tổng|trên số|trong số|so với tổng số|/ ?tổng số)"
    r"(?: [^\W\d_]+){0,4} ?(?:là )?"
)
_STATES = re.compile(r"(?:^|\W)(?:đạt|chiếm|tỷ lệ|bằng|tương đương|tương ứng|hoàn thành|tức|=|→|≈)(?:\W|$)")
_CHANGES = re.compile(
    r"(?:^|\W)(?:tăng|giảm|vượt|hụt|cao hơn|thấp hơn|nhiều hơn|ít hơn|chênh|lệch|trượt|lãi suất|mỗi năm)(?:\W|$)"
)


def pairs(sentence: Sentence) -> list[Pair]:
    """Every `a/b` and `a trên tổng số b` of one unit."""
    if sentence.pairs is None:
        sentence.pairs = _found_pairs(sentence)
    return sentence.pairs


def _found_pairs(sentence: Sentence) -> list[Pair]:
    found = []
    for whole in range(1, len(sentence)):
        part = _part_of(sentence, whole)
        if part is not None and can_pair(sentence.figures[part], sentence.figures[whole]):
            found.append(Pair(part, whole))
    return found


def _part_of(sentence: Sentence, whole: int) -> int | None:
    gap = sentence.gaps[whole]
    if _SLASH.fullmatch(gap) or _OUT_OF.fullmatch(gap):
        return whole - 1
    if gap.strip() == "trên" or (gap.strip() == "" and sentence.figures[whole].qualifier == "trên"):
        return whole - 1
    return sentence.previous(whole) if _AFTER_BRACKET.fullmatch(gap) else None


def can_pair(part: Figure, whole: Figure) -> bool:
    return not is_share(part) and not is_share(whole) and same_unit(part, whole)


def in_pair(sentence: Sentence, place: int) -> bool:
    return any(place in (pair.part, pair.whole) for pair in pairs(sentence))


def says_change(sentence: Sentence, place: int) -> bool:
    """Whether the words right before a figure make it a change: tăng, giảm, vượt, cao hơn."""
    return bool(_CHANGES.search(sentence.clause(place)))


def says_rate(sentence: Sentence, place: int) -> bool:
    """Whether the words before a percentage present it as a level: đạt, chiếm, tỷ lệ, bằng, a bracket, a bare comma."""
    if says_change(sentence, place):
        return False
    gap = sentence.gaps[place]
    bare = gap.rstrip().endswith(("(", ",", "-", "–", ":", "|", ";")) or not gap.strip()
    return bare or bool(re.search(r"\([^()#]*$", gap)) or bool(_STATES.search(gap[-40:]))
