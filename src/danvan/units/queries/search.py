"""Areas by any name they ever had, and what became of the ended ones."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from danvan.base.errors import Invalid
from danvan.rules.text import fold
from danvan.units.access import in_force
from danvan.units.kinds import Level
from danvan.units.models import Area, AreaAlias, AreaSuccession, AreaVersion
from danvan.units.queries.areas import Named, area_named, full_names


@dataclass(frozen=True)
class Place:
    """An area as a search finds it: its name then, and what it is today."""

    area_id: UUID
    name: str
    level: str
    within: str
    ended_on: date | None
    today: tuple["Place", ...] = ()


def search_areas(typed: str, on: date, limit: int = 12) -> list[Place]:
    """Areas by any name they ever had, with or without accents; an ended one leads to its successors of today.

    What is typed begins at a word of the name. Present names come first, whole names before parts, then Vietnamese
    order. The number of queries does not depend on what is typed.
    """
    needle = fold(typed)
    if len(needle) < 2:
        return []
    by_alias = AreaAlias.objects.filter(begins_a_word(needle)).values("area_id")
    hits = AreaVersion.objects.filter(begins_a_word(needle) | Q(area_id__in=by_alias))
    rows = list(hits.order_by("sort_key")[: 40 * limit])
    current = [r for r in rows if _valid(r, on)]
    past = [r for r in rows if not _valid(r, on) and not any(c.area_id == r.area_id for c in current)]
    ranked = sorted(current, key=lambda r: _rank(r, needle)) + sorted(past, key=lambda r: _rank(r, needle))
    shown = ranked[:limit]
    after = successors_today({r.area_id for r in shown if not _valid(r, on)}, on)
    names = full_names({r.parent_id for r in shown if r.parent_id} | {i for s in after.values() for i in s}, on)
    return [_place(row, names, after.get(row.area_id, []), on) for row in shown]


def begins_a_word(needle: str) -> Q:
    return Q(fold__startswith=needle) | Q(fold__contains=f" {needle}")


def _valid(row: AreaVersion, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)


_LEVEL_ORDER = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}


def _rank(row: AreaVersion, needle: str) -> tuple[int, int, str]:
    whole = needle in {row.fold, fold(row.name)}
    return (0 if whole else 1, _LEVEL_ORDER.get(Level(row.level), 3), row.sort_key)


def _place(row: AreaVersion, names: Named, after: list[UUID], on: date) -> Place:
    today = tuple(Place(i, names[i][0], names[i][1], _name_of(names[i][2], names), None) for i in after if i in names)
    ended_on = None if _valid(row, on) else row.valid_to
    return Place(row.area_id, row.full_name, row.level, _name_of(row.parent_id, names), ended_on, today)


def _name_of(area_id: UUID | None, names: Named) -> str:
    return names[area_id][0] if area_id in names else ""


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


def known_area(area_id: UUID, on: date) -> Area:
    """The area if it exists on that day; refuses an ended one with the names of its successors."""
    if AreaVersion.objects.filter(in_force(on), area_id=area_id).exists():
        return Area.objects.get(pk=area_id)
    after = successors_today({area_id}, on)[area_id]
    names = "; ".join(area_named(i, on) for i in after[:5])
    raise Invalid("area-ended", f"Địa danh này không còn. Nay là: {names or 'chưa rõ'}.", "area")
