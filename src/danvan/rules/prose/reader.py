"""Reads every quantity a text states: finds the numbers, drops those that are none, says what the others count."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from danvan.rules.prose.figure import Figure
from danvan.rules.prose.grammar import Numeral, numerals, points_after
from danvan.rules.prose.lexicon import COMPARING, QUALIFIERS, QUALIFIERS_AFTER, STOPS
from danvan.rules.prose.masks import Masks
from danvan.rules.prose.site import Site
from danvan.rules.prose.source import Source, prepare
from danvan.rules.prose.tables import with_headed_units
from danvan.rules.prose.units import Noun, noun_after, noun_before, words_before

LONGEST_ITEM = 80  # characters between two numbers of a list
FEW_PLACES = 30
SHARED_WITHIN = 16  # characters between two numbers that can have one unit

_OPENS_LIST = re.compile(r"[^()\d.;\n]*(?:\(|gồm:?|:) ?[^()\d.;\n]*")
_NEXT_ITEM = re.compile(r" ?(?:[,;]|và) ?[^()\d.;\n]*")
_SHARES_UNIT = re.compile(r"\s*(?:/|,|và|hoặc|hay|-|–|đến|tới|trên(?: tổng số| tổng)?)\s*(?:(?:gần|hơn|khoảng|trên) )?")
_PAIRED = re.compile(r" ?(?:[/–-]|trên(?: tổng số| tổng)?) ?")
_ENGLISH_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")
_LIST_GOES_ON = re.compile(r"\s*(?:[,;.)\n\t|/–-]|$|và |\(\D{0,12}\d)")
_RATIO_AHEAD = re.compile(r"\s*(?:/|trên (?:tổng số |tổng )?)\s*\d")
_RATIO_BEHIND = re.compile(r"\d[^\W_]*\s*/\s*$")
_PLACES_FOR_NUMBERS = frozenset({"là", "còn", "đạt", ",", "và"})


def read(text: str) -> list[Figure]:
    """The figures of a text in order; offsets fit `text` as given, whatever its normal form."""
    source = prepare(text)
    found = _with_units_of_lists(source.text, _with_shared_units(source.text, list(_figures(source.text))))
    found = with_headed_units(source.text, found)
    return [_placed(figure, source, text) for figure in found]


def _placed(figure: Figure, source: Source, original: str) -> Figure:
    start, end = source.origin(figure.start, figure.end)
    return replace(figure, start=start, end=end, text=original[start:end])


def _figures(text: str) -> Iterator[Figure]:
    masks = Masks(text)
    found = numerals(text)
    for number, following in zip(found, [*found[1:], None], strict=False):
        noun = noun_after(text, number.end) or _noun_of_pair(text, number, following)
        before = words_before(text, number.start)
        site = Site(text, number, before, [word.lower() for word in before], noun)
        if masks.reason(site) is None and (figure := _figure(site)):
            yield figure


def _noun_of_pair(text: str, number: Numeral, following: Numeral | None) -> Noun | None:
    """`381/960 ngày`, `14-16 học sinh`, `8 trên 9 xã`: the first number counts what the second does."""
    if following is None or following.start - number.end > SHARED_WITHIN or number.percent:
        return None
    return noun_after(text, following.end) if _PAIRED.fullmatch(text, number.end, following.start) else None


def _figure(site: Site) -> Figure | None:
    number = site.number
    qualifier, left = _qualifier(site)
    unit, counted = _unit(site)
    if counted is None and not number.percent:
        counted = noun_before(left)
    value = _value(site)
    if value is None or (unit is None and not _is_evident(site, counted)):
        return None
    return Figure(number.start, number.end, site.text[number.start : number.end], value, unit, counted, qualifier)


def _value(site: Site) -> Decimal | None:
    """`2,786 hộ` can only be the English way of grouping: households have no decimals."""
    number, noun = site.number, site.noun
    counted_whole = noun is not None and not noun.is_measure and not number.scaled and not number.percent
    if number.value is not None and counted_whole and _ENGLISH_GROUP.fullmatch(number.raw):
        return number.value * 1000
    return number.value


def _unit(site: Site) -> tuple[str | None, str | None]:
    points, noun = points_after(site.text, site.number.end), site.noun
    if points:
        return " ".join(points[0].split()), None
    if site.number.percent:
        return "%", noun.phrase if noun and noun.kind != "time" else None
    return (noun.unit, noun.phrase or None) if noun else (None, None)


def _is_evident(site: Site, counted: str | None) -> bool:
    """A number without a unit is a figure when it stands where lists and tables put one, or in a ratio."""
    text, number = site.text, site.number
    behind = text[max(0, number.start - 6) : number.start]
    if number.scaled or _RATIO_AHEAD.match(text, number.end) or _RATIO_BEHIND.search(behind):
        return True
    if not _LIST_GOES_ON.match(text, number.end):
        return False
    in_place = behind.rstrip(" ")[-1:] in {"\t", "|", ":", "="}
    return in_place or counted is not None or site.last in _PLACES_FOR_NUMBERS


def _qualifier(site: Site) -> tuple[str | None, list[str]]:
    """The qualifier as written, and the words before it. `cao hơn 3 điểm` compares, `8 trên 9 xã` is a ratio."""
    for length in range(min(3, len(site.before)), 0, -1):
        phrase, left = " ".join(site.lowered[-length:]), site.before[:-length]
        if phrase not in QUALIFIERS:
            continue
        if phrase == "trên" and left and left[-1][-1].isdigit():
            return None, site.before
        if phrase in {"hơn", "quá"} and left and left[-1].lower() in COMPARING:
            return None, left
        if phrase == "trên" and left and _is_location(site, left[-1].lower()):
            return None, left
        return " ".join(site.before[-length:]), left
    return _qualifier_after(site), site.before


def _is_location(site: Site, last: str) -> bool:
    """`dọn rác trên 7 tuyến đường`: a few places right after a noun are where, not how many."""
    few = site.number.value is not None and site.number.value < FEW_PLACES
    return few and last.isalpha() and last not in STOPS and site.noun is not None and site.noun.kind == "place"


def _qualifier_after(site: Site) -> str | None:
    if site.noun is None:
        return None
    ahead = site.text[site.noun.end : site.noun.end + 12].strip().lower()
    return next((word for word in QUALIFIERS_AFTER if ahead.startswith(word)), None)


def _with_shared_units(text: str, figures: list[Figure]) -> list[Figure]:
    """`8.328/8.574 đơn`, `14-16 học sinh`, `12, 15 và 17 hộ`: the unit at the end belongs to all of them."""
    for place in range(len(figures) - 2, -1, -1):
        figure, following = figures[place], figures[place + 1]
        bare = figure.unit is None and figure.counted is None and following.start - figure.end < SHARED_WITHIN
        if bare and _SHARES_UNIT.fullmatch(text, figure.end, following.start):
            figures[place] = replace(figure, unit=following.unit, counted=following.counted)
    return figures


def _with_units_of_lists(text: str, figures: list[Figure]) -> list[Figure]:
    """`27 sự cố, gồm Bắc Ninh 2, Hà Nội 1`: what a list names before its numbers is counted as its whole is."""
    inherited = False
    for place in range(1, len(figures)):
        before, figure = figures[place - 1], figures[place]
        gap = text[before.end : figure.start] if figure.start - before.end < LONGEST_ITEM else ""
        goes_on = bool(_OPENS_LIST.fullmatch(gap)) or (inherited and bool(_NEXT_ITEM.fullmatch(gap)))
        inherited = goes_on and figure.unit is None and before.unit not in {None, "%"}
        if inherited:
            figures[place] = replace(figure, unit=before.unit)
    return figures
