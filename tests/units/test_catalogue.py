"""The packaged areas keep what they promise: the right counts, no gaps, and old names that lead to today's places."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

import pytest

from danvan.units.catalogue import (
    CENTRAL_SHARD,
    AreaRow,
    AreaVersionRow,
    SuccessionRow,
    read_aliases,
    read_areas,
    read_data_version,
    read_home_areas,
    read_succession,
    read_tile_grid,
)

ARTICLE = date(2024, 3, 7)
LAST_DAY = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
TODAY = date(2026, 11, 21)

FROZEN_SHARDS = (
    *(1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40),
    *(42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80, 82, 86, 91, 92, 96),
)


@cache
def areas() -> dict[str, AreaRow]:
    return {area.key: area for area in read_areas()}


@cache
def edges() -> tuple[SuccessionRow, ...]:
    return read_succession()


@cache
def successors() -> dict[str, list[SuccessionRow]]:
    found: dict[str, list[SuccessionRow]] = defaultdict(list)
    for edge in edges():
        found[edge.from_key].append(edge)
    return found


@cache
def standing(day: date) -> dict[str, AreaVersionRow]:
    return {key: version for key, area in areas().items() if (version := area.on(day))}


def named(full_name: str, day: date, parent: str | None = None) -> str:
    (key,) = (
        key
        for key, version in standing(day).items()
        if version.full_name == full_name and (parent is None or version.parent_key == parent)
    )
    return key


def names_today(keys: Iterable[str]) -> set[str]:
    present = standing(TODAY)
    return {present[key].full_name for key in keys}


def lies_in(full_name: str, province: str) -> set[str]:
    """Today's communes in which a former district of a former province lies."""
    district = named(full_name, ARTICLE, parent=named(province, ARTICLE))
    return names_today(edge.to_key for edge in successors()[district])


def took_over(commune: str) -> set[str]:
    """Full names of the former communes that a commune of today was made from."""
    before = standing(LAST_DAY)
    return {before[edge.from_key].full_name for edge in edges() if edge.to_key == commune and edge.event != "end"}


def count(day: date) -> Counter[str]:
    return Counter(areas()[key].level for key in standing(day))


def count_types(day: date, level: str) -> Counter[str]:
    return Counter(version.prefix for key, version in standing(day).items() if areas()[key].level == level)


def chain(key: str, day: date) -> list[str]:
    """The levels from an area up to its province on a day."""
    present = standing(day)
    levels: list[str] = []
    step: str | None = key
    while step is not None:
        levels.append(areas()[step].level)
        step = present[step].parent_key
    return levels


# --- Counts -----------------------------------------------------------------------------------------


def test_the_day_before_the_reform_has_three_levels() -> None:
    assert count(LAST_DAY) == {"province": 63, "district": 696, "commune": 10_035}


def test_the_reform_leaves_two_levels() -> None:
    assert count(REFORM) == {"province": 34, "commune": 3_321}
    assert count_types(REFORM, "province") == {"Thành phố": 6, "Tỉnh": 28}
    assert count_types(REFORM, "commune") == {"Xã": 2_621, "Phường": 687, "Đặc khu": 13}


@pytest.mark.parametrize(
    ("day", "cities", "wards"),
    [
        (date(2026, 4, 29), 6, 687),
        (date(2026, 4, 30), 7, 697),
        (date(2026, 9, 1), 8, 697),
        (date(2026, 9, 20), 9, 709),
        (TODAY, 9, 709),
    ],
)
def test_the_acts_of_2026_change_names_and_no_territory(day: date, cities: int, wards: int) -> None:
    assert count(day) == {"province": 34, "commune": 3_321}
    assert count_types(day, "province") == {"Thành phố": cities, "Tỉnh": 34 - cities}
    assert count_types(day, "commune") == {"Xã": 3_321 - 13 - wards, "Phường": wards, "Đặc khu": 13}


@pytest.mark.parametrize(
    ("province", "communes"), [("Tỉnh Hà Tĩnh", 69), ("Thành phố Cần Thơ", 103), ("Tỉnh An Giang", 102)]
)
def test_provinces_of_the_articles_have_their_communes(province: str, communes: int) -> None:
    key = named(province, TODAY)
    assert sum(version.parent_key == key for version in standing(TODAY).values()) == communes


