"""The working calendar of a year as people read it: month by month, and the days that differ from an ordinary week."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from danvan.base.errors import Absent
from danvan.commitments import ledger
from danvan.commitments.models import CalendarDay, CalendarYear
from danvan.rules.calendar import CalendarDay as Entry
from danvan.rules.calendar import Kind, WorkingCalendar, named

WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """A day of a month's grid. `mark`: "rest" (an ordinary weekend), "off", "swap" (a weekend day worked), "open" (not
    enacted, counted as worked), or nothing; `why` is said where there is a mark.
    """

    day: date
    mark: str
    why: str


@dataclass(frozen=True)
class Month:
    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working: int


@dataclass(frozen=True)
class Special:
    """A day that departs from the ordinary week. `entered_at` is set where this office entered it."""

    entry: Entry
    name: str
    is_working: bool
    entered_at: datetime | None


@dataclass(frozen=True)
class Year:
    year: int
    decision: str
    is_provisional: bool
    decided_at: datetime | None
    months: tuple[Month, ...]
    specials: tuple[Special, ...]
    working: int
    previous: int | None
    next: int | None


def year_of(year: int) -> Year:
    """One year, decided days laid over the shipped ones. Three queries. Absent where nothing is known of the year."""
    days = ledger.calendar()
    if year not in days.years:
        raise Absent("Chưa có lịch làm việc của năm này.")
    entered = dict(CalendarDay.objects.filter(day__year=year).values_list("day", "entered_at"))
    months = tuple(_month(year, number, days) for number in range(1, 13))
    return Year(
        year,
        days.decisions.get(year, ""),
        days.is_provisional(year),
        CalendarYear.objects.filter(year=year).values_list("entered_at", flat=True).first(),
        months,
        tuple(_specials(year, days, entered)),
        sum(month.working for month in months),
        year - 1 if year - 1 in days.years else None,
        year + 1 if year + 1 in days.years else None,
    )


def _month(year: int, number: int, days: WorkingCalendar) -> Month:
    grid = WEEKS.monthdatescalendar(year, number)
    weeks = tuple(tuple(_cell(day, days) if day.month == number else None for day in week) for week in grid)
    inside = [day for week in grid for day in week if day.month == number]
    return Month(number, weeks, sum(days.is_working(day) for day in inside))


def _cell(day: date, days: WorkingCalendar) -> Cell:
    if why := days.why_worked(day):
        return Cell(day, "swap", why)
    if days.unproven(day, day):
        return Cell(day, "open", days.days[day].reason)
    off = days.why_off(day)
    if off is None:
        return Cell(day, "", "")
    entry = days.days.get(day)
    return Cell(day, "off" if entry and entry.kind is Kind.OFF and entry.reason == off else "rest", off)


def _specials(year: int, days: WorkingCalendar, entered: dict[date, datetime]) -> Iterator[Special]:
    for day in sorted(day for day in days.days if day.year == year):
        yield Special(days.days[day], named(day), days.is_working(day), entered.get(day))
