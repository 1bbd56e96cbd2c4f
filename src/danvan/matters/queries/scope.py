"""How far somebody's lists reach: one unit, or a unit and all below it. Permission is one join over the closure."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact

from danvan.base.errors import Absent
from danvan.base.prepared import Prepared
from danvan.units.access import Actor, in_force, require
from danvan.units.models import AreaClosure, HomeArea, UnitClosure, UnitVersion
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Scope:
    """`alone`: nothing below `top` counts. `shard`: the one province that holds it all, where there is one."""

    top: UUID
    on: date
    alone: bool
    shard: int | None = None
    place: Q = Q()  # noqa: RUF009 -- a Q is never changed

    @property
    def units(self) -> QuerySet[UnitClosure, UUID]:
        pairs = UnitClosure.objects.filter(in_force(self.on), ancestor_id=self.top)
        return pairs.values_list("descendant_id", flat=True)

    @property
    def commitments(self) -> Q:
        """One unit is asked for by its id, a province also by its shard: each has an index that begins so."""
        if self.alone:
            return Q(owed_by_id=self.top)
        return (Q(held_in=self.shard) if self.shard else Q()) & row_by_row(Q(owed_by_id__in=self.units))

    @property
    def matters(self) -> list[Q]:
        """Held or taken in, as ranges of indexes where it is one unit."""
        if self.alone:
            return [Q(holder_id=self.top), Q(taken_in_by_id=self.top) & ~Q(holder_id=self.top)]
        return [Q(holder_id__in=self.units) | Q(taken_in_by_id__in=self.units)]


def row_by_row(which: Q) -> Q:
    """Keeps PostgreSQL from guessing: it takes such rows to be few and would rather gather everything that is open in a
    province and sort it than walk along an index and stop at the end of the page. Of this it thinks all rows are so.
    """
    return ~Q(Exact(Case(When(which, then=Value(1)), default=Value(0)), 0))


def scope_of(by: Actor, on: date, unit_id: UUID | None = None, area_id: UUID | None = None) -> Scope:
    """What this actor may list, narrowed to one unit and those below it, and to a place; one query at most.

    Refuses who may not read, and a unit out of sight.
    """
    require(by, Permission.MATTER_READ)
    top = unit_id or by.unit_id
    if top is None or (not by.subtree and top != by.unit_id):
        raise Absent
    if not by.subtree:
        is_wide = area_id is not None and _below(area_id, on).exists()
        return Scope(top, on, alone=True, place=_in_place(area_id, on, is_wide=is_wide))
    seen, has_below, shard, is_wide = _reach(by, top, on, area_id)
    if not seen:
        raise Absent
    place = _in_place(area_id, on, is_wide=is_wide)
    return Scope(top, on, alone=not has_below, shard=shard if has_below else None, place=place)


def _reach(by: Actor, top: UUID, on: date, area_id: UUID | None) -> tuple[bool, bool, int | None, bool]:
    rows = _REACH.rows(own=by.unit_id, top=top, on=on, area=area_id)
    return rows[0] if rows else (False, False, None, False)


def _reaching(own: UUID, top: UUID, on: date, area: UUID | None) -> QuerySet[UnitVersion, Any]:
    pairs = UnitClosure.objects.filter(in_force(on))
    up = AreaClosure.objects.filter(in_force(on), descendant_id=OuterRef(OuterRef("area_id"))).values("ancestor_id")
    shards = HomeArea.objects.filter(in_force(on), area_id__in=up).values("shard")[:1]
    return (
        UnitVersion.objects.filter(in_force(on), unit_id=top)
        .annotate(
            seen=Exists(pairs.filter(ancestor_id=own, descendant_id=OuterRef("unit_id"))),
            below=Exists(pairs.filter(ancestor_id=OuterRef("unit_id"), depth__gt=0)),
            shard=Subquery(shards),
            wide=Exists(_below(area, on)),
        )
        .values_list("seen", "below", "shard", "wide")[:1]
    )


_REACH = Prepared(_reaching)


def _below(area_id: UUID | None, on: date) -> QuerySet[AreaClosure]:
    return AreaClosure.objects.filter(in_force(on), ancestor_id=area_id, depth__gt=0)


def _in_place(area_id: UUID | None, on: date, *, is_wide: bool) -> Q:
    """A commune is asked for by its id, which an index begins with; a province by what lies in it."""
    if area_id is None:
        return Q()
    if not is_wide:
        return Q(area_id=area_id)
    return Q(area_id__in=AreaClosure.objects.filter(in_force(on), ancestor_id=area_id).values("descendant_id"))
