"""What a unit has to do, as lists: folders, filters, pages by key, and counts up to a limit.

Every folder is one or two contiguous ranges of an index of `Commitment`, whatever the filters: a list of a million
costs what a list of a thousand does. Which index depends on how far the reader's sight reaches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import IntegerField, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Absent, Invalid
from danvan.base.keyset import SIZE, Order, Page, Strand, page
from danvan.commitments.models import Commitment
from danvan.commitments.queries import calendar
from danvan.matters.kinds import CLOCKS, Field, Intake, Kind
from danvan.rules.ledger import State
from danvan.units.access import Actor, in_force, require, sees
from danvan.units.models import AreaClosure, Unit, UnitClosure
from danvan.units.queries import area_names, reach_of, unit_names
from danvan.units.roles import Permission

SOON = 3
"""Working days within which something is nearly due."""
MOST_COUNTED = 1000
BY_DUE = Order("due", "id")
NEWEST = Order("raised_on", "id", newest_first=True)


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
    return [*_open(where), Range(Q(state=State.PAUSED) & where)]


def _paused(_days: Days) -> list[Range]:
    paused = Q(state=State.PAUSED)
    return [Range(paused & Q(due__isnull=False)), Range(paused & Q(due__isnull=True), dated=False)]


FOLDERS = {
    folder.key: folder
    for folder in (
        Folder("new", _("Mới tới"), _("Việc vừa nhận hoặc vừa chuyển đến, chưa ai nhận giải quyết."),
               lambda _days: _open(Q(accepted_on=None))),
        Folder("waiting", _("Đang giải quyết"), _("Mọi việc đang phải giải quyết, gần hạn nhất ở trên."),
               lambda _days: _open(Q())),
        Folder("soon", _("Sắp đến hạn"), _("Việc đến hạn hôm nay hoặc trong 3 ngày làm việc tới."),
               lambda days: _running(Q(due__gte=days.today, due__lte=days.soon))),
        Folder("late", _("Trễ hạn"), _("Việc đã quá hạn mà chưa trả lời."),
               lambda days: _running(Q(due__lt=days.today))),
        Folder("paused", _("Chờ người dân"), _("Việc đã hỏi thêm người gửi và đang chờ họ bổ sung."), _paused),
        Folder("answered", _("Chờ xác nhận"), _("Việc đã trả lời, người gửi chưa nói đồng ý hay chưa."),
               lambda _days: [Range(Q(state=State.ANSWERED))]),
        Folder("sent", _("Nơi khác đang giữ"), _("Việc đơn vị đã tiếp nhận rồi chuyển cho nơi khác giải quyết."),
               lambda _days: [Range(Q())], Order("matters__received_on", "matters__id", newest_first=True),
               is_counted=False),
        Folder("closed", _("Đã kết thúc"), _("Việc người gửi đã đồng ý, đã rút, hoặc đã hết hạn xác nhận."),
               lambda _days: [Range(Q(ended_on__isnull=False))], NEWEST, is_counted=False),
        Folder("all", _("Tất cả"), _("Mọi việc đang giữ hoặc đã giải quyết, mới nhất ở trên."),
               lambda _days: [Range(Q())], NEWEST, is_counted=False),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What narrows a list; `month` is its first day. `unit_id` stands for that unit and all below it."""

    field: Field | None = None
    kind: Kind | None = None
    intake: Intake | None = None
    area_id: UUID | None = None
    unit_id: UUID | None = None
    month: date | None = None
    text: str = ""


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Row:
    """One line of a list. `commitment_id` is the clock that runs now; `seen` is how many steps it has."""

    matter_id: UUID
    code: str
    summary: str
    kind: str
    field: str
    intake: str
    area_id: UUID
    place: str
    received_on: date
    commitment_id: UUID
    state: str
    due: date | None
    stopped_on: date | None
    unit_id: UUID
    hops: int
    seen: int
    accepted_on: date | None
    area: str = ""
    unit: str = ""

    @property
    def is_new(self) -> bool:
        return self.state == State.OPEN and self.accepted_on is None


_OF_MATTER = ("id", "code", "summary", "kind", "field", "intake", "area_id", "place", "received_on")
_OF_COMMITMENT = ("id", "state", "due", "stopped_on", "owed_by_id", "hops", "steps_taken", "accepted_on")
COLUMNS = (*(f"matters__{name}" for name in _OF_MATTER), *_OF_COMMITMENT)


