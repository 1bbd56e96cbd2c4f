"""Finds the numbers in a text: digits in every way they are separated, multipliers, percent signs, number words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from danvan.rules.numbers import DIGIT_WORDS, LONGEST, SCALES, numeral, read_words

_DIGITS = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)*")
_SPACED_DECIMAL = re.compile(r", (\d{1,2})(?= (?:tỷ|triệu|nghìn)(?![^\W_]))")
_SPACED_GROUPS = re.compile(r"(?: \d{3}|\.\d{3}|\. \d{3})+(?![\d.,]*\d)(?=\s?[/%]| [^\W\d_])")
_SCALE = re.compile(
    r"[ \n]{0,2}(?:((?:nghìn|ngàn) t[ỷỉ]|triệu|t[ỷỉ](?! (?:lệ|trọng|suất|giá|phú|số))|nghìn|ngàn|vạn|trăm|chục)"
    r"(?![^\W_])|(tr)(?![^\W_]))",
    re.IGNORECASE,
)
_NEXT_STEP = re.compile(r" ?(\d{1,3}(?:,\d+)?) ?(triệu|nghìn|ngàn|trăm)(?![^\W_])", re.IGNORECASE)
_RANGE = re.compile(r" ?(?:[-–]|(/)|(đến|tới)) ?(?:hơn |gần |dưới |trên )?")
_HALF = re.compile(r" rưỡi(?![^\W_])")
_PERCENT = re.compile(r" {0,2}(?:%|phần trăm(?![^\W_]))", re.IGNORECASE)
_POINTS = re.compile(r" {0,2}(?:điểm ?(?:%|phần trăm|phần nghìn)|‰)")
_SCALE_VALUE = SCALES | {"chục": 10, "tr": 1_000_000}
_WORD = "|".join(sorted({*DIGIT_WORDS, "mười", "mươi", "linh", "lẻ", *SCALES} - {"tỉ"}, key=len, reverse=True))
_FIRST = "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in "hai ba bốn năm sáu bảy bẩy tám chín mười".split()
)
_SPELLED = re.compile(rf"(?<![^\W_])(?:{_FIRST}|[Mm]ột (?:trăm|nghìn|ngàn|triệu|tỷ))(?: (?:{_WORD}))*(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text. `digits_end` is where its digits stop, `end` where its multiplier and percent sign do."""

    start: int
    digits_end: int
    end: int
    raw: str
    value: Decimal | None
    scale: Decimal = Decimal(1)
    percent: bool = False
    spelled: bool = False

    @property
    def scaled(self) -> bool:
        return self.scale != 1


def numerals(text: str) -> list[Numeral]:
    """Every number in the text in order. A `value` of None stands for digits that are no quantity (`1.2.2024`)."""
    written = list(_written(text))
    for place in range(len(written) - 1):
        written[place] = _as_range_start(text, written[place], written[place + 1])
    return sorted([*written, *_spelled(text)], key=lambda number: number.start)


def _as_range_start(text: str, number: Numeral, following: Numeral) -> Numeral:
    """`từ 50 đến 60 triệu`, `5-7%`: what is said of the end holds for the beginning."""
    if number.value is None or number.scaled or number.percent or not (following.scaled or following.percent):
        return number
    if following.start - number.end > 12 or not (link := _RANGE.fullmatch(text, number.end, following.start)):
        return number
    if link[2] and text[max(0, number.start - 3) : number.start].lower() != "từ ":
        return number
    if link[1] and following.percent:
        return number
    return replace(number, value=number.value * following.scale, scale=following.scale, percent=following.percent)


def _written(text: str) -> Iterator[Numeral]:
    end = 0
    for match in _DIGITS.finditer(text):
        if match.start() < end:
            continue
        number = _with_tail(text, _digits(text, match))
        end = number.end
        yield number


def _digits(text: str, match: re.Match[str]) -> Numeral:
    raw, end = match[0], match.end()
    if len(raw) <= 3 and raw[0] != "0":
        groups = _SPACED_GROUPS.match(text, end)
        if groups and not _is_list_item(text, match.start()):
            raw, end = raw + groups[0].replace(" ", "").replace(".", ""), groups.end()
        decimal = _SPACED_DECIMAL.match(text, end) if raw.isdecimal() else None
        if decimal and not _is_list_item(text, match.start()):
            raw, end = f"{raw},{decimal[1]}", decimal.end()
    value = numeral(raw) if len(raw) <= LONGEST + 6 else None
    return Numeral(match.start(), end, end, raw, value)


def _is_list_item(text: str, start: int) -> bool:
    """Whether only a line's beginning or a name or label stands before, so that `1. 250 hộ` is two numbers."""
    before = text[max(0, start - 20) : start].rstrip(" ")
    last = before.rsplit(" ", 1)[-1].lower()
    return before[-1:] in ("", "\n", ".", ")") or last in (
        "tổ",
        "khu",
        "số",
        "ấp",
        "thôn",
        "quận",
        "tháng",
        "năm",
        "điều",
    )


def _with_tail(text: str, number: Numeral) -> Numeral:
    if number.value is None:
        return number
    scale = _SCALE.match(text, number.end)
    if scale:
        number = _scaled(text, number, scale)
    percent = _PERCENT.match(text, number.end)
    if percent:
        return replace(number, end=percent.end(), percent=True, value=_as_share(number))
    return number


def _as_share(number: Numeral) -> Decimal | None:
    """A percentage is not grouped by thousands: `97.132%` and `1.250%` have decimals."""
    parts = number.raw.split(".")
    return Decimal(number.raw) if len(parts) == 2 and "," not in number.raw else number.value


def _scaled(text: str, number: Numeral, scale: re.Match[str]) -> Numeral:
    name = (scale[1] or scale[2]).lower()
    size = Decimal(1)
    for word in name.split():
        size *= _SCALE_VALUE[word]
    value, end, first = (number.value or 0) * size, scale.end(), size
    half = _HALF.match(text, end)
    if half:
        return replace(number, value=value + size / 2, end=half.end(), scale=first)
    while step := _NEXT_STEP.match(text, end):
        smaller = Decimal(_SCALE_VALUE[step[2].lower()])
        if smaller >= size:
            break
        value, end, size = value + Decimal(step[1].replace(",", ".")) * smaller, step.end(), smaller
    return replace(number, value=value, end=end, scale=first)


def points_after(text: str, end: int) -> re.Match[str] | None:
    """`điểm %`, `điểm phần trăm`, `‰` after a number."""
    return _POINTS.match(text, end)


def _spelled(text: str) -> Iterator[Numeral]:
    for match in _SPELLED.finditer(text):
        value = read_words(match[0].lower().split())
        if value is not None and value > 1:
            yield Numeral(match.start(), match.end(), match.end(), match[0], value, spelled=True)
