"""The cache table, as far as counting tries needs it."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router


class Cache(DatabaseCache):
    """Django's own, but a database that cannot be written to in time is said to be so.

    Django keeps silent about every write that fails, since two that add the same key do no harm; whoever counts tries
    would then take a locked database for one try too many.
    """

    def _base_set(self, *given: Any, **named: Any) -> bool:
        unwritable: list[OperationalError] = []

        def noting(execute: Callable[..., Any], *call: Any) -> Any:
            try:
                return execute(*call)
            except OperationalError as error:
                unwritable.append(error)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(noting):
            was_set: bool = super()._base_set(*given, **named)  # type: ignore[misc]
        if unwritable:
            raise unwritable[0]
        return was_set