def inbox(
    *, by: Actor, on: date, folder: str, filters: Filters = NO_FILTERS, after: str = "", before: str = "",
    size: int = SIZE,
) -> Page[Row]:  # fmt: skip
    """One page of a folder; refuses who may not read, a unit out of sight and a folder there is none of."""
    require(by, Permission.MATTER_READ)
    chosen, days = _folder(folder), days_around(on)
    rows = Commitment.objects.filter(_held(by, on, chosen, filters.unit_id), narrowing(filters, on, chosen.order))
    strands = [Strand(rows.filter(part.where), part.dated) for part in chosen.ranges(days)]
    found = page(strands, COLUMNS, lambda values: Row(*values), chosen.order, after=after, before=before, size=size)
    return replace(found, rows=named(found.rows, on))


def _folder(key: str) -> Folder:
    if key not in FOLDERS:
        raise Invalid("folder", "Không có ngăn này.", "folder")
    return FOLDERS[key]


def _held(by: Actor, on: date, folder: Folder, unit_id: UUID | None) -> Q:
    """Which commitments lie in this list as far as units go; matters only, because of the join it asks for."""
    of_matters = Q(matters__isnull=False)
    if folder.key == "sent":
        return of_matters & Q(matters__taken_in_by_id=by.unit_id) & ~Q(owed_by_id=by.unit_id)
    return of_matters & in_hands_of(by, on, unit_id)


def in_hands_of(by: Actor, on: date, unit_id: UUID | None = None) -> Q:
    """Commitments held by units in sight, narrowed to one unit and those below it; over `Commitment`.

    One unit alone is asked for by its id, a province also by its shard: each has an index that begins so.
    """
    top = unit_id or by.unit_id
    if top is None or not sees(by, top, on):
        raise Absent
    reach = reach_of(top, on)
    if not by.subtree or not reach.has_below:
        return Q(owed_by_id=top)
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=top).values("descendant_id")
    shard = Q(held_in=reach.shard) if reach.shard else Q()
    return shard & Q(owed_by_id__in=below)


def narrowing(filters: Filters, on: date, order: Order) -> Q:
    """The filters over `Commitment`. Nothing is due before it was raised, so a month also bounds a list by due day."""
    found = Q()
    if filters.field:
        found &= Q(topic=filters.field)
    if filters.kind:
        found &= Q(matters__kind=filters.kind)
    if filters.intake:
        found &= Q(matters__intake=filters.intake)
    if filters.area_id:
        found &= _in_area(filters.area_id, on)
    if filters.month:
        found &= Q(raised_on__gte=filters.month, raised_on__lt=next_month(filters.month))
    if filters.month and order is BY_DUE:
        found &= Q(due__gte=filters.month) | Q(due__isnull=True)
    return found


def _in_area(area_id: UUID, on: date) -> Q:
    below = AreaClosure.objects.filter(in_force(on), ancestor_id=area_id)
    if not below.filter(depth__gt=0).exists():
        return Q(area_id=area_id)
    return Q(area_id__in=below.values("descendant_id"))


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def named(rows: list[Row], on: date) -> list[Row]:
    """The rows with the names of their places and holders, in two queries."""
    areas, units = area_names({r.area_id for r in rows}, on), unit_names({r.unit_id for r in rows}, on, short=True)
    return [replace(r, area=areas.get(r.area_id, ""), unit=units.get(r.unit_id, "")) for r in rows]


class UpTo(Subquery):
    """How many rows there are, counted no further than the slice of the query given."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(by: Actor, on: date) -> dict[str, int]:
    """How many lie in each counted folder, in one query; `MOST_COUNTED + 1` says: more than that."""
    require(by, Permission.MATTER_READ)
    held, days = in_hands_of(by, on) & Q(kind__in=CLOCKS), days_around(on)
    parts = {f"{f.key}_{i}": Q(held, part.where) for f in FOLDERS.values() if f.is_counted
             for i, part in enumerate(f.ranges(days))}  # fmt: skip
    asked = {name: UpTo(Commitment.objects.filter(where).values("pk")[: MOST_COUNTED + 1])
             for name, where in parts.items()}  # fmt: skip
    row: dict[str, int] = dict(Unit.objects.filter(pk__in=[by.unit_id]).values(**asked).get())
    found = dict.fromkeys((f.key for f in FOLDERS.values() if f.is_counted), 0)
    for name, number in row.items():
        found[name.partition("_")[0]] += number
    return {key: min(number, MOST_COUNTED + 1) for key, number in found.items()}


def counted(number: int) -> str:
    """`12`, or `1.000+` where counting stopped."""
    most = f"{MOST_COUNTED:_}".replace("_", ".")
    return f"{most}+" if number > MOST_COUNTED else f"{number:_}".replace("_", ".")
