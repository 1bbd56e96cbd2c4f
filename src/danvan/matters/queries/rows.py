"""One line of a list of matters, whichever way the list was found."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from danvan.base.prepared import Prepared
from danvan.matters.access import visible
from danvan.matters.kinds import DUTY
from danvan.matters.models import Matter, MatterCommitment
from danvan.rules.ledger import State, Track
from danvan.rules.procedure import DUTIES
from danvan.units.access import Actor
from danvan.units.queries.names import names_of
from danvan.units.roles import Role


@dataclass(frozen=True)
class Row:
    """One line of a list. `commitment_id` is the clock that runs now; `seen` is how many steps it has.

    A duty that runs beside the main stage of a case is a line of its own.
    """

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
    is_illustration: bool
    clock_kind: str
    rule_id: str
    track: str
    area: str = ""
    unit: str = ""

    @property
    def is_new(self) -> bool:
        return self.state == State.OPEN and self.accepted_on is None

    @property
    def is_formal(self) -> bool:
        return self.track == Track.FORMAL

    @property
    def duty(self) -> str:
        """What has to be done beside the main stage; empty for every other line."""
        return DUTIES.get(self.rule_id, "") if self.clock_kind == DUTY else ""


COLUMNS = (
    "id", "code", "summary", "kind", "field", "intake", "area_id", "place", "received_on", "current_id",
    "current__state", "current__due", "current__stopped_on", "current__owed_by_id", "current__hops",
    "current__steps_taken", "current__accepted_on", "is_illustration", "current__kind", "current__rule_id",
    "current__track",
)  # fmt: skip
BY_CLOCK = tuple(
    name.replace("current", "commitment", 1) if name.startswith("current") else f"matter__{name}" for name in COLUMNS
)
"""The same, found from a clock: it need not be the one a matter hangs on."""
MATTER, AREA, CLOCK, UNIT = map(COLUMNS.index, ("id", "area_id", "current_id", "current__owed_by_id"))


def rows_of(key: str, ids: list[UUID], on: date, by: Actor | None = None) -> list[Row]:
    """The lines for these commitments (`current_id`) or matters (`id`), in their order, with names; two queries. With
    `by` only what this actor may see.
    """
    by_clock = key == "current_id"
    if by_clock:
        found = _OF_CLOCKS.rows(ids=ids)
    elif by:
        found = _SEEN.rows(by.role, ids=ids, unit=by.unit_id, on=on)
    else:
        found = _OF_MATTERS.rows(ids=ids)
    names = names_of({values[UNIT] for values in found}, {values[AREA] for values in found}, on)
    own = CLOCK if by_clock else MATTER
    rows = {values[own]: Row(*values, *(names.get(values[at], "") for at in (AREA, UNIT))) for values in found}
    return [rows[one] for one in ids if one in rows]


def _of_clocks(*, ids: list[UUID]) -> QuerySet[MatterCommitment, Any]:
    return MatterCommitment.objects.filter(commitment_id__in=ids).values_list(*BY_CLOCK)


def _of_matters(*, ids: list[UUID]) -> QuerySet[Matter, Any]:
    return Matter.objects.filter(id__in=ids).values_list(*COLUMNS)


def _seen(role: Role | None, *, ids: list[UUID], unit: UUID | None, on: date) -> QuerySet[Matter, Any]:
    return _of_matters(ids=ids).filter(visible(Actor("", role, unit), on))


_OF_CLOCKS, _OF_MATTERS, _SEEN = Prepared(_of_clocks), Prepared(_of_matters), Prepared(_seen)
