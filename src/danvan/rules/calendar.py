"""Which days are worked, and why the others are not.

The shipped table (`data/calendar.toml`) is a seed: days an office enters override it, and a year stays provisional
until someone enters its decision. A day nobody has enacted ("unproven", 24/11) counts as worked, because that gives the
earlier deadline; `with_switch(True)` counts it off. Outside the seeded years Monday to Friday are worked,
provisionally.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, Self

Status = Literal["official", "forecast", "unproven"]

WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "Chủ nhật")
_SATURDAY = 5


class Kind(StrEnum):
    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day that departs from Monday-to-Friday, or confirms it."""

    day: date
    kind: Kind
    reason: str
    decision: str = ""
    source: str = ""
    status: Status = "official"


def dated(day: date) -> str:
    """21/08/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def named(day: date) -> str:
    """thứ sáu 21/08/2026."""
    return f"{WEEKDAYS[day.weekday()]} {day.day:02}/{day.month:02}/{day.year}"


@dataclass(frozen=True)
class WorkingCalendar:
    """Working day = Monday to Friday, minus days off, plus the Saturdays worked in exchange.

    `decisions` names, per known year, the decision that confirms it; an empty one leaves the year provisional.
    """

    days: Mapping[date, CalendarDay]
    decisions: Mapping[int, str]
    unproven_off: bool = False
    _worked: dict[int, bool] = field(init=False, repr=False, compare=False)
    _unproven: tuple[CalendarDay, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        unproven = tuple(entry for entry in self.days.values() if entry.status == "unproven")
        worked = {
            entry.day.toordinal(): entry.kind is Kind.WORK
            for entry in self.days.values()
            if entry.status != "unproven" or self.unproven_off
        }
        object.__setattr__(self, "_worked", worked)
        object.__setattr__(self, "_unproven", unproven)

    @property
    def years(self) -> list[int]:
        """The years that have a table; in every other year only weekends are off."""
        return sorted(self.decisions)

    def is_working(self, day: date) -> bool:
        return self.is_working_ordinal(day.toordinal())

    def is_working_ordinal(self, ordinal: int) -> bool:
        """`is_working` for `date.toordinal()` numbers, which counting loops use."""
        worked = self._worked.get(ordinal)
        return (ordinal + 6) % 7 < _SATURDAY if worked is None else worked

    def why_off(self, day: date) -> str | None:
        """The reason in Vietnamese, None for a working day."""
        if self.is_working_ordinal(day.toordinal()):
            return None
        entry = self.days.get(day)
        return entry.reason if entry and entry.kind is Kind.OFF and self._counts(entry) else WEEKDAYS[day.weekday()]

    def why_worked(self, day: date) -> str | None:
        """The reason a Saturday or Sunday is worked, None for every other day."""
        entry = self.days.get(day)
        swapped_in = entry is not None and entry.kind is Kind.WORK and day.weekday() >= _SATURDAY
        return entry.reason if entry and swapped_in else None

    def unproven(self, first: date, last: date) -> list[CalendarDay]:
        """Days from `first` to `last` that count as worked only because nobody has enacted them."""
        if self.unproven_off:
            return []
        return [entry for entry in self._unproven if first <= entry.day <= last]

    def roll(self, day: date) -> date:
        """`day` if it is worked, else the first working day after it."""
        ordinal = day.toordinal()
        while not self.is_working_ordinal(ordinal):
            ordinal += 1
        return date.fromordinal(ordinal)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return self.roll(day + timedelta(1))

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n is negative); `day` itself is never counted."""
        ordinal, step = day.toordinal(), 1 if n >= 0 else -1
        for _ in range(abs(n)):
            ordinal += step
            while not self.is_working_ordinal(ordinal):
                ordinal += step
        return date.fromordinal(ordinal)

    def is_provisional(self, year: int) -> bool:
        return not self.decisions.get(year)

    def with_days(self, overrides: Iterable[CalendarDay], decisions: Mapping[int, str] | None = None) -> Self:
        """A calendar in which these days win over the present ones, and these years are confirmed.

        Call it once per change of data and keep the result: it copies the table.
        """
        days = {**self.days, **{entry.day: entry for entry in overrides}}
        return replace(self, days=days, decisions={**self.decisions, **(decisions or {})})

    def with_switch(self, unproven_off: bool) -> Self:
        """Count the days nobody has enacted as off (True) or as worked (False, as shipped)."""
        return replace(self, unproven_off=unproven_off)

    @cached_property
    def if_unproven_off(self) -> "WorkingCalendar":
        """This calendar with those days off, to tell what they would change."""
        return self.with_switch(True)

    def _counts(self, entry: CalendarDay) -> bool:
        return entry.status != "unproven" or self.unproven_off


@cache
def shipped() -> WorkingCalendar:
    """The calendar this version came with."""
    text = files("danvan.rules").joinpath("data/calendar.toml").read_text(encoding="utf-8")
    years: dict[str, dict[str, Any]] = tomllib.loads(text)["years"]
    rows = (row for year in years.values() for row in year["days"])
    days = {row["date"]: _day(**row) for row in rows}
    return WorkingCalendar(days, {int(year): rows["decision"] for year, rows in years.items()})


def _day(date: date, kind: str, reason: str, decision: str, source: str, status: Status) -> CalendarDay:
    return CalendarDay(date, Kind(kind), reason, decision, source, status)
