"""The receipt: code, PIN, who holds the matter, until when and why; on the page, on paper and as a file."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.matters.portal_walk import send, text
from tests.world import AT

PAGES = ("/gui/da-nhan/", "/gui/da-nhan/phieu/", "/gui/da-nhan/phieu.txt")


@pytest.mark.parametrize("page", PAGES)
def test_it_says_the_code_the_pin_who_holds_it_and_until_when(frozen, world, client, page):
    matter, pin = send(client, world.xa_binh_an)
    shown = text(client.get(page))
    said = (matter.code, pin, "Ủy ban nhân dân xã Bình An", "thứ Năm, ngày 26 tháng 3 năm 2026")
    assert [words in shown for words in said] == [True] * 4


def test_it_says_why_day_by_day(frozen, world, client):
    send(client, world.xa_binh_an)
    shown = text(client.get("/gui/da-nhan/"))
    lines = (
        "10 ngày làm việc kể từ ngày nhận 12/03/2026; thứ Bảy, Chủ nhật và ngày lễ không tính.",
        "Thứ năm 12/03/2026 là ngày nhận được ý kiến, kiến nghị, không tính.",
        "Thứ bảy 14/03/2026: không tính.",
        "Từ 23/03/2026 đến 26/03/2026: tính 4 ngày làm việc (10/10).",
        "Hết hạn vào thứ năm 26/03/2026.",
        "Cộng (ngày làm việc)</td>",
    )
    assert [line for line in lines if line not in shown] == []


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ({"reply_by": "phone", "phone": "0912345678"}, "Cán bộ gọi số điện thoại ông/bà để lại"),
        ({"reply_by": "email", "email": "hoa@thu.example"}, "có thư gửi đến địa chỉ ông/bà để lại"),
        ({"reply_by": "office"}, "Đến trụ sở nhận trả lời"),
        ({"reply_by": "none"}, "Không có ai gọi hay gửi thư"),
    ],
)
def test_it_says_what_comes_next_and_shows_no_number_or_address(world, client, reply, says):
    send(client, world.xa_binh_an, **reply)
    shown = text(client.get("/gui/da-nhan/"))
    assert says in shown
    assert [word in shown for word in ("0912345678", "hoa@thu.example")] == [False, False]


def test_the_drawn_code_leads_to_the_form_and_holds_no_pin(world, client, settings):
    settings.PUBLIC_URL = "https://ykien.vidu.vn"
    matter, pin = send(client, world.xa_binh_an)
    shown = text(client.get("/gui/da-nhan/phieu/"))
    assert f"https://ykien.vidu.vn/tra-cuu/{matter.code}" in shown
    assert re.search(r'<svg viewBox="[\d ]+" class="qr slip-qr"><title>Mã QR mở trang tra cứu</title>', shown)
    assert shown.count(pin) == 1


def test_it_stays_for_half_an_hour_in_the_session_that_sent(frozen, world, client):
    _matter, pin = send(client, world.xa_binh_an)
    frozen.shift(timedelta(minutes=30))
    assert [pin in text(client.get(page)) for page in PAGES] == [True] * 3
    frozen.shift(timedelta(seconds=1))
    gone = [client.get(page) for page in PAGES]
    assert [response.url for response in gone] == ["/tra-cuu/"] * 3
    assert "Mã PIN chỉ hiện trong 30 phút sau khi gửi." in text(client.get("/tra-cuu/"))


def test_nobody_else_gets_it(world, client):
    send(client, world.xa_binh_an)
    assert [Client().get(page).url for page in PAGES] == ["/tra-cuu/"] * 3


def test_the_pin_lies_sealed(world, client):
    _matter, pin = send(client, world.xa_binh_an)
    assert pin not in str([session.get_decoded() for session in Session.objects.all()])


@pytest.mark.parametrize("page", PAGES)
def test_it_is_kept_in_no_cache(world, client, page):
    send(client, world.xa_binh_an)
    assert client.get(page)["Cache-Control"] == "no-store"


def test_the_file_opens_in_any_editor(world, client):
    send(client, world.xa_binh_an)
    response = client.get("/gui/da-nhan/phieu.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="phieu-tra-cuu.txt"'
    assert "\r\n" in text(response) and "&" not in text(response)


def test_the_due_day_said_is_the_one_kept(frozen, world, client):
    frozen.move_to(AT + timedelta(days=45))
    matter, _pin = send(client, world.xa_binh_an)
    assert f"{matter.current.due:%d/%m/%Y}" == "13/05/2026"
    assert "thứ Tư, ngày 13 tháng 5 năm 2026" in text(client.get("/gui/da-nhan/"))
