"""Who may read how to reach a citizen: officers and leaders of the unit that holds the matter, nobody above it."""

from datetime import date
from uuid import UUID

from danvan.units.access import Actor, require, sees
from danvan.units.roles import Permission


def may_open(by: Actor, unit_id: UUID, on: date) -> bool:
    """The yes/no form of `require_opening`; the two are tested to agree."""
    return by.may(Permission.CONTACT_OPEN) and sees(by, unit_id, on)


def require_opening(by: Actor, unit_id: UUID, on: date) -> None:
    require(by, Permission.CONTACT_OPEN, unit_id, on)
