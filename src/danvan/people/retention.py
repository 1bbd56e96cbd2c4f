"""How long each class of records is kept, under which rule, and how sure we are of that rule.

A fact that is not proven ships here with its mark, to be corrected in one place, and is shown with the mark.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files


@dataclass(frozen=True)
class RetentionClass:
    """`days` or `years` after the day it starts on; neither: for ever."""

    key: str
    title: str
    starts_on: str
    source: str
    evidence: str
    days: int = 0
    years: int = 0

    @property
    def is_permanent(self) -> bool:
        return not (self.days or self.years)

    def until(self, start: date) -> date | None:
        """The first day on which the record may go; None for a permanent one."""
        if self.is_permanent:
            return None
        if self.days:
            return start + timedelta(days=self.days)
        leap_day = (start.month, start.day) == (2, 29)
        return date(start.year + self.years, 3, 1) if leap_day else start.replace(year=start.year + self.years)


def _read() -> dict[str, RetentionClass]:
    rows = tomllib.loads((files("danvan.people") / "data" / "retention.toml").read_text(encoding="utf-8"))
    return {key: RetentionClass(key=key, **row) for key, row in rows.items()}


RETENTION = _read()
