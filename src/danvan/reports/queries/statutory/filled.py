"""A form filled in: figures of a unit and of those below it, with everything that must add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from danvan.reports.access import require_figures
from danvan.reports.queries.statutory.counting import Scope, Values, count
from danvan.reports.queries.tree import Member, members
from danvan.reports.statutory import Checked, Column, Form, Value
from danvan.rules.periods import Period
from danvan.units.access import Actor


@dataclass(frozen=True)
class Line:
    """One row of the form: the unit itself, or a unit directly below it with everything under that."""

    member: Member
    values: Values
    is_own: bool
    units: int


@dataclass(frozen=True)
class Filled:
    """`lines` is the unit's own row and, unless `own`, one for each unit directly below it."""

    form: Form
    root: Member
    period: Period
    own: bool
    lines: tuple[Line, ...]

    @cached_property
    def total(self) -> Values:
        return added(self.form, (line.values for line in self.lines))

    @cached_property
    def checked(self) -> tuple[Checked, ...]:
        return self.form.check(self.total)

    @cached_property
    def exceeding(self) -> tuple[tuple[Column, Column], ...]:
        return self.form.exceeding(self.total)

    @property
    def holds(self) -> bool:
        """Whether nothing that can be checked is contradicted."""
        return not self.exceeding and all(each.holds is not False for each in self.checked)


def fill(form: Form, unit_id: UUID, period: Period, *, own: bool = False) -> Filled:
    """A form computed from the records as they are now; the number of statements does not depend on that of units."""
    tree = members(unit_id, period.last_day)
    kept = tree[:1] if own else tree
    found = count(form, Scope(unit_id, period, own), (member.unit_id for member in kept))
    branches: dict[UUID, list[Member]] = {}
    for member in kept:
        branches.setdefault(member.branch, []).append(member)
    lines = tuple(_line(form, branch, found, unit_id) for branch in branches.values())
    return Filled(form, tree[0], period, own, lines)


def filled_for(by: Actor, form: Form, unit_id: UUID, period: Period, *, own: bool = False) -> Filled:
    """`fill`, for whoever may see the figures of that unit and period."""
    require_figures(by, unit_id, period)
    return fill(form, unit_id, period, own=own)


def _line(form: Form, branch: list[Member], found: Mapping[UUID, Values], root: UUID) -> Line:
    values = added(form, (found[member.unit_id] for member in branch))
    return Line(branch[0], values, branch[0].unit_id == root, len(branch))


def added(form: Form, many: Iterable[Values]) -> Values:
    """Column by column; unknown where any part is, because a sum with an unknown part is no smaller number."""
    listed = list(many)
    return {column.key: _sum([values[column.key] for values in listed]) for column in form.columns}


def _sum(parts: list[Value]) -> Value:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def as_data(filled: Filled) -> dict[str, Any]:
    """The form for machines: semantic keys, the printed number of each, what must add up and whether it does."""
    form, period = filled.form, filled.period
    return {
        "form": form.code,
        "version": form.version,
        "title": form.title,
        "basis": form.basis,
        "evidence": form.evidence,
        "source": form.source,
        "unit": _unit(filled.root),
        "scope": "own" if filled.own else "subtree",
        "period": {"code": period.code, "label": period.label, "start": str(period.start),
                   "end_inclusive": str(period.last_day)},
        "values": written(filled.total),
        "rows": [
            {**_unit(line.member), "own": line.is_own, "units": line.units, "values": written(line.values)}
            for line in filled.lines
        ],
        "columns": [
            {"key": each.key, "number": each.number, "title": each.full_title, "unit": each.unit,
             "counted": each.counted, "unknown": each.unknown}
            for each in form.columns
        ],
        "identities": [
            {"printed": each.identity.printed, "keys": each.identity.said(), "sides": [_plain(x) for x in each.sides],
             "holds": each.holds, "note": each.identity.note}
            for each in filled.checked
        ],
        "exceeding": [{"part": part.key, "whole": whole.key} for part, whole in filled.exceeding],
        "holds": filled.holds,
        "notes": list(form.notes),
    }  # fmt: skip


def _unit(member: Member) -> dict[str, str]:
    return {"id": str(member.unit_id), "name": member.name}


def written(values: Values) -> dict[str, int | float | None]:
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Value) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
