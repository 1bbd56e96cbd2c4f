"""Which unit answers for a place, and in which shards its matters stand: one statement, since every matter asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When

from danvan.base.ids import CENTRAL
from danvan.base.prepared import Prepared
from danvan.units.access import in_force
from danvan.units.kinds import Tree
from danvan.units.models import AreaClosure, AreaVersion, HomeArea, UnitClosure, UnitVersion


@dataclass(frozen=True)
class Seat:
    """A unit that owes an answer at a place: `home_area` is the shard of the place, `held_in` that of the unit."""

    unit_id: UUID
    home_area: int
    held_in: int


def unit_answering_for(area_id: UUID, tree: Tree, on: date) -> UnitVersion | None:
    """The unit of a tree that answers for an area: its own, else the nearest above it; of several seated in the same
    area the one that stands over the others, not a department of it.
    """
    return _answering(area_id, (tree,), on).first()


def seat_at(area_id: UUID, trees: tuple[Tree, ...], on: date) -> Seat | None:
    """The unit that answers for an area, of the first of the trees that has one; None where nobody does or where the
    area does not exist that day.
    """
    return _seat(_AT.rows(trees, area_id=area_id, on=on))


def seat_of(unit_id: UUID, area_id: UUID, on: date) -> Seat | None:
    """A unit chosen for a matter of an area; None where one of the two does not exist that day."""
    return _seat(_OF.rows(unit_id=unit_id, area_id=area_id, on=on))


def _seat(rows: list[tuple[Any, ...]]) -> Seat | None:
    """Rows that no shard is known of belong to the centre."""
    for unit_id, home_area, held_in in rows:
        return Seat(unit_id, CENTRAL if home_area is None else home_area, CENTRAL if held_in is None else held_in)
    return None


def _answering(area_id: UUID, trees: tuple[Tree, ...], on: date) -> QuerySet[UnitVersion]:
    up = AreaClosure.objects.filter(in_force(on), descendant_id=area_id)
    over = UnitVersion.objects.filter(
        in_force(on), tree=OuterRef("tree"), area_id=OuterRef("area_id"), unit_id=OuterRef("parent_id")
    )
    rows = UnitVersion.objects.filter(
        in_force(on), ~Exists(over), tree__in=trees, area_id__in=up.values("ancestor_id")
    ).annotate(
        turn=Case(*(When(tree=tree, then=Value(turn)) for turn, tree in enumerate(trees))),
        distance=Subquery(up.filter(ancestor_id=OuterRef("area_id")).values("depth")[:1]),
    )
    return rows.order_by("turn", "distance", "sort_key")


def _seats_at(trees: tuple[Tree, ...], *, area_id: UUID, on: date) -> QuerySet[Any, Any]:
    return _with_shards(_answering(area_id, trees, on), F("area_id"), area_id, on)


def _seats_of(*, unit_id: UUID, area_id: UUID, on: date) -> QuerySet[Any, Any]:
    above = UnitClosure.objects.filter(
        in_force(on), in_force(on, "ancestor__versions__"), descendant_id=unit_id,
        ancestor__versions__area__isnull=False,
    )  # fmt: skip
    seat = Subquery(above.order_by("depth").values("ancestor__versions__area_id")[:1])
    return _with_shards(UnitVersion.objects.filter(in_force(on), unit_id=unit_id), seat, area_id, on)


def _with_shards(rows: QuerySet[UnitVersion], seat: Any, area_id: UUID, on: date) -> QuerySet[Any, Any]:
    exists = AreaVersion.objects.filter(in_force(on), area_id=area_id)
    shards = {"home_area": _shard(area_id, on), "held_in": _shard(OuterRef(OuterRef("seat")), on)}
    rows = rows.filter(Exists(exists)).annotate(seat=seat).annotate(**shards)
    return rows.values_list("unit_id", *shards)[:1]


def _shard(area_id: Any, on: date) -> Subquery:
    above = AreaClosure.objects.filter(in_force(on), ancestor_id=OuterRef("area_id"), descendant_id=area_id)
    return Subquery(HomeArea.objects.filter(in_force(on), Exists(above)).order_by("pk").values("shard")[:1])


_AT, _OF = Prepared(_seats_at), Prepared(_seats_of)
