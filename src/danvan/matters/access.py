"""Who may see and do what with a matter; asked both ways."""

from datetime import date

from django.db.models import Q

from danvan.commitments.models import Commitment
from danvan.matters.models import Matter
from danvan.units.access import Actor, ids_in_sight, sees
from danvan.units.roles import Permission


def visible(by: Actor, on: date) -> Q:
    """Matters held by, or taken in by, a unit in this actor's sight; a filter over `Matter`."""
    if not by.may(Permission.MATTER_READ):
        return Q(pk__in=[])
    units = ids_in_sight(by, on)
    return Q(current__owed_by_id__in=units) | Q(taken_in_by_id__in=units)


def may_see(by: Actor, matter: Matter, commitment: Commitment, on: date) -> bool:
    """The yes/no form of `visible`."""
    if not by.may(Permission.MATTER_READ):
        return False
    return sees(by, commitment.owed_by_id, on) or sees(by, matter.taken_in_by_id, on)
