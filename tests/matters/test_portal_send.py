"""Sending an opinion: every page works without scripts, keeps what it was given and says what is wrong where it is."""

import io
import unicodedata

import pytest
from django.conf import settings as product
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from PIL import Image

from danvan.base import files
from danvan.matters.kinds import Field, Intake, Kind, ReplyBy
from danvan.matters.models import Attachment, Matter
from danvan.matters.portal.draft import stored
from danvan.people.models import Contact
from tests.matters.portal_walk import CONTENT, a_photo, fill_in, send, text
from tests.world import AT, an_area

NOBODY_HERE = "Bản nháp không còn trên máy này"


@pytest.fixture
def begun(world, client) -> Client:
    """Somebody who has said what kind it is and where."""
    client.post("/gui/", {"kind": "reflection"})
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id, "place": "ấp 3"})
    return client


def test_what_was_said_arrives_as_it_was_said(world, hoa, client, frozen):
    matter, pin = send(client, world.xa_binh_an, reply_by="phone", phone="0912 345 678", name="bà Hoa")
    assert (matter.kind, matter.intake, matter.field, matter.area_id, matter.place, matter.content) == (
        Kind.REFLECTION, Intake.PORTAL, Field.ROADS, world.xa_binh_an.id, "cầu Đỏ, ấp 3", CONTENT,
    )  # fmt: skip
    assert (matter.reply_by, matter.current.owed_by_id, matter.contact is None) == (
        ReplyBy.PHONE, world.ubnd_binh_an.id, False,
    )  # fmt: skip
    assert len(pin) == 6 and pin.isdecimal()


def test_nothing_about_oneself_need_be_said(world, client):
    matter, _pin = send(client, world.xa_binh_an)
    assert (matter.contact, matter.reply_by, Contact.objects.count()) == (None, ReplyBy.NONE, 0)


def test_security_goes_to_the_police_of_the_place(world, client):
    matter, _pin = send(client, world.xa_binh_an, field="security")
    assert matter.current.owed_by_id == world.cong_an_binh_an.id


