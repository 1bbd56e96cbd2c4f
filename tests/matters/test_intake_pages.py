"""The intake desk: what is typed becomes a matter, the slip is handed out once, and nobody else may use the page."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache

from danvan.matters.kinds import Field, Intake, Kind, ReplyBy
from danvan.matters.models import Matter
from danvan.people.models import Contact
from danvan.units.kinds import Level
from tests.matters.portal_walk import open_story, text
from tests.matters.told import BRIDGE, told
from tests.world import a_unit, an_area

pytestmark = pytest.mark.usefixtures("frozen")
DESK, SLIP, PROPOSAL = "/viec/moi/", "/viec/moi/phieu/", "/viec/moi/de-xuat/"


def typed(world, **changed) -> dict:
    given = {"intake": "phone", "received_on": "12/03/2026", "kind": "reflection", "field": "roads",
             "place_typed": "xã Bình An", "area": world.xa_binh_an.id, "content": BRIDGE, "reply_by": "none",
             "key": "mot-khoa"}  # fmt: skip
    return {name: value for name, value in (given | changed).items() if value is not None}


OF_ITS_OWN = {"compared": "1", "link-original": "", "link-why": "duplicate", "link-reason": ""}
"""The officer has compared, and it is no letter sent again."""


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


# What works


def test_what_is_told_on_the_telephone_is_written_down_and_answered_by_the_right_unit(world, nam, sign_in):
    client = sign_in(nam)
    assert client.post(DESK, typed(world, points="Làm lan can\n\nĐặt biển báo\n", source="Sổ 5")).url == DESK
    kept = Matter.objects.select_related("current").get()
    assert (kept.content, kept.intake, kept.field, kept.holder, kept.taken_in_by, kept.source) == (
        BRIDGE, Intake.PHONE, Field.ROADS, world.ubnd_binh_an, world.ubnd_binh_an, "Sổ 5"
    )  # fmt: skip
    assert list(kept.points.order_by("ordinal").values_list("request", flat=True)) == ["Làm lan can", "Đặt biển báo"]


def test_the_next_page_hands_out_code_and_pin_and_begins_where_the_last_one_was(world, nam, client, sign_in):
    desk = sign_in(nam)
    desk.post(DESK, typed(world, intake="paper"))
    page = text(desk.get(DESK))
    code, pin = re.findall(r'class="big-code">(?:<a [^>]*>)?([^<]+)<', page)
    assert code == Matter.objects.get().code and "thứ Năm, ngày 26 tháng 3 năm 2026" in page
    assert re.search(r'value="paper"[^>]*checked', page) and BRIDGE not in page
    assert BRIDGE in text(client.get(open_story(client, code, pin)))


def test_the_first_form_begins_with_the_own_commune_and_today(world, nam, sign_in):
    page = text(sign_in(nam).get(DESK))
    assert f'value="{world.xa_binh_an.id}"' in page and 'value="12/03/2026"' in page


def test_the_contact_is_sealed_and_stands_on_no_page(world, nam, hoa, sign_in):
    desk = sign_in(nam)
    desk.post(DESK, typed(world, name=hoa.name, phone=hoa.phone, reply_by="phone"))
    assert (Contact.objects.count(), Matter.objects.get().reply_by) == (1, ReplyBy.PHONE)
    for address in (DESK, SLIP):
        assert hoa.phone not in text(desk.get(address)) and hoa.name not in text(desk.get(address))


def test_the_same_form_sent_twice_makes_one_matter_and_says_so(world, nam, sign_in):
    desk = sign_in(nam)
    for _ in range(2):
        desk.post(DESK, typed(world))
    assert Matter.objects.count() == 1
    assert f"Việc này đã ghi rồi, mã {Matter.objects.get().code}." in text(desk.get(DESK))


def test_a_day_before_today_starts_the_clock_on_that_day(world, nam, sign_in):
    sign_in(nam).post(DESK, typed(world, received_on="10/03/2026", received_time="08:15"))
    kept = Matter.objects.select_related("current").get()
    assert (f"{kept.received_on}", f"{kept.current.due}") == ("2026-03-10", "2026-03-24")


@pytest.mark.parametrize("name", ["Bình An", "binh an", "xã Bình Cũ", "BINH CU"])
def test_without_a_script_the_place_is_found_by_its_name_now_or_before(world, nam, sign_in, name):
    sign_in(nam).post(DESK, typed(world, area=None, place_typed=name))
    assert Matter.objects.get().area == world.xa_binh_an


def test_a_name_typed_over_the_place_filled_in_counts_more_than_it(world, nam, sign_in):
    sign_in(nam).post(DESK, typed(world, place_typed="Phú Lộc"))
    assert Matter.objects.get().holder == world.ubnd_phu_loc


def test_a_collaborator_takes_in_too(world, mai, sign_in):
    sign_in(mai).post(DESK, typed(world))
    assert Matter.objects.get().taken_in_by == world.ubnd_binh_an


# The slip


def test_the_slip_shows_code_pin_and_day_for_half_an_hour(world, nam, sign_in, frozen):
    desk = sign_in(nam)
    desk.post(DESK, typed(world))
    page = text(desk.get(SLIP))
    assert Matter.objects.get().code in page and "thứ Năm, ngày 26 tháng 3 năm 2026" in page and "<svg" in page
    frozen.shift(timedelta(minutes=31))
    assert desk.get(SLIP).url == DESK
    assert "big-code" not in text(desk.get(DESK))


def test_the_slip_is_in_the_session_that_took_it_in_and_in_no_other(world, nam, thu, sign_in):
    sign_in(nam).post(DESK, typed(world))
    for other in (nam, thu):
        stranger = sign_in(other)
        assert stranger.get(SLIP).url == DESK and Matter.objects.get().code not in text(stranger.get(DESK))


# Who would answer


def test_the_page_proposes_the_unit_and_day_that_taking_in_then_gives(world, nam, sign_in):
    desk = sign_in(nam)
    query = {"area": world.xa_binh_an.id, "field": "roads", "kind": "reflection", "received_on": "12/03/2026"}
    told_before = desk.get(PROPOSAL, query).json()
    desk.post(DESK, typed(world))
    assert told_before["unit"] == "Ủy ban nhân dân xã Bình An"
    assert (
        told_before["due"] == "thứ năm 26/03/2026"
        and f"{Matter.objects.get().current.due:%d/%m/%Y}" in told_before["due"]
    )


@pytest.mark.parametrize("query", [{}, {"area": "zz"}, {"field": "x"}, {"kind": "x"}, {"received_on": "32/13/2026"}])
def test_a_proposal_that_cannot_be_made_says_nothing_and_breaks_nothing(world, nam, sign_in, query):
    asked = {"area": world.xa_binh_an.id, "field": "roads", "kind": "reflection"} | query
    answer = sign_in(nam).get(PROPOSAL, asked if query else {})
    assert (answer.status_code, answer.json()) == (200, {"message": ""})


def test_where_nobody_answers_the_page_says_so_before_it_is_sent(world, nam, sign_in):
    nowhere = an_area(name="Mới", code="98010", parent=world.tinh_ban, valid_from=date(2026, 4, 1))
    asked = {"area": nowhere.id, "field": "roads", "kind": "reflection"}
    answer = sign_in(nam).get(PROPOSAL, asked)
    assert (answer.status_code, answer.json()) == (
        200,
        {"message": "Địa bàn này chưa có đơn vị nào dùng hệ thống để nhận ý kiến."},
    )


# Wrong input, at its field, with everything typed still there

WRONG = [
    ({"content": " "}, "content", "Hãy ghi nội dung."),
    ({"content": "x" * 20_001}, "content", "Nội dung dài 20.001 ký tự"),
    ({"field": ""}, "field", "Hãy chọn lĩnh vực"),
    ({"place_typed": ""}, "place_typed", "Hãy ghi xã, phường nơi có việc."),
    ({"place_typed": "khongco", "area": ""}, "place_typed", "Không tìm thấy xã, phường này."),
    ({"received_on": "32/13/2026"}, "received_on", ""),
    ({"received_on": "13/03/2026"}, "received_on", "Ngày nhận không thể ở sau hôm nay."),
    ({"received_time": "25:00"}, "received_time", "Giờ không đúng."),
    ({"reply_by": "phone"}, "phone", "Hãy ghi số điện thoại để nhận trả lời."),
    ({"reply_by": "email"}, "email", "Hãy ghi địa chỉ thư điện tử để nhận trả lời."),
    ({"intake": "portal"}, "intake", ""),
    ({"kind": "x"}, "kind", ""),
    ({"points": "\n".join("abcdefghijklmnopqrstu")}, "points", "Tách thành tối đa 20 điểm."),
]


@pytest.mark.parametrize(("wrong", "field", "sentence"), WRONG)
def test_wrong_input_is_told_at_its_field_and_nothing_typed_is_lost(world, nam, sign_in, wrong, field, sentence):
    response = sign_in(nam).post(DESK, typed(world, place="cầu Đỏ", name="Bà Hoa") | wrong)
    assert (response.status_code, list(errors(response)), Matter.objects.count()) == (422, [field], 0)
    assert sentence in errors(response)[field][0]
    page = text(response)
    assert 'value="cầu Đỏ"' in page and 'value="Bà Hoa"' in page and "Lỗi: " in page
    assert wrong.get("content") or BRIDGE in page


def test_several_places_of_one_name_are_offered_and_the_chosen_one_counts(world, nam, sign_in):
    twin = an_area(name="Bình An", code="98009", parent=world.tinh_ban, valid_from=date(2025, 8, 1))
    a_unit(name="Ủy ban nhân dân xã Bình An (Bạn)", area=twin, level=Level.COMMUNE, parent=world.ubnd_tinh_ban,
           valid_from=date(2025, 8, 1))  # fmt: skip
    desk = sign_in(nam)
    response = desk.post(DESK, typed(world, area=None, place_typed="Bình An"))
    assert errors(response) == {"place_typed": ["Có nhiều nơi tên như vậy, hãy chọn một nơi."]}
    assert text(response).count('name="chosen"') == 2 and BRIDGE in text(response)
    desk.post(DESK, typed(world, area=None, place_typed="Bình An", chosen=world.xa_binh_an.id))
    assert Matter.objects.get().area == world.xa_binh_an


# Who is turned away


@pytest.mark.parametrize("role", ["kim", "lan", "sau", "vu"])
@pytest.mark.parametrize("address", [DESK, PROPOSAL])
def test_a_role_that_takes_nothing_in_is_forbidden(world, request, sign_in, role, address):
    client = sign_in(request.getfixturevalue(role))
    assert client.get(address).status_code == 403
    assert (client.post(DESK, typed(world)).status_code, Matter.objects.count()) == (403, 0)


@pytest.mark.parametrize("address", [DESK, SLIP, PROPOSAL])
def test_who_is_not_signed_in_is_led_to_the_door(world, client, address):
    assert client.get(address).url.startswith("/tai-khoan/dang-nhap/")
    assert client.post(DESK, typed(world)).url.startswith("/tai-khoan/dang-nhap/") and Matter.objects.count() == 0


def test_the_next_form_holds_nothing_of_what_another_officer_typed(world, nam, thu, sign_in):
    sign_in(nam).post(DESK, typed(world, place="cầu Đỏ"))
    page = text(sign_in(thu).get(DESK))
    assert "cầu Đỏ" not in page and f'value="{world.xa_binh_an.id}"' not in page


def test_what_was_taken_in_for_another_commune_is_told_to_who_took_it_in(world, nam, sign_in):
    desk = sign_in(nam)
    desk.post(DESK, typed(world, area=world.xa_phu_loc.id, place_typed="Phú Lộc"))
    assert "Ủy ban nhân dân xã Phú Lộc" in text(desk.get(DESK))


# Cost


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_costs_the_same_however_much_was_taken_in(world, nam, sign_in, django_assert_num_queries, rows):
    cache.clear()
    desk = sign_in(nam)
    for _ in range(rows):
        told(world.xa_binh_an, by=nam.by, intake=Intake.PHONE, kind=Kind.OPINION)
    desk.get(DESK)
    with django_assert_num_queries(7):
        desk.get(DESK)
    desk.post(DESK, typed(world, **OF_ITS_OWN))
    with django_assert_num_queries(8):
        assert "big-code" in text(desk.get(DESK))
