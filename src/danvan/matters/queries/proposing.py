"""Before a matter is written down: where it most likely happened, who will answer for it and why, and until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.commitments.queries import calendar
from danvan.matters.kinds import RULES, Field, Kind
from danvan.matters.routing import route
from danvan.rules.clock import ClockRefused, due, rule_by_id
from danvan.units.access import Actor, in_force
from danvan.units.kinds import Level
from danvan.units.models import UnitVersion
from danvan.units.queries import area_named


@dataclass(frozen=True)
class Proposal:
    unit_id: UUID
    unit: str
    why: str
    due: date
    rule: str


def own_place(by: Actor, on: date) -> tuple[UUID, str] | None:
    """The commune of the actor's own unit, where most of what it takes in happens; None for units of wider areas."""
    version = UnitVersion.objects.filter(in_force(on), unit_id__in=[by.unit_id], level=Level.COMMUNE).first()
    return (version.area_id, area_named(version.area_id, on)) if version and version.area_id else None


def proposed_for(area_id: UUID, field: Field, kind: Kind, received_on: date) -> Proposal:
    """The same unit and the same day that taking in gives; refuses where nobody answers."""
    found = route(area_id, field, received_on)
    try:
        rule = rule_by_id(RULES[kind], received_on)
    except ClockRefused as error:
        raise Invalid("no-rule", error.sentence, "received_on") from error
    until = due(rule, received_on, calendar()).due_rolled
    return Proposal(found.unit.unit_id, found.unit.name, found.why, until, f"{rule.title} ({rule.source})")
