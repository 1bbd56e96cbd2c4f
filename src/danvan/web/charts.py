"""Lengths of the bars of our charts; they are drawn as SVG on a square of 100, so that text never shrinks with them."""

from collections.abc import Iterable
from dataclasses import dataclass

FULL = 100
SMALLEST = 1
"""A figure that is not zero always shows."""


@dataclass(frozen=True)
class Bar:
    label: str
    value: float | None
    length: str
    start: str


def bar(label: str, value: float | None, largest: float) -> Bar:
    length = 0.0 if not value or largest <= 0 else max(SMALLEST, FULL * float(value) / float(largest))
    return Bar(label, value, f"{length:.2f}", f"{FULL - length:.2f}")


def bars(rows: Iterable[tuple[str, float | None]]) -> list[Bar]:
    """All bars on one scale from zero; an unknown figure has no length."""
    known = list(rows)
    largest = max((value for _, value in known if value is not None), default=0)
    return [bar(label, value, largest) for label, value in known]
