"""From the columns of a form to figures: one statement for each kind of rows, whatever the number of units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from danvan.reports.queries.statutory.receptions import count_receptions
from danvan.reports.queries.statutory.rows import NARROWED, with_rows
from danvan.reports.statutory import Column, Form, Value
from danvan.rules.periods import Period
from danvan.units.models import Unit

Values = dict[str, Value]
Where = Mapping[str, tuple[str, ...]]
RECEPTIONS = "receptions"
ALL_BELOW = 32


@dataclass(frozen=True)
class Scope:
    """Whose rows: a unit, and unless `own` everything that stood below it on the period's last day."""

    unit_id: UUID
    period: Period
    own: bool

    @property
    def parameters(self) -> dict[str, Any]:
        unit = Unit._meta.pk.get_db_prep_value(self.unit_id, connection)
        return {"root": unit, "depth": 0 if self.own else ALL_BELOW, "start": self.period.start,
                "end": self.period.end, "last_day": self.period.last_day}  # fmt: skip


def count(form: Form, scope: Scope, units: Iterable[UUID]) -> dict[UUID, Values]:
    """Every column of a form for each unit; a count nobody added to is zero, a column nobody can tell is None."""
    found: dict[UUID, Values] = {unit: _nothing(form) for unit in units}
    by_rows: dict[str, list[Column]] = defaultdict(list)
    for column in form.columns:
        if column.source:
            by_rows[rows_of(column)[0]].append(column)
    for source, columns in by_rows.items():
        if source == RECEPTIONS:
            for unit, values in count_receptions(columns, found, scope.period).items():
                found[unit].update(values)
            continue
        for unit, figures in _counted(source, columns, scope):
            if unit in found:
                found[unit].update(figures)
    return found


def _nothing(form: Form) -> Values:
    return {column.key: 0 if column.source and column.source != RECEPTIONS else None for column in form.columns}


def rows_of(column: Column) -> tuple[str, Where]:
    """The rows a column is counted from, and every condition on them."""
    source, narrowed = NARROWED.get(column.source, (column.source, {}))
    return source, {**narrowed, **(column.where or {})}


def condition(where: Where) -> str:
    """A predicate of SQL. Names and values come from our own files alone; the tests hold them to letters and dashes."""
    return " AND ".join(f"{name} IN ({quoted(values)})" for name, values in where.items()) or "1 = 1"


def quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def statement(source: str, columns: list[Column]) -> str:
    """The whole count of some columns over one kind of rows, by unit."""
    beginning, name = with_rows(source)
    sums = ",\n".join(
        f"SUM(CASE WHEN {condition(rows_of(each)[1])} THEN {each.sum or 1} ELSE 0 END)" for each in columns
    )
    return f"{beginning}SELECT member_id, {sums}\nFROM {name}\nGROUP BY member_id"


def _counted(source: str, columns: list[Column], scope: Scope) -> Iterable[tuple[UUID, Values]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(source, columns), scope.parameters)
        rows = cursor.fetchall()
    for unit, *figures in rows:
        yield UUID(str(unit)), {each.key: _figure(each, raw) for each, raw in zip(columns, figures, strict=True)}


def _figure(column: Column, raw: Any) -> Value:
    if not column.is_amount:
        return int(raw)
    return amount(raw, column.scale)


def amount(raw: Any, scale: int) -> Value:
    """Exact hundredths, whatever an engine adds up in; whole numbers as such."""
    exact = Decimal(str(raw)).quantize(Decimal("0.01")) / scale
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def as_day(raw: Any) -> date:
    """SQLite hands days back as text."""
    return raw if isinstance(raw, date) else date.fromisoformat(raw)
