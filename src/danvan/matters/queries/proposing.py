"""Before a matter is written down: who will answer for it and why, and until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.commitments.queries import calendar
from danvan.matters.kinds import RULES, Field, Kind
from danvan.matters.routing import route
from danvan.rules.clock import ClockRefused, due, rule_by_id


@dataclass(frozen=True)
class Proposal:
    unit_id: UUID
    unit: str
    why: str
    due: date
    rule: str


def proposed_for(area_id: UUID, field: Field, kind: Kind, received_on: date) -> Proposal:
    """The same unit and the same day that taking in gives; refuses where nobody answers."""
    found = route(area_id, field, received_on)
    try:
        rule = rule_by_id(RULES[kind], received_on)
    except ClockRefused as error:
        raise Invalid("no-rule", error.sentence, "received_on") from error
    until = due(rule, received_on, calendar()).due_rolled
    return Proposal(found.unit.unit_id, found.unit.name, found.why, until, f"{rule.title} ({rule.source})")
