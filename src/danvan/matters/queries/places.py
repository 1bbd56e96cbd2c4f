"""Where something happened: today's communes to choose from, by any name a place ever had."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.rules.text import fold
from danvan.units.access import in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import AreaClosure, AreaVersion, UnitVersion
from danvan.units.queries import Place, area_named, communes_of, search_areas

SHOWN = 15
SEARCHED = 60


@dataclass(frozen=True)
class Choice:
    """A place of today. `formerly` names the place that was searched for, where it is no more; `is_wide`: larger than a
    commune, so that a second choice follows.
    """

    area_id: UUID
    name: str
    within: str
    formerly: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Choices:
    """`unserved`: names of places found where nobody answers through this system."""

    shown: list[Choice]
    are_more: bool = False
    unserved: Sequence[str] = ()


def places_to_choose(typed: str, on: date) -> Choices:
    """Today's places for a name of today or of the past, those first that carry the name today.

    Behind a comma the name may be narrowed: `Bình An, An Giang`. An ended place stands for its successors. Places for
    which no unit answers are only named.
    """
    name, _comma, within = typed.partition(",")
    found = list(_once(_today(search_areas(name, on, limit=SEARCHED))))
    wanted = fold(within)
    found = [choice for choice in found if wanted in fold(f"{choice.within} {choice.formerly}")]
    served = _served({choice.area_id for choice in found}, on)
    shown = [choice for choice in found if choice.area_id in served]
    unserved = [_full(choice) for choice in found if choice.area_id not in served]
    return Choices(shown[:SHOWN], len(shown) > SHOWN, () if shown else unserved[:3])


def place_chosen(area_id: str, on: date) -> list[Choice]:
    """The place of an id as it came from a page; none where that is no place of today."""
    try:
        key = UUID(area_id)
    except ValueError:
        return []
    rows = AreaVersion.objects.filter(in_force(on), area_id=key)
    return [Choice(key, row.full_name, _within(row, on), is_wide=row.level != Level.COMMUNE) for row in rows[:1]]


def _within(row: AreaVersion, on: date) -> str:
    return area_named(row.parent_id, on) if row.parent_id else ""


def communes_to_choose(area_id: UUID, on: date) -> list[Choice]:
    """The communes of a province in Vietnamese order; none where the place is a commune itself."""
    if any(not choice.is_wide for choice in place_chosen(str(area_id), on)):
        return []
    return [Choice(row.area_id, row.full_name, "") for row in communes_of(area_id, on)]


def _today(places: Iterable[Place]) -> Iterator[Choice]:
    for place in places:
        if place.ended_on is None:
            yield Choice(place.area_id, place.name, place.within, is_wide=place.level != Level.COMMUNE)
        formerly = f"{place.name}, {place.within}" if place.within else place.name
        for after in place.today:
            yield Choice(after.area_id, after.name, after.within, formerly, is_wide=after.level != Level.COMMUNE)


def _once(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Each place once, under the first name that led to it; one that kept its name has no former one to tell."""
    met = set()
    for choice in choices:
        if choice.area_id not in met:
            met.add(choice.area_id)
            yield choice


def _full(choice: Choice) -> str:
    return f"{choice.name}, {choice.within}" if choice.within else choice.name


def _served(area_ids: set[UUID], on: date) -> set[UUID]:
    """Those for which a unit of the government answers, in the place itself or above it."""
    seats = UnitVersion.objects.filter(in_force(on), tree=Tree.GOVERNMENT, area_id__isnull=False).values("area_id")
    pairs = AreaClosure.objects.filter(in_force(on), descendant_id__in=area_ids, ancestor_id__in=seats)
    return set(pairs.values_list("descendant_id", flat=True))
