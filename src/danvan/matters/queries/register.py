"""Reading the register of reception: the list, one entry, who was not told yet, and the book as it is printed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from danvan.base.errors import Absent
from danvan.base.keyset import Page, page_of
from danvan.matters.access import may_keep_register, turns_visible
from danvan.matters.kinds import Kind
from danvan.matters.models import Reception, ReceptionCorrection
from danvan.people.access import may_open
from danvan.rules.ledger import RUNNING
from danvan.units.access import Actor, require
from danvan.units.queries import unit_names
from danvan.units.roles import Permission

MOST_PRINTED = 1000


@dataclass(frozen=True)
class Entry:
    """One line of the book. `named`: somebody's name lies in the vault, `sealed`: under the seal of two custodians."""

    row: Reception
    unit: str
    named: bool
    sealed: bool

    @property
    def cases(self) -> int:
        return self.row.cases_first + self.row.cases_again

    @property
    def is_owed(self) -> bool:
        """They were not told yet."""
        return not self.row.told and self.row.struck_at is None


@dataclass(frozen=True)
class Opened:
    """One entry with what may be done with it."""

    entry: Entry
    corrections: list[ReceptionCorrection]
    may_keep: bool
    may_open_contact: bool


def register(
    *, by: Actor, on: date, first: date | None = None, last: date | None = None, kind: str = "", after: str = "",
    before: str = "",
) -> Page[Entry]:  # fmt: skip
    """Entries of the units in sight, the newest first; two queries however many."""
    require(by, Permission.SHEET_READ)
    rows = _rows(by, on)
    rows = rows.filter(received_on__gte=first) if first else rows
    rows = rows.filter(received_on__lte=last) if last else rows
    rows = rows.filter(kind=kind) if kind in Kind.values else rows
    found = page_of(rows, day="received_on", newest_first=True, after=after, before=before)
    return Page(_entries(found.rows, on), found.previous, found.next)


def untold(*, by: Actor, on: date, after: str = "", before: str = "") -> Page[Entry]:
    """Who was not told yet, the nearest due day first."""
    require(by, Permission.SHEET_READ)
    rows = _rows(by, on).filter(current__state__in=sorted(RUNNING), struck_at__isnull=True)
    found = page_of(rows, day="current__due", after=after, before=before)
    return Page(_entries(found.rows, on), found.previous, found.next)


def turn_of(reception_id: UUID, *, by: Actor, on: date) -> Opened:
    row = _rows(by, on).filter(pk=reception_id).first()
    if row is None:
        raise Absent
    (entry,) = _entries([row], on)
    notes = row.corrections.filter(home_area=row.home_area).order_by("corrected_at", "id")
    opens = row.contact_id is not None and may_open(by, row.current.owed_by_id, on)
    return Opened(entry, list(notes), may_keep_register(by, row), opens)


def book(unit_id: UUID, first: date, last: date, *, by: Actor, on: date) -> list[Entry]:
    """The book of one unit as it is printed, in the order of its numbers; struck-out lines stay, struck out."""
    require(by, Permission.SHEET_READ)
    rows = _rows(by, on).filter(unit_id=unit_id, received_on__gte=first, received_on__lte=last)
    return _entries(list(rows.order_by("year", "number")[:MOST_PRINTED]), on)


def _rows(by: Actor, on: date) -> QuerySet[Reception]:
    return Reception.objects.filter(turns_visible(by, on)).select_related("current", "matter", "letter")


def _entries(rows: list[Reception], on: date) -> list[Entry]:
    names = unit_names({row.unit_id for row in rows}, on)
    return [
        Entry(row, names.get(row.unit_id, ""), row.contact_id is not None, row.identity_id is not None) for row in rows
    ]
