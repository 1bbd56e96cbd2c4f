"""The places and units that the rows of a spreadsheet may name, each asked for once per file."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.matters.kinds import Field, SheetColumn
from danvan.matters.queries.answering import answering_units
from danvan.matters.queries.meetings import areas_for_meetings
from danvan.matters.queries.sheet_cells import Cells
from danvan.matters.routing import Route, routes
from danvan.rules.picking import Option, pick
from danvan.rules.text import fold
from danvan.units.access import Actor, in_force
from danvan.units.models import AreaVersion, UnitVersion
from danvan.units.queries import search_areas

MOST_OLD_NAMES = 100
Span = tuple[date | None, date | None]


class Places:
    """What a unit may name in its own area; an old name of a place stands for what became of it."""

    def __init__(self, unit_id: UUID, on: date) -> None:
        self.unit_id, self.on = unit_id, on
        self.names = dict(areas_for_meetings(unit_id, on))
        rows = AreaVersion.objects.filter(in_force(on), area_id__in=self.names).order_by("sort_key")
        self._options = [Option(row.area_id, row.full_name, (row.name,)) for row in rows]
        self._spans: dict[UUID, list[Span]] = defaultdict(list)
        for area_id, start, end in AreaVersion.objects.filter(area_id__in=self.names).values_list(
            "area_id", "valid_from", "valid_to"
        ):
            self._spans[area_id].append((start, end))
        self._read: dict[str, tuple[UUID | None, str]] = {}
        self._old_names = 0
        self._units: dict[UUID, list[Option[UUID]]] = {}
        self._routes: dict[UUID, dict[Field, Route]] = {}
        self._works: dict[UUID, list[Span]] = {}

    def area(self, cells: Cells, held_on: date | None) -> UUID | None:
        """The place a row names; nothing written is the unit's own area where that is the only one."""
        typed = cells.text(SheetColumn.AREA)
        label = SheetColumn.AREA.label
        if not typed:
            if len(self.names) != 1:
                cells.errors.append(f"{label}: chưa ghi.")
                return None
            found: UUID | None = next(iter(self.names))
        else:
            found, told = self._named(typed)
            if told:
                (cells.warnings if found else cells.errors).append(f"{label}: {told}")
        if found and held_on and not _covers(self._spans[found], held_on):
            cells.errors.append(f"{label}: vào ngày họp chưa có {self.names[found]}.")
        return found

    def _named(self, typed: str) -> tuple[UUID | None, str]:
        key = fold(typed)
        if key not in self._read:
            self._read[key] = self._picked(typed)
        return self._read[key]

    def _picked(self, typed: str) -> tuple[UUID | None, str]:
        picked = pick(typed, self._options)
        if picked.option:
            return picked.option.key, ""
        if picked.among:
            return None, f"có nhiều nơi như vậy: {'; '.join(picked.among[:4])}."
        self._old_names += 1
        if self._old_names > MOST_OLD_NAMES:
            return None, f"“{typed}” không thuộc địa bàn của đơn vị."
        return self._formerly(typed)

    def _formerly(self, typed: str) -> tuple[UUID | None, str]:
        after = {
            place.area_id: place.name
            for found in search_areas(typed, self.on)
            for place in found.today
            if place.area_id in self.names
        }
        if len(after) == 1:
            [(area_id, name)] = after.items()
            return area_id, f"“{typed}” nay là {name}."
        if after:
            return None, f"“{typed}” nay thuộc nhiều nơi: {'; '.join(after.values())}. Hãy ghi tên nay."
        return None, f"“{typed}” không thuộc địa bàn của đơn vị."

    def units(self, area_id: UUID) -> list[Option[UUID]]:
        if area_id not in self._units:
            self._units[area_id] = answering_units(area_id, self.unit_id, self.on)
        return self._units[area_id]

    def routes(self, area_id: UUID) -> dict[Field, Route]:
        if area_id not in self._routes:
            self._routes[area_id] = routes(area_id, self.on)
        return self._routes[area_id]

    def unit_works_on(self, unit_id: UUID, day: date) -> bool:
        if unit_id not in self._works:
            spans = UnitVersion.objects.filter(unit_id=unit_id).values_list("valid_from", "valid_to")
            self._works[unit_id] = list(spans)
        return _covers(self._works[unit_id], day)


def _covers(spans: list[Span], day: date) -> bool:
    return any((start is None or start <= day) and (end is None or day < end) for start, end in spans)


@dataclass(frozen=True)
class Lists:
    """What may be chosen in the cells of the template: (label, code) pairs."""

    units: list[tuple[str, str]]
    areas: list[tuple[str, str]]


def lists_of(*, by: Actor, on: date) -> Lists:
    """The places of the unit's area with their codes, and the units that answer in its own area."""
    if by.unit_id is None:
        return Lists([], [])
    names = areas_for_meetings(by.unit_id, on)
    codes = dict(AreaVersion.objects.filter(in_force(on), area_id__in=dict(names)).values_list("area_id", "code"))
    units = answering_units(names[0][0], by.unit_id, on) if names else []
    return Lists(
        [(unit.label, unit.aliases[-1] if unit.aliases else unit.label) for unit in units],
        [(name, codes.get(area_id, "")) for area_id, name in names],
    )
