"""Following a matter: only code and PIN open it, only here, only for a while; what is shown is what was done."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as product
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.commitments.actions import decide_day, lapse_unconfirmed
from danvan.matters.actions import Said, Sender, Words, act, receive
from danvan.matters.kinds import Kind, ReplyBy
from danvan.units.access import CITIZEN
from tests.matters.portal_walk import CONTENT, a_photo, open_story, text
from tests.world import AT

WRONG = "Mã tra cứu hoặc mã PIN chưa đúng. Hãy xem lại phiếu và gõ từng ký tự."


def said(world, **more) -> Said:
    return Said(content=CONTENT, area_id=world.xa_binh_an.id, kind=Kind.REFLECTION, **more)


@pytest.fixture
def sent(frozen, world, hoa):
    """What bà Hoa sent this morning, and her PIN."""
    sender = Sender(name=hoa.name, phone=hoa.phone, email=hoa.email)
    return receive(said=said(world, reply_by=ReplyBy.PHONE, sender=sender), by=CITIZEN, at=AT)


@pytest.fixture
def story(sent, client) -> str:
    return open_story(client, sent.matter.code, sent.pin)


def do(sent, verb: str, officer, *, after: timedelta = timedelta(0), **words) -> None:
    act(matter_id=sent.matter.id, verb=verb, words=Words(**words), by=officer.by, at=AT + after)


# The key


@pytest.mark.parametrize(
    "written",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: f"  {code} ",
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: code.removeprefix("DV"),
        lambda code: code.replace("-", "–"),
        lambda code: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code),
    ],
)
def test_a_code_opens_however_it_is_written(sent, client, written):
    response = client.post("/tra-cuu/", {"code": written(sent.matter.code), "pin": f" {sent.pin[:3]} {sent.pin[3:]} "})
    assert response.status_code == 302
    assert sent.matter.code in text(client.get(response.url))


def refusal(code: str, pin: str) -> tuple[int, str, int]:
    """Status, page and number of queries, as somebody meets them who comes for the first time."""
    client = Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post("/tra-cuu/", {"code": code, "pin": pin})
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response)).replace(code, "CODE")
    return response.status_code, page, len([q for q in queries if "cache" not in q["sql"]])


def test_a_wrong_code_and_a_wrong_pin_cannot_be_told_apart(sent, static_files):
    wrong = f"{(int(sent.pin) + 1) % 1_000_000:06d}"
    known = refusal(sent.matter.code, wrong)
    unknown = refusal("DV99-2222-2222N", wrong)
    unreadable = refusal("DV99-2222-22221", wrong)
    assert known == unknown == unreadable
    assert known[0] == 422 and WRONG in known[1]


def test_a_pin_that_is_no_number_is_told_like_any_wrong_one(sent, static_files):
    wrong = f"{(int(sent.pin) + 1) % 1_000_000:06d}"
    assert refusal(sent.matter.code, wrong) == refusal(sent.matter.code, "không nhớ")


def test_a_matter_of_a_meeting_has_no_pin_and_opens_with_none(sent, client):
    sent.matter.pin_key = ""
    sent.matter.save()
    responses = [client.post("/tra-cuu/", {"code": sent.matter.code, "pin": pin}) for pin in (sent.pin, "-", "000000")]
    assert [response.status_code for response in responses] == [422] * 3


def test_what_is_left_out_is_said_at_its_field(db, client):
    shown = text(client.post("/tra-cuu/", {"code": " "}))
    assert "Hãy ghi mã tra cứu." in shown and "Hãy ghi mã PIN." in shown


def test_the_typed_code_comes_back_and_the_pin_does_not(db, client):
    shown = text(client.post("/tra-cuu/", {"code": "dv99 abc", "pin": "482913"}))
    assert 'value="dv99 abc"' in shown and "482913" not in shown


def test_the_address_on_the_slip_fills_in_the_code(db, client):
    response = client.get("/tra-cuu/DV99-ABCD-23456")
    assert 'value="DV99-ABCD-23456"' in text(response) and response["Cache-Control"] == "no-store"
    assert text(client.get("/tra-cuu/<b>x")).count("<b>x") == 0


def test_nine_tries_on_one_code_are_too_many_even_from_everywhere(sent, static_files):
    tries = [
        Client(REMOTE_ADDR=f"10.0.0.{n}").post("/tra-cuu/", {"code": sent.matter.code, "pin": "000000"}).status_code
        for n in range(9)
    ]
    assert tries == [422] * 8 + [429]
    right = Client(REMOTE_ADDR="10.0.1.1").post("/tra-cuu/", {"code": sent.matter.code.lower(), "pin": sent.pin})
    assert right.status_code == 429 and "Đã thử quá nhiều lần." in text(right)


def test_twenty_one_tries_from_one_address_are_too_many(db, client, settings):
    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS | {"matter_track": "3/10m/ip,8/10m/key"}
    tries = [client.post("/tra-cuu/", {"code": f"DV99-{n}", "pin": "1"}).status_code for n in range(4)]
    assert tries == [422, 422, 422, 429]


def test_after_a_while_one_may_try_again(frozen, sent, client):
    for _try in range(9):
        client.post("/tra-cuu/", {"code": sent.matter.code, "pin": "0"})
    frozen.shift(timedelta(minutes=10, seconds=1))
    assert open_story(client, sent.matter.code, sent.pin).startswith("/tra-cuu/viec/")


# What the key opens


def test_it_opens_this_matter_for_this_session_only(story, client):
    assert client.get(story).status_code == 200
    assert Client().get(story).url == "/tra-cuu/"


def test_the_address_holds_neither_code_nor_id(sent, story):
    assert sent.matter.code not in story and str(sent.matter.id) not in story


def test_the_session_gets_a_new_key_so_that_a_planted_one_is_worth_nothing(sent, client):
    client.post("/gui/", {"kind": "reflection"})
    planted = client.session.session_key
    story = open_story(client, sent.matter.code, sent.pin)
    thief = Client()
    thief.cookies[product.SESSION_COOKIE_NAME] = planted
    assert (client.session.session_key == planted, thief.get(story).url) == (False, "/tra-cuu/")


def test_half_an_hour_of_quiet_closes_it(frozen, story, client):
    frozen.shift(timedelta(minutes=29))
    assert client.get(story).status_code == 200
    frozen.shift(timedelta(minutes=29))
    assert client.get(story).status_code == 200
    frozen.shift(timedelta(minutes=30, seconds=1))
    assert client.get(story, follow=True).redirect_chain == [("/tra-cuu/", 302)]


def test_leaving_closes_everything_and_takes_the_cookie_away(story, client):
    client.post("/tra-cuu/thoat/")
    assert client.cookies[product.SESSION_COOKIE_NAME].value == ""
    assert client.get(story).url == "/tra-cuu/"


def test_leaving_is_nothing_a_link_can_do(story, client):
    assert client.get("/tra-cuu/thoat/").status_code == 405
    assert client.get(story).status_code == 200


def test_the_slip_leads_straight_in_while_the_session_lasts(sent, story, client):
    assert client.get(f"/tra-cuu/{sent.matter.code}").url == story


def test_ba_hoa_cannot_see_what_somebody_else_sent(world, sent, story, client):
    content = "Nhà bà Hoa lấn ra đường làng, xin xem lại."
    other = receive(said=Said(content=content, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)
    assert content not in text(client.get(story))
    assert client.get(f"/tra-cuu/{other.matter.code}").status_code == 200
    assert client.post("/tra-cuu/", {"code": other.matter.code, "pin": sent.pin}).status_code == (
        302 if other.pin == sent.pin else 422
    )


def test_two_matters_can_be_open_side_by_side(world, sent, story, client):
    other = receive(said=said(world), by=CITIZEN, at=AT)
    second = open_story(client, other.matter.code, other.pin)
    assert [client.get(page).status_code for page in (story, second)] == [200, 200]


@pytest.mark.parametrize("page", ["", "bo-sung/", "rut/"])
def test_no_page_behind_the_key_is_kept_in_a_cache_or_found_by_an_engine(story, client, page):
    response = client.get(story + page)
    assert (response.status_code, response["Cache-Control"], response["X-Robots-Tag"]) == (200, "no-store", "noindex")


# What is shown


def test_the_contact_is_never_shown_back(hoa, story, client):
    shown = text(client.get(story))
    assert [word in shown for word in (hoa.name, hoa.phone, hoa.phone[-4:], hoa.email)] == [False] * 4
    assert "Điện thoại" in shown


def test_posts_and_units_are_named_and_no_officer_is(sent, story, client, nam, tu):
    do(sent, "accept", nam)
    do(sent, "extend", tu, days=3, text="Chờ kiểm tra cầu.")
    shown = text(client.get(story))
    assert [name in shown for name in (nam.name, tu.name)] == [False, False]
    assert "Chủ tịch UBND xã Bình An" in shown and f"{nam.post.title}, Ủy ban nhân dân xã Bình An" in shown


def test_words_between_offices_stay_there_while_the_step_is_told(sent, story, client, lan):
    do(sent, "urge", lan, text="Bí thư hỏi việc này rồi đấy.", photos=[a_photo().read()])
    shown = text(client.get(story))
    assert "Đã đôn đốc" in shown and "Nội dung là trao đổi giữa các cơ quan." in shown
    assert ("Bí thư" in shown, f"{story}anh/1/" in shown, client.get(f"{story}anh/1/").status_code) == (
        False,
        False,
        404,
    )


def test_who_holds_it_and_since_when_follow_a_hand_over(sent, story, client, world, nam):
    do(sent, "hand-over", nam, after=timedelta(days=1), unit_id=world.so_xay_dung.id, text="Cầu do Sở quản lý.")
    shown = text(client.get(story))
    assert "Sở Xây dựng tỉnh Mẫu<br>" in shown and "từ ngày 13/03/2026" in shown and "đã chuyển 1 lần" in shown
    assert "Đơn vị giải quyết: Sở Xây dựng tỉnh Mẫu." in shown and "Cầu do Sở quản lý." in shown


def test_late_is_called_late(frozen, sent, story, client):
    frozen.shift(timedelta(days=18))
    shown = text(client.get(open_story(client, sent.matter.code, sent.pin)))
    assert "Đã quá hạn trả lời" in shown
    assert "Trễ 4 ngày. Ủy ban nhân dân xã Bình An vẫn phải trả lời ông/bà." in shown


def test_a_question_stops_the_clock_and_stands_on_top(sent, story, client, nam):
    do(sent, "ask", nam, text="Lan can gãy ở đầu cầu nào?")
    shown = text(client.get(story))
    assert "Thời hạn đang tạm dừng" in shown and f'href="{story}tra-loi/"' in shown
    assert shown.index("Lan can gãy ở đầu cầu nào?") < shown.index("Các bước")


def test_an_extension_moves_the_day_and_says_why(sent, story, client, tu):
    do(sent, "extend", tu, days=5, text="Chờ vật tư.")
    shown = text(client.get(story))
    assert "thứ Năm, ngày 2 tháng 4 năm 2026" in shown and "Gia hạn thêm 5 ngày làm việc." in shown
    assert "Hạn trả lời: 02/04/2026." in shown and "Chờ vật tư." in shown


def test_an_answer_goes_point_by_point_and_shows_its_photos(frozen, world, client, nam):
    received = receive(said=said(world, points=("Sửa lan can", "Lắp đèn")), by=CITIZEN, at=AT)
    answers = {1: "Đã thay lan can.", 2: "Lắp đèn trong tháng 4."}
    do(received, "answer", nam, text="Trả lời bà con.", points=answers, photos=[a_photo().read()])
    story = open_story(client, received.matter.code, received.pin)
    shown = text(client.get(story))
    assert [words in shown for words in ("1. Sửa lan can", "Đã thay lan can.", "2. Lắp đèn")] == [True] * 3
    assert f"{story}anh/1/" in shown and client.get(f"{story}anh/1/")["Content-Type"] == "image/jpeg"
    assert "Đơn vị trả lời đúng hạn." in shown and "đến hết ngày 11/04/2026" in shown


def test_a_late_answer_stays_called_late(frozen, sent, client, nam):
    do(sent, "answer", nam, after=timedelta(days=20), text="Đã sửa.")
    frozen.shift(timedelta(days=21))
    assert "Đơn vị trả lời trễ 6 ngày." in text(client.get(open_story(client, sent.matter.code, sent.pin)))


def test_a_calendar_changed_later_judges_no_stopped_clock_anew(frozen, sent, client, nam, vu):
    do(sent, "answer", nam, after=timedelta(days=14), text="Đã sửa.")
    day = (AT + timedelta(days=6)).date()
    decide_day(day=day, working=False, reason="Nghỉ bù", decision="12/QĐ-TTg", by=vu.by, at=AT + timedelta(days=15))
    frozen.shift(timedelta(days=16))
    shown = text(client.get(open_story(client, sent.matter.code, sent.pin)))
    assert "Hạn trả lời là 26/03/2026. Đơn vị trả lời đúng hạn." in shown
    assert "Lịch nghỉ đã thay đổi sau khi thời hạn dừng" in shown and "(10/10)" not in shown


def test_mistyped_codes_of_many_people_lock_nobody_out(sent, static_files):
    for n in range(9):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post("/tra-cuu/", {"code": f"DV99-{n}", "pin": "0"})
    again = Client(REMOTE_ADDR="10.0.1.1").post("/tra-cuu/", {"code": "DV99-X", "pin": "0"})
    assert again.status_code == 422


def test_the_ends_are_told_with_what_may_still_be_done(frozen, sent, client, nam, tu):
    do(sent, "answer", nam, text="Đã sửa.")
    lapse_unconfirmed(at=AT + timedelta(days=31))
    frozen.shift(timedelta(days=31))
    shown = text(client.get(open_story(client, sent.matter.code, sent.pin)))
    assert "Việc đã khép lại" in shown and "Bổ sung" not in shown and "Rút việc này" not in shown


def test_a_cancelled_matter_says_why(sent, story, client, tu):
    do(sent, "cancel", tu, text="Trùng với việc đã gửi hôm qua.")
    shown = text(client.get(story))
    assert "Việc này đã bị hủy" in shown and "Trùng với việc đã gửi hôm qua." in shown


def test_a_photo_out_of_range_and_one_of_a_closed_page_are_absent(sent, story, client):
    assert [client.get(f"{story}anh/{n}/").status_code for n in (0, 1, 99)] == [404] * 3
    assert Client().get(f"{story}anh/1/").status_code == 404


def test_the_page_costs_the_same_however_long_the_story_is(
    frozen, world, sent, client, nam, tu, django_assert_num_queries
):
    story = open_story(client, sent.matter.code, sent.pin)
    with django_assert_num_queries(12):
        client.get(story)
    do(sent, "accept", nam)
    do(sent, "ask", nam, text="Ở đâu?", photos=[a_photo().read()])
    act(matter_id=sent.matter.id, verb="resume", words=Words(text="Thôi chờ."), by=nam.by, at=AT)
    do(sent, "extend", tu, days=3, text="Chờ vật tư.")
    do(sent, "hand-over", nam, unit_id=world.so_xay_dung.id, text="Cầu do Sở quản lý.")
    with django_assert_num_queries(12):
        client.get(story)
