"""Finding today's commune in the real catalogue, by the names people still use."""

import pytest

from danvan.matters.queries.places import communes_to_choose, places_to_choose
from danvan.units.access import system
from danvan.units.actions import load_areas
from danvan.units.kinds import Level
from danvan.units.models import AreaVersion
from tests.world import TODAY, a_unit, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seated(django_db_setup, django_db_blocker):
    """The areas of the country, and a government office in three provinces of today."""
    with kept(django_db_blocker):
        load_areas(by=system("load-areas"))
        now = AreaVersion.objects.filter(level=Level.PROVINCE, valid_to__isnull=True).select_related("area")
        seats = {row.full_name: row.area for row in now if row.name in {"Cần Thơ", "An Giang", "Cà Mau"}}
        for name, area in seats.items():
            a_unit(name=f"Ủy ban nhân dân {name}", area=area, level=Level.PROVINCE)
        yield seats


def found(typed: str) -> list[tuple[str, str]]:
    return [(choice.name, choice.within) for choice in places_to_choose(typed, TODAY).shown]


def test_old_names_lead_to_what_they_became(seated):
    assert found("Hậu Giang") == [("Thành phố Cần Thơ", "")]
    assert found("thành phố Ngã Bảy") == [
        ("Phường Ngã Bảy", "Thành phố Cần Thơ"),
        ("Phường Đại Thành", "Thành phố Cần Thơ"),
    ]
    assert {within for _name, within in found("huyện Phú Tân")} == {"Tỉnh An Giang", "Tỉnh Cà Mau"}


def test_a_comma_and_a_province_narrow_a_common_name(seated):
    assert {within for _name, within in found("huyen phu tan, ca mau")} == {"Tỉnh Cà Mau"}
    assert found("Bình An, An Giang")[0] == ("Xã Bình An", "Tỉnh An Giang")


def test_places_of_other_provinces_are_not_offered_where_nobody_answers(seated):
    assert {within for _name, within in found("Bình An")} <= {"Tỉnh An Giang", "Tỉnh Cà Mau", "Thành phố Cần Thơ"}
    assert places_to_choose("Thành Sen", TODAY).unserved == ["Phường Thành Sen, Tỉnh Hà Tĩnh"]


def test_a_province_offers_all_its_communes(seated):
    communes = communes_to_choose(seated["Thành phố Cần Thơ"].id, TODAY)
    assert (len(communes), "Phường Ngã Bảy" in {commune.name for commune in communes}) == (103, True)
