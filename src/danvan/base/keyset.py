"""Pages of long lists by key: a page begins after the last row of the one before, so that the thousandth costs what the
first does. Nothing is counted and nothing is skipped over.

A list may be made of several strands, each one contiguous range of an index; they are merged here, because no engine
merges `state IN (…)` in the order of an index.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import BooleanField, DateField, F, Func, Model, QuerySet, UUIDField, Value

from danvan.base.errors import Invalid
from danvan.base.prepared import together

R = TypeVar("R")
M = TypeVar("M", bound=Model)
Tuple = tuple[Any, ...]
SIZE = 50


@dataclass(frozen=True)
class Order:
    """By a day and, within it, by id; both directions of both engines agree. Rows without a day come last."""

    day: str
    id: str
    newest_first: bool = False


@dataclass(frozen=True)
class Strand:
    """One range of a list. `dated` False: none of its rows has a day."""

    rows: QuerySet[Any, Any]
    dated: bool = True


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows, and the cursors of the neighbouring pages where there are any."""

    rows: list[R]
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Cursor:
    day: date | None
    id: UUID

    def __str__(self) -> str:
        return f"{self.day or ''}.{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        day, _dot, key = text.partition(".")
        try:
            return cls(date.fromisoformat(day) if day else None, UUID(key))
        except ValueError:
            raise Invalid("cursor", "Trang này không còn. Hãy mở lại danh sách từ đầu.", "after") from None


def _beside(order: Order, cursor: Cursor, sign: str) -> Func:
    """`(day, id) > (…, …)`: a comparison of rows, which an index over both answers as one range."""
    there = Value(cursor.day, output_field=DateField()), Value(cursor.id, output_field=UUIDField())
    return Func(
        _row(F(order.day), F(order.id)), _row(*there), template="%(expressions)s", arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )  # fmt: skip


def _row(*parts: F | Value) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def page(
    strands: Sequence[Strand], columns: Sequence[str], read: Callable[[Tuple], R], order: Order, *, after: str = "",
    before: str = "", size: int = SIZE,
) -> Page[R]:  # fmt: skip
    """One page of the merged strands, in one statement. Refuses a cursor that is none."""

    def ask(cursor: Cursor | None, descending: bool) -> list[Tuple]:
        return together(ranges(strands, columns, order, cursor, descending, size))

    return page_asked(ask, read, order, after=after, before=before, size=size)


def page_asked(
    ask: Callable[[Cursor | None, bool], list[Tuple]], read: Callable[[Tuple], R], order: Order, *, after: str = "",
    before: str = "", size: int = SIZE,
) -> Page[R]:  # fmt: skip
    """The same where `ask` knows the statement; it is given where the page begins and whether newer rows come first,
    and answers as `together` does what `ranges` asks.
    """
    cursor, backwards = _asked(after, before)
    descending = order.newest_first != backwards
    rows = (row[1:] for row in ask(cursor, descending))
    found = sorted(rows, key=_place, reverse=descending)[: size + 1]
    cut = _cut(found, size, lambda row: Cursor(row[0], row[1]), cursor, backwards)
    return Page([read(row[2:]) for row in cut.rows], cut.previous, cut.next)


def ranges(
    strands: Sequence[Strand], columns: Sequence[str], order: Order, cursor: Cursor | None, descending: bool, size: int
) -> list[QuerySet[Any, Any]]:
    """What a page takes of each strand: one row more than a page, from the cursor on."""
    names = (order.day, order.id, *columns)
    return [_range(strand, order, cursor, descending).values_list(*names)[: size + 1] for strand in strands]


def page_of(
    rows: QuerySet[M], *, day: str, newest_first: bool = False, after: str = "", before: str = "", size: int = SIZE
) -> Page[M]:
    """One page of whole rows of one range, in one query; every row has a day, in the column of that name."""
    cursor, backwards = _asked(after, before)
    descending = newest_first != backwards
    found = list(_range(Strand(rows), Order(day, "id", newest_first), cursor, descending)[: size + 1])
    day_of = attrgetter(day.replace("__", "."))
    return _cut(found, size, lambda row: Cursor(day_of(row), row.pk), cursor, backwards)


def _asked(after: str, before: str) -> tuple[Cursor | None, bool]:
    """Where the page begins, and whether it is read backwards from there."""
    return Cursor.read(after or before) if after or before else None, bool(before and not after)


def _cut(found: list[R], size: int, place: Callable[[R], Cursor], cursor: Cursor | None, backwards: bool) -> Page[R]:
    """The page of what was found; one row more than a page tells that there is another."""
    rows, more = found[:size], len(found) > size
    if backwards:
        rows.reverse()
    has_previous, has_next = (more, bool(rows)) if backwards else (cursor is not None and bool(rows), more)
    return Page(rows, str(place(rows[0])) if has_previous else None, str(place(rows[-1])) if has_next else None)


def _range(strand: Strand, order: Order, cursor: Cursor | None, descending: bool) -> QuerySet[Any, Any]:
    rows = strand.rows
    sign = "-" if descending else ""
    if not strand.dated:
        if cursor and cursor.day is None:
            rows = rows.filter(**{f"{order.id}__{'lt' if descending else 'gt'}": cursor.id})
        elif cursor and descending:
            rows = rows.none()
        return rows.order_by(f"{sign}{order.id}")
    if cursor and cursor.day is not None:
        rows = rows.filter(_beside(order, cursor, "<" if descending else ">"))
    elif cursor and not descending:
        rows = rows.none()
    return rows.order_by(f"{sign}{order.day}", f"{sign}{order.id}")


def _place(row: Tuple) -> tuple[date, UUID]:
    return row[0] or date.max, row[1]
