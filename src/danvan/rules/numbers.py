"""Vietnamese numbers: reading what people write, writing what people read.

Dots group thousands and the comma marks decimals (`1.234,5`), but reports, keyboards and spreadsheets also bring
`1377`, `97.13`, `1,234` and `1,234.5`. `numeral` states one convention for them all; `parse_typed` uses the same one
and says when a careful reader could have meant something else, so that a form can show the number back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.rules.text import nfc, shorten

SCALES = {
    "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
DIGIT_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
LONGEST = 18  # digits; anything longer is an identifier, not a quantity

_GROUPED_BY_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_GROUPED_BY_SPACE = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_AMOUNT = re.compile(r"(\d[\d.,]*(?:[ \u00a0\u202f]\d{3}\b)*)([^\d]*)")
_DOT_GROUPS = re.compile(_GROUPED_BY_DOT.pattern + r"(?!\d)")
_UNIT_WORDS = {"đồng", "đ", "vnđ", "vnd"}


class NumberError(ValueError):
    """The text is not a number that can be read in one way."""


def numeral(written: str) -> Decimal | None:
    """The value of digits with separators, or None when the separators fit no way of writing a number.

    A dot before exactly three digits groups; a lone comma is always decimal; two commas before three digits each, or a
    comma before a dot, are the English way.
    """
    if len(written) > LONGEST + 8:
        return None
    if _GROUPED_BY_DOT.fullmatch(written):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _GROUPED_BY_COMMA.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if _GROUPED_BY_SPACE.fullmatch(written):
        return Decimal(re.sub(r"\s", "", written).replace(",", "."))
    if _PLAIN.fullmatch(written):
        return Decimal(written.replace(",", "."))
    return None


def read(text: str) -> Decimal:
    """The number a piece of text states: digits, composite money, a percentage, or words (`sáu`, `hai mươi lăm`).

    Units other than money are refused: reading figures inside sentences belongs to `danvan.rules.prose`.
    """
    cleaned = " ".join(nfc(text).lower().split()).removesuffix("%").removesuffix("phần trăm").strip()
    spoken = [word for word in cleaned.split() if word not in _UNIT_WORDS]
    value = read_words(spoken) if spoken and spoken[0].isalpha() else _amount(cleaned)
    if value is None:
        raise NumberError(f"“{shorten(text, 40)}” không phải là một số.")
    return value


def _amount(cleaned: str) -> Decimal | None:
    total, end, smallest = Decimal(0), 0, None
    for part in _AMOUNT.finditer(cleaned):
        value, words = numeral(part[1].strip()), part[2].split()
        scale = multiplier([word for word in words if word not in _UNIT_WORDS])
        if part.start() != end or value is None or scale is None or (smallest is not None and scale >= smallest):
            return None
        total, end, smallest = total + value * scale, part.end(), scale
    return total if end == len(cleaned) and end else None


def multiplier(words: Sequence[str]) -> int | None:
    """`nghìn tỷ` → 1.000.000.000.000; no words → 1; anything that is not a multiplier → None."""
    product = 1
    for word in words:
        if word not in SCALES:
            return None
        product *= SCALES[word]
    return product


def read_words(words: Sequence[str]) -> Decimal | None:
    """The value of number words, or None: `mười hai`, `một trăm linh năm`, `hai nghìn tỷ`, `ba triệu rưỡi`."""
    total, group, digit, scale = Decimal(0), 0, None, 1
    for word in words:
        if word in DIGIT_WORDS and digit is None:
            digit = DIGIT_WORDS[word]
        elif word == "mười" and digit is None:
            group += 10
        elif word == "mươi" and digit is not None:
            group, digit = group + digit * 10, None
        elif word == "trăm" and digit is not None:
            group, digit, scale = group + digit * 100, None, 100
        elif word in SCALES:
            tens = group + (digit or 0)
            total = total + tens * SCALES[word] if tens else total * SCALES[word]
            group, digit, scale = 0, None, SCALES[word]
        elif word == "rưỡi" and scale > 1 and digit is None:
            return total + group + Decimal(scale) / 2
        elif word not in ("linh", "lẻ"):
            return None
    return total + group + (digit or 0) if words and (total or group or digit is not None) else None


def write(value: Decimal | int, digits: int | None = None) -> str:
    """`1.234,5`; with `digits` that many decimals, half up; without, the decimals the value has."""
    number = Decimal(value)
    if digits is not None:
        number = round_half_up(number, digits)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    fraction = fraction if digits is not None else fraction.rstrip("0")
    sign = "-" if number < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + ("," + fraction if fraction else "")


def group(value: int) -> str:
    """`18990` → `18.990`."""
    return write(value)


def percent(value: Decimal, digits: int | None = 2) -> str:
    """`97,13%`, the sign attached."""
    return write(value, digits) + "%"


def money(value: Decimal | int) -> str:
    """Đồng as people say it: `163,4 tỷ đồng`, `722 triệu đồng`, `650.000 đồng`; never loses a đồng."""
    number = Decimal(value)
    for scale, name in ((1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng")):
        scaled = number / scale
        if abs(scaled) >= 1 and scaled == round_half_up(scaled, 3):
            return f"{write(scaled)} {name}"
    return f"{write(number)} đồng"


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Rounds as offices do: 0,125 → 0,13, whatever the digit before."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")


@dataclass(frozen=True)
class Typed:
    """What a cell or a form field was read as. `echo` goes under the field; `doubt` asks, `error` refuses."""

    value: Decimal | None
    echo: str = ""
    doubt: str = ""
    error: str = ""


def parse_typed(entered: str | int | float | Decimal) -> Typed:
    """Reads typed input. A spreadsheet's own numbers are exact; text that fits two readings comes with a `doubt`.

    Refused: units, letters other than a multiplier, separators that group nothing (`12.34.56`). Blank is no value.
    """
    if not isinstance(entered, str):
        number = Decimal(repr(entered)) if isinstance(entered, float) else Decimal(entered)
        return Typed(number, echo=f"= {write(number)}") if number.is_finite() else Typed(None, error="Cần nhập một số.")
    text = " ".join(nfc(entered).split())
    if not text:
        return Typed(None)
    negative, bare = text[0] in "-−", text.lstrip("-−").strip()
    try:
        value = read(bare) * (-1 if negative else 1)
    except NumberError:
        return Typed(None, error=f"“{shorten(text, 40)}” không phải là một số. Viết như 1.234 hoặc 97,13.")
    return Typed(value, echo=f"= {write(value)}", doubt=_doubt(bare, value))


def _doubt(bare: str, value: Decimal) -> str:
    if re.search(r"\d,\d{3}(?:\D|$)", bare) and value < 1000 and "." not in bare:
        other = write(Decimal(re.sub(r"[^\d]", "", bare)))
        return f"Dấu phẩy là phần thập phân: {write(value)}. Nếu muốn nhập {other} thì viết {other}."
    if re.search(r"\d\.\d", bare) and not _DOT_GROUPS.match(bare):
        return f"Đã hiểu dấu chấm là phần thập phân: {write(value)}. Nên viết dấu phẩy."
    return ""
