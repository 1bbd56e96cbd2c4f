"""Receiving citizens: how many days a head owes in a week or month, and the dated facts that are no clock.

A week or month is owed under a rule only where the rule, and the unit, are in force on each of its days: the amending
law of 2025 has no transitional clause, so the week cut in two by 01/07/2026 is owed by nobody. Never more days are owed
than are worked.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from danvan.rules.calendar import WorkingCalendar
from danvan.rules.clock import ClockRule, all_rules


class Head(StrEnum):
    """Whose duty it is, by the step of the rules that lay it down."""

    COMMUNE = "receive-in-person-commune"
    DISTRICT = "receive-in-person-district"
    PROVINCE = "receive-in-person-province"
    OTHER = "receive-in-person-head"


@dataclass(frozen=True, slots=True)
class Window:
    """A week or month [start, end) in which a head owes `owed` days under `rule`."""

    start: date
    end: date
    rule: ClockRule
    owed: int

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a head stands in a window on a day; days are counted once, however many sessions they had."""

    window: Window
    held: int
    planned: int
    on: date

    @property
    def missing(self) -> int:
        return max(0, self.window.owed - self.held)

    @property
    def is_over(self) -> bool:
        return self.on >= self.window.end

    @property
    def is_short(self) -> bool:
        """It ended with days owed."""
        return self.is_over and self.missing > 0

    @property
    def unplanned(self) -> int:
        """Days still owed for which no day to come is planned."""
        return 0 if self.is_over else max(0, self.missing - self.planned)


def windows(
    head: Head, first: date, last: date, calendar: WorkingCalendar, *,
    since: date | None = None, until: date | None = None,
) -> list[Window]:  # fmt: skip
    """The windows that touch the days from `first` to `last`, in order; the unit stands on [since, until)."""
    rules = [rule for rule in all_rules() if rule.step == head and rule.times]
    found = [window for rule in rules for window in _of(rule, first, last, calendar, since, until)]
    return sorted(found, key=lambda window: window.start)


def _of(
    rule: ClockRule, first: date, last: date, calendar: WorkingCalendar, since: date | None, until: date | None
) -> Iterator[Window]:
    begins = max(filter(None, (rule.valid_from, since)))
    ends = min(filter(None, (rule.valid_to, until)), default=date.max)
    for start, end in _spans(rule.per, first, last):
        if begins <= start and end <= ends:
            worked = sum(calendar.is_working(start + timedelta(days=i)) for i in range((end - start).days))
            yield Window(start, end, rule, min(rule.times, worked))


def _spans(per: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first - timedelta(days=first.weekday()) if per == "week" else first.replace(day=1)
    while start <= last:
        end = start + timedelta(days=7) if per == "week" else (start + timedelta(days=31)).replace(day=1)
        yield start, end
        start = end


def standing(window: Window, held: Iterable[date], planned: Iterable[date], on: date) -> Standing:
    """`held`: days on which the head received; `planned`: days on which the head will."""
    done = {day for day in held if day in window}
    coming = {day for day in planned if day in window and day >= on} - done
    return Standing(window, len(done), len(coming), on)


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated entry with its source and how sure we are of it."""

    source: str
    evidence: str
    persons: int = 0
    kinds: tuple[str, ...] = ()


def group_from(on: date) -> Fact:
    """From how many persons a turn is a group."""
    return _fact("group", on) or Fact("", "M", persons=5)


def identity_asked(kind: str, on: date) -> Fact | None:
    """Why the number of a person's papers is asked for on that day; None where it must not be."""
    found = _fact("identity", on)
    return found if found and kind in found.kinds else None


def online_allowed(on: date) -> Fact | None:
    return _fact("online", on)


def _fact(name: str, on: date) -> Fact | None:
    rows = (row for row in _raw()[name] if row["from"] <= on < row.get("to", date.max))
    row = next(rows, None)
    return row and Fact(row["source"], row["evidence"], row.get("persons", 0), tuple(row.get("kinds", ())))


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(files("danvan.rules").joinpath("data/receptions.toml").read_text(encoding="utf-8"))
