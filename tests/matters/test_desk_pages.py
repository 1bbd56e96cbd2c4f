"""The officer's pages: what they show, whom they turn away, and that they cost the same however full they are."""

import io
import re

import pytest
from django.core.cache import cache
from PIL import Image

from danvan.matters.actions import Sender
from danvan.matters.kinds import Intake, Kind, ReplyBy
from danvan.matters.models import Matter
from danvan.outreach.jobs import deliver
from danvan.outreach.models import Notice
from danvan.people.models import ContactOpening
from tests.matters.portal_walk import a_photo, text
from tests.matters.told import BRIDGE, at, does, told

pytestmark = pytest.mark.usefixtures("frozen")


def url(matter: Matter, *parts: str) -> str:
    return "/".join(["/viec", matter.code, *parts, ""])


@pytest.fixture
def bridge(world) -> Matter:
    return told(world.xa_binh_an, points=["Làm lan can", "Đặt biển báo"])


# Today and the list


def test_the_day_begins_with_what_is_late_and_a_button_for_what_is_new(world, nam, sign_in, bridge):
    late = told(world.xa_binh_an, when=at(-20))
    page = text(sign_in(nam).get("/hom-nay/"))
    assert late.code in page and bridge.code in page and f'action="{url(bridge, "buoc", "accept")}"' in page


def test_one_press_takes_up_what_is_new_and_leads_back_to_the_day(nam, sign_in, bridge):
    client = sign_in(nam)
    response = client.post(url(bridge, "buoc", "accept"), {"accept-seen": "1", "next": "today"})
    assert response.url == "/hom-nay/"
    bridge.refresh_from_db()
    assert bridge.current.accepted_on is not None


def test_an_empty_day_says_what_belongs_here(world, nam, sign_in):
    page = text(sign_in(nam).get("/hom-nay/"))
    assert "Hôm nay không có việc nào cần làm ngay" in page and "folder=all" in page


def test_from_above_the_day_names_units_and_no_person(world, nam, lan, sign_in):
    told(world.xa_phu_loc, when=at(-20))
    page = text(sign_in(lan).get("/hom-nay/"))
    assert "Ủy ban nhân dân xã Phú Lộc" in page and nam.name not in page and "Võ Thị Thu" not in page


def test_whom_a_machine_could_not_reach_is_on_the_list_of_the_day_until_reached(world, nam, hoa, sign_in):
    matter = told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(phone=hoa.phone))
    notice = Notice.objects.get()
    deliver.call(str(notice.pk))
    client = sign_in(nam)
    page = text(client.get("/hom-nay/"))
    assert "Cần liên hệ với người gửi" in page and hoa.phone not in page
    client.post(f"/viec/da-lien-he/{notice.pk}/", {"code": matter.code})
    assert "Cần liên hệ với người gửi" not in text(client.get("/hom-nay/"))


def test_the_list_shows_each_matter_with_its_day_and_says_how_late(world, nam, sign_in):
    late = told(world.xa_binh_an, when=at(-20), place="cầu Đỏ")
    page = text(sign_in(nam).get("/viec/?folder=late"))
    assert late.code in page and "Trễ" in page and "Xã Bình An" in page and "cầu Đỏ" in page


def test_an_empty_folder_says_what_belongs_in_it(world, nam, sign_in):
    page = text(sign_in(nam).get("/viec/?folder=paused"))
    assert "Ngăn này đang trống" in page and "đơn đang tạm đình chỉ" in page


def test_searching_a_whole_code_opens_the_matter(nam, sign_in, bridge):
    assert sign_in(nam).get("/viec/", {"q": bridge.code.lower()}).url == url(bridge)


def test_filters_stay_while_one_changes_the_folder_and_turns_the_page(world, nam, sign_in):
    for day in range(51):
        told(world.xa_binh_an, when=at(-day / 10))
    page = text(sign_in(nam).get("/viec/?folder=all&field=roads"))
    assert "folder=late" in page and re.search(r'href="\?[^"]*field=roads[^"]*after=', page)


