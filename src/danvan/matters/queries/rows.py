"""One line of a list of matters, whichever way the list was found."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from danvan.matters.kinds import Field
from danvan.matters.models import Matter
from danvan.rules.ledger import RUNNING, State
from danvan.units.queries.names import names_of


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
    is_illustration: bool
    area: str = ""
    unit: str = ""

    @property
    def is_new(self) -> bool:
        return self.state == State.OPEN and self.accepted_on is None

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def field_name(self) -> str:
        return str(Field(self.field).label)


COLUMNS = (
    "id", "code", "summary", "kind", "field", "intake", "area_id", "place", "received_on", "current_id",
    "current__state", "current__due", "current__stopped_on", "current__owed_by_id", "current__hops",
    "current__steps_taken", "current__accepted_on", "is_illustration",
)  # fmt: skip


def rows_of(key: str, ids: list[UUID], on: date, visible: Q | None = None) -> list[Row]:
    """The lines for these commitments (`current_id`) or matters (`id`), in their order, with names; two queries."""
    found = Matter.objects.filter(visible or Q(), **{f"{key}__in": ids}).values_list(*COLUMNS)
    rows = {getattr(row, "commitment_id" if key == "current_id" else "matter_id"): row
            for row in (Row(*values) for values in found)}  # fmt: skip
    names = names_of({r.unit_id for r in rows.values()}, {r.area_id for r in rows.values()}, on)
    named = {k: replace(r, area=names.get(r.area_id, ""), unit=names.get(r.unit_id, "")) for k, r in rows.items()}
    return [named[one] for one in ids if one in named]
