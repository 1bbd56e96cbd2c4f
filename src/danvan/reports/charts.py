"""Geometry of the pictures of reporting. Shapes lie on a square of 100 that is stretched; words are ordinary text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from danvan.reports.queries.overview import Week

ROOM = 100
LIMIT = 3.14
"""Median moving range times this is the usual limit of a chart of single values."""
ENOUGH = 6
"""With fewer weeks there is no usual to compare with."""


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    week: Week
    is_out: bool


@dataclass(frozen=True)
class ControlChart:
    """Weekly medians with their own median and an upper limit; `limit` is None while there are too few weeks."""

    dots: tuple[Dot, ...]
    path: str
    middle: float | None
    limit: float | None
    middle_y: str
    limit_y: str
    largest: float

    @property
    def out(self) -> tuple[Dot, ...]:
        return tuple(dot for dot in self.dots if dot.is_out)


def control_chart(weeks: Sequence[Week]) -> ControlChart:
    values = [week.days for week in weeks if week.days is not None]
    middle = median(values) if values else None
    limit = _limit(values)
    largest = max([*values, limit or 0.0, 1.0]) * 1.05
    dots = tuple(_dot(i, len(weeks), week, largest, limit) for i, week in enumerate(weeks) if week.days is not None)
    return ControlChart(
        dots, _path(dots), middle, limit, _height(middle or 0, largest), _height(limit or 0, largest), largest
    )


def _limit(values: Sequence[float]) -> float | None:
    if len(values) < ENOUGH:
        return None
    moves = [abs(after - before) for before, after in pairwise(values)]
    return median(values) + LIMIT * median(moves)


def _dot(index: int, count: int, week: Week, largest: float, limit: float | None) -> Dot:
    days = week.days or 0.0
    x = ROOM * (index + 0.5) / count
    return Dot(f"{x:.2f}", _height(days, largest), week, limit is not None and days > limit)


def _height(value: float, largest: float) -> str:
    return f"{ROOM - ROOM * value / largest:.2f}"


def _path(dots: Sequence[Dot]) -> str:
    return "".join(f"{'L' if i else 'M'}{dot.x} {dot.y}" for i, dot in enumerate(dots))
