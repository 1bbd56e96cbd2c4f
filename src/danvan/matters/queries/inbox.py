"""What a unit has to do, as lists: folders, filters, pages by key, and counts up to a limit.

Every folder is one or two contiguous ranges of an index of `Commitment`, whatever the filters; the matters of the fifty
rows are fetched afterwards. A list of a million thus costs what a list of a thousand does. Which index serves depends
on how far the reader's sight reaches.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Invalid
from danvan.base.keyset import SIZE, Cursor, Order, Page, Strand, page_asked, ranges
from danvan.base.prepared import Prepared, Tuple, together
from danvan.commitments.models import Commitment
from danvan.commitments.queries import calendar
from danvan.matters.kinds import CLOCKS
from danvan.matters.queries.filters import BY_DUE, NEWEST, NO_FILTERS, Filters, over_commitments
from danvan.matters.queries.rows import Row, rows_of
from danvan.matters.queries.scope import Scope, row_by_row, scope_of
from danvan.matters.queries.search import search, sent
from danvan.rules.ledger import REPLACED, State
from danvan.units.access import Actor
from danvan.units.models import Unit

SOON = 3
"""Working days within which something is nearly due."""
MOST_COUNTED = 1000
SENT = "sent"
SUCCEEDED = Q(state__in=sorted(REPLACED))
"""Followed by a new commitment, which stands for the matter from then on."""
STILL = (State.PAUSED, State.SUSPENDED)


@dataclass(frozen=True)
class Days:
    """Today, and the last day that is still soon."""

    today: date
    soon: date


def days_around(on: date) -> Days:
    return Days(on, calendar().add_working_days(on, SOON))


@dataclass(frozen=True)
class Range:
    """One contiguous range of an index. `dated` False: its rows have no due day, their clock stands still."""

    where: Q
    dated: bool = True


@dataclass(frozen=True)
class Folder:
    """A list by name; `belongs` says in an empty one what would stand there. `ranges` are merged in `order`."""

    key: str
    title: str | Promise
    belongs: str | Promise
    ranges: Callable[[Days], Sequence[Range]]
    order: Order = BY_DUE
    is_counted: bool = True


def _open(where: Q) -> list[Range]:
    return [Range(Q(state=State.OPEN) & where)]


def _running(where: Q) -> list[Range]:
    """A question to the citizen stops the clock only where the law lets it: such a matter may be late as well."""
    return [*_open(where), *(Range(Q(state=state) & where) for state in STILL)]


def _paused(_days: Days) -> list[Range]:
    return [Range(Q(state=state, due__isnull=not dated), dated=dated) for dated in (True, False) for state in STILL]


FOLDERS = {
    folder.key: folder
    for folder in (
        Folder("new", _("Mới tới"), _("Việc vừa nhận hoặc vừa chuyển đến, chưa ai nhận giải quyết."),
               lambda _days: _open(row_by_row(Q(accepted_on=None)))),
        Folder("waiting", _("Đang giải quyết"), _("Mọi việc đang phải giải quyết, gần hạn nhất ở trên."),
               lambda _days: _open(Q())),
        Folder("soon", _("Sắp đến hạn"), _("Việc đến hạn hôm nay hoặc trong 3 ngày làm việc tới."),
               lambda days: _running(Q(due__gte=days.today, due__lte=days.soon))),
        Folder("late", _("Trễ hạn"), _("Việc đã quá hạn mà chưa trả lời."),
               lambda days: _running(Q(due__lt=days.today))),
        Folder("paused", _("Đang tạm dừng"), _("Việc đang chờ người gửi bổ sung, và đơn đang tạm đình chỉ."), _paused),
        Folder("answered", _("Chờ xác nhận"), _("Việc đã trả lời, người gửi chưa nói đồng ý hay chưa."),
               lambda _days: [Range(Q(state=State.ANSWERED))]),
        Folder(SENT, _("Đã chuyển đi"), _("Việc đơn vị đã tiếp nhận rồi chuyển cho nơi khác giải quyết."),
               lambda _days: [], is_counted=False),
        Folder("closed", _("Đã kết thúc"), _("Việc người gửi đã đồng ý, đã rút, hoặc đã hết hạn xác nhận."),
               lambda _days: [Range(Q(ended_on__isnull=False) & ~SUCCEEDED)], NEWEST, is_counted=False),
        Folder("all", _("Tất cả"), _("Mọi việc đang giữ hoặc đã giải quyết, mới nhất ở trên."),
               lambda _days: [Range(~SUCCEEDED)], NEWEST, is_counted=False),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """One page of a list, and how many lie in each counted folder."""

    folder: Folder
    page: Page[Row]
    numbers: dict[str, int]


def inbox(
    *, by: Actor, on: date, folder: str, filters: Filters = NO_FILTERS, after: str = "", before: str = "",
    size: int = SIZE,
) -> Page[Row]:  # fmt: skip
    """One page of a folder, or of everything in sight that has the words searched for; refuses who may not read, a unit
    out of sight and a folder there is none of.
    """
    chosen, scope = _folder(folder), scope_of(by, on, filters.unit_id, filters.area_id)
    return _page(chosen, scope, by, filters, days_around(on), after, before, size)


def listing(*, by: Actor, on: date, folder: str, filters: Filters, after: str, before: str) -> Listing:
    """`inbox` and what stands around it on the page."""
    chosen, scope, days = _folder(folder), scope_of(by, on, filters.unit_id, filters.area_id), days_around(on)
    found = _page(chosen, scope, by, filters, days, after, before, SIZE)
    return Listing(chosen, found, {} if filters.text else counts_within(scope, days))


def _folder(key: str) -> Folder:
    if key not in FOLDERS:
        raise Invalid("folder", "Không có ngăn này.", "folder")
    return FOLDERS[key]


def _page(
    folder: Folder, scope: Scope, by: Actor, filters: Filters, days: Days, after: str, before: str, size: int
) -> Page[Row]:
    if filters.text:
        return search(scope, by, filters, after=after, before=before, size=size)
    if folder.key == SENT:
        return sent(scope, by, filters, after=after, before=before, size=size)
    ask = partial(_listed, folder, scope, days, filters, size)
    found = page_asked(ask, lambda row: row[0], folder.order, after=after, before=before, size=size)
    return replace(found, rows=rows_of("current_id", found.rows, scope.on))


def _listed(
    folder: Folder, scope: Scope, days: Days, filters: Filters, size: int, cursor: Cursor | None, descending: bool
) -> list[Tuple]:
    """A whole folder by a statement that is planned once; where something narrows it, PostgreSQL has to see by what:
    rare values it finds by themselves, common ones along the order of the list.
    """
    if over := over_commitments(filters, folder.order) & scope.place:
        return together(ranges(_ranges(folder, scope, days, over), ("id",), folder.order, cursor, descending, size))
    return _LISTED.rows(
        folder.key, scope.alone, descending, size, top=scope.top, on=scope.on, shard=scope.shard, today=days.today,
        soon=days.soon, day=cursor.day if cursor else None, key=cursor.id if cursor else None,
    )  # fmt: skip


def _whole(
    name: str, alone: bool, descending: bool, size: int, *, top: UUID, on: date, shard: int | None, today: date,
    soon: date, day: date | None, key: UUID | None,
) -> list[QuerySet[Commitment, Any]]:  # fmt: skip
    folder, cursor = FOLDERS[name], Cursor(day, key) if key else None
    strands = _ranges(folder, Scope(top, on, alone, shard), Days(today, soon), Q())
    return ranges(strands, ("id",), folder.order, cursor, descending, size)


_LISTED = Prepared(_whole)


def _ranges(folder: Folder, scope: Scope, days: Days, narrowed: Q) -> list[Strand]:
    held = scope.commitments & row_by_row(Q(kind__in=CLOCKS)) & narrowed
    return [Strand(Commitment.objects.filter(held, part.where), part.dated) for part in folder.ranges(days)]


class UpTo(Subquery):
    """How many rows there are, counted no further than the slice of the query given."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(by: Actor, on: date) -> dict[str, int]:
    """How many lie in each counted folder; `MOST_COUNTED + 1` says: more than that."""
    return counts_within(scope_of(by, on), days_around(on))


