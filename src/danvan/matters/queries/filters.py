"""What narrows a list, over commitments and over matters; units and places are the scope's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from danvan.base.keyset import Order
from danvan.matters.kinds import Field, Intake

BY_DUE = Order("due", "id")
NEWEST = Order("raised_on", "id", newest_first=True)


@dataclass(frozen=True)
class Filters:
    """What narrows a list; `month` is its first day. `unit_id` stands for that unit and all below it."""

    field: Field | None = None
    kind: str = ""
    intake: Intake | None = None
    area_id: UUID | None = None
    unit_id: UUID | None = None
    month: date | None = None
    text: str = ""

    @property
    def are_set(self) -> bool:
        return self != NO_FILTERS


NO_FILTERS = Filters()


def over_commitments(filters: Filters, order: Order) -> Q:
    """Nothing is due before it was raised, so a month also bounds a list by due day."""
    found = Q()
    if filters.field:
        found &= Q(topic=filters.field)
    if filters.kind:
        found &= Q(kind=filters.kind)
    if filters.intake:
        found &= Q(channel=filters.intake)
    if filters.month:
        found &= Q(raised_on__gte=filters.month, raised_on__lt=next_month(filters.month))
    if filters.month and order is BY_DUE:
        found &= Q(due__gte=filters.month) | Q(due__isnull=True)
    return found


def over_matters(filters: Filters) -> Q:
    found = Q()
    if filters.field:
        found &= Q(field=filters.field)
    if filters.kind:
        found &= Q(current__kind=filters.kind)
    if filters.intake:
        found &= Q(intake=filters.intake)
    if filters.month:
        found &= Q(received_on__gte=filters.month, received_on__lt=next_month(filters.month))
    return found


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