@pytest.mark.parametrize(
    ("page", "given", "sentence"),
    [
        ("/gui/", {}, "Hãy chọn một mục."),
        ("/gui/", {"kind": "gossip"}, "Hãy chọn một mục trong danh sách."),
        ("/gui/o-dau/", {}, "Hãy chọn một nơi trong danh sách."),
        ("/gui/o-dau/", {"area": "0"}, "Hãy chọn một nơi trong danh sách."),
        ("/gui/noi-dung/", {"field": "roads"}, "Hãy kể việc, ít nhất một vài câu."),
        ("/gui/noi-dung/", {"content": "Cầu gãy", "field": "roads"}, "Mới có 7 ký tự. Hãy viết ít nhất 20 ký tự"),
        ("/gui/noi-dung/", {"content": CONTENT}, "Hãy chọn lĩnh vực"),
        ("/gui/nhan-tra-loi/", {}, "Hãy chọn một cách."),
        ("/gui/nhan-tra-loi/", {"reply_by": "phone"}, "Hãy ghi số điện thoại để cán bộ gọi."),
        ("/gui/nhan-tra-loi/", {"reply_by": "phone", "phone": "12"}, "Số điện thoại chưa đúng."),
        ("/gui/nhan-tra-loi/", {"reply_by": "email"}, "Hãy ghi địa chỉ thư điện tử để nhận thư."),
        ("/gui/nhan-tra-loi/", {"reply_by": "email", "email": "hoa@"}, "Địa chỉ thư điện tử chưa đúng."),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(begun, page, given, sentence):
    response = begun.post(page, given)
    assert response.status_code == 422
    shown = text(response)
    assert sentence in shown and "<title>Lỗi: " in shown and "Có lỗi cần sửa" in shown


def test_what_a_channel_does_not_need_is_not_kept(world, client):
    matter, _pin = send(
        client, world.xa_binh_an, reply_by="none", phone="0912345678", email="hoa@thu.example", name="bà Hoa"
    )
    assert matter.contact is None


def test_an_old_draft_answer_is_offered_again(begun):
    begun.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads"})
    assert CONTENT in text(begun.get("/gui/noi-dung/"))
    assert "ấp 3" in text(begun.get("/gui/o-dau/"))


def test_a_changed_answer_leads_back_to_the_review(world, client):
    fill_in(client, world.xa_binh_an)
    assert client.post("/gui/", {"kind": "opinion"}).url == "/gui/xem-lai/"
    shown = text(client.get("/gui/xem-lai/"))
    assert "Ý kiến đóng góp" in shown and "Ủy ban nhân dân xã Bình An" in shown


def test_the_review_sends_back_to_the_first_page_that_lacks_something(begun):
    assert begun.get("/gui/xem-lai/").url == "/gui/noi-dung/"


@pytest.mark.parametrize(
    ("kind", "page", "says"),
    [
        ("complaint", "/gui/khieu-nai/", "chữ ký"),
        ("denunciation", "/gui/to-cao/", "trang này không nhận tố cáo"),
        ("urgent", "/gui/khan-cap/", 'href="tel:113"'),
    ],
)
def test_what_is_not_taken_in_leaves_before_anything_is_kept(db, client, kind, page, says):
    response = client.post("/gui/", {"kind": kind})
    assert (response.url, Session.objects.count()) == (page, 0)
    assert says in text(client.get(page))


def test_the_page_on_denouncing_sets_no_cookie_and_tells_nobody_where_one_came_from(db, client):
    response = client.get("/gui/to-cao/")
    assert dict(response.cookies) == {}
    assert (response["Referrer-Policy"], response["Cache-Control"]) == ("no-referrer", "no-store")
    assert "<form" not in text(response) and "<script" not in text(response)


# Where


@pytest.mark.parametrize(
    "typed", ["Bình An", "binh an", "xã bình an", unicodedata.normalize("NFD", "Bình An"), "BINH AN"]
)
def test_a_place_is_found_with_and_without_accents(begun, world, typed):
    shown = text(begun.post("/gui/o-dau/", {"typed": typed, "find": "1", "place": "cầu Đỏ"}))
    assert f'value="{world.xa_binh_an.id}"' in shown and 'value="cầu Đỏ"' in shown


def test_a_place_of_the_past_leads_to_the_one_of_today(begun, world):
    shown = text(begun.post("/gui/o-dau/", {"typed": "Bình Cũ", "find": "1"}))
    assert f'value="{world.xa_binh_an.id}"' in shown and "gồm địa bàn cũ: Xã Bình Cũ" in shown
    assert str(world.xa_binh_cu.id) not in shown


def test_a_place_that_has_ended_is_refused_with_its_successors(begun, world):
    response = begun.post("/gui/o-dau/", {"area": world.xa_binh_cu.id, "place": "cầu Đỏ"})
    assert response.status_code == 422
    assert "Địa danh này không còn. Nay là: Xã Bình An, Tỉnh Mẫu." in text(response)
    assert 'value="cầu Đỏ"' in text(response)


def test_a_province_asks_for_the_commune(begun, world):
    shown = text(begun.post("/gui/o-dau/", {"area": world.tinh_mau.id, "place": "cầu Đỏ"}))
    assert [str(area.id) in shown for area in (world.xa_binh_an, world.xa_phu_loc, world.xa_ben, world.xa_binh_cu)] == [
        True, True, False, False,
    ]  # fmt: skip
    again = begun.post("/gui/o-dau/", {"area": "", "wide": world.tinh_mau.id})
    assert again.status_code == 422 and "Hãy chọn một nơi trong danh sách." in text(again)
    answer = begun.post("/gui/o-dau/", {"area": world.phuong_trung_tam.id, "wide": world.tinh_mau.id})
    assert answer.url == "/gui/noi-dung/"


def test_who_does_not_know_the_commune_writes_to_the_province(world, client):
    client.post("/gui/", {"kind": "opinion"})
    client.post("/gui/o-dau/", {"area": world.tinh_mau.id, "wide": world.tinh_mau.id})
    client.post("/gui/noi-dung/", {"content": CONTENT, "field": "other"})
    client.post("/gui/nhan-tra-loi/", {"reply_by": "none"})
    client.post("/gui/xem-lai/")
    assert Matter.objects.select_related("current").get().current.owed_by_id == world.ubnd_tinh.id


def test_a_place_for_which_nobody_answers_is_named_and_refused(begun, world):
    xa_xa = an_area(name="Xa Xôi", code="97001")
    assert "Xã Xa Xôi chưa nhận ý kiến qua trang này." in text(
        begun.post("/gui/o-dau/", {"typed": "xa xoi", "find": "1"})
    )
    assert "chưa có đơn vị nào dùng hệ thống" in text(begun.post("/gui/o-dau/", {"area": xa_xa.id}))


def test_a_name_nobody_knows_is_answered_with_what_to_try(begun):
    assert "Không tìm thấy “Atlantis”." in text(begun.post("/gui/o-dau/", {"typed": "Atlantis", "find": "1"}))


def test_the_list_for_typing_is_the_same_list(begun, world):
    listed = begun.get("/gui/o-dau/tim/", {"q": "binh"}).json()
    assert listed["places"] == 1 and f'value="{world.xa_binh_an.id}"' in listed["html"]
    assert listed["html"].strip() in text(begun.post("/gui/o-dau/", {"typed": "binh", "find": "1"}))


# What


def test_text_is_kept_composed_with_its_emoji_and_lines(world, client):
    said = "Đường ở ấp 3 ngập 😢\r\nnhà tôi không ra được \x00chợ"
    matter, _pin = send(client, world.xa_binh_an, content=unicodedata.normalize("NFD", said))
    assert matter.content == "Đường ở ấp 3 ngập 😢\nnhà tôi không ra được chợ"


def test_ten_megabytes_of_text_are_refused_in_a_sentence_and_nothing_else_is_lost(begun):
    response = begun.post("/gui/noi-dung/", {"content": "á" * 5_000_000, "field": "roads", "photos": a_photo()})
    shown = text(response)
    assert response.status_code == 422
    assert (
        "Nội dung dài 5.000.000 ký tự, nhiều nhất được 20.000. Hãy rút gọn. Ô dưới đây chỉ giữ lại phần đầu." in shown
    )
    assert len(shown) < 200_000 and 'value="roads" selected' in shown and "Ảnh đã tải lên, số 1" in shown


def test_a_text_a_little_too_long_comes_back_whole(begun):
    response = begun.post("/gui/noi-dung/", {"content": "a" * 25_000, "field": "roads"})
    assert "a" * 25_000 in text(response) and "nhiều nhất được 20.000. Hãy rút gọn.</p>" in text(response)


def test_more_than_the_server_reads_is_told_as_too_large_and_the_draft_stays(begun):
    response = begun.post("/gui/noi-dung/", {"content": "a" * (product.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert response.status_code == 413 and "Nội dung gửi lên quá lớn" in text(response)
    assert begun.get("/gui/xem-lai/").url == "/gui/noi-dung/"


# Photos


def stored_photos() -> list[Image.Image]:
    return [Image.open(io.BytesIO(stored(digest))) for digest in Attachment.objects.values_list("digest", flat=True)]


def test_a_photo_arrives_without_what_the_camera_knew(world, client):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (10.0, 15.0, 30.0)
    exif[0x010F] = "Máy ảnh của bà Hoa"
    send(client, world.xa_binh_an, photos=a_photo(exif=exif, comment=b"ap 3"))
    (photo,) = stored_photos()
    assert (dict(photo.getexif()), photo.info.get("comment"), photo.info.get("exif")) == ({}, None, None)


def test_what_is_no_photo_is_refused_and_takes_no_good_photo_and_no_text_with_it(begun):
    no_photo = io.BytesIO(b"MZ\x90 not a photo")
    no_photo.name = "anh.jpg"
    response = begun.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "photos": [a_photo(), no_photo]})
    shown = text(response)
    assert response.status_code == 422 and "Tệp thứ 2: " in shown and "không phải là ảnh" in shown
    assert CONTENT in shown and "Ảnh đã tải lên, số 1" in shown and "Ảnh đã tải lên, số 2" not in shown


def test_five_photos_and_no_more(begun, settings):
    photos = [a_photo(colour) for colour in ("red", "green", "blue", "white", "black", "yellow")]
    response = begun.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "photos": photos})
    assert "Chỉ gửi được 5 tệp; các tệp sau đó chưa được nhận." in text(response)
    assert "Ảnh đã tải lên, số 5" in text(response)


def test_a_photo_can_be_taken_away_again(begun):
    begun.post("/gui/noi-dung/", {"content": "Cầu", "photos": [a_photo("red"), a_photo("blue")], "add": "1"})
    response = begun.post("/gui/noi-dung/", {"content": "Cầu gãy", "remove": "1"})
    assert response.status_code == 200
    assert "Cầu gãy" in text(response) and "Ảnh đã tải lên, số 2" not in text(response)
    red, _green, blue = (
        Image.open(io.BytesIO(begun.get("/gui/noi-dung/anh/1/").content)).convert("RGB").getpixel((0, 0))
    )
    assert blue > 200 > red


def test_the_photos_of_a_draft_are_shown_to_its_session_only(begun):
    begun.post("/gui/noi-dung/", {"content": "Cầu", "photos": a_photo(), "add": "1"})
    assert begun.get("/gui/noi-dung/anh/1/")["Content-Type"] == "image/jpeg"
    others = [
        Client().get("/gui/noi-dung/anh/1/"),
        begun.get("/gui/noi-dung/anh/2/"),
        begun.get("/gui/noi-dung/anh/0/"),
    ]
    assert [response.status_code for response in others] == [404, 404, 404]


def test_a_full_disk_loses_no_word(begun, monkeypatch):
    def full(_path, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write", full)
    response = begun.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "photos": a_photo("purple")})
    assert response.status_code == 422 and "hết chỗ lưu tệp" in text(response) and CONTENT in text(response)


