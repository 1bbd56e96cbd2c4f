"""What is shown to everybody: signed roll-ups with small counts hidden, and figures that were printed elsewhere.

Only the sealed content of a signed roll-up is published. It does not move while units sign one after the other, so
nobody can read a hidden count off the difference between two days.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from danvan.base.errors import Absent
from danvan.reports.content import Child, Content, read
from danvan.reports.kinds import SIGNED, Scope, SheetState, Standing
from danvan.reports.models import PublishedFigure, Sheet
from danvan.rules.figures import Interval, Verdict, check_rate, interval, rate
from danvan.rules.suppression import Shown, protect_table, protect_tree

LEAST = 5
TOTAL = "total"
MEASURES = (
    ("received", "Tiếp nhận"),
    ("answered", "Đã trả lời"),
    ("on_time", "Trả lời đúng hạn"),
    ("agreed", "Người dân đồng ý"),
)
"""The columns of the public table and of the open data."""


@dataclass(frozen=True)
class PublicRow:
    """One unit, or all together. `on_time_rate` is None where one of its two counts is hidden."""

    name: str
    counts: tuple[Shown, ...]
    on_time_rate: Decimal | None
    is_tentative: bool = False


@dataclass(frozen=True)
class PublicTable:
    sheet: Sheet
    content: Content
    rows: tuple[PublicRow, ...]
    total: PublicRow


def published_sheets() -> QuerySet[Sheet]:
    """The signed roll-ups, newest period and version first."""
    rows = Sheet.objects.filter(scope=Scope.SUBTREE, state=SheetState.SIGNED)
    return rows.order_by("-starts_on", "unit_id", "-version")


@dataclass(frozen=True)
class Published:
    unit_id: UUID
    name: str
    period: str
    label: str


def published_list() -> list[Published]:
    """What can be chosen: each unit and period once; one query."""
    found: dict[tuple[UUID, str], Published] = {}
    for sheet in published_sheets():
        if (sheet.unit_id, sheet.period) not in found:
            content = read(sheet.content)
            found[sheet.unit_id, sheet.period] = Published(
                sheet.unit_id, content.issuer.name, sheet.period, content.period.label
            )
    return list(found.values())


def public_table(unit_id: UUID | None, period: str) -> PublicTable | None:
    """The newest signed roll-up, of one unit and one period where they are given; None where nothing is signed yet."""
    rows = published_sheets()
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if period:
        rows = rows.filter(period=period)
    sheet = rows.first()
    if sheet is None:
        if unit_id is not None or period:
            raise Absent
        return None
    return _table(sheet)


def _table(sheet: Sheet) -> PublicTable:
    content = read(sheet.content)
    received, agreed = (_column(content, name) for name in ("received", "agreed"))
    timely = protect_table([_timely(child) for child in content.children], least=LEAST)
    rows = tuple(
        _row(child.name, received[i], timely.row_totals[i], timely.cells[i][0], agreed[i], _is_tentative(child))
        for i, child in enumerate(content.children)
    )
    total = _row("Tổng cộng", received[TOTAL], timely.total, timely.column_totals[0], agreed[TOTAL], False)
    return PublicTable(sheet, content, rows, total)


def _count(child: Child, name: str) -> int:
    """Opinions and petitions together."""
    return sum(child.values.get(f"{group}.{name}", 0) for group in ("opinions", "petitions"))


def _timely(child: Child) -> list[int]:
    """In time and late stand in one table, for either follows from the other and the answers given."""
    return [_count(child, "on-time"), _count(child, "late")]


def _column(content: Content, name: str) -> dict[Hashable, Shown]:
    leaves: dict[Hashable, int] = {i: _count(child, name) for i, child in enumerate(content.children)}
    return protect_tree(leaves, dict.fromkeys(leaves, TOTAL), least=LEAST)


def _row(name: str, received: Shown, answered: Shown, on_time: Shown, agreed: Shown, is_tentative: bool) -> PublicRow:
    known = answered.value is not None and on_time.value is not None
    share = rate(on_time.value or 0, answered.value or 0) if known else None
    return PublicRow(name, (received, answered, on_time, agreed), share, is_tentative)


def _is_tentative(child: Child) -> bool:
    return Standing(child.standing) not in {*SIGNED, Standing.NOT_ASKED}


@dataclass(frozen=True)
class Printed:
    """A printed figure and what arithmetic says of it; `verdict` only for a rate printed with its two terms."""

    figure: PublishedFigure
    value: Decimal
    between: Interval | None
    verdict: Verdict | None


def printed_figures() -> list[Printed]:
    """Everything printed about us, by source and in the order of the text; one query."""
    rows = PublishedFigure.objects.order_by("-source_date", "source", "position", "id")
    return [_printed(row) for row in rows]


def _printed(row: PublishedFigure) -> Printed:
    value = row.value.quantize(Decimal(1).scaleb(-row.decimals))
    verdict = None
    if row.part is not None and row.whole is not None:
        verdict = check_rate(value, row.part, row.whole, qualifier=row.qualifier or None)
    between = interval(value, row.qualifier) if row.qualifier else None
    return Printed(
        row, value, between and Interval(_plain(between.low), between.high and _plain(between.high)), verdict
    )


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end of its decimals."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
