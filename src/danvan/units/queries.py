"""Reading the dated trees: names on a day, search by old and new names, successors, ancestors."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from danvan.base.errors import Invalid
from danvan.base.ids import CENTRAL
from danvan.rules.text import fold
from danvan.units.access import in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import (
    Area,
    AreaAlias,
    AreaClosure,
    AreaSuccession,
    AreaVersion,
    HomeArea,
    UnitClosure,
    UnitVersion,
)


@dataclass(frozen=True)
class Place:
    """An area as a search finds it: its name then, and what it is today."""

    area_id: UUID
    name: str
    level: str
    within: str
    ended_on: date | None
    today: tuple["Place", ...] = ()


def unit_in_force(unit_id: UUID, on: date) -> UnitVersion:
    """The unit as it is on a day; refuses one that is unknown, not yet begun or already ended."""
    version = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).first()
    if version is None:
        raise Invalid("unit-not-in-force", f"Đơn vị không hoạt động vào ngày {on:%d/%m/%Y}.", "unit")
    return version


def unit_names(ids: set[UUID], on: date, *, short: bool = False) -> dict[UUID, str]:
    """Names on a day, as lists write them where `short`; a unit that had ended keeps its last name."""
    rows = UnitVersion.objects.filter(unit_id__in=ids).order_by(F("valid_from").asc(nulls_first=True))
    names: dict[UUID, str] = {}
    for row in rows:
        if row.unit_id not in names or row.valid_from is None or row.valid_from <= on:
            names[row.unit_id] = (short and row.short_name) or row.name
    return names


def area_names(ids: set[UUID], on: date) -> dict[UUID, str]:
    """Names on a day without the province; an area that had ended keeps its last name."""
    rows = AreaVersion.objects.filter(area_id__in=ids).order_by(F("valid_from").asc(nulls_first=True))
    names: dict[UUID, str] = {}
    for row in rows:
        if row.area_id not in names or row.valid_from is None or row.valid_from <= on:
            names[row.area_id] = row.full_name
    return names


def shard_of_area(area_id: UUID, on: date) -> int:
    """The shard code of the province an area lies in on a day; the centre where none is known."""
    up = AreaClosure.objects.filter(in_force(on), descendant_id=area_id).values("ancestor_id")
    found = HomeArea.objects.filter(in_force(on), area_id__in=up).values_list("shard", flat=True).first()
    return CENTRAL if found is None else found


def shard_of_unit(unit_id: UUID, on: date) -> int:
    """That of its own area, else of the nearest unit above it that has one: a province holds what its offices hold."""
    seats = UnitClosure.objects.filter(
        in_force(on), in_force(on, "ancestor__versions__"), descendant_id=unit_id, ancestor__versions__area__isnull=False
    )
    area_id = seats.order_by("depth").values_list("ancestor__versions__area_id", flat=True).first()
    return shard_of_area(area_id, on) if area_id else CENTRAL


@dataclass(frozen=True)
class Reach:
    """How far a unit reaches: whether units stand below it, and the one shard that holds them all, if one does."""

    has_below: bool
    shard: int | None


def reach_of(unit_id: UUID, on: date) -> Reach:
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=OuterRef("unit_id"), depth__gt=0)
    up = AreaClosure.objects.filter(in_force(on), descendant_id=OuterRef(OuterRef("area_id"))).values("ancestor_id")
    shards = HomeArea.objects.filter(in_force(on), area_id__in=up).values("shard")[:1]
    row = (
        UnitVersion.objects.filter(in_force(on), unit_id=unit_id)
        .annotate(below=Exists(below), held_in=Subquery(shards))
        .values_list("below", "held_in")
        .first()
    )
    return Reach(*row) if row else Reach(has_below=False, shard=None)


def unit_answering_for(area_id: UUID, tree: Tree, on: date) -> UnitVersion | None:
    """The unit of a tree that answers for an area: its own, else the nearest above it."""
    up = (
        AreaClosure.objects.filter(in_force(on), descendant_id=area_id)
        .order_by("depth")
        .values_list("ancestor_id", "depth")
    )
    depth = dict(up)
    rows = UnitVersion.objects.filter(in_force(on), tree=tree, area_id__in=depth).order_by("sort_key")
    return min(rows, key=lambda row: depth[row.area_id] if row.area_id else 0, default=None)


def units_below(unit_id: UUID, on: date, level: Level | None = None) -> QuerySet[UnitVersion]:
    """The units under one on a day (itself excluded), in Vietnamese order."""
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=unit_id, depth__gt=0).values("descendant_id")
    rows = UnitVersion.objects.filter(in_force(on), unit_id__in=below)
    return (rows.filter(level=level) if level else rows).order_by("sort_key", "unit_id")


def search_areas(typed: str, on: date, limit: int = 12) -> list[Place]:
    """Areas by any name they ever had, with or without accents; an ended one leads to its successors of today.

    What is typed begins at a word of the name. Present names come first, whole names before parts, then Vietnamese
    order. The number of queries does not depend on what is typed.
    """
    needle = fold(typed)
    if len(needle) < 2:
        return []
    by_alias = AreaAlias.objects.filter(_begins_a_word(needle)).values("area_id")
    hits = AreaVersion.objects.filter(_begins_a_word(needle) | Q(area_id__in=by_alias))
    rows = list(hits.order_by("sort_key")[: 40 * limit])
    current = [r for r in rows if _valid(r, on)]
    past = [r for r in rows if not _valid(r, on) and not any(c.area_id == r.area_id for c in current)]
    ranked = sorted(current, key=lambda r: _rank(r, needle)) + sorted(past, key=lambda r: _rank(r, needle))
    shown = ranked[:limit]
    after = successors_today({r.area_id for r in shown if not _valid(r, on)}, on)
    names = _full_names({r.parent_id for r in shown if r.parent_id} | {i for s in after.values() for i in s}, on)
    return [_place(row, names, after.get(row.area_id, []), on) for row in shown]


def _begins_a_word(needle: str) -> Q:
    return Q(fold__startswith=needle) | Q(fold__contains=f" {needle}")


def _valid(row: AreaVersion, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)


_LEVEL_ORDER = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}


def _rank(row: AreaVersion, needle: str) -> tuple[int, int, str]:
    whole = needle in {row.fold, fold(row.name)}
    return (0 if whole else 1, _LEVEL_ORDER.get(Level(row.level), 3), row.sort_key)


Named = dict[UUID, tuple[str, str, UUID | None]]


def _place(row: AreaVersion, names: Named, after: list[UUID], on: date) -> Place:
    today = tuple(Place(i, names[i][0], names[i][1], _name_of(names[i][2], names), None) for i in after if i in names)
    ended_on = None if _valid(row, on) else row.valid_to
    return Place(row.area_id, row.full_name, row.level, _name_of(row.parent_id, names), ended_on, today)


def _name_of(area_id: UUID | None, names: Named) -> str:
    return names[area_id][0] if area_id in names else ""


def _full_names(ids: set[UUID], on: date) -> Named:
    """Name, level and parent by area: as it is on the day, else as it last was."""
    found: Named = {}
    wanted = ids
    for _ in range(2):
        rows = AreaVersion.objects.filter(area_id__in=wanted).order_by(F("valid_from").asc(nulls_first=True))
        for row in rows:
            if row.area_id not in found or row.valid_from is None or row.valid_from <= on:
                found[row.area_id] = (row.full_name, row.level, row.parent_id)
        wanted = {v[2] for v in found.values() if v[2]} - set(found)
        if not wanted:
            break
    return found


def successors_today(ended: set[UUID], on: date) -> dict[UUID, list[UUID]]:
    """For each ended area the areas of `on` that it leads to, through as many changes as it takes."""
    reached: dict[UUID, list[UUID]] = {area: [] for area in ended}
    frontier = {area: {area} for area in ended}
    for _ in range(6):
        asked = {a for areas in frontier.values() for a in areas}
        if not asked:
            break
        edges: dict[UUID, list[UUID]] = {}
        for before, after in (
            AreaSuccession.objects.filter(before_id__in=asked, on__lte=on)
            .order_by("-default", "after_id")
            .values_list("before_id", "after_id")
        ):
            edges.setdefault(before, []).append(after)
        frontier = {origin: _next(areas, edges, reached[origin], ended) for origin, areas in frontier.items()}
    return reached


def _next(areas: set[UUID], edges: dict[UUID, list[UUID]], reached: list[UUID], ended: set[UUID]) -> set[UUID]:
    following = set()
    for area in areas:
        if area in edges:
            following.update(edges[area])
        elif area not in ended and area not in reached:
            reached.append(area)
    return following


def provinces(on: date) -> QuerySet[AreaVersion]:
    return AreaVersion.objects.filter(in_force(on), level=Level.PROVINCE).order_by("sort_key")


def communes_of(province_id: UUID, on: date) -> QuerySet[AreaVersion]:
    below = AreaClosure.objects.filter(in_force(on), ancestor_id=province_id).values("descendant_id")
    return AreaVersion.objects.filter(in_force(on), level=Level.COMMUNE, area_id__in=below).order_by("sort_key")


def area_named(area_id: UUID, on: date) -> str:
    """`Phường Thành Sen, Tỉnh Hà Tĩnh` on a day."""
    found = _full_names({area_id}, on)
    if area_id not in found:
        return ""
    name, _level, parent = found[area_id]
    return f"{name}, {found[parent][0]}" if parent in found else name


def known_area(area_id: UUID, on: date) -> Area:
    """The area if it exists on that day; refuses an ended one with the names of its successors."""
    if AreaVersion.objects.filter(in_force(on), area_id=area_id).exists():
        return Area.objects.get(pk=area_id)
    after = successors_today({area_id}, on)[area_id]
    names = "; ".join(area_named(i, on) for i in after[:5])
    raise Invalid("area-ended", f"Địa danh này không còn. Nay là: {names or 'chưa rõ'}.", "area")
