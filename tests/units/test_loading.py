"""The packaged areas in the database, and agencies from a spreadsheet."""

from datetime import date

import pytest

from danvan.base.errors import Invalid, Refused
from danvan.units.access import system
from danvan.units.actions import load_agencies, load_areas, read_agencies
from danvan.units.models import Area, AreaVersion, UnitClosure, UnitVersion
from danvan.units.queries import (
    area_named,
    communes_of,
    known_area,
    provinces,
    search_areas,
    shard_of_area,
    unit_answering_for,
)
from tests.units.sheets import sheet
from tests.world import AT, kept

LOADER = system("test")
TODAY = date(2026, 11, 21)
BEFORE = date(2024, 3, 7)


@pytest.fixture(scope="module")
def areas(django_db_setup, django_db_blocker):
    """The whole catalogue, loaded once for this file and taken out again."""
    with kept(django_db_blocker):
        yield load_areas(by=LOADER)


pytestmark = pytest.mark.django_db


def found(typed: str) -> list[tuple[str, bool, list[str]]]:
    return [(p.name, p.ended_on is None, [t.name for t in p.today]) for p in search_areas(typed, TODAY)]


def test_the_country_has_34_provinces_and_3321_communes_and_had_63(areas):
    assert provinces(TODAY).count() == 34
    assert AreaVersion.objects.filter(level="commune", valid_to=None).count() == 3321
    assert provinces(BEFORE).count() == 63


def test_loading_twice_changes_nothing(areas):
    ids = set(Area.objects.values_list("id", flat=True))
    assert load_areas(by=LOADER) == areas
    assert set(Area.objects.values_list("id", flat=True)) == ids


def test_an_giang_of_2024_and_of_today_are_different_territories(areas):
    then, now = provinces(BEFORE).get(name="An Giang"), provinces(TODAY).get(name="An Giang")
    assert then.area_id != now.area_id
    names = set(communes_of(now.area_id, TODAY).values_list("full_name", flat=True))
    assert "Đặc khu Phú Quốc" in names
    assert "Đặc khu Phú Quốc" not in set(communes_of(then.area_id, BEFORE).values_list("full_name", flat=True))


@pytest.mark.parametrize("typed", ["Hậu Giang", "hau giang", "HẬU GIANG", "Hâ\u0323u Giang"])
def test_a_vanished_province_is_found_and_leads_to_its_successor(areas, typed):
    assert found(typed) == [("Tỉnh Hậu Giang", False, ["Thành phố Cần Thơ"])]


def test_a_vanished_town_leads_to_the_wards_of_today(areas):
    assert found("thành phố Ngã Bảy") == [("Thành phố Ngã Bảy", False, ["Phường Ngã Bảy", "Phường Đại Thành"])]


def test_two_districts_of_one_name_are_told_apart_by_their_province(areas):
    districts = [(p.within, p.ended_on) for p in search_areas("huyện Phú Tân", TODAY) if p.name == "Huyện Phú Tân"]
    assert districts == [("Tỉnh An Giang", date(2025, 7, 1)), ("Tỉnh Cà Mau", date(2025, 7, 1))]


def test_the_number_of_queries_does_not_depend_on_what_is_typed(areas, django_assert_max_num_queries):
    for typed in ("phường", "xã tân", "hà tĩnh", "không đâu cả"):
        with django_assert_max_num_queries(12):
            search_areas(typed, TODAY)


def test_one_letter_searches_nothing(areas, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search_areas("h", TODAY) == []


def test_an_ended_area_is_refused_with_the_names_of_its_successors(areas):
    town = AreaVersion.objects.get(full_name="Thành phố Ngã Bảy", level="district").area_id
    with pytest.raises(Invalid, match="Phường Ngã Bảy, Thành phố Cần Thơ"):
        known_area(town, TODAY)
    assert area_named(town, BEFORE) == "Thành phố Ngã Bảy, Tỉnh Hậu Giang"


def test_a_former_province_keeps_the_shard_of_its_successor(areas):
    town = AreaVersion.objects.get(full_name="Thành phố Ngã Bảy", level="district").area_id
    assert (shard_of_area(town, BEFORE), shard_of_area(provinces(TODAY).get(name="Cần Thơ").area_id, TODAY)) == (92, 92)


GOOD = ("ubnd-x", "UBND tỉnh X", "", "UBND", "Chính quyền", "Cấp tỉnh", "", "", date(2025, 7, 1), "")
BELOW = ("ubnd-y", "UBND xã Y", "", "UBND", "chinh quyen", "Cấp xã", "ubnd-x", "", "01/07/2025", "")


def test_agencies_come_from_a_sheet_with_parents_in_any_order(db):
    assert load_agencies(data=sheet(BELOW, GOOD), by=LOADER, at=AT) == 2
    assert set(UnitVersion.objects.values_list("name", "valid_from")) == {
        ("UBND tỉnh X", date(2025, 7, 1)),
        ("UBND xã Y", date(2025, 7, 1)),
    }
    assert UnitClosure.objects.filter(depth=1).count() == 1


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (1, "", "Cột “Tên đơn vị” đang trống."),
        (4, "Công đoàn", "“Công đoàn” phải là một trong"),
        (6, "không-có", "không có đơn vị “không-có”"),
        (7, "99999", "không có mã “99999”"),
        (8, "31/02/2025", "“31/02/2025” không có trong lịch"),
    ],
)
def test_each_wrong_row_says_why_and_nothing_is_loaded(db, column, value, sentence):
    wrong = list(BELOW)
    wrong[column] = value
    data = sheet(GOOD, tuple(wrong))
    assert [sentence in v.sentence for v in read_agencies(data, by=LOADER, on=TODAY)] == [False, True]
    with pytest.raises(Refused, match="dòng 3"):
        load_agencies(data=data, by=LOADER, at=AT)
    assert UnitVersion.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_spreadsheet_is_refused(db, data):
    with pytest.raises(Invalid, match=r"^Tệp"):
        read_agencies(data, by=LOADER, on=TODAY)


def test_other_columns_are_refused_with_the_right_ones_named(db):
    with pytest.raises(Invalid, match="Mã khóa, Tên đơn vị"):
        read_agencies(sheet(("a",), heads=("Tên",)), by=LOADER, on=TODAY)


def test_the_unit_that_answers_is_the_nearest_one_of_its_tree(world):
    from danvan.units.kinds import Tree
    from tests.world import TODAY as DAY

    assert unit_answering_for(world.xa_binh_an.id, Tree.POLICE, DAY).unit_id == world.cong_an_binh_an.id
    assert unit_answering_for(world.xa_phu_loc.id, Tree.POLICE, DAY).unit_id == world.cong_an_tinh.id
    assert unit_answering_for(world.xa_ben.id, Tree.ARMY, DAY) is None
