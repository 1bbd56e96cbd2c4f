"""Areas on a day: names, provinces, communes, and the shard a place lies in."""

from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from danvan.base.ids import CENTRAL
from danvan.units.access import in_force
from danvan.units.kinds import Level
from danvan.units.models import AreaClosure, AreaVersion, HomeArea

Named = dict[UUID, tuple[str, str, UUID | None]]


def full_names(ids: set[UUID], on: date) -> Named:
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


def provinces(on: date) -> QuerySet[AreaVersion]:
    return AreaVersion.objects.filter(in_force(on), level=Level.PROVINCE).order_by("sort_key")


def communes_of(province_id: UUID, on: date) -> QuerySet[AreaVersion]:
    below = AreaClosure.objects.filter(in_force(on), ancestor_id=province_id).values("descendant_id")
    return AreaVersion.objects.filter(in_force(on), level=Level.COMMUNE, area_id__in=below).order_by("sort_key")


def area_named(area_id: UUID, on: date) -> str:
    """`Phường Thành Sen, Tỉnh Hà Tĩnh` on a day."""
    found = full_names({area_id}, on)
    if area_id not in found:
        return ""
    name, _level, parent = found[area_id]
    return f"{name}, {found[parent][0]}" if parent in found else name
