"""Queries whose SQL is written once, and several queries in one statement.

For a query of many parts Django takes longer to write the SQL than the database to answer it. A prepared query is
written at its first use with marks in place of the values; from then on the values are put where the marks stood.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Value = date | UUID | int | str | None
Tuple = tuple[Any, ...]
NO_MARKS: dict[str, Value] = {}


@dataclass(frozen=True)
class _Written:
    """The SQL; in the order of its parameters the name of a value or a constant, with an example of how the engine
    wants it; and by column what turns an answer into Python.
    """

    sql: str
    parameters: list[tuple[str, Any]]
    converters: list[tuple[int, Any, list[Callable[..., Any]]]]

    def run(self, parameters: list[Any]) -> list[Tuple]:
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: Tuple) -> Tuple:
        values = list(row)
        for place, column, by in self.converters:
            for convert in by:
                values[place] = convert(values[place], column, connection)
        return tuple(values)


def together(queries: Iterable[QuerySet[Any, Any]]) -> list[Tuple]:
    """The rows of several queries of the same columns, each ordered and cut off as it says, in one statement; before
    the columns of each row stands the number of its query, from 0. In what order they come is not said.
    """
    written = _write(queries)
    return written.run([example for _name, example in written.parameters])


class Prepared:
    """`build(*shape, **values)` gives a query of `values_list`, or several as `together` takes them.

    Everything on which the SQL depends is in the shape; of a value only its type, or that there is none, may matter.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | list[QuerySet[Any, Any]]]) -> None:
        self.build = build
        self.written: dict[Hashable, _Written] = {}

    def rows(self, *shape: Hashable, **values: Value) -> list[Tuple]:
        key = connection.vendor, shape, tuple((name, type(value)) for name, value in values.items())
        written = self.written.get(key)
        if written is None:
            marks = {name: _mark(value, number) for number, (name, value) in enumerate(values.items())}
            written = self.written[key] = _write(self.build(*shape, **marks), marks)
        return written.run([_as(example, values[name]) if name else example for name, example in written.parameters])


def _write(queries: QuerySet[Any, Any] | Iterable[QuerySet[Any, Any]], marks: dict[str, Value] = NO_MARKS) -> _Written:
    several = not isinstance(queries, QuerySet)
    parts, parameters = [], []
    for number, query in enumerate(queries if several else [queries]):
        compiler = query.query.get_compiler(connection=connection)
        try:
            sql, more = compiler.as_sql()
        except EmptyResultSet:
            continue
        select = compiler.select
        parts.append(f"SELECT {number} AS query, rows{number}.* FROM ({sql}) rows{number}" if several else sql)  # noqa: S608
        parameters += more
    if not parts:
        return _Written("", [], [])
    names = {_plain(mark): name for name, mark in marks.items() if mark is not None}
    found = compiler.get_converters(column for column, _sql, _alias in select)
    return _Written(
        " UNION ALL ".join(parts),
        [(names.get(_plain(one), ""), one) for one in parameters],
        [(place + several, column, by) for place, (by, column) in found.items()],
    )


def _mark(value: Value, number: int) -> Value:
    """A value of the same type that means nothing to anybody."""
    if value is None:
        return None
    if isinstance(value, UUID):
        return UUID(int=number + 1)
    if isinstance(value, str):
        return f"\x01{number}"
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
