"""Reading reception days: the list, one of them, and the sums of a month."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum

from danvan.base.errors import Absent
from danvan.base.keyset import Order, Page, Strand, page
from danvan.matters.access import may_record, receptions_visible
from danvan.matters.models import ReceptionDay
from danvan.units.access import Actor
from danvan.units.queries import unit_names

__all__ = ["ListedReception", "reception_of", "receptions", "totals_of_month"]
NEWEST_FIRST = Order("held_on", "id", newest_first=True)


@dataclass(frozen=True)
class ListedReception:
    day: ReceptionDay
    unit: str
    may_record: bool


@dataclass(frozen=True)
class Totals:
    """Sums of the sessions in sight; the five units of count are never added to each other."""

    sessions: int
    led_by_head: int
    turns: int
    persons: int
    groups: int
    cases: int


def receptions(*, by: Actor, on: date, after: str = "", before: str = "") -> Page[ListedReception]:
    """Sessions of the units in sight, the newest first; three queries however many."""
    visible = Strand(ReceptionDay.objects.filter(receptions_visible(by, on)))
    found = page([visible], ["id"], lambda row: row[0], NEWEST_FIRST, after=after, before=before)
    rows = ReceptionDay.objects.in_bulk(found.rows)
    names = unit_names({row.unit_id for row in rows.values()}, on)
    listed = [ListedReception(rows[i], names.get(rows[i].unit_id, ""), may_record(by, rows[i])) for i in found.rows]
    return Page(listed, found.previous, found.next)


def reception_of(reception_id: UUID, *, by: Actor, on: date) -> ReceptionDay:
    found = ReceptionDay.objects.filter(receptions_visible(by, on), pk=reception_id).first()
    if found is None:
        raise Absent
    return found


def totals_of_month(*, by: Actor, on: date) -> Totals:
    """From the first of the month up to the day."""
    rows = ReceptionDay.objects.filter(receptions_visible(by, on), held_on__gte=on.replace(day=1), held_on__lte=on)
    sums = rows.aggregate(
        sessions=Count("id"), led=Count("id", filter=Q(led_by_head=True)), t=Sum("turns"), p=Sum("persons"),
        g=Sum("groups"), c=Sum("cases"),
    )  # fmt: skip
    return Totals(sums["sessions"], sums["led"], *(sums[name] or 0 for name in "tpgc"))
