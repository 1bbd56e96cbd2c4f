"""Paging by the last row seen, so that page 400 costs what page 1 costs and rows arriving meanwhile shift nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from danvan.base.errors import Invalid

PAGE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """`previous` and `next` are cursors for `before=` and `after=`, empty at the ends."""

    rows: list[M]
    previous: str = ""
    next: str = ""


def newest_first(rows: QuerySet[M], *, day: str, after: str = "", before: str = "", size: int = PAGE) -> Page[M]:
    """One page of rows by a day, the newest first, then by id; `day` names the column. One query."""
    backwards = bool(before)
    sign = "" if backwards else "-"
    found = list(
        _beyond(rows, day, after or before, "gt" if backwards else "lt").order_by(f"{sign}{day}", f"{sign}id")[
            : size + 1
        ]
    )
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first, last = (f"{getattr(row, day)}~{row.pk}" for row in (found[0], found[-1])) if found else ("", "")
    return Page(found, first if after or (backwards and more) else "", last if backwards or more else "")


def _beyond(rows: QuerySet[M], day: str, cursor: str, side: str) -> QuerySet[M]:
    if not cursor:
        return rows
    try:
        on, key = cursor.split("~")
        edge, row_id = date.fromisoformat(on), UUID(key)
    except ValueError as error:
        raise Invalid("no-such-page", "Không có trang này. Hãy mở lại danh sách từ đầu.", "after") from error
    return rows.filter(Q(**{f"{day}__{side}": edge}) | Q(**{day: edge, f"id__{side}": row_id}))
