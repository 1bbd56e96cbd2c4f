"""What anybody finds out about a place: what it was on a day, what it was before, what became of it."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches

from danvan.units.access import system
from danvan.units.actions import load_areas
from danvan.units.kinds import Confidence, Event
from danvan.units.models import AreaSuccession
from danvan.units.queries.lookup import dossier, look_up
from tests.world import MERGED, TODAY, an_area, kept

ARTICLE = date(2024, 3, 7)


def text(response) -> str:
    """What stands on the page, without its tags."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture(scope="class")
def catalogue(django_db_setup, django_db_blocker):
    """The whole country, loaded once for these tests and taken out again."""
    with kept(django_db_blocker):
        yield load_areas(by=system("test"))


pytestmark = pytest.mark.django_db


class TestTheWholeCountry:
    @pytest.fixture(autouse=True)
    def loaded(self, catalogue):
        """Every test here stands on the catalogue."""

    def found(self, typed: str, on: date) -> list[tuple[str, bool, list[str]]]:
        shown, _more = look_up(typed, on)
        return [(each.called.name, each.is_there, [edge.name for edge in each.became]) for each in shown]

    @pytest.mark.parametrize("typed", ["An Giang", "an giang", "tỉnh An Giang", "AN GIANG"])
    def test_an_giang_is_two_places_each_of_its_time(self, typed):
        then, now = look_up(typed, ARTICLE)[0][:2], look_up(typed, date(2026, 11, 21))[0][:2]
        assert [(e.called.level.value, e.is_there, e.called.valid_to) for e in then[:1]] == [("province", True, MERGED)]
        assert [(e.called.level.value, e.is_there, e.called.valid_from) for e in now[:1]] == [
            ("province", True, MERGED)
        ]
        assert then[0].area_id != now[0].area_id
        assert [edge.name for edge in then[0].became] == ["Tỉnh An Giang"]
        assert then[0].became[0].area_id == now[0].area_id

    def test_hau_giang_became_part_of_can_tho(self):
        assert self.found("hau giang", date(2026, 11, 21)) == [("Tỉnh Hậu Giang", False, ["Thành phố Cần Thơ"])]

    def test_a_place_can_be_found_by_its_code(self):
        assert ("Tỉnh Hậu Giang", True, ["Thành phố Cần Thơ"]) in self.found("93", ARTICLE)

    def test_behind_a_comma_the_place_above_may_be_named(self):
        shown, _more = look_up("huyện Phú Tân, An Giang", ARTICLE)
        assert [(each.called.name, each.called.within) for each in shown] == [("Huyện Phú Tân", "Tỉnh An Giang")]

    def test_a_common_word_says_that_there_are_more(self):
        shown, more = look_up("phường", ARTICLE)
        assert (len(shown), more) == (30, True)

    @pytest.mark.parametrize("typed", ["phường", "hậu giang", "không đâu cả"])
    def test_looking_up_costs_four_queries_whatever_is_typed(self, typed, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            look_up(typed, ARTICLE)

    def test_a_divided_commune_is_said_not_to_add_up(self, client):
        divided = AreaSuccession.objects.filter(event="split", share=None).order_by("id").first()
        page = text(client.get(f"/dia-danh/tra/{divided.before_id}/?on=21/11/2026"))
        assert "không cộng thẳng được" in page
        assert "Địa danh này đã bị chia" in page


def test_an_ended_commune_says_what_it_is_today(client, world):
    page = text(client.get(f"/dia-danh/tra/{world.xa_binh_cu.pk}/?on=12/03/2026"))
    assert (
        "Vào ngày 12/03/2026 địa danh này không còn; tên trên dùng đến trước ngày 01/07/2025. Nay là: Xã Bình An ."
        in page
    )
    assert "Xã Bình An 01/07/2025 sáp nhập toàn bộ dữ liệu thử · theo văn bản" in page


def test_before_it_began_a_place_says_when_it_begins(client, world):
    page = text(client.get(f"/dia-danh/tra/{world.xa_binh_an.pk}/?on=07/03/2024"))
    assert "Vào ngày 07/03/2024 chưa có địa danh này; tên trên dùng từ ngày 01/07/2025." in page


def test_a_place_says_where_it_came_from(world):
    shown = dossier(world.xa_binh_an.pk, TODAY)
    assert [(edge.name, edge.on, edge.event) for edge in shown.came_from] == [("Xã Bình Cũ", MERGED, Event.MERGE)]
    assert (shown.is_divided, shown.became) == (False, ())


def test_places_of_the_day_come_before_those_of_another(client, world):
    def order(day: str) -> list[str]:
        page = client.get("/dia-danh/tra/", {"q": "bình", "on": day}).content.decode()
        return re.findall(r"<b>(Xã [^<]+)</b>", page)

    assert [order("07/03/2024"), order("12/03/2026")] == [["Xã Bình Cũ", "Xã Bình An"], ["Xã Bình An", "Xã Bình Cũ"]]


def test_the_page_says_which_data_it_stands_on(client, world):
    page = text(client.get("/dia-danh/tra/"))
    assert "Dữ liệu địa danh bản 2026.09.25, đã tìm các thay đổi đến hết ngày 25/09/2026." in page
    assert "202/2025/QH15" in text(client.get("/dia-danh/nguon/"))


def test_a_day_that_is_none_is_refused_at_its_field(client, world):
    page = text(client.get("/dia-danh/tra/", {"q": "Bình", "on": "31/02/2026"}))
    assert "Ngày chưa đúng; viết như 21/08/2026." in page


def test_nothing_found_says_so_and_how_to_go_on(client, world):
    assert "Không tìm thấy “zzz”" in text(client.get("/dia-danh/tra/", {"q": "zzz"}))


@pytest.mark.parametrize("address", ["/dia-danh/tra/", "/dia-danh/"])
def test_one_address_searches_240_times_a_minute_and_then_waits(client, world, frozen, address):
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    caches["memory"].clear()
    answers = [client.get(address, {"q": "zzz"}).status_code for _ in range(241)]
    assert answers == [200] * 240 + [429]
    assert client.get(address, {"q": "zzz"}, **elsewhere).status_code == 200
    assert client.get("/dia-danh/tra/").status_code == 200
    frozen.shift(timedelta(minutes=1))
    assert client.get(address, {"q": "zzz"}).status_code == 200


def test_an_unknown_place_is_not_there(client, world):
    assert client.get("/dia-danh/tra/00000000-0000-0000-0000-000000000000/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_place_costs_the_same_however_much_became_of_it(world, count, django_assert_num_queries):
    for number in range(count):
        part = an_area(name=f"Phần {number}", code=f"9910{number}", parent=world.tinh_mau, valid_from=MERGED)
        AreaSuccession.objects.create(
            before=world.xa_phu_loc, after=part, on=MERGED, event=Event.SPLIT, source="dữ liệu thử",
            confidence=Confidence.DERIVED,
        )  # fmt: skip
    with django_assert_num_queries(6):
        shown = dossier(world.xa_phu_loc.pk, TODAY)
    assert (len(shown.became), shown.is_divided) == (count, True)


def test_machines_read_the_same(client, world):
    answer = client.get("/api/v1/areas", {"q": "bình cũ", "on": "2026-03-12"}).json()
    assert [(a["called"]["name"], a["is_there"], a["became"][0]["name"]) for a in answer["areas"]] == [
        ("Xã Bình Cũ", False, "Xã Bình An")
    ]
    assert answer["data_version"] == "2026.09.25"
    one = client.get(f"/api/v1/areas/{world.xa_binh_an.pk}").json()
    assert [edge["name"] for edge in one["came_from"]] == ["Xã Bình Cũ"]


def test_machines_are_told_what_is_wrong_with_a_question(client, world):
    answer = client.get("/api/v1/areas", {"q": "b"})
    assert (answer.status_code, answer.json()["field"]) == (422, "q")
