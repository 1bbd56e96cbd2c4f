"""Numbers that name things: codes, list items, labelled places and papers, names, slogans, a page's own counters."""

import re

from danvan.rules.prose.lexicon import (
    ALWAYS_LABELS,
    BEFORE_FIVE,
    CLASS_OF,
    EACH,
    FURNITURE,
    MEASURING,
    MOSTLY_LABELS,
    NOT_BEFORE,
    PARTIES,
    QUALIFIERS,
    SLOGAN,
    STOPS,
    TITLES,
)
from danvan.rules.prose.site import Site
from danvan.rules.prose.units import noun_after

LONGEST_FURNITURE = 70  # characters of a line that a page says about itself
LONGEST_LIST = 260  # characters of a list of places with their counts
LONGEST_COUNT = 7  # bare digits; more are an identifier unless a unit follows

_GROWN_LETTERS = re.compile(r"[^\W\d_]+[23²³]?")
_ITEM = re.compile(r"\d{1,2}(?:(?:\.\d{1,2}){0,3}(?:[.)] |\.-|/ )|(?:\.\d{1,2}){1,3} (?=[^\W\d_]))")
_ROW_NUMBER = re.compile(r" ?[\t|] ?[^\W\d_]")
_WORD_AHEAD = re.compile(r" ([^\W\d_])([^\W\d_]+)")
_NEXT_WORD = re.compile(r" ?([^\W\d_]+)")
_BULLETS = " -+•*\t#|"
_ITEM_ENDS = re.compile(r" ?(?:[,;.)\n]| và |$)")
_NEXT_TOLD = re.compile(r"[,;] ?([^\W\d_][^,;()\d]{1,40}) \d")
_SIGNS = frozenset('.:;-–+•*(“"\n')
_COUNTABLE = frozenset({"person", "organisation", "event", "thing", "matter"})


def is_code(site: Site) -> bool:
    """Digits grown together with a name: COVID-19, 5G, tàu BĐ 97258, tổ 12a, 4.0, 5+1, or too long for a quantity."""
    number, text = site.number, site.text
    before, after = text[max(0, number.start - 2) : number.start], text[number.digits_end : number.digits_end + 6]
    hyphened = len(before) == 2 and before[1] in "-–" and before[0].isalpha()
    if hyphened or before[-1:] in tuple("#+_*×") or after[:1] in tuple("+_*") or number.raw == "4.0":
        return True
    letters = _GROWN_LETTERS.match(after)
    if letters and not number.scaled and (letters[0][0].isupper() or len(letters[0]) == 1):
        return letters[0].lower() not in CLASS_OF or (letters[0].isupper() and len(letters[0]) == 1)
    if not number.raw.isdecimal():
        return False
    if len(number.raw) > 3 and site.before and site.before[-1].isupper() and not site.is_known:
        return len(site.before[-1]) <= 4
    longest = len(number.raw) > LONGEST_COUNT and not (number.scaled or letters or noun_after(text, number.end))
    return longest or (len(number.raw) > 2 and number.raw[0] == "0")


def is_furniture(site: Site) -> bool:
    """What a web page counts about itself: `Lượt xem: 911`, `2,786 comments`, on a line of its own."""
    number, text = site.number, site.text
    window = text[max(0, number.start - LONGEST_FURNITURE) : number.end + LONGEST_FURNITURE]
    if len(max(window.split("\n"), key=len)) > LONGEST_FURNITURE:
        return False
    words = [word for word in site.lowered if word[0].isalpha()]
    ahead = noun_after(text, number.end)
    counted = ahead.phrase.lower() if ahead else ""
    if not words and (counted in FURNITURE or counted.split(" ")[0] in FURNITURE):
        return True
    named = any(" ".join(words[first:]) in FURNITURE for first in range(min(2, len(words))))
    return named and not (ahead and ahead.kind)


def is_item(site: Site) -> bool:
    """The number of a list item, a heading or a table row: `1. `, `2.1 Kết quả`, `3) `, and `(2)` in a sentence."""
    number, text = site.number, site.text
    at_start = _starts_line(text, number.start)
    if at_start and number.end - number.start <= 3 and _ROW_NUMBER.match(text, number.end):
        return True
    if at_start and (item := _ITEM.match(text, number.start)):
        return item[0][-1] != " " or item[0][-2] in ".)/" or text[item.end()].isupper()
    closed = text[number.end : number.end + 1] == ")" and number.raw.isdecimal() and int(number.raw) <= 30
    return closed and (at_start or _is_bracketed_item(text, number.start, number.end))


def _is_bracketed_item(text: str, start: int, end: int) -> bool:
    """`(1) nâng cao …; (2) …` and `1) …`, but not `khiếu nại (12), tố cáo (5)`."""
    opened = text[max(0, start - 3) : start].rstrip()
    if opened.endswith("("):
        return not opened[:-1].rstrip()[-1:].isalnum() or text[end + 1 : end + 3].strip()[:1].isalpha()
    return text[start - 1 : start] == " " and text.rfind("(", max(0, start - 80), start) < 0


def _starts_line(text: str, position: int) -> bool:
    before = text[max(0, position - 12) : position].rstrip(_BULLETS)
    return before.endswith("\n") or (not before and position <= 12)


