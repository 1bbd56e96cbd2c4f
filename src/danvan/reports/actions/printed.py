"""Keeping figures that were printed elsewhere, as they were printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from danvan.base.errors import Invalid
from danvan.base.ids import CENTRAL
from danvan.reports.models import PublishedFigure
from danvan.units.access import Actor, require
from danvan.units.roles import Permission


@dataclass(frozen=True)
class PrintedFigure:
    """`value` with the decimals it was printed with; `part` and `whole` where a rate was printed with its terms."""

    label: str
    value: Decimal
    unit: str
    source: str
    source_date: date | None
    place: str
    period: str
    qualifier: str = ""
    part: Decimal | None = None
    whole: Decimal | None = None
    note: str = ""


@transaction.atomic
def keep_printed(*, figures: Sequence[PrintedFigure], by: Actor) -> int:
    """Keeps each figure once for its source, label and period; returns how many were new. Nothing is corrected.

    Refuses a rate with only one of its terms, and a figure without a source.
    """
    if not by.is_system:
        require(by, Permission.REPORT_COMPOSE)
    for figure in figures:
        if not figure.source.strip() or not figure.label.strip():
            raise Invalid("source-missing", "Mỗi số liệu phải có nội dung và nguồn.", "source")
        if (figure.part is None) != (figure.whole is None):
            raise Invalid("term-missing", f"“{figure.label}”: tỷ lệ phải có đủ tử số và mẫu số.", "part")
    return sum(_kept(figure, position) for position, figure in enumerate(figures, 1))


def _kept(figure: PrintedFigure, position: int) -> bool:
    exponent = figure.value.as_tuple().exponent
    _row, is_new = PublishedFigure.objects.get_or_create(
        home_area=CENTRAL, source=figure.source, label=figure.label, period=figure.period,
        defaults={
            "value": figure.value, "decimals": max(0, -exponent) if isinstance(exponent, int) else 0,
            "qualifier": figure.qualifier, "unit": figure.unit, "part": figure.part, "whole": figure.whole,
            "place": figure.place, "source_date": figure.source_date, "note": figure.note, "position": position,
        },
    )  # fmt: skip
    return is_new
