"""Addresses down to the house: number, alley, flat, land parcel. A hamlet, a street or a commune alone stays, because
it says where the trouble is and names nobody.
"""

import re
from collections.abc import Iterator

from danvan.rules.composed import Composed
from danvan.rules.redaction.span import Confidence, Hit, Kind

_NUMBER = r"\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}(?:-\d{1,4})?(?!\d|[.,]\d)"
_ALLEY = rf"(?:ngo|ngach|hem|kiet)(?: so)? {_NUMBER}"
_PARCEL = rf"(?:thua(?: dat)?(?: so)?|to ban do(?: so)?) ?:? {_NUMBER}"
_ROOM = rf"(?:can ho|phong|lo|block)(?: so)? [a-z]?{_NUMBER}"
_HOUSE = rf"(?:so nha|nha so|sn)\.? ?:? {_NUMBER}"
_STREET_NEXT = r"(?=,? (?:duong|pho|ngo|ngach|hem|kiet|thon|xom|to|ap|khu pho|quoc lo|tinh lo)\b)"
_NUMBER_ON_STREET = rf"(?:so {_NUMBER}|{_NUMBER}){_STREET_NEXT}"
_CHAIN = rf"(?:{_HOUSE}|{_ALLEY}|{_PARCEL}|{_ROOM})"

_SURE = re.compile(rf"(?<!\w)(?:{_HOUSE}|{_PARCEL}|{_ALLEY})(?:,? {_CHAIN})*(?!\w)")
_CUED = re.compile(
    rf"(?:\b(?:o|tai|ngu|tru|dia chi|dc|d/c|nha)(?: (?:tai|o|la))?\s?:? ?|[,;–(] ?|^ *)"
    rf"((?:{_NUMBER_ON_STREET}|{_ROOM})(?:,? {_CHAIN})*)(?!\w)",
    re.MULTILINE,
)
_ON_A_NAMED_STREET = re.compile(rf"(?:\b(?:ngu|tru|dia chi|nha)(?: (?:tai|o|la))?\s?:? ?)({_NUMBER}) (?=\w)")
_FIGURE = re.compile(r"(?:dong|ho|nguoi|can|nam|thang|ngay|m2|met|tang|gio|lan)\b")


def addresses(read: Composed) -> Iterator[Hit]:
    for found in _SURE.finditer(read.flat):
        yield Hit(Kind.ADDRESS, *found.span(), Confidence.SURE)
    for found in _CUED.finditer(read.flat):
        yield Hit(Kind.ADDRESS, *found.span(1), Confidence.LIKELY)
    for found in _ON_A_NAMED_STREET.finditer(read.flat):
        if read.text[found.end()].isupper() and not _FIGURE.match(read.flat, found.end()):
            yield Hit(Kind.ADDRESS, *found.span(1), Confidence.LIKELY)
