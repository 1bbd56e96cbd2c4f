"""Queries whose SQL is written once, and several queries in one statement.

For a query of many parts Django takes longer to write the SQL, and the database to plan it, than it takes to answer.
A prepared query is written at its first use with marks in place of the values; from then on the values are put where
the marks stood. What never changes stands in the SQL itself, so that PostgreSQL plans with it (`base.numbered`).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from danvan.base.numbered import numbered

One = date | UUID | int | str | None
Value = One | list[UUID]
Tuple = tuple[Any, ...]
Named = dict[str, One]
NO_MARKS: Named = {}


@dataclass(frozen=True)
class _Written:
    """The SQL; in the order of its parameters the name of a value or a constant, with an example of how the engine
    wants it; and by column what turns an answer into Python.
    """

    sql: str
    parameters: list[tuple[str, Any]]
    converters: list[tuple[int, Any, list[Callable[..., Any]]]]

    def run(self, values: Named = NO_MARKS) -> list[Tuple]:
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_as(example, values[name]) if name else example
                                      for name, example in self.parameters])  # fmt: skip
            return self._converted(cursor.fetchall())

    def _converted(self, rows: list[Tuple]) -> list[Tuple]:
        return [self._python(row) for row in rows] if self.converters else rows

    def _python(self, row: Tuple) -> Tuple:
        values = list(row)
        for place, column, by in self.converters:
            for convert in by:
                values[place] = convert(values[place], column, connection)
        return tuple(values)


class _Numbered(_Written):
    """For PostgreSQL: constants stand in the SQL, and each value has one number wherever it stands."""

    def __init__(self, written: _Written) -> None:
        names = list(dict.fromkeys(name for name, _example in written.parameters if name))
        constant = connection.ops.compose_sql  # type: ignore[attr-defined]
        marks = [f"${names.index(name) + 1}" if name else constant("%s", [example])
                 for name, example in written.parameters]  # fmt: skip
        sql = written.sql % tuple(marks) if written.sql else ""
        examples = dict(written.parameters)
        super().__init__(sql, [(name, examples[name]) for name in names], written.converters)

    def run(self, values: Named = NO_MARKS) -> list[Tuple]:
        if not self.sql:
            return []
        with numbered() as cursor:
            cursor.execute(self.sql, [_as(example, values[name]) for name, example in self.parameters])
            return self._converted(cursor.fetchall())


def together(queries: Iterable[QuerySet[Any, Any]]) -> list[Tuple]:
    """The rows of several queries of the same columns, each ordered and cut off as it says, in one statement; before
    the columns of each row stands the number of its query, from 0. In what order they come is not said.
    """
    return _write(queries).run()


class Prepared:
    """`build(*shape, **values)` gives a query of `values_list`, or several as `together` takes them.

    Everything on which the SQL depends is in the shape; of a value only its type, that there is none, or about how many
    ids there are may matter.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | list[QuerySet[Any, Any]]]) -> None:
        self.build = build
        self.written: dict[Hashable, _Written] = {}

    def rows(self, *shape: Hashable, **values: Value) -> list[Tuple]:
        single = dict(_single(values))
        key = connection.vendor, shape, tuple((name, type(value)) for name, value in single.items())
        written = self.written.get(key)
        if written is None:
            written = self.written[key] = self._written(shape, values, single)
        return written.run(single)

    def _written(self, shape: Tuple, values: dict[str, Value], single: Named) -> _Written:
        marks = {name: _mark(value, number) for number, (name, value) in enumerate(single.items())}
        parts = {name: [mark for one, mark in marks.items() if one.rpartition(".")[0] == name] for name in values}
        asked = {name: parts[name] if isinstance(value, list) else marks[name] for name, value in values.items()}
        written = _write(self.build(*shape, **asked), marks)
        return _Numbered(written) if connection.vendor == "postgresql" else written


def _single(values: dict[str, Value]) -> Iterator[tuple[str, One]]:
    """Each value under its name; ids asked for together are one by one `name.0`, `name.1` and so on."""
    for name, value in values.items():
        if isinstance(value, list):
            yield from ((f"{name}.{number}", one) for number, one in enumerate(_filled(value)))
        else:
            yield name, value


def _filled(ids: list[UUID]) -> list[UUID]:
    """As many as a power of four, the last one repeated: so lists of many lengths share a few statements."""
    length = 1
    while length < len(ids):
        length *= 4
    return ids + ids[-1:] * (length - len(ids))


def _write(queries: QuerySet[Any, Any] | Iterable[QuerySet[Any, Any]], marks: Named = NO_MARKS) -> _Written:
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


def _mark(value: One, number: int) -> One:
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


def _as(example: Any, value: One) -> Any:
    if isinstance(example, UUID | date):
        return value
    return _plain(value) if isinstance(example, str) else type(example)(value)
