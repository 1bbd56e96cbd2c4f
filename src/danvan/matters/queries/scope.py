"""How far somebody's lists reach: one unit, or a unit and all below it. Permission is one join over the closure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from danvan.base.errors import Absent
from danvan.units.access import Actor, in_force, require, sees
from danvan.units.models import UnitClosure
from danvan.units.queries import reach_of
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Scope:
    """`alone`: nothing below counts. `shard`: the one province that holds it all, where there is one."""

    top: UUID
    on: date
    alone: bool
    shard: int | None = None

    @property
    def units(self) -> QuerySet[UnitClosure, UUID]:
        pairs = UnitClosure.objects.filter(in_force(self.on), ancestor_id=self.top)
        return pairs.values_list("descendant_id", flat=True)

    @property
    def commitments(self) -> Q:
        """One unit is asked for by its id, a province also by its shard: each has an index that begins so."""
        if self.alone:
            return Q(owed_by_id=self.top)
        return (Q(held_in=self.shard) if self.shard else Q()) & Q(owed_by_id__in=self.units)

    @property
    def matters(self) -> list[Q]:
        """Held or taken in, as ranges of indexes where it is one unit."""
        if self.alone:
            return [Q(holder_id=self.top), Q(taken_in_by_id=self.top) & ~Q(holder_id=self.top)]
        return [Q(holder_id__in=self.units) | Q(taken_in_by_id__in=self.units)]


def scope_of(by: Actor, on: date, unit_id: UUID | None = None) -> Scope:
    """What this actor may list, narrowed to one unit and those below it; refuses who may not read and what is out of
    sight.
    """
    require(by, Permission.MATTER_READ)
    top = unit_id or by.unit_id
    if top is None or not sees(by, top, on):
        raise Absent
    reach = reach_of(top, on) if by.subtree else None
    if reach is None or not reach.has_below:
        return Scope(top, on, alone=True)
    return Scope(top, on, alone=False, shard=reach.shard)
