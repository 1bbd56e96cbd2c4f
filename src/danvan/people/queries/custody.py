"""Which custodians stand on a day, and for whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from danvan.people.kinds import Side
from danvan.people.models import Custodian
from danvan.units.access import in_force
from danvan.units.models import Holding, UnitClosure


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


def standing(on: date) -> QuerySet[Custodian]:
    """Custodians not ended who still sit in a post of their own in the unit and can sign in."""
    seated = Holding.objects.filter(
        in_force(on), in_force(on, "post__"), on_behalf_of=None,
        account=OuterRef("account"), post__unit=OuterRef("unit"),
    )  # fmt: skip
    return Custodian.objects.filter(Exists(seated), ended_at__isnull=True, account__is_active=True)
