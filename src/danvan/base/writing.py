"""New rows of several tables, written in one statement.

Each INSERT that Django sends costs the writing of its SQL and a way to the database and back, several times what the
database needs for the row. Here the SQL of the same tables in the same order is written once.
"""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

from danvan.base.numbered import numbered

Shape = tuple[tuple[type[Model], int], ...]
"""Tables in order, and how many rows of each."""


def write(rows: Sequence[Model]) -> None:
    """Inserts new rows, those of the same table one after the other, or none of them; in one statement where the
    engine can write to several tables at once (PostgreSQL), else in one for each table.

    No `save` of a model and no signal runs, and a key that the database gives is not read back: for rows of the core,
    which have neither.
    """
    groups = [(model, list(some)) for model, some in groupby(rows, type)]
    shape = tuple((model, len(some)) for model, some in groups)
    engine = connections[DEFAULT_DB_ALIAS]
    values = [[_values(row, engine) for row in some] for _model, some in groups]
    with transaction.atomic(savepoint=False):
        if engine.vendor == "postgresql":
            with numbered() as cursor:
                cursor.execute(_at_once(shape), [value for some in values for row in some for value in row])
        else:
            with engine.cursor() as cursor:
                for (model, many), some in zip(shape, values, strict=True):
                    cursor.execute(_insert(model, many), [value for row in some for value in row])
    for row in rows:
        row._state.adding, row._state.db = False, engine.alias  # noqa: SLF001 -- as `save` leaves it


@cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField))


def _values(row: Model, engine: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), engine) for field in _fields(type(row))]


@cache
def _insert(model: type[Model], many: int) -> str:
    quote, fields = connection.ops.quote_name, _fields(model)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * many)}"  # noqa: S608


@cache
def _at_once(shape: Shape) -> str:
    *others, last = (_insert(model, many) for model, many in shape)
    parts = ", ".join(f"written{number} AS ({sql})" for number, sql in enumerate(others))
    sql = f"WITH {parts} {last}" if parts else last
    return sql % tuple(f"${number + 1}" for number in range(sql.count("%s")))
