"""Units on a day: their names, those below, and in which shard each is held."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from danvan.base.errors import Invalid
from danvan.base.ids import CENTRAL
from danvan.units.access import in_force
from danvan.units.kinds import Level
from danvan.units.models import AreaClosure, HomeArea, UnitClosure, UnitVersion
from danvan.units.queries.areas import shard_of_area


def unit_in_force(unit_id: UUID, on: date) -> UnitVersion:
    """The unit as it is on a day; refuses one that is unknown, not yet begun or already ended."""
    version = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).first()
    if version is None:
        raise _not_in_force(on)
    return version


def _not_in_force(on: date) -> Invalid:
    return Invalid("unit-not-in-force", f"Đơn vị không hoạt động vào ngày {on:%d/%m/%Y}.", "unit")


def unit_names(ids: set[UUID], on: date, *, short: bool = False) -> dict[UUID, str]:
    """Names on a day, as lists write them where `short`; a unit that had ended keeps its last name."""
    rows = UnitVersion.objects.filter(unit_id__in=ids).order_by(F("valid_from").asc(nulls_first=True))
    names: dict[UUID, str] = {}
    for row in rows:
        if row.unit_id not in names or row.valid_from is None or row.valid_from <= on:
            names[row.unit_id] = (short and row.short_name) or row.name
    return names


def shard_of_unit(unit_id: UUID, on: date) -> int:
    """That of its own area, else of the nearest unit above it that has one: a province holds what its offices hold."""
    seats = UnitClosure.objects.filter(
        in_force(on),
        in_force(on, "ancestor__versions__"),
        descendant_id=unit_id,
        ancestor__versions__area__isnull=False,
    )
    area_id = seats.order_by("depth").values_list("ancestor__versions__area_id", flat=True).first()
    return shard_of_area(area_id, on) if area_id else CENTRAL


def shards_of_units(asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], int]:
    """What `unit_in_force` and `shard_of_unit` say of many units and days, in four queries; refuses so too."""
    pairs = list(dict.fromkeys(asked))
    up = _dated(UnitClosure.objects.filter(descendant_id__in={u for u, _on in pairs}).order_by("depth"),
                "descendant_id", "ancestor_id")  # fmt: skip
    above = {unit for rows in up.values() for unit, *_span in rows}
    seats = _dated(UnitVersion.objects.filter(unit_id__in=above), "unit_id", "area_id")
    areas = {area for rows in seats.values() for area, *_span in rows if area}
    inside = _dated(AreaClosure.objects.filter(descendant_id__in=areas), "descendant_id", "ancestor_id")
    homes = _dated(HomeArea.objects.filter(area_id__in={a for rows in inside.values() for a, *_span in rows}),
                   "area_id", "shard")  # fmt: skip
    found = {}
    for unit, on in pairs:
        if not list(_on(seats, unit, on)):
            raise _not_in_force(on)
        area = next((a for over in _on(up, unit, on) for a in _on(seats, over, on) if a), None)
        found[unit, on] = next((s for a in _on(inside, area, on) for s in _on(homes, a, on)), CENTRAL)
    return found


Dated = dict[Any, list[tuple[Any, date | None, date | None]]]


def _dated(rows: QuerySet[Any], key: str, value: str) -> Dated:
    found: Dated = {}
    for one, *rest in rows.values_list(key, value, "valid_from", "valid_to"):
        found.setdefault(one, []).append((rest[0], rest[1], rest[2]))
    return found


def _on(rows: Dated, key: Any, on: date) -> Iterator[Any]:
    for value, start, end in rows.get(key, ()):
        if (start is None or start <= on) and (end is None or end > on):
            yield value


def units_below(unit_id: UUID, on: date, level: Level | None = None) -> QuerySet[UnitVersion]:
    """The units under one on a day (itself excluded), in Vietnamese order."""
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=unit_id, depth__gt=0).values("descendant_id")
    rows = UnitVersion.objects.filter(in_force(on), unit_id__in=below)
    return (rows.filter(level=level) if level else rows).order_by("sort_key", "unit_id")
