"""The calendar of reception: a month of a unit, what the head owes and still owes in it, and what the public reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from danvan.base.errors import Absent
from danvan.commitments.models import Commitment
from danvan.commitments.queries import calendar
from danvan.matters.access import slots_visible
from danvan.matters.kinds import RECEPTION, LedBy
from danvan.matters.models import Reception, ReceptionDay, ReceptionSlot
from danvan.rules.ledger import RUNNING
from danvan.rules.receptions import Head, Standing, standing, windows
from danvan.rules.text import fold
from danvan.units.access import Actor, in_force, require
from danvan.units.kinds import Level, Tree
from danvan.units.models import UnitVersion
from danvan.units.queries import unit_names
from danvan.units.roles import Permission

SHOWN_AHEAD = 92
"""Days of the calendar that the public sees."""
MOST_UNITS = 40
SOON = 3
"""Days within which telling is nearly due."""
BY_LEVEL = {Level.COMMUNE: Head.COMMUNE, Level.DISTRICT: Head.DISTRICT, Level.PROVINCE: Head.PROVINCE}


@dataclass(frozen=True)
class Day:
    """One day of the month view; `inside` the month that was asked for."""

    on: date
    inside: bool
    slots: list[ReceptionSlot]
    head_received: bool


@dataclass(frozen=True)
class Month:
    """`weeks` of seven days each; `standings` of the windows that touch the month."""

    first: date
    unit_id: UUID
    unit: str
    weeks: list[list[Day]]
    standings: list[Standing]
    unpublished: list[UUID]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month_of(unit_id: UUID, first: date, *, by: Actor, on: date) -> Month:
    """A month of a unit in sight; refuses any other as absent. The number of queries does not depend on the month."""
    start = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=31)).replace(day=1)
    end = after + timedelta(days=-after.weekday() % 7)
    require(by, Permission.SHEET_READ, unit_id, on)
    slots = ReceptionSlot.objects.filter(slots_visible(by, on), unit_id=unit_id, on__gte=start, on__lt=end)
    by_day: dict[date, list[ReceptionSlot]] = defaultdict(list)
    for slot in slots.order_by("on", "starts", "id"):
        by_day[slot.on].append(slot)
    held = days_of_head([unit_id], start, end)[unit_id]
    days = [start + timedelta(days=i) for i in range((end - start).days)]
    shown = [Day(day, day.month == first.month, by_day[day], day in held) for day in days]
    return Month(
        first=first,
        unit_id=unit_id,
        unit=unit_names({unit_id}, on).get(unit_id, ""),
        weeks=[shown[i : i + 7] for i in range(0, len(shown), 7)],
        standings=standings_of([unit_id], first, after - timedelta(days=1), on)[unit_id],
        unpublished=[s.id for rows in by_day.values() for s in rows
                     if s.published_at is None and s.cancelled_at is None and s.on >= on],
    )  # fmt: skip


def head_of(version: UnitVersion, level_above: str | None) -> Head | None:
    """Which duty the head of a unit has. A unit under one of its own level is an agency of it, not the committee. The
    Party and the Front lay down their own rules.
    """
    if version.tree in {Tree.PARTY, Tree.FRONT}:
        return None
    if version.tree == Tree.GOVERNMENT and version.level != level_above:
        return BY_LEVEL.get(Level(version.level), Head.OTHER)
    return Head.OTHER


def standings_of(units: Iterable[UUID], first: date, last: date, on: date) -> dict[UUID, list[Standing]]:
    """How the heads of units stand in the windows that touch these days; as many queries for one unit as for many."""
    ids = list(dict.fromkeys(units))
    versions = list(UnitVersion.objects.filter(in_force(min(last, on)), unit_id__in=ids))
    parents = UnitVersion.objects.filter(in_force(min(last, on)), unit_id__in=[v.parent_id for v in versions])
    level = {row.unit_id: row.level for row in parents}
    days, found = calendar(), {unit: list[Standing]() for unit in ids}
    around = timedelta(days=31)
    held = days_of_head(ids, first - around, last + around)
    planned = _planned(ids, first - around, last + around)
    for version in versions:
        head = head_of(version, level.get(version.parent_id) if version.parent_id else None)
        if head is not None:
            owed = windows(head, first, last, days, since=version.valid_from, until=version.valid_to)
            done, coming = held[version.unit_id], planned[version.unit_id]
            found[version.unit_id] = [standing(window, done, coming, on) for window in owed if window.owed]
    return found


def days_of_head(units: Iterable[UUID], first: date, end: date) -> dict[UUID, set[date]]:
    """Days on which the head received, by the register or by recorded numbers, also where nobody came."""
    ids, found = list(units), defaultdict[UUID, set[date]](set)
    entries = Reception.objects.filter(unit_id__in=ids, led_by=LedBy.HEAD, struck_at__isnull=True)
    numbers = ReceptionDay.objects.filter(unit_id__in=ids, led_by_head=True)
    rows = entries.filter(received_on__gte=first, received_on__lt=end).values_list("unit_id", "received_on")
    more = numbers.filter(held_on__gte=first, held_on__lt=end).values_list("unit_id", "held_on")
    for unit, day in rows.union(more):
        found[unit].add(day)
    return found


def _planned(units: list[UUID], first: date, end: date) -> dict[UUID, set[date]]:
    found = defaultdict[UUID, set[date]](set)
    rows = ReceptionSlot.objects.filter(
        unit_id__in=units, led_by=LedBy.HEAD, cancelled_at__isnull=True, on__gte=first, on__lt=end
    )
    for unit, day in rows.values_list("unit_id", "on"):
        found[unit].add(day)
    return found


def reminders(unit_id: UUID, on: date) -> list[Standing]:
    """What the head of a unit should hear: windows running without enough days planned, and those that just ended
    short (shown for two weeks).
    """
    recent = standings_of([unit_id], on - timedelta(days=14), on, on)[unit_id]
    return [one for one in recent if one.unplanned or (one.is_short and on - one.window.end < timedelta(days=14))]


@dataclass(frozen=True)
class Received:
    """What the day's page says of reception: turns nearly due or late to be told, and the chair's own duty."""

    late: int
    soon: int
    reminders: list[Standing]


def received_today(by: Actor, on: date) -> Received:
    """One query; whoever signs for the unit is reminded of the head's days too."""
    soon = on + timedelta(days=SOON)
    owed = Commitment.objects.filter(kind=RECEPTION, owed_by_id=by.unit_id, state__in=sorted(RUNNING), due__lte=soon)
    counted = owed.aggregate(late=Count("id", filter=Q(due__lt=on)), soon=Count("id", filter=Q(due__gte=on)))
    told = reminders(by.unit_id, on) if by.unit_id and by.may(Permission.SHEET_SIGN) else []
    return Received(**counted, reminders=told)