# --- One territory, one key -------------------------------------------------------------------------


def test_an_giang_of_2024_is_not_an_giang_of_today() -> None:
    before, today = named("Tỉnh An Giang", ARTICLE), named("Tỉnh An Giang", TODAY)
    assert before != today
    merged = {edge.from_key for edge in edges() if edge.to_key == today}
    assert merged == {before, named("Tỉnh Kiên Giang", ARTICLE)}


def test_a_code_used_again_does_not_join_two_provinces() -> None:
    carriers = {(day, v.name) for day in (ARTICLE, TODAY) for v in standing(day).values() if v.code == "91"}
    assert carriers == {(ARTICLE, "Kiên Giang"), (TODAY, "An Giang")}


def test_a_commune_code_used_again_does_not_join_two_communes() -> None:
    carriers = {(day, v.full_name) for day in (ARTICLE, TODAY) for v in standing(day).values() if v.code == "31321"}
    assert carriers == {(ARTICLE, "Phường III"), (TODAY, "Phường Vị Thanh")}
    assert named("Phường III", ARTICLE) not in standing(TODAY)


def test_eleven_provinces_continue_through_the_reform() -> None:
    kept = {key for key in standing(LAST_DAY) if areas()[key].level == "province"} & standing(REFORM).keys()
    assert {standing(REFORM)[key].name for key in kept} == {
        *("Hà Nội", "Huế", "Cao Bằng", "Hà Tĩnh", "Điện Biên", "Lai Châu"),
        *("Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La", "Thanh Hóa"),
    }


def test_thua_thien_hue_became_the_city_of_hue_on_new_years_day_2025() -> None:
    assert named("Thành phố Huế", date(2025, 1, 1)) == named("Tỉnh Thừa Thiên Huế", date(2024, 12, 31))


def test_an_untouched_commune_keeps_its_key_and_changes_its_parent() -> None:
    hoa_hung = areas()[named("Xã Mỹ Hòa Hưng", TODAY)]
    assert [version.parent_key for version in hoa_hung.versions] == [
        named("Thành phố Long Xuyên", LAST_DAY),
        named("Tỉnh An Giang", TODAY),
    ]


def test_an_giang_kept_six_communes_and_tho_chau_whole() -> None:
    key = named("Tỉnh An Giang", TODAY)
    kept = {v.full_name for k, v in standing(TODAY).items() if v.parent_key == key and k in standing(LAST_DAY)}
    assert kept == {
        *("Xã Mỹ Hòa Hưng", "Xã Bình Giang", "Xã Bình Sơn", "Xã Hòn Nghệ", "Xã Sơn Hải", "Xã Tiên Hải"),
        "Đặc khu Thổ Châu",
    }


# --- Old names lead to today's places ---------------------------------------------------------------


def test_hau_giang_lies_in_can_tho() -> None:
    (edge,) = successors()[named("Tỉnh Hậu Giang", ARTICLE)]
    assert (edge.to_key, edge.event, edge.share) == (named("Thành phố Cần Thơ", TODAY), "merge", Decimal(1))
    assert not any(version.name == "Hậu Giang" for version in standing(TODAY).values())


def test_the_city_of_nga_bay_lies_in_two_wards() -> None:
    assert lies_in("Thành phố Ngã Bảy", "Tỉnh Hậu Giang") == {"Phường Ngã Bảy", "Phường Đại Thành"}


def test_the_towns_of_an_giang_in_the_article_lie_in_these_communes() -> None:
    assert lies_in("Thị xã Tân Châu", "Tỉnh An Giang") == {
        *("Phường Tân Châu", "Phường Long Phú", "Xã Tân An", "Xã Châu Phong", "Xã Vĩnh Xương"),
    }
    assert lies_in("Thị xã Tịnh Biên", "Tỉnh An Giang") == {
        *("Phường Tịnh Biên", "Phường Thới Sơn", "Phường Chi Lăng", "Xã Núi Cấm", "Xã An Cư"),
    }


def test_two_districts_called_phu_tan_are_told_apart() -> None:
    assert lies_in("Huyện Phú Tân", "Tỉnh An Giang") == {
        *("Xã Phú Tân", "Xã Phú An", "Xã Bình Thạnh Đông", "Xã Chợ Vàm", "Xã Hòa Lạc", "Xã Phú Lâm"),
    }
    assert lies_in("Huyện Phú Tân", "Tỉnh Cà Mau") == {
        *("Xã Phú Tân", "Xã Phú Mỹ", "Xã Cái Đôi Vàm", "Xã Nguyễn Việt Khái"),
    }


