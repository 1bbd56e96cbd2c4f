"""Looking up what a place was on a day, what it was before, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db.models import F, Q

from danvan.base.errors import Absent
from danvan.rules.text import fold
from danvan.units.kinds import Confidence, Event, Level
from danvan.units.models import AreaAlias, AreaSuccession, AreaVersion
from danvan.units.queries.areas import area_names
from danvan.units.queries.search import begins_a_word, successors_today

MOST_VERSIONS = 3000


@dataclass(frozen=True)
class Called:
    """How an area was called, coded and placed over one interval; `within` is the name of the area above on the day."""

    name: str
    level: Level
    code: str
    within: str
    valid_from: date | None
    valid_to: date | None

    @property
    def last_day(self) -> date | None:
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Edge:
    """One step of succession, seen from the other end: `area_id` and `name` are those of the neighbour."""

    area_id: UUID
    name: str
    on: date
    event: Event
    share: Decimal | None
    is_default: bool
    source: str
    confidence: Confidence

    @property
    def can_be_added(self) -> bool:
        """Figures of the earlier area may be carried over; without a declared share they must not."""
        return self.share is not None


@dataclass(frozen=True)
class Found:
    """An area as a search shows it: as it was on the day, or as it was nearest to it."""

    area_id: UUID
    called: Called
    is_there: bool
    became: tuple[Edge, ...]


@dataclass(frozen=True)
class Dossier:
    """All that is known of one area. `today`: the areas of that day it leads to, through as many steps as it takes."""

    area_id: UUID
    on: date
    called: Called
    is_there: bool
    versions: tuple[Called, ...]
    became: tuple[Edge, ...]
    came_from: tuple[Edge, ...]
    today: tuple[tuple[UUID, str], ...]
    aliases: tuple[str, ...]

    @property
    def is_divided(self) -> bool:
        return any(not edge.can_be_added for edge in self.became)


def look_up(typed: str, on: date, limit: int = 30) -> tuple[list[Found], bool]:
    """Areas by any name or code they ever had; behind a comma the area above may be named. Whether there are more.

    Those that exist on the day come first, whole names before parts, larger areas before smaller ones. The number of
    queries does not depend on what is found.
    """
    name, _comma, above = typed.partition(",")
    needle, wanted = fold(name), fold(above)
    if len(needle) < 2:
        return [], False
    rows = _versions_of_areas_called(needle)
    parents = area_names({row.parent_id for row in rows if row.parent_id}, on)
    groups = (list(group) for _area, group in groupby(rows, key=lambda row: row.area_id))
    found = [_nearest([(row.area_id, row.sort_key, _called(row, parents)) for row in group], on) for group in groups]
    found = [each for each in found if wanted in fold(each[2].within)]
    found.sort(key=lambda each: _rank(each, needle, on))
    shown = found[:limit]
    became = _edges("before", {area_id for area_id, _key, _called_so in shown}, on)
    return [Found(i, called, called.covers(on), became[i]) for i, _key, called in shown], len(found) > limit


def _versions_of_areas_called(needle: str) -> list[AreaVersion]:
    hit = AreaVersion.objects.filter(begins_a_word(needle) | Q(code=needle)).values("area_id")
    by_alias = AreaAlias.objects.filter(begins_a_word(needle)).values("area_id")
    rows = AreaVersion.objects.filter(Q(area_id__in=hit) | Q(area_id__in=by_alias))
    return list(rows.order_by("area_id", F("valid_from").asc(nulls_first=True))[:MOST_VERSIONS])


def _called(row: AreaVersion, parents: dict[UUID, str]) -> Called:
    within = parents.get(row.parent_id, "") if row.parent_id else ""
    return Called(row.full_name, Level(row.level), row.code, within, row.valid_from, row.valid_to)


Placed = tuple[UUID, str, Called]
_LEVELS = (Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def _nearest(versions: list[Placed], on: date) -> Placed:
    """The version of the day, else the last one before it, else the first one after it."""
    begun = [each for each in versions if each[2].valid_from is None or each[2].valid_from <= on]
    return begun[-1] if begun else versions[0]


def _rank(each: Placed, needle: str, on: date) -> tuple[bool, bool, int, str]:
    called = each[2]
    whole = fold(called.name).endswith(f" {needle}") or needle in {fold(called.name), called.code}
    return not called.covers(on), not whole, _LEVELS.index(called.level), each[1]


def _edges(end: str, area_ids: set[UUID], on: date) -> dict[UUID, tuple[Edge, ...]]:
    """The steps of succession that have these areas at one end ("before" or "after"), by area."""
    other = "after" if end == "before" else "before"
    rows = list(AreaSuccession.objects.filter(**{f"{end}_id__in": area_ids}).order_by("on", "-default", "id"))
    names = area_names({getattr(row, f"{other}_id") for row in rows}, on)
    found: dict[UUID, list[Edge]] = defaultdict(list)
    for row in rows:
        neighbour = getattr(row, f"{other}_id")
        found[getattr(row, f"{end}_id")].append(_edge(row, neighbour, names.get(neighbour, "")))
    return defaultdict(tuple, {area_id: tuple(edges) for area_id, edges in found.items()})


def _edge(row: AreaSuccession, area_id: UUID, name: str) -> Edge:
    return Edge(area_id, name, row.on, Event(row.event), row.share, row.default, row.source, Confidence(row.confidence))


def dossier(area_id: UUID, on: date) -> Dossier:
    rows = list(AreaVersion.objects.filter(area_id=area_id).order_by(F("valid_from").asc(nulls_first=True)))
    if not rows:
        raise Absent
    parents = area_names({row.parent_id for row in rows if row.parent_id}, on)
    versions = [_called(row, parents) for row in rows]
    shown = _nearest([(area_id, "", called) for called in versions], on)[2]
    return Dossier(
        area_id,
        on,
        shown,
        shown.covers(on),
        tuple(versions),
        _edges("before", {area_id}, on)[area_id],
        _edges("after", {area_id}, on)[area_id],
        _today(area_id, on) if shown.valid_to and shown.valid_to <= on else (),
        _aliases(area_id, {called.name for called in versions}),
    )


def _today(area_id: UUID, on: date) -> tuple[tuple[UUID, str], ...]:
    ids = successors_today({area_id}, on)[area_id]
    names = area_names(set(ids), on)
    return tuple((i, names[i]) for i in ids if i in names)


def _aliases(area_id: UUID, known: Iterable[str]) -> tuple[str, ...]:
    rows = AreaAlias.objects.filter(area_id=area_id).exclude(alias__in=known).order_by("alias")
    return tuple(rows.values_list("alias", flat=True))
