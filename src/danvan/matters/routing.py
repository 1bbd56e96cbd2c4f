"""Which unit answers for a place and a field, and why; the citizen need not know the authorities."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.matters.kinds import Field
from danvan.units.kinds import Tree
from danvan.units.models import UnitVersion
from danvan.units.queries import unit_answering_for

TREE_OF_FIELD = {Field.SECURITY: Tree.POLICE}
"""Every other field goes to the government tree."""


@dataclass(frozen=True)
class Route:
    unit: UnitVersion
    why: str


def route(area_id: UUID, field: Field, on: date) -> Route:
    """The unit of the field's tree nearest to the place, else the government's; refuses where nobody answers."""
    wanted = TREE_OF_FIELD.get(field, Tree.GOVERNMENT)
    for tree in dict.fromkeys((wanted, Tree.GOVERNMENT)):
        if unit := unit_answering_for(area_id, tree, on):
            return Route(unit, f"Lĩnh vực “{field.label}” do {unit.name} giải quyết ở địa bàn này.")
    raise Invalid("nobody-answers", "Địa bàn này chưa có đơn vị nào dùng hệ thống để nhận ý kiến.", "area")