@pytest.mark.parametrize(
    ("commune", "province", "made_of"),
    [
        ("Phường Vị Thanh", "Thành phố Cần Thơ", {"Phường I", "Phường III", "Phường VII"}),
        ("Xã Tri Tôn", "Tỉnh An Giang", {"Thị trấn Tri Tôn", "Xã Châu Lăng", "Xã Núi Tô"}),
        ("Xã Nhựt Tảo", "Tỉnh Tây Ninh", {"Xã Tân Bình", "Xã Quê Mỹ Thạnh", "Xã Lạc Tấn", "Xã Nhị Thành"}),
    ],
)
def test_a_commune_of_today_was_made_of_the_communes_its_resolution_names(
    commune: str, province: str, made_of: set[str]
) -> None:
    assert took_over(named(commune, TODAY, parent=named(province, TODAY))) == made_of


def test_communes_of_one_name_are_not_sent_to_each_others_successor() -> None:
    can_tho = named("Xã Tân Thạnh", LAST_DAY, parent=named("Huyện Thới Lai", LAST_DAY))
    soc_trang = named("Xã Tân Thạnh", LAST_DAY, parent=named("Huyện Long Phú", LAST_DAY))
    assert names_today(edge.to_key for edge in successors()[can_tho]) == {"Xã Trường Thành"}
    assert names_today(edge.to_key for edge in successors()[soc_trang]) == {"Xã Tân Thạnh"}


# --- Nothing hangs loose ----------------------------------------------------------------------------


def test_versions_of_an_area_follow_each_other_without_a_gap() -> None:
    for area in areas().values():
        for earlier, later in zip(area.versions, area.versions[1:], strict=False):
            assert earlier.valid_to == later.valid_from, area.key
            assert earlier.end_reason, area.key


def test_every_ended_area_says_why_and_what_became_of_it() -> None:
    for area in areas().values():
        assert bool(area.end_reason) == (area.valid_to is not None) == (area.key in successors()), area.key


def test_a_successor_begins_the_day_its_predecessor_ends_or_was_there_already() -> None:
    for edge in edges():
        before, after = areas()[edge.from_key], areas()[edge.to_key]
        assert before.valid_to == edge.on_date
        assert after.on(edge.on_date)
        if edge.event != "end":
            assert after.valid_from == edge.on_date, edge


def test_every_new_area_came_from_somewhere() -> None:
    sources = {edge.to_key for edge in edges()}
    assert {area.key for area in areas().values() if area.valid_from is not None} <= sources


def test_no_area_succeeds_itself_however_far_one_follows() -> None:
    ends = {edge.from_key for edge in edges()}
    assert ends & {edge.to_key for edge in edges()} == set()


@pytest.mark.parametrize("day", [date(1976, 7, 2), ARTICLE, LAST_DAY])
def test_before_the_reform_every_commune_stands_in_a_district_of_a_province(day: date) -> None:
    found = {tuple(chain(key, day)) for key in standing(day)}
    assert found == {("commune", "district", "province"), ("district", "province"), ("province",)}


@pytest.mark.parametrize("day", [REFORM, date(2026, 4, 30), TODAY])
def test_since_the_reform_every_commune_stands_in_a_province(day: date) -> None:
    found = {tuple(chain(key, day)) for key in standing(day)}
    assert found == {("commune", "province"), ("province",)}


def test_a_parent_outlasts_every_version_placed_in_it() -> None:
    for area in areas().values():
        for version in area.versions:
            if version.parent_key is None:
                continue
            parent = areas()[version.parent_key]
            assert parent.on(version.valid_from or date.min), area.key
            assert version.valid_to is None or parent.on(version.valid_to - timedelta(days=1)), area.key


def test_names_and_codes_are_unique_where_people_must_tell_them_apart() -> None:
    for day in (LAST_DAY, REFORM, TODAY):
        present = standing(day)
        codes = Counter((areas()[key].level, version.code) for key, version in present.items())
        names = Counter((version.parent_key, version.full_name) for version in present.values())
        assert max(codes.values()) == 1
        assert max(names.values()) == 1


