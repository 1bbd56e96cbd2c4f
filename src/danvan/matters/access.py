"""Who may see and do what with a matter; asked both ways."""

import hmac
from datetime import date

from django.db.models import Q

from danvan.base.encryption import keyring
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


def pin_key(code: str, pin: str) -> str:
    """What is kept of a PIN: a keyed hash bound to its code."""
    return keyring().look_up(pin, f"matter-pin:{code}")


def pin_opens(matter: Matter | None, code: str, pin: str) -> bool:
    """Whether the PIN belongs to the matter of this code; does the same work where there is no such matter."""
    kept = matter.pin_key if matter else ""
    return hmac.compare_digest(kept.rjust(64, "-"), pin_key(code, pin))
