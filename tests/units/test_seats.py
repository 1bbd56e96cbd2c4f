"""One statement says of a place and a unit what four queries of their own say."""

from datetime import date

import pytest

from danvan.base.errors import Invalid
from danvan.units.kinds import Tree
from danvan.units.models import Area, AreaVersion, Unit
from danvan.units.queries import (
    known_area,
    seat_at,
    seat_of,
    shard_of_area,
    shard_of_unit,
    unit_answering_for,
    unit_in_force,
)
from tests.world import TODAY, a_unit

DAYS = [date(2024, 5, 1), date(2025, 6, 30), date(2025, 7, 1), TODAY]


def is_there(area, on) -> bool:
    return any((v.valid_from or on) <= on and (v.valid_to is None or v.valid_to > on)
               for v in AreaVersion.objects.filter(area=area))  # fmt: skip


@pytest.mark.parametrize("trees", [(Tree.GOVERNMENT,), (Tree.POLICE, Tree.GOVERNMENT), (Tree.ARMY,)])
def test_who_answers_at_every_place_and_in_which_shards(world, trees):
    a_unit(name="Ban Quản lý chợ", area=world.xa_binh_an, parent=world.ubnd_binh_an)
    for area in Area.objects.all():
        for on in DAYS:
            units = (unit_answering_for(area.id, tree, on) for tree in trees)
            unit = next((unit for unit in units if unit), None) if is_there(area, on) else None
            seat = seat_at(area.id, trees, on)
            assert (seat and (seat.unit_id, seat.home_area, seat.held_in)) == (
                unit and (unit.unit_id, shard_of_area(area.id, on), shard_of_unit(unit.unit_id, on))
            )


def test_where_a_chosen_unit_stands(world):
    a_unit(name="Phòng không có địa bàn", area=None, parent=world.ubnd_tinh_ban)
    for unit in Unit.objects.all():
        for area in (world.xa_binh_an, world.xa_binh_cu, world.tinh_ban):
            for on in DAYS:
                try:
                    expected = unit_in_force(unit.id, on).unit_id
                    known_area(area.id, on)
                except Invalid:
                    assert seat_of(unit.id, area.id, on) is None
                else:
                    seat = seat_of(unit.id, area.id, on)
                    assert (seat.unit_id, seat.home_area, seat.held_in) == (
                        expected, shard_of_area(area.id, on), shard_of_unit(unit.id, on)
                    )  # fmt: skip


def test_it_costs_one_statement(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        seat_at(world.xa_binh_an.id, (Tree.POLICE, Tree.GOVERNMENT), TODAY)
    with django_assert_num_queries(1):
        seat_of(world.ubnd_tinh.id, world.xa_binh_an.id, TODAY)