def test_a_place_typed_without_a_script_is_taken_or_offered(world, nam, sign_in):
    client = sign_in(nam)
    assert f"area={world.xa_binh_an.id}" in client.get("/viec/?folder=all&place=binh+cu").url
    assert "Không có nơi nào tên như vậy" in text(client.get("/viec/?folder=all&place=khongco"))


@pytest.mark.parametrize("query", ["folder=khongco", "after=zz", "unit=8a4e9d2a-0000-7000-8000-000000000000"])
def test_an_address_that_leads_nowhere_is_refused_in_words(world, nam, sign_in, query):
    assert sign_in(nam).get(f"/viec/?{query}").status_code in {404, 422}


@pytest.mark.parametrize("query", ["field=x", "kind=x", "month=2026-99", "area=zz", "unit=zz", "intake=x"])
def test_a_filter_that_cannot_be_read_narrows_nothing(nam, sign_in, bridge, query):
    response = sign_in(nam).get(f"/viec/?folder=all&{query}")
    assert response.status_code == 200 and bridge.code in text(response)


# One matter


def test_the_page_tells_what_was_said_by_when_and_why_that_day(nam, sign_in, bridge):
    page = text(sign_in(nam).get(url(bridge)))
    for shown in (
        BRIDGE,
        "Làm lan can",
        "thứ Năm, ngày 26 tháng 3 năm 2026",
        "Thứ bảy 14/03/2026",
        "Ủy ban nhân dân xã Bình An",
    ):
        assert shown in page


def test_the_page_tells_who_held_it_and_for_how_long(world, nam, sign_in, bridge):
    does(nam, "hand-over", bridge, text="Tuyến tỉnh.", unit_id=world.so_xay_dung.id, when=at(4))
    page = text(sign_in(nam).get(url(bridge)))
    assert "Sở Xây dựng tỉnh Mẫu" in page and "Đã chuyển 1 lần" in page and "Tuyến tỉnh." in page


BUTTONS = {
    "nam": {"accept", "answer", "ask", "hand-over", "add"},
    "tu": {"accept", "answer", "ask", "hand-over", "add", "extend", "urge", "re-date", "cancel"},
    "mai": {"add"},
    "lan": {"hand-over", "extend", "urge", "re-date", "cancel"},
    "kim": set(),
}


@pytest.mark.parametrize(("officer", "verbs"), BUTTONS.items())
def test_the_buttons_are_what_the_role_may_do_now(bridge, request, sign_in, officer, verbs):
    page = text(sign_in(request.getfixturevalue(officer)).get(url(bridge)))
    assert set(re.findall(r"/buoc/([a-z-]+)/", page)) == verbs


def test_no_account_name_stands_on_the_page(nam, tu, sign_in, bridge):
    does(tu, "accept", bridge)
    assert tu.name not in text(sign_in(nam).get(url(bridge)))


def test_a_second_clock_is_told_apart(nam, sign_in, bridge):
    from danvan.matters.actions import give_verdict
    from danvan.matters.kinds import Settled

    does(nam, "answer", bridge, text="Đã làm.", points={1: "a", 2: "b"})
    give_verdict(matter=bridge, settled=Settled.NO, score=2, text="Chưa làm gì.", at=at())
    page = text(sign_in(nam).get(url(bridge)))
    assert "Xem xét lại" in page and "Mở lại để giải quyết" in page and "Chưa được giải quyết" in page


def test_the_text_for_zalo_holds_code_state_and_link_and_nothing_that_was_said(nam, sign_in, bridge):
    page = text(sign_in(nam).get(url(bridge)))
    copied = re.search(r'id="zalo"[^>]*>(.*?)</p>', page, re.DOTALL)[1]
    assert bridge.code in copied and "/tra-cuu/" in copied and "lan can" not in copied and "Cầu" not in copied


