"""How long those who came to a reception stay reachable."""

from datetime import datetime, timedelta

from django.db.models import Q

from danvan.base.clock import day_of
from danvan.matters.actions.steps import RENEW_AHEAD
from danvan.matters.kinds import Told
from danvan.matters.models import Reception
from danvan.people.actions import renew
from danvan.rules.ledger import RUNNING, State

LONGEST_OWED = timedelta(days=2 * 366)
"""A result that was promised and never written down keeps nobody's name for ever."""
PROMISED = (Told.ACCEPTED, Told.LATER)


def renew_received(*, at: datetime) -> int:
    """Keeps the contact of who came from expiring while they are owed a result: the telling itself, the end of the
    matter opened for them, or what was promised at the telling and is not written down yet.

    An entry struck out owes nothing.
    """
    on = day_of(at)
    running = Q(matter__current__state__in=[*RUNNING, State.ANSWERED])
    promised = Q(told__in=PROMISED, result="", received_on__gt=on - LONGEST_OWED)
    owed = Reception.objects.filter(
        Q(current__state__in=RUNNING) | running | promised,
        struck_at=None, contact__expires_on__lte=on + RENEW_AHEAD, contact__erased_at=None,
    )  # fmt: skip
    return renew(contact_ids=list(owed.values_list("contact_id", flat=True)), at=at)


def renew_turn(row: Reception, at: datetime) -> None:
    """Whatever is done about a turn keeps who came reachable for another period, as a step does on a matter."""
    if row.contact_id is not None:
        renew(contact_ids=[row.contact_id], at=at)
