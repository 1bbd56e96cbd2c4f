"""The log of keys and openings; every action about them writes its line here, in its own transaction."""

from datetime import datetime
from uuid import UUID

from danvan.base.clock import day_of
from danvan.people.kinds import CustodyVerb
from danvan.people.models import CustodyEvent, IdentityOpening, SealedIdentity
from danvan.units.access import Actor
from danvan.units.models import Account
from danvan.units.queries import shard_of_unit


def record_custody(verb: CustodyVerb, *, custody_id: UUID, by: Actor, at: datetime, note: str = "") -> None:
    """A line about keys. Who acted is written out as it is read on that day."""
    _add(verb, shard_of_unit(custody_id, day_of(at)), custody_id, by, at, note)


def record_opening(verb: CustodyVerb, *, opening: IdentityOpening, by: Actor, at: datetime, note: str = "") -> None:
    """A line about one asking."""
    identity = opening.identity
    _add(verb, identity.home_area, identity.custody_id, by, at, note, identity=identity, opening=opening)


def record_disposal_of(identity: SealedIdentity, *, by: Actor, at: datetime) -> None:
    _add(CustodyVerb.ERASED, identity.home_area, identity.custody_id, by, at, "", identity=identity)


def _add(
    verb: CustodyVerb, home_area: int, custody_id: UUID, by: Actor, at: datetime, note: str, *,
    identity: SealedIdentity | None = None, opening: IdentityOpening | None = None,
) -> None:  # fmt: skip
    CustodyEvent.objects.create(
        home_area=home_area,
        verb=verb,
        custody_ref=custody_id,
        identity_ref=identity.pk if identity else None,
        opening_ref=opening.pk if opening else None,
        account_ref=by.account_id,
        post_ref=by.post_id,
        unit_ref=by.unit_id,
        label=signature(by),
        note=note[:300],
        at=at,
    )


def signature(by: Actor) -> str:
    """`Trần Văn Nam, Cán bộ tiếp nhận`: custody is a matter of persons, so the person is named."""
    name = Account.objects.values_list("full_name", flat=True).filter(pk=by.account_id).first() if by.account_id else ""
    return ", ".join(filter(None, (name, by.label)))