def test_the_paper_holds_the_steps_and_no_contact(nam, sign_in, world, hoa):
    matter = told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(name=hoa.name, phone=hoa.phone))
    page = text(sign_in(nam).get(url(matter, "phieu")))
    assert BRIDGE in page and "Đã tiếp nhận" in page and hoa.phone not in page and hoa.name not in page


# The contact


@pytest.fixture
def callable_(world, hoa) -> Matter:
    return told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(name=hoa.name, phone=hoa.phone))


def test_the_contact_is_closed_until_somebody_gives_a_reason(callable_, nam, hoa, sign_in):
    client = sign_in(nam)
    assert hoa.phone not in text(client.get(url(callable_)))
    refused = client.post(url(callable_, "lien-he"), {"reason": " "})
    assert (refused.status_code, ContactOpening.objects.count()) == (422, 0)
    opened = client.post(url(callable_, "lien-he"), {"reason": "Gọi hỏi vị trí lan can"})
    assert hoa.phone in text(opened) and hoa.name in text(opened)
    assert list(ContactOpening.objects.values_list("label", "reason")) == [(nam.post.title, "Gọi hỏi vị trí lan can")]
    assert hoa.phone not in text(client.get(url(callable_)))


@pytest.mark.parametrize(("officer", "status"), [("mai", 403), ("lan", 403), ("kim", 403), ("thu", 404), ("vu", 404)])
def test_nobody_else_opens_it(callable_, request, sign_in, hoa, officer, status):
    client = sign_in(request.getfixturevalue(officer))
    responses = [client.post(url(callable_, "lien-he"), {"reason": reason}) for reason in ("Xem thử", " ")]
    assert [response.status_code for response in responses] == [status, status]
    assert hoa.phone not in text(responses[0]) and ContactOpening.objects.count() == 0


def test_after_a_hand_over_only_the_new_holder_opens_it(callable_, nam, thu, hoa, world, sign_in):
    does(nam, "hand-over", callable_, text="Ở xã bên.", unit_id=world.ubnd_phu_loc.id)
    refused = sign_in(nam).post(url(callable_, "lien-he"), {"reason": "Gọi lại"})
    assert hoa.phone not in text(refused) and ContactOpening.objects.count() == 0
    assert hoa.phone in text(sign_in(thu).post(url(callable_, "lien-he"), {"reason": "Gọi hẹn"}))


# Photos


@pytest.fixture
def pictured(world, nam) -> Matter:
    matter = told(world.xa_binh_an, photos=[a_photo("red").getvalue(), a_photo("blue").getvalue()])
    return does(nam, "answer", matter, text="Đã làm, xem ảnh.", photos=[a_photo("green").getvalue()])


def test_photos_are_numbered_in_the_order_in_which_they_came(pictured, nam, sign_in):
    client = sign_in(nam)
    page = text(client.get(url(pictured)))
    assert [url(pictured, "anh", str(n)) in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    colours = [_middle(client.get(url(pictured, "anh", str(n)))) for n in (1, 2, 3)]
    assert [max(range(3), key=colour.__getitem__) for colour in colours] == [0, 2, 1]


def _middle(response) -> tuple[int, ...]:
    return Image.open(io.BytesIO(response.content)).getpixel((20, 15))


def test_a_photo_is_sent_as_what_it_is_and_kept_in_no_cache(pictured, nam, sign_in):
    response = sign_in(nam).get(url(pictured, "anh", "1"))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"] == 'inline; filename="anh-1.jpeg"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", ["0", "4", "999999"])
def test_a_number_that_no_photo_has_is_absent(pictured, nam, sign_in, number):
    assert sign_in(nam).get(url(pictured, "anh", number)).status_code == 404


# Who is turned away

