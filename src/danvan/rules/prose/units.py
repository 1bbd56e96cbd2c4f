"""What a number counts: the noun phrase after it, or the one a list puts before it."""

import re
from dataclasses import dataclass

from danvan.rules.prose.lexicon import BODIES, CLASS_OF, COMPOUNDS, FUNCTION, LONGEST_UNIT, MEASURES, STOPS, VERBS

_NEXT_WORD = re.compile(r"[ \n]{0,24}([^\W\d_]+(?:['’-][^\W\d_]+)*(?:²|³|[23](?![\d]))?)")
_IN_WORDS = re.compile(r" \([^()\d]{2,60}\)")
_LAST_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|\d+(?:[.,/]\d+)*|\n")
_LONGEST_PHRASE = 7
_SHORT = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "tỉ": "tỷ", "phần trăm": "%"}
_LINKS = frozenset("là : = – - còn có đạt được khoảng gần hơn trên dưới với tổng cộng ước".split())
_TIMES = frozenset("năm tháng quý ngày".split())
_UNTOLD = frozenset({"tỷ lệ", "tỉ lệ", "giá", "trị giá", "giá trị"})


@dataclass(frozen=True, slots=True)
class Noun:
    """`unit` is the head, `phrase` the fuller noun phrase, `kind` its class in the lexicon (None: not listed)."""

    unit: str
    phrase: str
    kind: str | None
    end: int

    @property
    def is_measure(self) -> bool:
        return self.kind in MEASURES


def words_after(text: str, position: int, limit: int = _LONGEST_PHRASE) -> list[tuple[str, int]]:
    """The unbroken run of words that follows, each with its end; a note in brackets (`05 (năm) vụ`) is skipped."""
    note = _IN_WORDS.match(text, position)
    if note and text[note.end() : note.end() + 1] == " " and text[position + 2].islower():
        first = _NEXT_WORD.match(text, note.end())
        position = note.end() if first and first[1].lower() in CLASS_OF else position
    found: list[tuple[str, int]] = []
    while len(found) < limit and (match := _NEXT_WORD.match(text, position)):
        if "\n" in match[0] and not (found and match[1][0].islower()):
            break
        position = match.end()
        found.append((match[1], position))
    return found


def words_before(text: str, position: int, limit: int = 8) -> list[str]:
    """The words and signs before a position in its line or table cell, nearest last."""
    window = text[max(0, position - 90) : position]
    line = window[max(window.rfind("\n"), window.rfind("\t"), window.rfind("|")) + 1 :]
    return _LAST_WORDS.findall(line)[-limit:]


def noun_after(text: str, position: int) -> Noun | None:
    """The counted noun: the longest listed one, else any lower-case phrase that does not start with a function word."""
    words = words_after(text, position)
    if not words:
        return None
    lowered = [word.lower() for word, _ in words]
    for length in range(min(LONGEST_UNIT, len(words)), 0, -1):
        phrase = " ".join(lowered[:length])
        if phrase in CLASS_OF and not (length == 1 and phrase in STOPS):
            return _listed(text, words, phrase, length)
    if words[0][0].isupper() and 2 <= len(words[0][0]) <= 6 and lowered[0] not in BODIES:
        return Noun(lowered[0], words[0][0], None, words[0][1])
    if not words[0][0][0].islower() or lowered[0] in STOPS or " ".join(lowered[:2]) in STOPS:
        return None
    length = 2 if len(words) > 1 and _continues(words[1][0], lowered[0], _word(words, 2)) else 1
    unit = " ".join(lowered[:length])
    return Noun(unit, _phrase(words, length), None, words[length - 1][1])


def _listed(text: str, words: list[tuple[str, int]], phrase: str, length: int) -> Noun:
    kind, end = CLASS_OF[phrase], words[length - 1][1]
    if kind in MEASURES:
        return Noun(_SHORT.get(phrase, phrase), _measured(text, end), kind, end)
    return Noun(phrase, _phrase(words, length), kind, end)


def _measured(text: str, position: int) -> str:
    """What is measured, after the measure: `km đường nông thôn` → `đường nông thôn`; empty when nothing follows."""
    words = words_after(text, position)
    if not words or not words[0][0][0].islower() or words[0][0] in STOPS or _pair(words, 0) in STOPS:
        return ""
    return _phrase(words, 1)


def _phrase(words: list[tuple[str, int]], length: int) -> str:
    """Extends the first `length` words to the end of the noun phrase."""
    taken = [words[0][0].lower() if words[0][0][1:].islower() or len(words[0][0]) == 1 else words[0][0]]
    taken += [word for word, _ in words[1:length]]
    for place in range(length, len(words)):
        if not _continues(words[place][0], words[place - 1][0].lower(), _word(words, place + 1)):
            break
        taken.append(words[place][0])
    return " ".join(taken)


def _word(words: list[tuple[str, int]], place: int) -> str:
    return words[place][0].lower() if place < len(words) else ""


def _pair(words: list[tuple[str, int]], place: int) -> str:
    return " ".join(word.lower() for word, _ in words[place : place + 2])


def _continues(word: str, before: str, ahead: str) -> bool:
    """Whether a word goes on a noun phrase; `giao` of `giao thông` does, though alone it is a verb."""
    lowered = word.lower()
    if not word[0].islower() or lowered in _TIMES or f"{lowered} {ahead}" in STOPS:
        return False
    return lowered not in STOPS or f"{before} {lowered}" in COMPOUNDS or f"{lowered} {ahead}" in COMPOUNDS


def noun_before(words: list[str]) -> str | None:
    """The phrase a list counts before its number: `khiếu nại sai 17`, `Hộ nghèo: 120`, `số đảng viên là 3.450`."""
    words = list(words)
    while words and words[-1].lower() in _LINKS:
        words.pop()
    taken: list[str] = []
    for word in reversed(words):
        if word[0].isdigit():
            return None
        name_part = word[0].isupper() and len(taken) + 1 < len(words)
        if not word[0].isalpha() or (word.lower() in FUNCTION and not name_part) or len(taken) == 5:
            break
        taken.insert(0, word)
    while taken and (taken[0].lower() in VERBS or " ".join(taken[:2]).lower() in VERBS):
        taken = taken[2:] if " ".join(taken[:2]).lower() in VERBS else taken[1:]
    phrase = " ".join(taken)
    return phrase if phrase and phrase.lower() not in _UNTOLD else None
