"""Reading reception days: the list, one of them, and the sums of a month."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Absent
from danvan.base.keyset import Order, Page, Strand, page
from danvan.matters.access import may_record, receptions_visible
from danvan.matters.kinds import LedBy
from danvan.matters.models import ReceptionDay
from danvan.matters.queries.reception_counts import ReceptionCounts, reception_counts
from danvan.rules.periods import Period
from danvan.units.access import Actor, ids_in_sight
from danvan.units.queries import unit_names
from danvan.units.roles import Permission

__all__ = ["ListedReception", "reception_of", "receptions", "totals_of_month"]
NEWEST_FIRST = Order("held_on", "id", newest_first=True)


@dataclass(frozen=True)
class ListedReception:
    day: ReceptionDay
    unit: str
    may_record: bool


@dataclass(frozen=True)
class Totals:
    """Sums of the sessions in sight; the units of count are never added to each other."""

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
    """From the first of the month up to the day, from the register and from recorded numbers."""
    if not by.may(Permission.SHEET_READ):
        return Totals(0, 0, 0, 0, 0, 0)
    counts = reception_counts(ids_in_sight(by, on), Period.free(on.replace(day=1), on))
    everyone = ReceptionCounts.total(each for by_leader in counts.values() for each in by_leader.values())
    head = ReceptionCounts.total(by_leader[LedBy.HEAD] for by_leader in counts.values())
    return Totals(everyone.sessions, head.sessions, everyone.turns, everyone.persons, everyone.groups, everyone.cases)