def counts_within(scope: Scope, days: Days) -> dict[str, int]:
    """One query for all folders."""
    counted = [(folder.key, part) for folder in FOLDERS.values() if folder.is_counted for part in folder.ranges(days)]
    numbers = _COUNTS.rows(
        scope.alone, top=scope.top, on=scope.on, shard=scope.shard, today=days.today, soon=days.soon
    )[0]
    found = dict.fromkeys((key for key, _part in counted), 0)
    for (key, _part), number in zip(counted, numbers, strict=True):
        found[key] += number
    return {key: min(number, MOST_COUNTED + 1) for key, number in found.items()}


def _counting(alone: bool, top: UUID, on: date, shard: int | None, today: date, soon: date) -> QuerySet[Unit, Any]:
    """Each range is walked in the order of its index, so that the walk ends where counting does."""
    counted = [folder for folder in FOLDERS.values() if folder.is_counted]
    walks = [rows for _key, rows in _first_of(counted, Scope(top, on, alone, shard), Days(today, soon))]
    asked = {f"n{i}": UpTo(rows.values("pk")[: MOST_COUNTED + 1]) for i, rows in enumerate(walks)}
    return Unit.objects.filter(pk=top).annotate(**asked).values_list(*asked)


_COUNTS = Prepared(_counting)


def _first_of(folders: Iterable[Folder], scope: Scope, days: Days) -> Iterator[tuple[str, QuerySet[Commitment]]]:
    for folder in folders:
        for strand in _ranges(folder, scope, days, Q()):
            order = [folder.order.day, folder.order.id] if strand.dated else [folder.order.id]
            yield folder.key, strand.rows.order_by(*order)


def keys_within(keys: Sequence[str], scope: Scope, days: Days, size: int) -> dict[str, list[UUID]]:
    """The first commitments of some folders, in one query."""
    lanes = [key for key in keys for _part in FOLDERS[key].ranges(days)]
    rows = _KEYS.rows(
        tuple(keys), size, scope.alone, top=scope.top, on=scope.on, shard=scope.shard, today=days.today, soon=days.soon
    )
    found: dict[str, list[tuple[date, UUID]]] = {key: [] for key in keys}
    for number, due, key in rows:
        found[lanes[number]].append((due or date.max, key))
    return {lane: [key for _due, key in sorted(some)[:size]] for lane, some in found.items()}


def _keys(
    keys: tuple[str, ...], size: int, alone: bool, top: UUID, on: date, shard: int | None, today: date, soon: date
) -> list[QuerySet[Commitment, Any]]:
    walks = _first_of([FOLDERS[key] for key in keys], Scope(top, on, alone, shard), Days(today, soon))
    return [rows.values_list("due", "id")[:size] for _key, rows in walks]


_KEYS = Prepared(_keys)


def counted(number: int) -> str:
    """`12`, or `1.000+` where counting stopped."""
    most = f"{MOST_COUNTED:_}".replace("_", ".")
    return f"{most}+" if number > MOST_COUNTED else f"{number:_}".replace("_", ".")
