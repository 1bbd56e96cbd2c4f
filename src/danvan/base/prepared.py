"""Queries whose SQL is written once.

For a query of many parts Django takes longer to write the SQL than the database to answer it. A prepared query is
written at its first use with marks in place of the values; from then on the values are put where the marks stood.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Value = date | UUID | int | None
Tuple = tuple[Any, ...]


@dataclass(frozen=True)
class _Written:
    """The SQL; in the order of its parameters the name of a value or a constant, with an example of how the engine
    wants it; and by column what turns an answer into Python.
    """

    sql: str
    parameters: list[tuple[str, Any]]
    converters: list[tuple[int, Any, list[Callable[..., Any]]]]


class Prepared:
    """`build(*shape, **values)` gives a query of `values_list`. Everything on which the SQL itself depends is in the
    shape; of a value only its type, and whether there is one, may matter.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.written: dict[Hashable, _Written] = {}

    def rows(self, *shape: Hashable, **values: Value) -> list[Tuple]:
        key = connection.vendor, shape, tuple((name, type(value)) for name, value in values.items())
        written = self.written.get(key)
        if written is None:
            written = self.written[key] = self._write(shape, values)
        given = [_as(example, values[name]) if name else example for name, example in written.parameters]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, given)
            rows = cursor.fetchall()
        return [_converted(row, written.converters) for row in rows] if written.converters else rows

    def _write(self, shape: Tuple, values: dict[str, Value]) -> _Written:
        marks = {name: _mark(value, number) for number, (name, value) in enumerate(values.items())}
        compiler = self.build(*shape, **marks).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_plain(mark): name for name, mark in marks.items() if mark is not None}
        found = compiler.get_converters(column for column, _sql, _alias in compiler.select)
        return _Written(
            sql,
            [(names.get(_plain(one), ""), one) for one in parameters],
            [(place, column, by) for place, (by, column) in found.items()],
        )


def _mark(value: Value, number: int) -> Value:
    """A value of the same type that means nothing to anybody."""
    if value is None:
        return None
    if isinstance(value, UUID):
        return UUID(int=number + 1)
    return date(1, 1, 1) + timedelta(days=number) if isinstance(value, date) else -32_000 + number


def _plain(parameter: Any) -> Any:
    """The same for a value and for what an engine makes of it."""
    if isinstance(parameter, UUID):
        return parameter.hex
    if isinstance(parameter, date):
        return parameter.isoformat()
    return int(parameter) if isinstance(parameter, int) else parameter


def _as(example: Any, value: Value) -> Any:
    if isinstance(example, UUID | date):
        return value
    return _plain(value) if isinstance(example, str) else type(example)(value)


def _converted(row: Tuple, converters: list[tuple[int, Any, list[Callable[..., Any]]]]) -> Tuple:
    values = list(row)
    for place, column, by in converters:
        for convert in by:
            values[place] = convert(values[place], column, connection)
    return tuple(values)