def published(unit_id: UUID, on: date) -> list[ReceptionSlot]:
    """What anybody may read of a unit: published days to come, those called off with their reason."""
    return list(_published(on).filter(unit_id=unit_id).order_by("on", "starts", "id"))


def _published(on: date) -> QuerySet[ReceptionSlot]:
    return ReceptionSlot.objects.filter(
        published_at__isnull=False, on__gte=on, on__lte=on + timedelta(days=SHOWN_AHEAD)
    )


@dataclass(frozen=True)
class Publisher:
    unit_id: UUID
    name: str
    next_on: date


def publishers(on: date, typed: str = "") -> list[Publisher]:
    """Units that have published days to come, in Vietnamese order; by a part of the name, with or without accents."""
    versions = UnitVersion.objects.filter(in_force(on), unit_id__in=_published(on).values("unit_id"))
    if typed.strip():
        versions = versions.filter(fold__contains=fold(typed.strip()))
    shown = list(versions.order_by("sort_key", "unit_id")[:MOST_UNITS])
    coming = _published(on).filter(unit_id__in=[v.unit_id for v in shown], cancelled_at__isnull=True)
    nearest = dict(coming.order_by("-on").values_list("unit_id", "on"))
    return [Publisher(v.unit_id, v.name, nearest[v.unit_id]) for v in shown if v.unit_id in nearest]


def slots_to_enter(by: Actor, on: date) -> list[ReceptionSlot]:
    """Sessions of the last week and today in which the own unit may have received somebody."""
    own = ReceptionSlot.objects.filter(slots_visible(by, on), unit_id__in=[by.unit_id], cancelled_at__isnull=True)
    return list(own.filter(on__gt=on - timedelta(days=7), on__lte=on).order_by("-on", "starts"))


def slot_of(slot_id: UUID, *, by: Actor, on: date) -> ReceptionSlot:
    """A session of the own unit that was not called off; refuses any other as absent."""
    own = ReceptionSlot.objects.filter(slots_visible(by, on), unit_id__in=[by.unit_id], cancelled_at__isnull=True)
    row = own.filter(pk=slot_id).first()
    if row is None:
        raise Absent
    return row
