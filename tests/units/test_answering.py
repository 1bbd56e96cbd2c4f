"""Who answers for a place, where several offices sit in it."""

from datetime import date

import pytest

from danvan.base.errors import Invalid
from danvan.units.kinds import Level, Tree
from danvan.units.models import Unit, UnitVersion
from danvan.units.queries import shard_of_unit, shards_of_units, unit_answering_for, unit_in_force
from tests.world import TODAY, a_unit


def test_a_department_never_answers_before_the_office_over_it(world):
    a_unit(name="Ban Quản lý chợ", area=world.xa_binh_an, parent=world.ubnd_binh_an)
    assert unit_answering_for(world.xa_binh_an.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_binh_an.id
    assert unit_answering_for(world.tinh_mau.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_tinh.id


def test_an_office_alone_in_its_place_answers_though_its_superior_sits_elsewhere(world):
    a_unit(name="Văn phòng Ủy ban nhân dân tỉnh", area=world.tinh_mau, parent=world.ubnd_tinh, level=Level.PROVINCE)
    assert unit_answering_for(world.xa_phu_loc.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_phu_loc.id


def test_where_many_units_stand_is_where_each_of_them_stands(world):
    """On days before and after the change of 01/07/2025; of a unit that was not in force on a day nothing is told."""
    a_unit(name="Phòng không có địa bàn", area=None, parent=world.ubnd_tinh_ban)
    days = [date(2024, 5, 1), date(2025, 6, 30), date(2025, 7, 1), TODAY]
    alone = {}
    for unit in Unit.objects.all():
        for on in days:
            try:
                unit_in_force(unit.id, on)
            except Invalid:
                with pytest.raises(Invalid):
                    shards_of_units([(unit.id, on)])
            else:
                alone[unit.id, on] = shard_of_unit(unit.id, on)
    assert shards_of_units(alone) == alone and len(set(alone.values())) > 1
    assert len(alone) < UnitVersion.objects.count() * len(days)
