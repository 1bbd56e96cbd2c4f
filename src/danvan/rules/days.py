"""Reading a day out of a cell: a spreadsheet's own date, its serial number, or what somebody typed."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from danvan.rules.text import nfc, shorten

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers, good from 01/03/1900 on."""
SERIALS = range(36526, 73051)
"""01/01/2000 to 01/01/2100; a number outside is no day."""
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")


@dataclass(frozen=True)
class TypedDay:
    """`doubt` asks a careful reader to look again, `error` refuses; blank is no day."""

    value: date | None
    doubt: str = ""
    error: str = ""


def read_day(entered: Any) -> TypedDay:
    """`21/08/2026`, `21-8-26`, `21.08.2026`, `21082026`, `2026-08-21`, `ngày 21 tháng 8 năm 2026`, or serial 46255.

    The day comes first: what can only be read with the month first is refused rather than turned round.
    """
    if isinstance(entered, datetime):
        return TypedDay(entered.date())
    if isinstance(entered, date):
        return TypedDay(entered)
    if isinstance(entered, int | float) and not isinstance(entered, bool):
        return _of_serial(float(entered))
    text = " ".join(nfc(str(entered)).lower().split())
    if not text:
        return TypedDay(None)
    if text.isdigit() and len(text) == 5:
        return _of_serial(float(text))
    found = _written(text)
    return found or TypedDay(None, error=f"“{shorten(text, 40)}” không phải là ngày. Viết như 21/08/2026.")


def _of_serial(serial: float) -> TypedDay:
    if not SERIALS.start <= serial < SERIALS.stop:
        return TypedDay(None, error=f"“{serial:g}” không phải là ngày. Viết như 21/08/2026.")
    day = SERIAL_ZERO + timedelta(days=int(serial))
    return TypedDay(day, doubt=f"Ô ngày là số {serial:g}; đã hiểu là ngày {day:%d/%m/%Y}.")


def _written(text: str) -> TypedDay | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text) or _PACKED.fullmatch(text) or _WORDS.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    whole = int(year) + (2000 if len(year) == 2 else 0)
    try:
        value = date(whole, int(month), int(day))
    except ValueError:
        return TypedDay(None, error=f"“{text}” không có trong lịch. Viết ngày trước, tháng sau, như 21/08/2026.")
    doubt = f"Năm viết hai chữ số; đã hiểu là {value:%d/%m/%Y}." if len(year) == 2 else ""
    return TypedDay(value, doubt)
