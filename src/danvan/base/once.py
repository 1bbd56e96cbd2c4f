"""Writing once what somebody may send twice: a double click, a lost answer, a phone that comes back on line."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from danvan.base.errors import Invalid
from danvan.base.models import IdempotencyKey

LONGEST = 80


def once(*, home_area: int, verb: str, key: str, at: datetime, make: Callable[[], UUID]) -> tuple[UUID, bool]:
    """What `make` made under this key, and whether it was made just now; an empty key guards nothing.

    Of two callers at the same moment both may run `make`, but only one commits it: the other's writes are rolled back
    and it gets what the first one made. What `make` does outside the database must therefore bear repeating. Callers
    put who is calling into the key, so that nobody can fetch what somebody else made.
    """
    if len(key) > LONGEST:
        raise Invalid("key-too-long", f"Khóa chống gửi trùng dài quá {LONGEST} ký tự.", "key")
    if not key:
        return make(), True
    made = IdempotencyKey.objects.filter(home_area=home_area, verb=verb, key=key).values_list("made", flat=True)
    try:
        with transaction.atomic():
            if earlier := made.first():
                return earlier, False
            new = make()
            IdempotencyKey.objects.create(home_area=home_area, verb=verb, key=key, made=new, created_at=at)
            return new, True
    except IntegrityError:
        earlier = made.first()
        if earlier is None:
            raise
        return earlier, False
