"""Which custodians stand on a day, for whom, and what would be lost without them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from danvan.people.access import standing
from danvan.people.kinds import Side
from danvan.people.models import Custodian, IdentityShare, SealedIdentity
from danvan.units.access import in_force
from danvan.units.models import UnitClosure


@dataclass(frozen=True)
class Custody:
    """The keyed custodians of both sides of one unit; neither side is empty."""

    unit_id: UUID
    first: tuple[Custodian, ...]
    second: tuple[Custodian, ...]


def custody_for(unit_id: UUID, on: date) -> Custody | None:
    """The custody of the nearest unit, the unit itself or one above it, that has both sides on that day."""
    up = UnitClosure.objects.filter(in_force(on), descendant_id=unit_id).order_by("depth")
    units = list(up.values_list("ancestor_id", flat=True))
    rows = list(standing(on).filter(unit_id__in=units, public_key__isnull=False).order_by("id"))
    for unit in units:
        sides = {side: tuple(row for row in rows if row.unit_id == unit and row.side == side) for side in Side}
        if all(sides.values()):
            return Custody(unit, sides[Side.FIRST], sides[Side.SECOND])
    return None


def custody_ready(unit_id: UUID, on: date) -> bool:
    """Whether an identity taken in by this unit can be sealed: ask before the form is shown."""
    return custody_for(unit_id, on) is not None


def kept_identities(custody_ids: Iterable[UUID]) -> QuerySet[SealedIdentity]:
    return SealedIdentity.objects.filter(custody__in=custody_ids, erased_at__isnull=True)


def lost_identities(custody_ids: Iterable[UUID]) -> QuerySet[SealedIdentity]:
    """Those that nobody can open any more: on one side no custodian is left who holds a share."""
    held = [Exists(_shares(side)) for side in Side]
    return kept_identities(custody_ids).exclude(held[0], held[1])


def alone_with(custodian: Custodian) -> QuerySet[IdentityShare]:
    """The shares that on their side nobody else holds who still is a custodian: lost with this person's key."""
    others = _shares(Side(custodian.side), "identity_id").exclude(custodian=custodian)
    return IdentityShare.objects.filter(~Exists(others), custodian=custodian, identity__erased_at__isnull=True)


def _shares(side: Side, identity: str = "pk") -> QuerySet[IdentityShare]:
    return IdentityShare.objects.filter(
        identity=OuterRef(identity), home_area=OuterRef("home_area"), side=side, custodian__ended_at__isnull=True
    )
