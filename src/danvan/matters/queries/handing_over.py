"""To whom a matter may sensibly be handed: who sits where it happened, the province's offices, the neighbours."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from danvan.matters.models import Matter
from danvan.units.access import in_force
from danvan.units.kinds import Level
from danvan.units.models import AreaClosure, UnitVersion

Receivers = Iterable[tuple[str, list[tuple[UUID, str]]]]
"""Named groups of units, for a list to choose from."""
MOST = 300


def receivers_of(matter: Matter, on: date) -> list[tuple[str, list[tuple[UUID, str]]]]:
    """The units of every tree at the place of the matter and above it, and the siblings of the present holder.

    One query; the holder itself is left out. In order: at the place, the province, the neighbours, the centre.
    """
    holder = matter.current.owed_by_id
    up = AreaClosure.objects.filter(in_force(on), descendant_id=matter.area_id).values("ancestor_id")
    parent = UnitVersion.objects.filter(in_force(on), unit_id=holder).values("parent_id")
    rows = UnitVersion.objects.filter(in_force(on), Q(area_id__in=up) | Q(parent_id__in=parent)).exclude(unit_id=holder)
    here: list[tuple[UUID, str]] = []
    province, beside, centre = list(here), list(here), list(here)
    for row in rows.order_by("tree", "sort_key", "unit_id")[:MOST]:
        group = (
            here if row.area_id == matter.area_id
            else province if row.level == Level.PROVINCE
            else centre if row.level == Level.CENTRAL
            else beside
        )  # fmt: skip
        group.append((row.unit_id, row.name))
    named = ((_("Ở nơi có việc"), here), (_("Cấp tỉnh"), province), (_("Xã, phường khác"), beside),
             (_("Trung ương"), centre))  # fmt: skip
    return [(title, units) for title, units in named if units]
