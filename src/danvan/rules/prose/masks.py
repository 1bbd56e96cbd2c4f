"""Numbers that are no quantity: dates, times, document and phone numbers, names, labels, slogans, periods, furniture.

About half of the numbers in reports are of this kind, and one stored as a figure is worse than one missed. Each rule
names itself, because a list goes on as it began: in `Điều 5, 6 và 7` the 7 is a label as well.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from danvan.rules.prose import dates, labels
from danvan.rules.prose.grammar import Numeral
from danvan.rules.prose.site import Site

LONGEST_SLOGAN = 14  # words in quotation marks

_QUOTE = re.compile('[“”„"«»\n]')
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+"
    r"|(?<![\w.-])[\w-]{1,63}\.(?:com|vn|org|net|gov)(?:\.vn)?(?:/\S*)?(?!\w)"
)
_DOCUMENT = re.compile(
    r"\d{1,6}[a-z]?(?: ?/ ?(?:19|20)\d\d)?(?: ?/ ?|[–-]| - (?=[^\W\d_]+[/-]))([^\W\d_]{1,8})(?:[/-][^\W_]+)*"
)
_PHONE = re.compile(
    r"0\d{1,3}[ .)-]{0,2}\d{3,4}[ .-]?\d{3,4}(?:[ .-]?\d{1,4})?(?!\d)|1[89]00 ?\d{4,6}(?!\d)|84\d{9}(?!\d)"
)
_GOES_ON = re.compile(r"\s*(?:,|và|hoặc|hay|-|–|đến|tới|;|/|, và)\s*(?:số )?")
_DOCUMENT_LETTERS = frozenset({"CTr", "Ctr", "QC", "TTr"})


@dataclass
class Masks:
    """Asked about the numbers of one text in order."""

    text: str
    quotes: list[tuple[int, int]] = field(init=False)
    links: list[tuple[int, int]] = field(init=False)
    covered: int = 0
    last_label_end: int = -1

    def __post_init__(self) -> None:
        self.quotes = _quoted(self.text)
        self.links = [match.span() for match in _LINK.finditer(self.text)] if "." in self.text else []

    def reason(self, site: Site) -> str | None:
        """Why the number is no figure, or None."""
        number = site.number
        if number.start < self.covered:
            return "composite"
        found = self._reason(site)
        if found in {"label", "date"}:
            self.last_label_end = max(number.end, self.covered)
        return found

    def _reason(self, site: Site) -> str | None:
        number = site.number
        if _within(self.links, number.start):
            return "link"
        if number.spelled:
            return None if labels.is_count_in_words(site) else "word"
        composite = _composite(site)
        if composite:
            self.covered = composite[1]
            return composite[0]
        return "code" if number.value is None else self._single(site)

    def _single(self, site: Site) -> str | None:
        """The first rule that claims the number; a measure, a percentage or a multiplier settles it earlier."""
        if labels.is_code(site):
            return "code"
        if self._is_quoted(site.number) or labels.is_furniture(site):
            return "slogan"
        if site.is_certain:
            return "label" if labels.is_label(site) else None
        if labels.is_item(site) or dates.is_period(site):
            return "period"
        if labels.is_label(site) or self._continues_label(site):
            return "label"
        return "name" if labels.is_slogan(site) or labels.is_named(site) else None

    def _is_quoted(self, number: Numeral) -> bool:
        place = _within(self.quotes, number.start)
        return place is not None and not number.percent and self.text.count(" ", *place) < LONGEST_SLOGAN

    def _continues_label(self, site: Site) -> bool:
        start = site.number.start
        if site.is_known or self.last_label_end < 0 or start - self.last_label_end > 9:
            return False
        return _GOES_ON.fullmatch(self.text, self.last_label_end, start) is not None


def _composite(site: Site) -> tuple[str, int] | None:
    """What is written in several numbers: a document number, a phone number, a date, and where it ends."""
    text, start = site.text, site.number.start
    document = _DOCUMENT.match(text, start)
    if document and is_document_code(document[1]):
        return "document", document.end()
    phone = _PHONE.match(text, start)
    if phone:
        return "phone", phone.end()
    end = dates.match(text, start, site.lowered)
    return ("date", end) if end else None


def is_document_code(letters: str) -> bool:
    """`BC`, `QĐ`, `KH`, `CTr`: the letters after the number of a paper."""
    return letters in _DOCUMENT_LETTERS or (
        len(letters) >= 2 and letters[:2].isupper() and not (letters[2:] and letters[2:].islower())
    )


def _quoted(text: str) -> list[tuple[int, int]]:
    """Spans in quotation marks; marks of different kinds may open and close one span, none crosses a line."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for mark in _QUOTE.finditer(text):
        if mark[0] == "\n":
            opened = -1
        elif opened >= 0 and mark[0] not in "“„«":
            spans.append((opened, mark.start()))
            opened = -1
        elif mark[0] not in "”»":
            opened = mark.start()
    return spans


def _within(spans: list[tuple[int, int]], position: int) -> tuple[int, int] | None:
    place = bisect_right(spans, (position, 1 << 60)) - 1
    return spans[place] if place >= 0 and spans[place][0] <= position < spans[place][1] else None
