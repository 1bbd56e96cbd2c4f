"""One line of a list of matters, whichever way the list was found."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from danvan.matters.kinds import DUTY, Field
from danvan.matters.models import Matter, MatterCommitment
from danvan.rules.ledger import RUNNING, State, Track
from danvan.rules.procedure import DUTIES
from danvan.units.queries.names import names_of


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
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_formal(self) -> bool:
        return self.track == Track.FORMAL

    @property
    def duty(self) -> str:
        """What has to be done beside the main stage; empty for every other line."""
        return DUTIES.get(self.rule_id, "") if self.clock_kind == DUTY else ""

    @property
    def field_name(self) -> str:
        return str(Field(self.field).label)


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


def rows_of(key: str, ids: list[UUID], on: date, visible: Q | None = None) -> list[Row]:
    """The lines for these commitments (`current_id`) or matters (`id`), in their order, with names; two queries."""
    by_clock = key == "current_id"
    found = (
        MatterCommitment.objects.filter(commitment_id__in=ids).values_list(*BY_CLOCK)
        if by_clock
        else Matter.objects.filter(visible or Q(), id__in=ids).values_list(*COLUMNS)
    )
    rows = {row.commitment_id if by_clock else row.matter_id: row for row in (Row(*values) for values in found)}
    names = names_of({r.unit_id for r in rows.values()}, {r.area_id for r in rows.values()}, on)
    named = {k: replace(r, area=names.get(r.area_id, ""), unit=names.get(r.unit_id, "")) for k, r in rows.items()}
    return [named[one] for one in ids if one in named]
