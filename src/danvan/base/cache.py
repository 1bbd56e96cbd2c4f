"""The cache table (`cache`, see the settings), as far as counting tries needs it."""

import base64
import pickle
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DEFAULT_DB_ALIAS, connections, router

from danvan.base.clock import now

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)


class Cache(DatabaseCache):
    """Django's own table, written to in one statement.

    Django keeps silent about every write that fails, and throws living entries away where there are more than some
    hundreds: whoever counts tries would take a locked database for one try too many, and forget the tries of most
    addresses while somebody uses many. Here a failure is told, and only what has ended goes (`forget_ended`).
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        if mode == "touch":
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        connection = connections[router.db_for_write(self.cache_model_class)]
        ends, adapt = self.get_backend_timeout(timeout), connection.ops.adapt_datetimefield_value
        expires = FOR_EVER if ends is None else datetime.fromtimestamp(ends, tz=UTC)
        sql = (
            "INSERT INTO cache (cache_key, value, expires) VALUES (%s, %s, %s) "
            "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
        )
        kept = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
        given = [key, kept, adapt(expires.replace(microsecond=0))]
        if mode == "add":
            sql += " WHERE cache.expires < %s"
            given.append(adapt(now().replace(microsecond=0)))
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return bool(cursor.rowcount)


def forget_ended(at: datetime) -> int:
    """Takes away the entries that have ended; returns how many those were."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(at)])
        return int(cursor.rowcount)
