"""What there is to do today: four lanes of one's own unit; for those above, where it is late among the units below."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from danvan.base.prepared import Prepared
from danvan.commitments.models import Commitment
from danvan.matters.kinds import CLOCKS
from danvan.matters.models import Matter
from danvan.matters.queries.inbox import (
    FOLDERS,
    MOST_COUNTED,
    Days,
    Folder,
    UpTo,
    counts_within,
    days_around,
    keys_within,
)
from danvan.matters.queries.rows import Row, rows_of
from danvan.matters.queries.scope import Scope, row_by_row, scope_of
from danvan.outreach.models import Notice
from danvan.outreach.queries import to_do
from danvan.rules.ledger import RUNNING
from danvan.units.access import Actor, in_force
from danvan.units.models import UnitClosure, UnitVersion

LANES = ("late", "soon", "new", "paused")
SHOWN = 6
MOST_UNITS = 40


@dataclass(frozen=True)
class Lane:
    folder: Folder
    number: int
    rows: list[Row]


@dataclass(frozen=True)
class UnitLoad:
    """How many matters of a unit and all below it are late, and nearly due; counted up to a limit."""

    unit_id: UUID
    name: str
    late: int
    soon: int


@dataclass(frozen=True)
class Today:
    """`calls`: people whom an officer of the own unit still has to reach by hand."""

    lanes: list[Lane]
    numbers: dict[str, int]
    calls: list[Notice]
    units: list[UnitLoad]

    @property
    def is_empty(self) -> bool:
        return not any(lane.number for lane in self.lanes) and not self.calls


def today_of(*, by: Actor, on: date) -> Today:
    """Refuses who may not read matters. The number of queries does not depend on how much there is."""
    scope, days = scope_of(by, on), days_around(on)
    numbers = counts_within(scope, days)
    keys = keys_within(LANES, scope, days, SHOWN)
    rows = {row.commitment_id: row for row in rows_of("current_id", [k for some in keys.values() for k in some], on)}
    return Today(
        lanes=[Lane(FOLDERS[key], numbers[key], [rows[k] for k in keys[key] if k in rows]) for key in LANES],
        numbers=numbers,
        calls=list(to_do(scope.top).annotate(is_illustration=_made_up())[:SHOWN]),
        units=_loads(scope, days),
    )


def _made_up() -> Exists:
    """Whether the matter of a notice is an illustration; the notice itself knows its code only."""
    same = Matter.objects.filter(home_area=OuterRef("home_area"), code=OuterRef("code"), is_illustration=True)
    return Exists(same)


def _loads(scope: Scope, days: Days) -> list[UnitLoad]:
    """Units only, never persons: those directly below, each with all that stands below it, the most late first."""
    if scope.alone:
        return []
    rows = _LOADS.rows(top=scope.top, on=scope.on, today=days.today, soon=days.soon)
    found = [UnitLoad(*row) for row in rows]
    burdened = [load for load in found if load.late or load.soon]
    return sorted(burdened, key=lambda load: (-load.late, -load.soon, load.name))[:MOST_UNITS]


def _loaded(top: UUID, on: date, today: date, soon: date) -> QuerySet[UnitClosure, Any]:
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=top, depth=1)
    name = UnitVersion.objects.filter(in_force(on), unit_id=OuterRef("descendant_id")).values("name")[:1]
    held = UnitClosure.objects.filter(in_force(on), ancestor_id=OuterRef(OuterRef("descendant_id")))
    running = Commitment.objects.filter(
        row_by_row(Q(kind__in=CLOCKS)), state__in=sorted(RUNNING), owed_by_id__in=held.values("descendant_id")
    )
    late = UpTo(running.filter(due__lt=today).values("pk")[: MOST_COUNTED + 1])
    nearly_due = UpTo(running.filter(due__gte=today, due__lte=soon).values("pk")[: MOST_COUNTED + 1])
    rows = below.annotate(name=Subquery(name), late=late, nearly_due=nearly_due)
    return rows.values_list("descendant_id", "name", "late", "nearly_due")


_LOADS = Prepared(_loaded)