# --- What may be added up ---------------------------------------------------------------------------


def test_a_divided_area_has_one_default_and_no_share_to_add_up_with() -> None:
    divided = {key: rows for key, rows in successors().items() if rows[0].event == "split"}
    assert len(divided) == 441
    for key, rows in divided.items():
        assert len(rows) > 1, key
        assert sum(edge.is_default for edge in rows) == 1, key
        assert not any(edge.can_rebase for edge in rows), key


def test_an_area_taken_over_whole_has_one_successor_with_all_of_it() -> None:
    for key, rows in successors().items():
        if rows[0].event == "merge" or len(rows) == 1:
            assert [(edge.share, edge.is_default) for edge in rows] == [(Decimal(1), True)], key


def test_a_district_lies_exactly_where_its_communes_went() -> None:
    went: dict[str | None, set[str]] = defaultdict(set)
    for key, version in standing(LAST_DAY).items():
        if areas()[key].level == "commune":
            went[version.parent_key] |= {edge.to_key for edge in successors().get(key, ())} or {key}
    for district, communes in went.items():
        assert {edge.to_key for edge in successors()[district or ""]} == communes, district


def test_island_districts_without_communes_became_special_zones() -> None:
    alone = {key for key in standing(LAST_DAY) if areas()[key].level == "district"} - {
        version.parent_key for version in standing(LAST_DAY).values()
    }
    assert {name for key in alone for name in names_today(edge.to_key for edge in successors()[key])} == {
        *("Đặc khu Bạch Long Vĩ", "Đặc khu Cồn Cỏ", "Đặc khu Hoàng Sa", "Đặc khu Lý Sơn", "Đặc khu Côn Đảo"),
    }


# --- The other tables -------------------------------------------------------------------------------


def test_shard_codes_are_frozen() -> None:
    assert tuple(sorted({row.shard for row in read_home_areas()})) == FROZEN_SHARDS
    assert CENTRAL_SHARD not in FROZEN_SHARDS


def test_every_province_has_one_shard_as_long_as_it_lasts() -> None:
    provinces = {(a.key, a.valid_from, a.valid_to) for a in areas().values() if a.level == "province"}
    rows = [(row.area_key, row.valid_from, row.valid_to) for row in read_home_areas()]
    assert (set(rows), len(rows)) == (provinces, len(provinces))


def test_a_former_province_shares_the_shard_of_its_successor() -> None:
    shard = {row.area_key: row.shard for row in read_home_areas()}
    assert shard[named("Tỉnh Hậu Giang", ARTICLE)] == 92
    assert shard[named("Tỉnh An Giang", ARTICLE)] == 91
    for edge in edges():
        if edge.from_key in shard:
            assert shard[edge.from_key] == shard[edge.to_key]


def test_the_tile_grid_shows_each_province_of_today_once_and_both_archipelagos() -> None:
    grid = read_tile_grid()
    provinces = {key for key in standing(TODAY) if areas()[key].level == "province"}
    squares = [(tile.column, tile.row) for tile in (*grid.tiles, *grid.marks)]
    assert ({tile.area_key for tile in grid.tiles}, len(grid.tiles)) == (provinces, 34)
    assert len(set(squares)) == 36
    assert all(column < grid.columns and row < grid.rows for column, row in squares)
    assert {(mark.label, standing(TODAY)[mark.area_key].name) for mark in grid.marks} == {
        ("Hoàng Sa (Đà Nẵng)", "Đà Nẵng"),
        ("Trường Sa (Khánh Hòa)", "Khánh Hòa"),
    }


def test_an_alias_is_another_name_of_an_area_we_have() -> None:
    rows = read_aliases()
    assert len({(row.key, row.alias) for row in rows}) == len(rows)
    for row in rows:
        assert row.alias not in {version.full_name for version in areas()[row.key].versions}, row


def test_every_source_named_by_an_edge_is_described() -> None:
    text = (files("danvan.units") / "data/areas/sources.toml").read_text(encoding="utf-8")
    described = {source["id"] for source in tomllib.loads(text)["source"]}
    assert {edge.source for edge in edges()} <= described


def test_the_data_say_until_when_they_are_known() -> None:
    assert read_data_version().known_until >= max(
        version.valid_from for area in areas().values() for version in area.versions if version.valid_from
    )