# Sending


def test_sending_twice_makes_one_matter(world, client):
    send(client, world.xa_binh_an)
    assert client.post("/gui/xem-lai/").url == "/gui/da-nhan/"
    assert Matter.objects.count() == 1


def test_two_presses_at_the_same_moment_make_one_matter_and_keep_the_pin(world, client):
    """The second request had read the draft before the first one took it away."""
    fill_in(client, world.xa_binh_an)
    draft = client.session["draft"]
    client.post("/gui/xem-lai/")
    first = text(client.get("/gui/da-nhan/"))
    session = client.session
    session["draft"] = draft
    session.save()
    assert client.post("/gui/xem-lai/").url == "/gui/da-nhan/"
    second = text(client.get("/gui/da-nhan/"))
    assert Matter.objects.count() == 1
    assert first.split("big-code")[1:3] == second.split("big-code")[1:3]


def test_too_many_matters_from_one_address_are_refused_and_the_draft_stays(world, client, settings):
    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS | {"matter_send": "1/h/ip"}
    send(client, world.xa_binh_an)
    fill_in(client, world.xa_binh_an, content=CONTENT + " Lần hai.")
    response = client.post("/gui/xem-lai/")
    assert (response.status_code, Matter.objects.count()) == (429, 1)
    assert "Đã thử quá nhiều lần." in text(response) and "Lần hai." in text(response)


