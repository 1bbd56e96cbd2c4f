"""The trees of units on a day, a unit with all its versions, and who sits in it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When

from danvan.base.errors import Absent
from danvan.rules.text import fold
from danvan.units.access import Actor, areas_in_reach, cares_for, ids_in_sight, in_force, sees
from danvan.units.kinds import Event, Level, Tree
from danvan.units.models import AreaVersion, Holding, Post, UnitClosure, UnitSuccession, UnitVersion
from danvan.units.queries.agencies import unit_names
from danvan.units.queries.areas import area_names
from danvan.units.queries.search import begins_a_word
from danvan.units.roles import ROLES, Permission, Role

MOST_SHOWN = 600
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ca": "cong an",
    "bch": "bo chi huy",
}


@dataclass(frozen=True)
class Node:
    """A unit of a tree. `below` counts the units directly under it; `children` are shown unless they are many."""

    unit_id: UUID
    name: str
    level: Level
    below: int
    children: tuple["Node", ...] = ()


def tree_on(tree: Tree, on: date, under: UUID | None = None) -> list[Node]:
    """Two storeys of a tree: what stands at the top, or under one unit, and what stands below that. Two queries."""
    rows = UnitVersion.objects.filter(in_force(on), tree=tree)
    tops = rows.filter(parent_id=under) if under else rows.filter(~Exists(_in_force(on, OuterRef("parent_id"))))
    upper = list(_counted(tops, on))
    few = sum(_below(row) for row in upper) <= MOST_SHOWN
    lower = list(_counted(rows.filter(parent_id__in=[row.unit_id for row in upper]), on)) if few else []
    children: dict[UUID | None, list[Node]] = {}
    for row in lower:
        children.setdefault(row.parent_id, []).append(_node(row))
    return [_node(row, tuple(children.get(row.unit_id, ()))) for row in upper]


def _in_force(on: date, unit: OuterRef) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(in_force(on), unit_id=unit)


def _counted(rows: QuerySet[UnitVersion], on: date) -> QuerySet[UnitVersion]:
    below = UnitVersion.objects.filter(in_force(on), parent_id=OuterRef("unit_id")).order_by().values("parent_id")
    counted = below.annotate(n=Count("unit_id", distinct=True)).values("n")
    return rows.annotate(below=Subquery(counted, output_field=IntegerField())).order_by("sort_key", "unit_id")


def _node(row: UnitVersion, children: tuple[Node, ...] = ()) -> Node:
    return Node(row.unit_id, row.name, Level(row.level), _below(row), children)


def _below(row: UnitVersion) -> int:
    return getattr(row, "below", None) or 0


def trees_on(on: date) -> dict[Tree, int]:
    """How many units each tree has on a day, all trees named."""
    rows = UnitVersion.objects.filter(in_force(on)).values("tree").annotate(n=Count("unit_id", distinct=True))
    counts = {row["tree"]: row["n"] for row in rows.order_by()}
    return {tree: counts.get(tree.value, 0) for tree in Tree}


@dataclass(frozen=True)
class UnitFound:
    unit_id: UUID
    name: str
    tree: Tree
    within: str
    valid_to: date | None
    is_there: bool


def units_called(typed: str, on: date, limit: int = 50) -> list[UnitFound]:
    """Units by any name they ever had, accents or not, `UBND` and the like written out; those of the day first."""
    needle = " ".join(ABBREVIATIONS.get(word, word) for word in fold(typed).split())
    if len(needle) < 2:
        return []
    hit = UnitVersion.objects.filter(begins_a_word(needle)).values("unit_id")
    rows = UnitVersion.objects.filter(unit_id__in=hit).order_by("unit_id", F("valid_from").asc(nulls_first=True))
    groups = [list(group) for _unit, group in groupby(rows[:2000], key=lambda row: row.unit_id)]
    shown = sorted((_latest(group, on) for group in groups), key=lambda row: (not _covers(row, on), row.sort_key))
    names = unit_names({row.parent_id for row in shown[:limit] if row.parent_id}, on)
    return [
        UnitFound(row.unit_id, row.name, Tree(row.tree), names.get(row.parent_id, "") if row.parent_id else "",
                  row.valid_to, _covers(row, on))
        for row in shown[:limit]
    ]  # fmt: skip


def _latest(versions: list[UnitVersion], on: date) -> UnitVersion:
    begun = [row for row in versions if row.valid_from is None or row.valid_from <= on]
    return begun[-1] if begun else versions[0]


def _covers(row: UnitVersion, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on < row.valid_to)


@dataclass(frozen=True)
class Named:
    """A unit's version with the names of what stands above it and of its place."""

    version: UnitVersion
    parent: str
    area: str


@dataclass(frozen=True)
class Succeeded:
    unit_id: UUID
    name: str
    on: date
    event: Event
    source: str


@dataclass(frozen=True)
class Seat:
    """A post and who sits in it; `holders` is empty for those who may not read names."""

    post: Post
    role: Role
    holders: tuple[Holding, ...]


