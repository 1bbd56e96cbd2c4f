"""Reporting periods: half-open [start, end) spans of days with a name.

State reports (NĐ 09/2019/NĐ-CP art. 12-13, TT 01/2024/TT-TTCP) run from the 15th to the 14th, so the first half of a
year begins on 15 December of the year before. Party and programme reports follow no such rule: they are free spans.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from danvan.rules.calendar import WorkingCalendar, dated

TWO_TIERS_FROM = date(2025, 7, 1)
_YEARS = range(1901, 2201)
_CUT_OFF = 15
_SEND_BY = 25
_ROMAN = ("I", "II", "III", "IV")


class PeriodRefused(ValueError):
    """No such period; `sentence` says why in Vietnamese."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Kind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    FREE = "free"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE_MONTHS: 9, Kind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Regime:
    """Which state periods a report regime asks for."""

    code: str
    source: str
    kinds: tuple[Kind, ...]

    def periods(self, year: int) -> tuple["Period", ...]:
        """Every period of that reporting year, in the order of the regime."""
        spans = ((kind, number) for kind in self.kinds for number in range(1, _per_year(kind) + 1))
        return tuple(Period.state(kind, year, number) for kind, number in spans)


REGIMES = {
    regime.code: regime
    for regime in (
        Regime(
            "ND09-2019", "Nghị định 09/2019/NĐ-CP, Điều 12 và Điều 13", (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR)
        ),
        Regime("BC-2024", "Thông tư 01/2024/TT-TTCP", (Kind.QUARTER, Kind.HALF, Kind.NINE_MONTHS, Kind.YEAR)),
    )
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `end`. `code` is what `parse` reads back."""

    kind: Kind
    start: date
    end: date
    label: str
    code: str

    @classmethod
    def state(cls, kind: Kind, year: int, number: int = 1) -> Self:
        """The `number`-th month, quarter or half of the reporting year; nine months and year have only one."""
        if kind is Kind.FREE or not 1 <= number <= _per_year(kind) or year not in _YEARS:
            raise PeriodRefused(f"Không có kỳ báo cáo số {number} của năm {year}.")
        length = MONTHS[kind]
        start, end = _cut(year, (number - 1) * length), _cut(year, number * length)
        return cls(kind, start, end, _label(kind, year, number, start, end), _code(kind, year, number))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls.state(Kind.MONTH, year, month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        return cls.state(Kind.QUARTER, year, quarter)

    @classmethod
    def half(cls, year: int, half: int) -> Self:
        return cls.state(Kind.HALF, year, half)

    @classmethod
    def nine_months(cls, year: int) -> Self:
        return cls.state(Kind.NINE_MONTHS, year)

    @classmethod
    def year(cls, year: int) -> Self:
        return cls.state(Kind.YEAR, year)

    @classmethod
    def free(cls, start: date, end_inclusive: date, label: str = "") -> Self:
        """A span a programme or Party body set itself, named after its calendar months where no name is given."""
        if end_inclusive < start:
            raise PeriodRefused(f"Ngày cuối kỳ {dated(end_inclusive)} đứng trước ngày đầu kỳ {dated(start)}.")
        end = end_inclusive + timedelta(1)
        return cls(Kind.FREE, start, end, label or _free_label(start, end_inclusive), f"{start}..{end_inclusive}")

    @classmethod
    def containing(cls, kind: Kind, day: date) -> Self:
        """The one state period of that kind that holds `day`; nine months leave out 15 September to 14 December."""
        for year in (day.year, day.year + 1):
            for number in range(1, _per_year(kind) + 1):
                if day in (found := cls.state(kind, year, number)):
                    return found
        raise PeriodRefused(f"Ngày {dated(day)} không thuộc kỳ 9 tháng nào.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def span(self) -> str:
        """15/12/2025–14/06/2026."""
        return f"{dated(self.start)}–{dated(self.last_day)}"

    @property
    def previous(self) -> Self:
        """The period of this kind just before; nine months: of the year before; whole calendar months: as many."""
        if self.kind is Kind.NINE_MONTHS:
            return self.same_last_year
        if self.kind is not Kind.FREE:
            return self.containing(self.kind, self.start - timedelta(1))
        if self.start.day == 1 and self.end.day == 1:
            return self.free(_shifted(self.start, -_months_between(self.start, self.end)), self.start - timedelta(1))
        return self.free(self.start - timedelta(self.days), self.start - timedelta(1))

    @property
    def same_last_year(self) -> Self:
        start, end = _shifted(self.start, -12), _shifted(self.end, -12)
        if self.kind is Kind.FREE:
            return self.free(start, max(end - timedelta(1), start))
        return self.containing(self.kind, start)

    def crosses(self, day: date = TWO_TIERS_FROM) -> bool:
        """Whether `day` begins inside the period, so that figures before and after it must stand apart."""
        return self.start < day < self.end

    def split(self, day: date = TWO_TIERS_FROM) -> tuple[Self, ...]:
        """The parts before and from `day`; the period itself where it does not cross."""
        if not self.crosses(day):
            return (self,)
        return self._part(self.start, day - timedelta(1)), self._part(day, self.last_day)

    def _part(self, start: date, last: date) -> Self:
        return self.free(start, last, f"{self.label}, phần từ {dated(start)} đến {dated(last)}")


def parse(text: str) -> Period:
    """2026-11, 2026-Q2, 2026-H1, 2026-9M, 2026, or 2023-01-01..2023-12-31 (both days included, dd/mm/yyyy too)."""
    for pattern, made in _FORMS:
        if found := pattern.fullmatch(text.strip().upper()):
            return made(*found.groups())
    raise PeriodRefused(
        f"Không hiểu kỳ “{text}”. Viết 2026-11, 2026-Q2, 2026-H1, 2026-9M, 2026 hoặc 2023-01-01..2023-12-31."
    )


def parse_day(text: str) -> date:
    """2026-08-21 or 21/08/2026; refuses days that do not exist and years no office reckons with."""
    if found := _DAY.fullmatch(text.strip()):
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
        with suppress(ValueError):
            if int(year) in _YEARS:
                return date(int(year), int(month), int(day))
    raise PeriodRefused(f"Không hiểu ngày “{text}”. Viết ngày có thật, dạng 21/08/2026 hoặc 2026-08-21.")


def send_by(period: Period, calendar: WorkingCalendar) -> date:
    """The last day to send a state report to the Government: the 25th of its last month (NĐ 09/2019 art. 8.5, 13).

    Later only where no working day lies between the cut-off and that day. Not rolled: open a clock on it to roll.
    """
    if period.kind is Kind.FREE:
        raise PeriodRefused(
            "Kỳ tự đặt không có ngày gửi theo Nghị định 09/2019/NĐ-CP; ngày gửi do chương trình ấn định."
        )
    usual = period.last_day.replace(day=_SEND_BY)
    return max(usual, calendar.next_working_day(calendar.next_working_day(period.last_day)))


def figures_only(period: Period) -> bool:
    """TT 01/2024: quarters II to IV are sent as figures, every other period as a narrative report with figures."""
    return period.kind is Kind.QUARTER and not period.code.endswith("Q1")


def _per_year(kind: Kind) -> int:
    return 1 if kind in (Kind.YEAR, Kind.NINE_MONTHS) else 12 // MONTHS.get(kind, 12)


def _cut(year: int, month: int) -> date:
    """The cut-off that ends the `month`-th month of a reporting year; month 0 is 15 December of the year before."""
    return date(year, month, _CUT_OFF) if month else date(year - 1, 12, _CUT_OFF)


def _shifted(day: date, months: int) -> date:
    """The same day of another month, or the last one that month has."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    length = ((first + timedelta(31)).replace(day=1) - first).days
    return first.replace(day=min(day.day, length))


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _code(kind: Kind, year: int, number: int) -> str:
    suffix = {Kind.MONTH: f"-{number:02}", Kind.QUARTER: f"-Q{number}", Kind.HALF: f"-H{number}"}
    return f"{year}{'-9M' if kind is Kind.NINE_MONTHS else suffix.get(kind, '')}"


def _label(kind: Kind, year: int, number: int, start: date, end: date) -> str:
    if kind is Kind.MONTH:
        first = dated(start) if start.year != end.year else f"{start.day:02}/{start.month:02}"
        return f"tháng {number}/{year} ({first}–{dated(end - timedelta(1))})"
    names = {
        Kind.QUARTER: f"quý {_ROMAN[(number - 1) % 4]}/{year}",
        Kind.HALF: f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}",
        Kind.NINE_MONTHS: f"9 tháng đầu năm {year}",
        Kind.YEAR: f"năm {year}",
    }
    return names[kind]


