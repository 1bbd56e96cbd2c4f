"""Writing once what somebody may send twice: a double click, a lost answer, a phone that comes back on line."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from danvan.base.errors import Invalid
from danvan.base.ids import new_id
from danvan.base.models import IdempotencyKey
from danvan.base.writing import write

LONGEST = 80


def once(
    *, home_area: int, verb: str, key: str, at: datetime, make: Callable[[UUID], object]
) -> tuple[UUID, bool]:  # fmt: skip
    """The id of what `make` made under this key, and whether it was made just now; an empty key guards nothing.

    `make` gets the id of the row to make. The key is written first: of two callers at the same moment the second waits
    for the first and gets what that one made; where the first fails, the second makes it. Callers put who is calling
    into the key, so that nobody can fetch what somebody else made.
    """
    if len(key) > LONGEST:
        raise Invalid("key-too-long", f"Khóa chống gửi trùng dài quá {LONGEST} ký tự.", "key")
    made = new_id(home_area)
    try:
        with transaction.atomic():
            if key:
                write([IdempotencyKey(home_area=home_area, verb=verb, key=key, made=made, created_at=at)])
            make(made)
            return made, True
    except IntegrityError:
        rows = IdempotencyKey.objects.filter(home_area=home_area, verb=verb, key=key)
        earlier = rows.values_list("made", flat=True).first() if key else None
        if earlier is None:
            raise
        return earlier, False
