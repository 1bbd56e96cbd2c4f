"""The log of what operators do; every action of this package that changes something writes its line here."""

from datetime import datetime
from uuid import UUID

from danvan.base.clock import day_of
from danvan.units.access import Actor
from danvan.units.kinds import AdminVerb
from danvan.units.models import Account, AdminEvent
from danvan.units.queries import unit_names


def record(
    *, verb: AdminVerb, subject: str, by: Actor, at: datetime, detail: str = "", unit_id: UUID | None = None
) -> AdminEvent:
    """Adds one line, in the transaction of what was done. Who did it is written out, as it is read on that day.

    `unit_id` is the unit concerned, that of whoever acts where none is given.
    """
    names = unit_names({by.unit_id}, day_of(at)) if by.unit_id else {}
    return AdminEvent.objects.create(
        at=at,
        post=" – ".join(filter(None, (by.label, names.get(by.unit_id) if by.unit_id else ""))),
        account=named(Account.objects.get(pk=by.account_id)) if by.account_id else "",
        verb=verb,
        subject=subject[:300],
        detail=detail[:500],
        unit_ref=unit_id or by.unit_id,
    )


def named(account: Account) -> str:
    """`Hồ Anh Vũ (vu)`: names are shared, user names are not."""
    return f"{account.full_name} ({account.username})"