def _free_label(start: date, last: date) -> str:
    """Whole calendar months get their usual name, with the days where a state period of that name has others."""
    months = _months_between(start, last + timedelta(1))
    plain = f"{dated(start)}–{dated(last)}"
    if start.day != 1 or (last + timedelta(1)).day != 1 or start.year != last.year:
        return plain
    if months == 12:
        return f"năm {start.year} ({plain})"
    if months == 1:
        return f"tháng {start.month}/{start.year} ({plain})"
    if start.month == 1:
        return f"{months} tháng đầu năm {start.year}" + (f" ({plain})" if months in (6, 9) else "")
    return plain


def _range(first: str, last: str) -> Period:
    return Period.free(parse_day(first), parse_day(last))


_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})"), lambda year: Period.year(int(year))),
    (re.compile(r"(\d{4})-(\d\d?)"), lambda year, month: Period.month(int(year), int(month))),
    (re.compile(r"(\d{4})-Q(\d)"), lambda year, quarter: Period.quarter(int(year), int(quarter))),
    (re.compile(r"(\d{4})-H(\d)"), lambda year, half: Period.half(int(year), int(half))),
    (re.compile(r"(\d{4})-9M"), lambda year: Period.nine_months(int(year))),
    (re.compile(r"(\S+)\.\.(\S+)"), _range),
)