@dataclass(frozen=True)
class UnitDossier:
    """`may_manage`: whoever asks may change this unit; `may_seat`: may give posts in it and reads who holds them."""

    unit_id: UUID
    on: date
    key: str
    now: Named
    is_there: bool
    versions: tuple[Named, ...]
    below: int
    became: tuple[Succeeded, ...]
    came_from: tuple[Succeeded, ...]
    seats: tuple[Seat, ...]
    may_manage: bool
    may_seat: bool


def unit_dossier(unit_id: UUID, by: Actor, on: date, today: date) -> UnitDossier:
    """A unit as it was on a day, as anybody may read it; its posts for officers, and for its operators the names of
    who sits in them. Who may do what depends on today, never on the day that is looked at.
    """
    rows = list(
        UnitVersion.objects.filter(unit_id=unit_id)
        .select_related("unit")
        .order_by(F("valid_from").asc(nulls_first=True))
    )
    if not rows:
        raise Absent
    named = _named(rows, on)
    shown = named[rows.index(_latest(rows, on))]
    may_seat = by.may(Permission.ACCOUNT_MANAGE) and cares_for(by, unit_id, today)
    return UnitDossier(
        unit_id,
        on,
        rows[0].unit.key,
        shown,
        _covers(shown.version, on),
        tuple(named),
        UnitVersion.objects.filter(in_force(on), parent_id=unit_id).count(),
        _successions("before", unit_id, on),
        _successions("after", unit_id, on),
        _seats(unit_id, on, with_names=may_seat) if by.role else (),
        by.may(Permission.UNIT_MANAGE) and sees(by, unit_id, today),
        may_seat,
    )


def _named(rows: list[UnitVersion], on: date) -> list[Named]:
    parents = unit_names({row.parent_id for row in rows if row.parent_id}, on)
    areas = area_names({row.area_id for row in rows if row.area_id}, on)
    return [
        Named(
            row,
            parents.get(row.parent_id, "") if row.parent_id else "",
            areas.get(row.area_id, "") if row.area_id else "",
        )
        for row in rows
    ]


def _successions(end: str, unit_id: UUID, on: date) -> tuple[Succeeded, ...]:
    other = "after" if end == "before" else "before"
    rows = list(UnitSuccession.objects.filter(**{f"{end}_id": unit_id}).order_by("on", "id"))
    names = unit_names({getattr(row, f"{other}_id") for row in rows}, on)
    ids = [getattr(row, f"{other}_id") for row in rows]
    return tuple(Succeeded(i, names.get(i, ""), r.on, Event(r.event), r.source) for i, r in zip(ids, rows, strict=True))


def _seats(unit_id: UUID, on: date, *, with_names: bool) -> tuple[Seat, ...]:
    posts = Post.objects.filter(in_force(on), unit_id=unit_id).order_by("title", "id")
    sitting = Holding.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post__unit_id=unit_id)
    rows = sitting.select_related("account").order_by("account__sort_key", "id") if with_names else []
    holders: dict[int, list[Holding]] = {}
    for row in rows:
        holders.setdefault(row.post_id, []).append(row)
    return tuple(Seat(post, ROLES[post.role], tuple(holders.get(post.pk, ()))) for post in posts)


FEW_AREAS = 500


def areas_to_choose(by: Actor, on: date) -> list[tuple[UUID, str]]:
    """Where an operator may place a unit, larger areas first; of a whole country only the provinces."""
    rows = AreaVersion.objects.filter(in_force(on), area__in=areas_in_reach(by, on)).order_by("-level", "sort_key")
    found = list(rows.values_list("area_id", "full_name", "level")[: FEW_AREAS + 1])
    if len(found) > FEW_AREAS:
        found = list(rows.filter(level=Level.PROVINCE).values_list("area_id", "full_name", "level"))
    return [(area_id, name) for area_id, name, _level in found]


def parents_to_choose(by: Actor, version: UnitVersion, on: date) -> list[tuple[UUID, str]]:
    """The units in sight of the same tree, without the unit itself and what stands below it."""
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=version.unit_id).values("descendant_id")
    rows = UnitVersion.objects.filter(in_force(on), tree=version.tree, unit__in=ids_in_sight(by, on))
    return list(rows.exclude(unit__in=below).order_by("sort_key").values_list("unit_id", "name"))


def takers_to_choose(version: UnitVersion, on: date) -> list[tuple[UUID, str]]:
    """Who may take over the duties of a unit: the units of its tree on that day, those beside it first."""
    rows = UnitVersion.objects.filter(in_force(on), tree=version.tree).exclude(unit_id=version.unit_id)
    beside = Case(When(parent_id=version.parent_id, then=0), When(unit_id=version.parent_id, then=1), default=2)
    return list(rows.order_by(beside, "sort_key").values_list("unit_id", "name"))


Rows = list[tuple[str, str]]


def names_for_template(by: Actor, on: date) -> tuple[Rows, Rows]:
    """Key and name of the units in sight, code and name of the areas in reach."""
    units = UnitVersion.objects.filter(in_force(on), unit__in=ids_in_sight(by, on)).order_by("tree", "sort_key")
    areas = AreaVersion.objects.filter(in_force(on), area__in=areas_in_reach(by, on)).order_by("code")
    return list(units.values_list("unit__key", "name")), list(areas.values_list("code", "full_name"))
