"""Which unit answers for a place and a field, and why; the citizen need not know the authorities."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.matters.kinds import Field
from danvan.units.kinds import Tree
from danvan.units.models import UnitVersion
from danvan.units.queries import Seat, known_area, seat_at, seat_of, unit_answering_for, unit_in_force

TREE_OF_FIELD = {Field.SECURITY: Tree.POLICE}
"""Every other field goes to the government tree."""


@dataclass(frozen=True)
class Route:
    unit: UnitVersion
    why: str


def route(area_id: UUID, field: Field, on: date) -> Route:
    """The unit of the field's tree nearest to the place, else the government's; refuses where nobody answers."""
    if found := _routed(area_id, [field], on).get(field):
        return found
    raise _nobody_answers()


def _nobody_answers() -> Invalid:
    return Invalid("nobody-answers", "Địa bàn này chưa có đơn vị nào dùng hệ thống để nhận ý kiến.", "area")


def placed(area_id: UUID, field: Field, on: date, unit_id: UUID | None = None) -> Seat:
    """Who owes the answer, the unit chosen or else that of the route, and in which shards the rows stand.

    Refuses a place that has ended, with what it became, a unit that does not exist that day, and where nobody answers.
    """
    trees = tuple(dict.fromkeys((TREE_OF_FIELD.get(field, Tree.GOVERNMENT), Tree.GOVERNMENT)))
    if seat := seat_of(unit_id, area_id, on) if unit_id else seat_at(area_id, trees, on):
        return seat
    known_area(area_id, on)
    if unit_id:
        unit_in_force(unit_id, on)
    raise _nobody_answers()


def routes(area_id: UUID, on: date) -> dict[Field, Route]:
    """Every field's route at a place, as `route` gives it; empty where nobody answers. The queries do not grow."""
    return _routed(area_id, list(Field), on)


def _routed(area_id: UUID, fields: list[Field], on: date) -> dict[Field, Route]:
    wanted = {field: TREE_OF_FIELD.get(field, Tree.GOVERNMENT) for field in fields}
    answering = {tree: unit_answering_for(area_id, tree, on) for tree in dict.fromkeys(wanted.values())}
    if None in answering.values() and Tree.GOVERNMENT not in answering:
        answering[Tree.GOVERNMENT] = unit_answering_for(area_id, Tree.GOVERNMENT, on)
    found = {field: answering[tree] or answering.get(Tree.GOVERNMENT) for field, tree in wanted.items()}
    return {
        field: Route(unit, f"Lĩnh vực “{field.label}” do {unit.name} giải quyết ở địa bàn này.")
        for field, unit in found.items()
        if unit
    }
