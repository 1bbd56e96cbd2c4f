"""Long statements that count: what one engine has to be told before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def counting() -> Iterator[Any]:
    """A cursor for one long statement.

    PostgreSQL would compile such a statement first, which takes several times as long as running it; that is turned
    off for this transaction alone, so that a pooler may stand between.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        yield cursor
