"""Report regimes: what is asked, of whom, how often, and until when. The data stand in `regimes.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from danvan.base.errors import Invalid
from danvan.rules.calendar import WorkingCalendar
from danvan.rules.periods import Kind, Period, PeriodRefused, parse
from danvan.units.kinds import Level, Tree


@dataclass(frozen=True)
class Regime:
    """One periodic regime with the fields that Nghị định 09/2019/NĐ-CP, điều 7, asks every regime to name."""

    key: str
    title: str
    abstract: str
    basis: str
    kind: Kind
    cut_off: str
    send_after_working_days: int
    send_by: str
    trees: frozenset[Tree]
    levels: frozenset[Level]
    receiver: str
    means: str
    valid_from: date

    def asks(self, tree: str, level: str, *, has_parent: bool) -> bool:
        """Whether a unit of that tree and level owes this report; one with nobody above it owes it to no one."""
        return has_parent and tree in self.trees and level in self.levels

    def covers(self, period: Period) -> bool:
        """Whether the regime was in force when the period ended; before that nobody owed its sheets."""
        return period.last_day >= self.valid_from

    def due(self, period: Period, calendar: WorkingCalendar) -> date:
        """The last working day to sign and send, counted from the day the figures close."""
        return calendar.add_working_days(period.last_day, self.send_after_working_days)

    def last_closed(self, on: date) -> Period:
        """The newest period whose figures are closed at the beginning of a day."""
        return Period.containing(self.kind, on).previous

    def recent(self, on: date, count: int) -> list[Period]:
        """The period running on a day and those before it, newest first, back to the start of the regime."""
        found = [Period.containing(self.kind, on)]
        while len(found) < count and found[-1].previous.end > self.valid_from:
            found.append(found[-1].previous)
        return found


@cache
def all_regimes() -> tuple[Regime, ...]:
    data = tomllib.loads(Path(__file__).with_name("regimes.toml").read_text(encoding="utf-8"))
    return tuple(_read(row) for row in data["regime"])


def _read(row: dict[str, Any]) -> Regime:
    values = dict(row)
    values["kind"] = Kind(row["kind"])
    values["trees"] = frozenset(Tree(name) for name in row["trees"])
    values["levels"] = frozenset(Level(name) for name in row["levels"])
    return Regime(**values)


def regime(key: str) -> Regime:
    """The regime of a key, or `Invalid`."""
    found = next((each for each in all_regimes() if each.key == key), None)
    if found is None:
        raise Invalid("no-regime", f"Không có chế độ báo cáo “{key}”.", "regime")
    return found


def period_of(regime: Regime, code: str) -> Period:
    """The period of a code such as `2026-11`; refuses one of another length than the regime asks for."""
    try:
        period = parse(code)
    except PeriodRefused as error:
        raise Invalid("no-period", error.sentence, "period") from error
    if period.kind is not regime.kind:
        raise Invalid("wrong-period", f"“{regime.title}” không có kỳ “{period.label}”.", "period")
    return period