def test_a_refusal_at_the_end_keeps_the_draft(world, client, monkeypatch):
    fill_in(client, world.xa_binh_an, photos=a_photo("orange"))
    for path in files.Path(product.FILES_ROOT).rglob("*"):
        if path.is_file():
            path.unlink()
    response = client.post("/gui/xem-lai/")
    assert (response.status_code, Matter.objects.count()) == (404, 0)
    assert "Tệp này không còn trong kho." in text(response) and CONTENT in text(response)


# What is kept, and how long


def test_the_session_table_holds_no_word_and_no_number_in_the_clear(world, client):
    fill_in(client, world.xa_binh_an, reply_by="phone", phone="0912345678", name="Nguyễn Thị Hoa")
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert [word in kept for word in ("0912345678", "Thị Hoa", "Nguyễn", "Cầu", "cầu")] == [False] * 5


def test_nothing_of_the_person_is_in_a_cookie_or_an_address(world, client):
    fill_in(client, world.xa_binh_an, reply_by="email", email="hoa@thu.example")
    response = client.post("/gui/xem-lai/", follow=True)
    assert set(client.cookies) - {"csrftoken"} == {"danvan"}
    assert [url for url, _status in response.redirect_chain] == ["/gui/da-nhan/"]


def test_no_session_is_made_for_who_only_looks(world, client):
    for page in ("/gui/", "/gui/o-dau/tim/?q=binh", "/tra-cuu/", "/tra-cuu/DV99-ABCD-23456", "/gui/khan-cap/"):
        client.get(page)
    assert ("danvan" in client.cookies, Session.objects.count()) == (False, 0)


