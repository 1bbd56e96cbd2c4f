"""Rows that were written by the actions themselves, copied inside the database under ids, codes and numbers of their
own.

A copy keeps the shape of its original (kind, states, steps, words). The hashes of copied steps are those of the
originals, so the audit is not for such a database; everything that is timed here is.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

Tables = Mapping[str, tuple[str, ...]]
"""Every table that is copied, with the columns that get another value in each copy."""


def mark(tables: Tables) -> None:
    """What stands in the tables now is what gets copied."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE seeded_{table} AS SELECT id FROM {table}")  # noqa: S608 -- our tables


def copy(tables: Tables, first: int, last: int) -> None:
    """Adds copies number `first` up to but not including `last`: one statement for each table."""
    if last <= first:
        return
    with connection.cursor() as cursor, unindexed(cursor, tables):
        for table, changed in tables.items():
            cursor.execute(_insert(table, changed), [first, last - 1])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def unindexed(cursor: Any, tables: Iterable[str]) -> Iterator[None]:
    """On PostgreSQL the indexes are made anew after the rows. Keys that copy sound ones are not checked again."""
    if connection.vendor != "postgresql":
        cursor.execute("PRAGMA foreign_keys = OFF")
        yield
        cursor.execute("PRAGMA foreign_keys = ON")
        return
    cursor.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
           LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
           WHERE c.oid IS NULL AND i.indrelid = ANY(%s::regclass[])""",
        [list(tables)],
    )
    indexes = cursor.fetchall()
    for name, _made in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")
    for _name, made in indexes:
        cursor.execute(made)


def _insert(table: str, changed: tuple[str, ...]) -> str:
    names = _columns(table)
    values = ", ".join(_value(name, changed) for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"""WITH RECURSIVE copies(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM copies WHERE n < %s)
        INSERT INTO {table} ({quoted}) SELECT {values} FROM copies, {table}
        WHERE id IN (SELECT id FROM seeded_{table})"""  # noqa: S608 -- our tables


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    skipped = {"fold_words"} | ({"id"} if table == "commitments_tally" else set())
    return [column.name for column in described if column.name not in skipped]


def _value(name: str, changed: tuple[str, ...]) -> str:
    """Every id under which a row is copied is its own id with the number of the copy inside."""
    if name not in changed:
        return f'"{name}"'
    if name == "code":
        return "code || '-' || n"
    if name == "number":
        return "number + n * 10000"
    if connection.vendor == "postgresql":
        text = f"CAST({name} AS varchar)"
        return f"CAST(substr({text}, 1, 24) || 'cccc' || lpad(to_hex(n), 4, '0') || substr({text}, 33, 4) AS uuid)"
    return f"substr({name}, 1, 20) || 'cccc' || printf('%%04x', n) || substr({name}, 29, 4)"
