"""Numbers that lead to a person: telephone, mailbox, papers, account, plate. Money, dates and document numbers stay."""

import re
from collections.abc import Iterator

from danvan.rules.composed import Composed
from danvan.rules.redaction.span import Confidence, Hit, Kind

_NOT_MONEY = r"(?!\s?(?:dong|d\b|vnd|trieu|ty\b|nghin|ngan\b|m2|ha\b|%))"
_END = rf"(?![.,]?\d)(?!/){_NOT_MONEY}"
_SEP = r"[ .\u00a0\-()]{0,2}"

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|[(\[]at?[)\]]) ?[\w-]{1,63}"
    r"(?: ?(?:\.|[(\[](?:dot|cham)[)\]]) ?[a-z][\w-]{1,62}){1,4}"
)
_PHONE = re.compile(
    rf"(?<![\d.,/])(?<!\d-)(?:\(?\+84\)?{_SEP}(?:\(0\))?|(?<!\w)84(?=\d)|\(?0){_SEP}"
    rf"(?:[35789](?:{_SEP}\d){{8}}|2(?:{_SEP}\d){{9}}){_END}"
)
_OLD_MOBILE = re.compile(rf"(?<![\d.,/-])01[2689](?:[ .\-]?\d){{8}}{_END}")
_LETTER_FOR_ZERO = re.compile(rf"(?<!\w)o[35789](?:{_SEP}[\do]){{8}}{_END}")
_DIGIT = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|\d)"
_SPELLED = re.compile(rf"(?<!\w)(?:khong|ko)(?:[ ,.\-]{{1,2}}{_DIGIT}){{8,10}}(?!\w)")
_DATE_FIRST = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d\b")

_TWELVE = re.compile(r"(?<![\d.,/-])(?:\d{12}|\d{3}([ .-])\d{3}\1\d{3}\1\d{3}|\d{4} \d{4} \d{4})(?![.,]?\d)(?!/)")
_NINE = re.compile(r"(?<![\d.,/])\d{3}[ .]?\d{3}[ .]?\d{3}(?![.,]?\d)(?!/)")
_PAPER_CUE = re.compile(
    r"(?:cccd|cmnd|cmt|cmtnd|can cuoc|chung minh|dinh danh|giay to tuy than|tuy than)[^\n;.!?]{0,32}$"
)

_PASSPORT = re.compile(r"(?<![\w-])[a-z]\d{7,8}(?!\w)")
_PASSPORT_CUE = re.compile(r"(?:ho chieu|passport)[^\n;.!?]{0,24}$")
_PASSPORT_SERIES = frozenset("BCEKNPQ")

_LONG = re.compile(r"(?<![\d.,/])\d(?:[ .\-]?\d){5,18}(?![.,]?\d)(?!/)" + _NOT_MONEY)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ACCOUNT_CUE = re.compile(
    r"(?:\bso ?tk|\bstk|\btk\b|tai khoan(?! (?:zalo|facebook|tiktok|mang xa hoi))|so the"
    r"|chuyen khoan (?:vao|den|toi|qua))[^\n;!?]{0,40}$"
)
_CARD = re.compile(r"(?<![\d.,/-])(?:\d{4}[ -]?){3}\d{4}(?![ -.]?\d)")

_PLATE = re.compile(r"(?<![\w./-])(?:1[1-9]|[2-9]\d)-?[a-z]{1,2}\d?[ -]?\d{3}\.?\d{2}(?![\w/])")
_SHORT_PLATE = re.compile(r"(?<![\w./-])(?:1[1-9]|[2-9]\d)-?[a-z]{1,2}\d?[ -]?\d{4}(?![\w/])")
_PLATE_CUE = re.compile(r"(?:bien so|bien kiem soat|\bbks|\bbsx|\bxe\b)[^\n;!?]{0,24}$")


def numbers(read: Composed) -> Iterator[Hit]:
    """The surest kinds first: whoever claims a place first keeps it."""
    yield from _emails(read)
    yield from _accounts(read)
    yield from _papers(read)
    yield from _phones(read)
    yield from _plates(read)


def _before(read: Composed, start: int) -> str:
    return read.flat[max(0, start - 64) : start]


def _emails(read: Composed) -> Iterator[Hit]:
    """An office's own mailbox is shown for a second look only."""
    for found in _EMAIL.finditer(read.flat):
        office = re.search(r"\.(?:gov|edu)\.vn$", found[0])
        yield Hit(Kind.EMAIL, *found.span(), Confidence.UNSURE if office else Confidence.SURE)


def _accounts(read: Composed) -> Iterator[Hit]:
    for found in _LONG.finditer(read.flat):
        if not _THOUSANDS.fullmatch(found[0]) and _ACCOUNT_CUE.search(_before(read, found.start())):
            yield Hit(Kind.ACCOUNT, *found.span(), Confidence.SURE)
    for found in _CARD.finditer(read.flat):
        if _passes_luhn(found[0]):
            yield Hit(Kind.ACCOUNT, *found.span(), Confidence.LIKELY)


def _passes_luhn(written: str) -> bool:
    digits = [int(sign) for sign in written if sign.isdecimal()][::-1]
    return sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0


def _papers(read: Composed) -> Iterator[Hit]:
    """Twelve digits begin with the code of a province (001 to 096); nine digits need a word that says what they are."""
    for found in _TWELVE.finditer(read.flat):
        cue = _PAPER_CUE.search(_before(read, found.start()))
        if cue or 1 <= int(found[0][:3]) <= 96:
            yield Hit(Kind.CITIZEN_ID, *found.span(), Confidence.SURE if cue else Confidence.LIKELY)
    for found in _NINE.finditer(read.flat):
        if _PAPER_CUE.search(_before(read, found.start())):
            yield Hit(Kind.CITIZEN_ID, *found.span(), Confidence.SURE)
    for found in _PASSPORT.finditer(read.flat):
        if _PASSPORT_CUE.search(_before(read, found.start())):
            yield Hit(Kind.PASSPORT, *found.span(), Confidence.SURE)
        elif read.text[found.start()] in _PASSPORT_SERIES and len(found[0]) == 8:
            yield Hit(Kind.PASSPORT, *found.span(), Confidence.LIKELY)


def _phones(read: Composed) -> Iterator[Hit]:
    for found in _PHONE.finditer(read.flat):
        if not _DATE_FIRST.match(found[0]):
            yield Hit(Kind.PHONE, *found.span(), Confidence.SURE)
    for pattern in (_OLD_MOBILE, _LETTER_FOR_ZERO, _SPELLED):
        for found in pattern.finditer(read.flat):
            if not _DATE_FIRST.match(found[0]):
                yield Hit(Kind.PHONE, *found.span(), Confidence.LIKELY)


def _plates(read: Composed) -> Iterator[Hit]:
    """Capital letters, or a word that says what it is: `20m2 12345` is no plate."""
    for pattern, needs_cue in ((_PLATE, False), (_SHORT_PLATE, True)):
        for found in pattern.finditer(read.flat):
            cue = _PLATE_CUE.search(_before(read, found.start()))
            if cue or (not needs_cue and read.text[found.start() : found.end()].isupper()):
                yield Hit(Kind.PLATE, *found.span(), Confidence.SURE if cue else Confidence.LIKELY)