PAGES = [(), ("phieu",), ("anh", "1")]
STRANGERS = ["thu", "ben", "vu"]


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("page", PAGES, ids="/".join)
def test_a_matter_of_another_unit_is_as_absent_as_one_that_never_was(pictured, request, sign_in, stranger, page):
    client = sign_in(request.getfixturevalue(stranger))
    there, never = client.get(url(pictured, *page)), client.get("/".join(["/viec", "DV99-AAAA-AAAAA", *page, ""]))
    assert there.status_code == never.status_code == 404
    assert text(there).replace(pictured.code, "") == text(never).replace("DV99-AAAA-AAAAA", "")
    assert BRIDGE not in text(there)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_another_units_officer_takes_no_step_by_guessing_the_address(bridge, request, sign_in, stranger):
    response = sign_in(request.getfixturevalue(stranger)).post(url(bridge, "buoc", "accept"), {"accept-seen": "1"})
    bridge.refresh_from_db()
    assert (response.status_code, bridge.current.steps_taken) == (404, 1)


def test_what_was_taken_in_for_another_commune_is_seen_at_both_ends(world, nam, thu, ben, sign_in):
    matter = told(world.xa_phu_loc, by=nam.by, intake=Intake.OFFICE)
    assert [sign_in(who).get(url(matter)).status_code for who in (nam, thu, ben)] == [200, 200, 404]


@pytest.mark.parametrize("address", ["/hom-nay/", "/viec/", "/viec/moi/", "/viec/DV99-AAAA-AAAAA/", "/viec/moi/phieu/"])
def test_who_is_not_signed_in_is_led_to_the_door(client, world, address):
    response = client.get(address)
    assert response.status_code == 302 and response.url.startswith("/tai-khoan/dang-nhap/")


def test_an_operator_has_a_day_without_anybodys_words(vu, bridge, sign_in):
    page = text(sign_in(vu).get("/hom-nay/"))
    assert bridge.code not in page and BRIDGE not in page
    assert sign_in(vu).get("/viec/").status_code != 200


# Cost: session, account, posts, the unit's name in the frame, and what the page itself asks

LISTED, ONE = 9, 9


@pytest.fixture
def warm(world) -> None:
    """The folded calendar is kept in the process; a first page pays for reading it."""
    cache.clear()


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("officer", "more"), [("nam", 0), ("lan", 1)])
def test_the_list_costs_the_same_for_one_and_fifty(
    world, request, sign_in, django_assert_num_queries, rows, officer, more
):
    client = sign_in(request.getfixturevalue(officer))
    for _ in range(rows):
        told(world.xa_binh_an)
    with django_assert_num_queries(LISTED + more):
        assert text(client.get("/viec/")).count("data-href") == rows


def test_the_most_narrowed_list_from_above_costs_eleven(world, lan, sign_in, django_assert_num_queries):
    told(world.xa_binh_an, when=at(-20))
    query = (
        f"folder=late&field=roads&kind=reflection&month=2026-02&area={world.xa_binh_an.id}&unit={world.ubnd_binh_an.id}"
    )
    client = sign_in(lan)
    with django_assert_num_queries(11):
        assert text(client.get(f"/viec/?{query}")).count("data-href") == 1


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize(("officer", "queries"), [("nam", 11), ("lan", 12)])
def test_today_costs_the_same_whatever_there_is_to_do(
    world, request, sign_in, django_assert_num_queries, rows, officer, queries
):
    """From above the day also tells how far one sees, and how much lies with each unit."""
    client = sign_in(request.getfixturevalue(officer))
    for day in range(rows):
        told(world.xa_binh_an, when=at(-20 - day))
    with django_assert_num_queries(queries):
        assert text(client.get("/hom-nay/")).count("lane-what") == min(rows, 6) * 2


@pytest.mark.parametrize("steps", [1, 12])
def test_a_matter_costs_the_same_however_long_its_story(world, nam, lan, sign_in, django_assert_num_queries, steps):
    matter = told(world.xa_binh_an, kind=Kind.OPINION, points=["Một", "Hai"], photos=[a_photo().getvalue()])
    for number in range(steps):
        does(lan, "urge", matter, text=f"Lần {number}.")
    mine, above = sign_in(nam), sign_in(lan)
    with django_assert_num_queries(ONE):
        mine.get(url(matter))
    with django_assert_num_queries(ONE + 1):
        above.get(url(matter))
