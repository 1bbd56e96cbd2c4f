"""Who answers for a place, where several offices sit in it."""

from danvan.units.kinds import Level, Tree
from danvan.units.queries import unit_answering_for
from tests.world import TODAY, a_unit


def test_a_department_never_answers_before_the_office_over_it(world):
    a_unit(name="Ban Quản lý chợ", area=world.xa_binh_an, parent=world.ubnd_binh_an)
    assert unit_answering_for(world.xa_binh_an.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_binh_an.id
    assert unit_answering_for(world.tinh_mau.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_tinh.id


def test_an_office_alone_in_its_place_answers_though_its_superior_sits_elsewhere(world):
    a_unit(name="Văn phòng Ủy ban nhân dân tỉnh", area=world.tinh_mau, parent=world.ubnd_tinh, level=Level.PROVINCE)
    assert unit_answering_for(world.xa_phu_loc.id, Tree.GOVERNMENT, TODAY).unit_id == world.ubnd_phu_loc.id
