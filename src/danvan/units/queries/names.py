"""Short names of units and areas together, for one line of a list."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, When

from danvan.base.prepared import Prepared
from danvan.units.models import AreaVersion, UnitVersion


def names_of(units: set[UUID], areas: set[UUID], on: date) -> dict[UUID, str]:
    """Names on a day, of units and areas in one query; what had ended keeps its last name."""
    rows = _NAMES.rows(units=list(units), areas=list(areas))
    names: dict[UUID, str] = {}
    for _which, key, label, since in sorted(rows, key=lambda row: row[3] or date.min):
        if key not in names or since is None or since <= on:
            names[key] = label
    return names


def _names(*, units: list[UUID], areas: list[UUID]) -> list[QuerySet[Any, Any]]:
    short = Case(When(short_name="", then=F("name")), default=F("short_name"))
    of_units = UnitVersion.objects.filter(unit_id__in=units).annotate(label=short)
    of_areas = AreaVersion.objects.filter(area_id__in=areas).annotate(label=F("full_name"))
    return [
        of_units.values_list("unit_id", "label", "valid_from"),
        of_areas.values_list("area_id", "label", "valid_from"),
    ]


_NAMES = Prepared(_names)
