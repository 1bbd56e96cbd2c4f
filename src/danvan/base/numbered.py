"""Statements that name their values `$1`, `$2`, …, which PostgreSQL plans once in a connection and not at every call.

For a statement of many tables planning costs more than all else. A pooler between the two has to know statements that
are prepared by protocol (PgBouncer does since 1.21); where none does, `DANVAN_PREPARED=no` has each planned anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db import connection


@contextmanager
def numbered() -> Iterator[Any]:
    """A cursor for such statements; like every other it is counted, logged and closed."""
    with connection.cursor() as cursor:
        cursor.cursor = _kind()(connection.connection)
        yield cursor


@cache
def _kind() -> Any:
    from psycopg import RawCursor  # noqa: PLC0415 -- where the engine is another one, it is not loaded

    class Numbered(RawCursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            super().execute(query, params, prepare=True, **more)
            if connection.queries_logged:
                self._query: Any = SimpleNamespace(query=f"{query} -- {params}".encode())  # what Django's log reads
            return self

    return Numbered
