"""From the columns of a form to figures: one statement for each kind of rows, whatever the number of units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from danvan.base.counting import counting
from danvan.reports.queries.statutory.receptions import count_receptions
from danvan.reports.queries.statutory.rows import NARROWED, family_of, name_of, with_rows
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
    for columns in _families(form).values():
        for unit, figures in _counted(columns, scope):
            if unit in found:
                found[unit].update(figures)
    if received := [column for column in form.columns if column.source == RECEPTIONS]:
        for unit, values in count_receptions(received, found, scope.period).items():
            found[unit].update(values)
    return found


def _families(form: Form) -> dict[str, list[Column]]:
    """The columns that are counted in one statement, by what their rows are made from."""
    found: dict[str, list[Column]] = defaultdict(list)
    for column in form.columns:
        if column.source not in {"", RECEPTIONS}:
            found[family_of(rows_of(column)[0])].append(column)
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


def statement(columns: list[Column]) -> str:
    """The whole count of columns of one family, by kind of rows and unit; columns of other rows are left empty."""
    sources = dict.fromkeys(rows_of(column)[0] for column in columns)
    return with_rows(*sources) + "\nUNION ALL\n".join(_count(source, columns) for source in sources)


def _count(source: str, columns: list[Column]) -> str:
    """Rows are counted once by everything the columns tell apart; each column then adds up some of these few counts."""
    here = [column for column in columns if rows_of(column)[0] == source]
    wheres = [rows_of(column)[1] for column in here]
    told = ["member_id", *sorted({name for where in wheres for name in where})]
    shared = {name: values for name, values in wheres[0].items() if all(where.get(name) == values for where in wheres)}
    counts = ["COUNT(*) AS many", *(f"SUM({name}) AS {name}" for name in sorted({each.sum for each in here} - {""}))]
    sums = ", ".join(_sum(each) if rows_of(each)[0] == source else "CAST(NULL AS numeric)" for each in columns)
    return f"""SELECT member_id, {sums}
        FROM (SELECT {", ".join([*told, *counts])} FROM {name_of(source)} WHERE {condition(shared)}
              GROUP BY {", ".join(told)}) counted
        GROUP BY member_id"""  # noqa: S608 -- our own files


def _sum(column: Column) -> str:
    return f"SUM(CASE WHEN {condition(rows_of(column)[1])} THEN {column.sum or 'many'} ELSE 0 END)"


def _counted(columns: list[Column], scope: Scope) -> Iterable[tuple[UUID, Values]]:
    with counting() as cursor:
        cursor.execute(statement(columns), scope.parameters)
        rows = cursor.fetchall()
    for unit, *figures in rows:
        told = zip(columns, figures, strict=True)
        yield UUID(str(unit)), {each.key: _figure(each, raw) for each, raw in told if raw is not None}


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