def is_label(site: Site) -> bool:
    """Whether the words before name what is numbered: Điều 5, Trung đoàn 3, khu phố 4, Nghị quyết số 27, quý 2."""
    words = site.lowered[:-1] if _is_number_word(site.lowered) else site.lowered
    for length in range(min(4, len(words)), 0, -1):
        label, ahead = " ".join(words[-length:]), words[-length - 1 : -length]
        if label in ALWAYS_LABELS:
            return not site.is_certain
        if label in MOSTLY_LABELS and ahead != ["định"] and not _is_in_name(site, len(words), length):
            counted = (site.is_known and not _heads_a_name(site)) or site.is_certain
            if ahead and ahead[0] in EACH:
                return False
            return not counted or (not site.is_certain and label in TITLES and _is_title(site, len(words), length))
    return len(words) < len(site.lowered) and not site.is_known and not site.is_certain


def _heads_a_name(site: Site) -> bool:
    """`trong tuần 4 Chiến dịch …`: what follows is a name of its own, not what is counted."""
    ahead = _WORD_AHEAD.match(site.text, site.number.end)
    return ahead is not None and ahead[1].isupper() and ahead[2].islower()


def _is_number_word(lowered: list[str]) -> bool:
    """Whether `số` before a numeral means “number”, not “the number of” (tổng số 264 đơn, trong số 120 hộ)."""
    return lowered[-1:] == ["số"] and lowered[-2:-1] not in (
        ["tổng"],
        ["trong"],
        ["con"],
        ["một"],
        ["đa"],
        ["với"],
        ["có"],
    )


def _is_in_name(site: Site, end: int, length: int) -> bool:
    """`Phòng` of Hải Phòng, `Kỳ` of Bắc Kỳ: a single capital word after another is no label."""
    if length != 1 or end < 2 or not site.before[end - 1][0].isupper():
        return False
    word = site.before[end - 2]
    return word[0].isupper() and word[1:].islower()


def _is_title(site: Site, end: int, length: int) -> bool:
    """`Nghị quyết` inside a sentence is a paper's name; at its start, or in capitals, it may be any word."""
    first, ahead = site.before[end - length], site.before[end - length - 1 : end - length] if end > length else []
    return first[0].isupper() and not first.isupper() and bool(ahead) and ahead[0] not in _SIGNS


def is_slogan(site: Site) -> bool:
    """`4 tại chỗ`, `3 không`, `6 rõ`: a small number before a word that cannot be counted."""
    number = site.number
    if not number.raw.isdecimal() or int(number.raw) > 12:
        return False
    following = _NEXT_WORD.match(site.text[number.digits_end : number.digits_end + 12])
    return following is not None and following[1].lower() in SLOGAN


def is_named(site: Site) -> bool:
    """A small number after a name: Văn Lâm 2, Nhà máy Sông Hậu 1, Ban Chỉ đạo 35; acronyms rather head a list."""
    if site.is_known or not site.before or not site.number.raw.isdecimal() or len(site.number.raw) > 4:
        return False
    word = site.before[-1]
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    starts = len(site.before) == 1 or site.before[-2] in _SIGNS
    plain = word.lower() in STOPS or word.lower() in QUALIFIERS
    return not plain and not (starts and noun_after(site.text, site.number.end)) and not _is_told_by_place(site)


def _is_told_by_place(site: Site) -> bool:
    """`27 sự cố, gồm Bắc Ninh 2, Hà Nội 1`: counts after names, in a list that a colon, `gồm` or a bracket opens.

    Not `3 ấp (Tân An 1, Mỹ Hòa 2)`, where the places are what is listed, nor one name with running numbers.
    """
    start, end, text = site.number.start, site.number.end, site.text
    window = text[max(0, start - LONGEST_LIST) : start]
    opener = max(window.rfind("("), window.rfind("gồm "), window.rfind(": "))
    if opener < 0 or ")" in window[opener:] or not _ITEM_ENDS.match(text, end):
        return False
    *earlier, name = re.split("[,;]", window[opener:].removeprefix("gồm").lstrip("(: "))
    listed = _NEXT_TOLD.match(text, end)
    names = [re.split(r"\d", item)[0].strip() for item in [*earlier, listed[1] if listed else ""]]
    if name.strip() in names or not (earlier or listed) or not all(any(map(str.isdigit, item)) for item in earlier):
        return False
    counted = window[:opener].lower().split()[-4:]
    return name.strip()[:1].isupper() and not any(CLASS_OF.get(word) == "place" for word in counted)


def is_count_in_words(site: Site) -> bool:
    """`sáu tập thể`, `hai tuyến cao tốc`; not `hai bên`, `ba cơ quan` (parties), `trong năm người dân` (the year)."""
    noun = site.noun
    if noun is None or noun.kind in (None, "rank", "time") or not site.number.raw.islower():
        return False
    several_people = noun.unit == "người" and site.number.value is not None and site.number.value > 2
    if site.last in NOT_BEFORE or (noun.unit in PARTIES and site.last not in MEASURING and not several_people):
        return False
    return site.number.raw != "năm" or (site.last in BEFORE_FIVE and noun.kind in _COUNTABLE)
