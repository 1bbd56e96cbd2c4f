"""From communes to the province: signed figures where a unit has signed, live ones, marked as such, where it has not.

Ten queries for one unit or for three thousand. A figure that is missing is missing; it is never added as zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from danvan.commitments.queries import calendar
from danvan.reports.indicators import Figure, computed, drawn_keys
from danvan.reports.kinds import MISSING, SIGNED, Basis, Scope, SheetState, Standing
from danvan.reports.models import Cell, Sheet
from danvan.reports.queries.drawing import Values, draw
from danvan.reports.queries.tree import Member, members
from danvan.reports.regimes import Regime
from danvan.rules.periods import Period


@dataclass(frozen=True)
class Return:
    """What one unit handed in, or did not: its signed sheet if there is one, and the records as they are now."""

    member: Member
    live: Values
    sealed: Values | None
    sheet_id: UUID | None
    signed_on: date | None
    due: date | None
    standing: Standing

    def values(self, basis: Basis) -> Values | None:
        """None where only signed figures are wanted and the unit owes some; who owes none counts as recorded."""
        if self.sealed is not None:
            return self.sealed
        return None if basis is Basis.SEALED and self.standing is not Standing.NOT_ASKED else self.live

    @property
    def moved_since(self) -> bool:
        """Whether the records have changed since the sheet was signed."""
        return self.sealed is not None and self.sealed != self.live


@dataclass(frozen=True)
class Row:
    """A child of the root with everything below it, or the root's own figures."""

    head: Return
    returns: tuple[Return, ...]
    values: Values | None
    is_tentative: bool

    @property
    def unit_id(self) -> UUID:
        return self.head.member.unit_id

    @property
    def name(self) -> str:
        return self.head.member.shown

    def figure(self, key: str) -> Figure:
        return None if self.values is None else computed(key, self.values)


@dataclass(frozen=True)
class Completeness:
    """How many units owe a sheet, and which have not signed one or signed it late."""

    due: int
    signed: int
    missing: tuple[Return, ...]
    late: tuple[Return, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Rollup:
    root: Member
    regime: Regime
    period: Period
    basis: Basis
    on: date
    rows: tuple[Row, ...]

    @cached_property
    def returns(self) -> tuple[Return, ...]:
        return tuple(one for row in self.rows for one in row.returns)

    @cached_property
    def completeness(self) -> Completeness:
        owing = [one for one in self.returns if one.standing is not Standing.NOT_ASKED]
        return Completeness(
            due=len(owing),
            signed=sum(one.standing in SIGNED for one in owing),
            missing=tuple(one for one in owing if one.standing in MISSING),
            late=tuple(one for one in owing if one.standing in {Standing.SIGNED_LATE, Standing.OVERDUE}),
        )

    @cached_property
    def total(self) -> Values:
        return added(row.values for row in self.rows if row.values is not None)

    @property
    def is_tentative(self) -> bool:
        return any(row.is_tentative for row in self.rows)

    def figure(self, key: str) -> Figure:
        return computed(key, self.total)


def rollup(unit_id: UUID, regime: Regime, period: Period, *, on: date, basis: Basis = Basis.LATEST) -> Rollup:
    """The figures of a unit and of everything below it on the last day of the period, as known on the day `on`."""
    tree = members(unit_id, period.last_day)
    ids = [member.unit_id for member in tree]
    live, sheets = draw(ids, period), signed_sheets(ids, regime, period)
    cells = cells_of(sheets.values())
    due = regime.due(period, calendar()) if regime.covers(period) else None
    found = [_return(member, live[member.unit_id], sheets.get(member.unit_id), cells, regime, due, on)
             for member in tree]  # fmt: skip
    return Rollup(tree[0], regime, period, basis, on, _rows(found, basis))


def signed_sheets(units: Iterable[UUID], regime: Regime, period: Period) -> dict[UUID, Sheet]:
    """The newest signed version of each unit's own sheet; one query."""
    rows = Sheet.objects.filter(
        unit_id__in=list(units), regime=regime.key, period=period.code, scope=Scope.OWN, state=SheetState.SIGNED
    )
    return {sheet.unit_id: sheet for sheet in rows.defer("content").order_by("version")}


def cells_of(sheets: Iterable[Sheet]) -> dict[UUID, Values]:
    """The stored figures by sheet; one query."""
    found: dict[UUID, Values] = {sheet.id: {} for sheet in sheets}
    for sheet_id, key, value in Cell.objects.filter(sheet_id__in=list(found)).values_list(
        "sheet_id", "indicator", "value"
    ):
        found[sheet_id][key] = value
    return found


def added(many: Iterable[Mapping[str, int]]) -> Values:
    """Figure by figure; one that a sheet of an older dictionary lacks is left out, not taken as zero."""
    listed = list(many)
    return {key: sum(v[key] for v in listed) for key in drawn_keys() if listed and all(key in v for v in listed)}


def standing_of(signed_on: date | None, due: date | None, on: date) -> Standing:
    if signed_on is not None:
        return Standing.SIGNED_LATE if due is not None and signed_on > due else Standing.ON_TIME
    return Standing.OVERDUE if due is not None and on > due else Standing.WAITING


def _return(
    member: Member, live: Values, sheet: Sheet | None, cells: dict[UUID, Values], regime: Regime, due: date | None,
    on: date,
) -> Return:  # fmt: skip
    """`due` is empty for a period before the regime: then a sheet may be there, but nobody owed it."""
    if sheet is not None:
        due = sheet.due or due
    asked = due is not None and member.depth > 0 and member.owes(regime)
    standing = standing_of(sheet.signed_on if sheet else None, due, on) if asked or sheet else Standing.NOT_ASKED
    return Return(
        member=member,
        live=live,
        sealed=cells[sheet.id] if sheet else None,
        sheet_id=sheet.id if sheet else None,
        signed_on=sheet.signed_on if sheet else None,
        due=due if asked else None,
        standing=standing,
    )


def _rows(found: list[Return], basis: Basis) -> tuple[Row, ...]:
    branches: dict[UUID, list[Return]] = {}
    for one in found:
        branches.setdefault(one.member.branch, []).append(one)
    return tuple(_row(branch, basis) for branch in branches.values())


def _row(branch: list[Return], basis: Basis) -> Row:
    known = [values for one in branch if (values := one.values(basis)) is not None]
    is_tentative = any(one.standing in MISSING for one in branch)
    return Row(branch[0], tuple(branch), added(known) if known else None, is_tentative)