@pytest.mark.parametrize("page", ["/gui/o-dau/", "/gui/noi-dung/", "/gui/nhan-tra-loi/", "/gui/xem-lai/"])
def test_a_page_opened_without_a_draft_leads_to_the_beginning(db, client, page):
    response = client.get(page, follow=True)
    assert response.redirect_chain == [("/gui/", 302)] and NOBODY_HERE in text(response)


def test_a_session_that_ended_midway_loses_nothing_of_the_page_just_filled_in(world, client):
    response = client.post("/gui/noi-dung/", {"content": CONTENT, "field": "roads", "photos": a_photo()})
    assert response.url == "/gui/"
    client.post("/gui/", {"kind": "reflection"})
    assert client.post("/gui/o-dau/", {"area": world.xa_binh_an.id}).url == "/gui/nhan-tra-loi/"
    shown = text(client.get("/gui/noi-dung/"))
    assert CONTENT in shown and "Ảnh đã tải lên, số 1" in shown


def test_a_session_somebody_planted_is_left_when_a_draft_begins(db, client):
    planted = SessionStore()
    planted.create()
    client.cookies[product.SESSION_COOKIE_NAME] = planted.session_key
    client.post("/gui/", {"kind": "reflection"})
    assert "draft" in client.session
    assert Session.objects.filter(pk=planted.session_key).count() == 0


def test_a_draft_is_gone_after_two_hours(frozen, begun):
    frozen.shift(7201)
    assert begun.get("/gui/noi-dung/").url == "/gui/"


def test_a_draft_can_be_erased_from_this_machine(begun):
    begun.post("/gui/xoa-nhap/")
    assert (Session.objects.count(), begun.cookies["danvan"].value) == (0, "")
    assert begun.get("/gui/noi-dung/").url == "/gui/"


def test_an_officer_who_erases_a_draft_stays_signed_in(world, nam, sign_in):
    client = sign_in(nam)
    fill_in(client, world.xa_binh_an)
    client.post("/gui/xoa-nhap/")
    assert "_auth_user_id" in client.session and "draft" not in client.session


def test_a_draft_sealed_with_a_lost_key_is_no_draft(begun, settings):
    settings.VAULT_KEYS = "7:" + "A" * 43 + "="
    assert begun.get("/gui/noi-dung/").url == "/gui/"


@pytest.mark.parametrize("page", ["/gui/", "/gui/o-dau/", "/gui/noi-dung/", "/gui/nhan-tra-loi/"])
def test_no_page_of_a_draft_is_kept_in_a_cache(begun, page):
    response = begun.get(page)
    assert (response.status_code, response["Cache-Control"], response["Referrer-Policy"]) == (
        200,
        "no-store",
        "same-origin",
    )


def test_a_form_from_elsewhere_is_refused_with_a_page_that_says_what_to_do(world, static_files):
    response = Client(enforce_csrf_checks=True).post("/gui/", {"kind": "reflection"})
    assert response.status_code == 403 and "Trang đã mở quá lâu" in text(response)


def test_the_day_of_receipt_is_the_day_in_vietnam(world, client, frozen):
    frozen.move_to(AT.replace(hour=18))
    matter, _pin = send(client, world.xa_binh_an)
    assert f"{matter.received_on:%d/%m/%Y}" == "13/03/2026"
