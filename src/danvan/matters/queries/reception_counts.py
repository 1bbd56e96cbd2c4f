"""Counting receptions: turns, persons, groups and cases, by who received. The one rule for every figure and report.

A session counts from its entries in the register or from its recorded numbers, never from both: numbers of a day on
which the register has entries of the same kind of session are left out, however they came into the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from danvan.matters.kinds import LedBy
from danvan.matters.models import Reception, ReceptionDay
from danvan.rules.periods import Period


@dataclass(frozen=True)
class ReceptionCounts:
    """Of one unit and one kind of receiver. Cases and groups of groups are part of all cases and persons.

    `cases_unsplit`, `groups_unsplit`: from sessions recorded in numbers, which do not tell first cases from repeated
    ones, nor who came in groups.
    """

    sessions: int = 0
    turns: int = 0
    persons: int = 0
    cases_first: int = 0
    cases_again: int = 0
    cases_unsplit: int = 0
    groups: int = 0
    group_persons: int = 0
    group_cases_first: int = 0
    group_cases_again: int = 0
    groups_unsplit: int = 0

    @property
    def cases(self) -> int:
        return self.cases_first + self.cases_again + self.cases_unsplit

    def __add__(self, other: "ReceptionCounts") -> "ReceptionCounts":
        return ReceptionCounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @staticmethod
    def total(parts: Iterable["ReceptionCounts"]) -> "ReceptionCounts":
        return sum(parts, ReceptionCounts())


ByLeader = dict[LedBy, ReceptionCounts]
NONE: ByLeader = {each: ReceptionCounts() for each in LedBy}


def reception_counts(units: Iterable[UUID], period: Period) -> dict[UUID, ByLeader]:
    """What each unit received in the days of a period, by staff, head and delegated (columns 4, 13 and 22 of 01/TCD).

    One statement, however many units. Sessions recorded in numbers and not led by the head count as staff's; a session
    of entries is a day on which that kind of receiver received.
    """
    ids = list(dict.fromkeys(units))
    found: dict[UUID, ByLeader] = {unit: dict(NONE) for unit in ids}
    for unit, led_by, *numbers in _entries(ids, period).union(_numbers(ids, period), all=True):
        found[unit][LedBy(led_by)] += ReceptionCounts(*numbers)
    return found


def turns_counted(units: Iterable[UUID], period: Period) -> QuerySet[Reception]:
    """The entries behind the counts."""
    return Reception.objects.filter(
        unit_id__in=list(units), received_on__gte=period.start, received_on__lt=period.end, struck_at__isnull=True
    )


def numbers_counted(units: Iterable[UUID], period: Period) -> QuerySet[ReceptionDay]:
    """The recorded numbers behind the counts: none of a session that has entries."""
    entries = Reception.objects.filter(
        unit_id=OuterRef("unit_id"), received_on=OuterRef("held_on"), struck_at__isnull=True
    )
    by_head, by_others = Exists(entries.filter(led_by=LedBy.HEAD)), Exists(entries.exclude(led_by=LedBy.HEAD))
    rows = ReceptionDay.objects.filter(unit_id__in=list(units), held_on__gte=period.start, held_on__lt=period.end)
    return rows.exclude(Q(led_by_head=True) & Q(by_head) | Q(led_by_head=False) & Q(by_others))


GROUP = Q(is_group=True)


def _entries(units: list[UUID], period: Period) -> QuerySet[Any, Any]:
    return (
        turns_counted(units, period)
        .values_list("unit_id", "led_by")
        .annotate(
            s=Count("received_on", distinct=True), t=Count("id"), p=Sum("persons"), f=Sum("cases_first"),
            a=Sum("cases_again"), u=ZERO, g=Count("id", filter=GROUP), gp=_of_groups("persons"),
            gf=_of_groups("cases_first"), ga=_of_groups("cases_again"), gu=ZERO,
        )
        .order_by()
    )  # fmt: skip


def _numbers(units: list[UUID], period: Period) -> QuerySet[Any, Any]:
    by = Case(When(led_by_head=True, then=Value(LedBy.HEAD.value)), default=Value(LedBy.STAFF.value))
    return (
        numbers_counted(units, period)
        .annotate(by=by)
        .values_list("unit_id", "by")
        .annotate(
            s=Count("id"), t=Sum("turns"), p=Sum("persons"), f=ZERO, a=ZERO, u=Sum("cases"), g=Sum("groups"),
            gp=ZERO, gf=ZERO, ga=ZERO, gu=Sum("groups"),
        )
        .order_by()
    )  # fmt: skip


ZERO = Sum(Value(0), output_field=IntegerField())


def _of_groups(column: str) -> Coalesce:
    return Coalesce(Sum(column, filter=GROUP), 0)
