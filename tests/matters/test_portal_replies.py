"""What the citizen may still say; typed words survive errors, second presses and pages left open too long."""

import io
from datetime import timedelta

import pytest
from django.conf import settings as product
from django.contrib.sessions.models import Session
from django.test import Client

from danvan.commitments.models import Commitment
from danvan.matters.actions import Said, Words, act, citizen_act, receive
from danvan.matters.kinds import REVIEW, Settled
from danvan.matters.models import Attachment, Entry, Matter, Verdict
from danvan.rules.ledger import State
from danvan.units.access import CITIZEN
from tests.matters.portal_walk import CONTENT, a_photo, open_story, text
from tests.world import AT

MORE = "Hôm nay có người suýt ngã ở đó."


@pytest.fixture
def story(frozen, world, client) -> str:
    """The page of a matter just sent."""
    received = receive(said=Said(content=CONTENT, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)
    return open_story(client, received.matter.code, received.pin)


def the_matter() -> Matter:
    return Matter.objects.select_related("current").get()


def do(verb: str, officer, **words) -> None:
    act(matter_id=the_matter().id, verb=verb, words=Words(**words), by=officer.by, at=AT)


def entries() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("text", flat=True))


# Adding


def test_something_is_added_with_its_photo(story, client):
    response = client.post(f"{story}bo-sung/", {"text": MORE, "photos": a_photo(), "seen": "1"})
    assert response.url == story
    shown = text(client.get(story))
    assert "Đã gửi phần bổ sung." in shown and MORE in shown and f"{story}anh/1/" in shown


def test_nothing_written_is_told_at_its_field(story, client):
    response = client.post(f"{story}bo-sung/", {"text": "  "})
    assert response.status_code == 422 and "Hãy ghi điều muốn bổ sung." in text(response)


def test_what_is_no_photo_is_refused_and_the_words_stay(story, client):
    response = client.post(f"{story}bo-sung/", {"text": MORE, "photos": io.BytesIO(b"MZ no photo")})
    assert (response.status_code, Attachment.objects.count(), entries()) == (422, 0, [])
    assert "không phải là ảnh" in text(response) and MORE in text(response)


def test_six_photos_at_once_are_too_many_and_the_words_stay(story, client):
    response = client.post(f"{story}bo-sung/", {"text": MORE, "photos": [a_photo() for _ in range(6)]})
    assert response.status_code == 422
    assert "Mỗi lần gửi được nhiều nhất 5 tệp." in text(response) and MORE in text(response)


def test_the_same_form_sent_twice_adds_once(story, client):
    form = {"text": MORE, "seen": "1"}
    assert [client.post(f"{story}bo-sung/", form).url for _press in range(2)] == [story, story]
    assert entries() == [MORE]


def test_what_happened_meanwhile_is_read_first_and_the_words_stay(story, client, nam):
    do("accept", nam)
    response = client.post(f"{story}bo-sung/", {"text": MORE, "seen": "1"})
    assert (response.status_code, entries()) == (409, [])
    assert "Vừa có người khác cập nhật việc này." in text(response) and MORE in text(response)
    assert client.post(f"{story}bo-sung/", {"text": MORE, "seen": "2"}).url == story


def test_more_than_the_limit_is_refused_and_the_words_stay(story, client, settings):
    settings.ACCOUNT_RATE_LIMITS = product.ACCOUNT_RATE_LIMITS | {"matter_add": "1/h/ip"}
    client.post(f"{story}bo-sung/", {"text": MORE})
    response = client.post(f"{story}bo-sung/", {"text": MORE + " Lần hai."})
    assert (response.status_code, entries()) == (429, [MORE])
    assert "Lần hai." in text(response)


def test_an_over_long_addition_comes_back_to_be_shortened(story, client):
    response = client.post(f"{story}bo-sung/", {"text": "a" * 30_000})
    assert response.status_code == 422 and "Nội dung dài 30.000 ký tự" in text(response)
    assert "a" * 30_000 in text(response)


# Answering a question


def test_answering_the_question_starts_the_clock_again(story, client, nam):
    do("ask", nam, text="Ở đầu cầu nào?")
    shown = text(client.get(f"{story}tra-loi/"))
    assert "Ở đầu cầu nào?" in shown
    assert client.post(f"{story}tra-loi/", {"text": "Phía trường học.", "seen": "2"}).url == story
    assert the_matter().current.state == State.OPEN
    assert "Thời hạn giải quyết chạy tiếp." in text(client.get(story))


@pytest.mark.parametrize("page", ["tra-loi/", "danh-gia/"])
def test_a_page_whose_moment_is_not_now_leads_to_the_state_of_things(story, client, page):
    assert client.get(story + page).url == story
    assert "Việc này không còn ở bước ấy." in text(client.get(story))


def test_a_reply_to_a_question_taken_back_meanwhile_keeps_its_words(story, client, nam):
    do("ask", nam, text="Ở đâu?")
    do("resume", nam, text="Đã tự tìm thấy.")
    response = client.post(f"{story}tra-loi/", {"text": "Phía trường học.", "seen": "2"})
    assert response.status_code == 409 and "Phía trường học." in text(response)


# The verdict


@pytest.fixture
def answered(story, nam) -> str:
    do("answer", nam, text="Đã thay lan can.")
    return story


def test_settled_closes_it_and_keeps_the_thanks(answered, client):
    response = client.post(f"{answered}danh-gia/", {"settled": "yes", "score": "5", "text": "Cảm ơn các anh."})
    assert response.url == answered
    verdict = Verdict.objects.get()
    assert (the_matter().current.state, verdict.settled, verdict.score) == (State.CONFIRMED, Settled.YES, 5)
    shown = text(client.get(answered))
    assert "Cảm ơn các anh." in shown and "Ông/Bà đã cho biết việc đã được giải quyết" in shown


def test_a_score_need_not_be_given(answered, client):
    client.post(f"{answered}danh-gia/", {"settled": "yes"})
    assert Verdict.objects.get().score is None


@pytest.mark.parametrize("settled", [Settled.PARTLY, Settled.NO])
def test_not_settled_opens_a_new_clock_and_says_so(answered, client, settled, world):
    page = f"{answered}danh-gia/"
    assert "đơn vị phải trả lời lần nữa trong thời hạn mới, 10 ngày làm việc." in text(client.get(page))
    client.post(page, {"settled": settled, "text": "Mới thay một bên."})
    shown = text(client.get(answered))
    assert (the_matter().current.kind, the_matter().current.state, Commitment.objects.count()) == (
        REVIEW,
        State.OPEN,
        2,
    )
    assert [words in shown for words in ("Việc đã được mở lại.", "Mở lại để giải quyết", "Mới thay một bên.")] == [
        True
    ] * 3
    assert "thứ Năm, ngày 26 tháng 3 năm 2026" in shown


def test_not_settled_needs_a_reason_and_keeps_the_choices(answered, client):
    response = client.post(f"{answered}danh-gia/", {"settled": "no", "score": "2"})
    shown = text(response)
    assert response.status_code == 422 and "Hãy cho biết điều gì còn chưa được giải quyết." in shown
    assert shown.count("checked") == 2 and Verdict.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Hãy cho biết việc đã được giải quyết chưa."),
        ({"settled": "maybe"}, "maybe"),
        ({"settled": "yes", "score": "6"}, "6"),
    ],
)
def test_what_no_page_offers_is_refused(answered, client, form, sentence):
    response = client.post(f"{answered}danh-gia/", form)
    assert response.status_code == 422 and Verdict.objects.count() == 0 and sentence in text(response)


@pytest.mark.parametrize("form", [{"settled": "yes"}, {"settled": "no", "text": "Mới thay một bên."}])
def test_a_verdict_sent_twice_counts_once(answered, client, form):
    assert [client.post(f"{answered}danh-gia/", form).url for _press in range(2)] == [answered, answered]
    assert Verdict.objects.count() == 1


def test_a_verdict_after_the_time_for_it_says_so_and_keeps_its_words(answered, client):
    citizen_act(matter=the_matter(), verb="withdraw", words=Words(text="Thôi."), at=AT)
    response = client.post(f"{answered}danh-gia/", {"settled": "no", "text": "Mới thay một bên."})
    assert (response.status_code, Verdict.objects.count()) == (409, 0)
    assert "Mới thay một bên." in text(response)


# Withdrawing


def test_withdrawing_needs_a_reason_and_ends_it(story, client):
    assert client.post(f"{story}rut/", {"text": ""}).status_code == 422
    assert client.post(f"{story}rut/", {"text": "Đã tự sửa xong."}).url == story
    assert the_matter().current.state == State.WITHDRAWN
    assert "Ông/Bà đã rút việc này" in text(client.get(story))


# A page left open too long


def test_words_typed_on_a_page_that_locked_itself_wait_behind_the_key(frozen, world, client):
    received = receive(said=Said(content=CONTENT, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)
    story = open_story(client, received.matter.code, received.pin)
    frozen.shift(timedelta(minutes=31))
    response = client.post(f"{story}bo-sung/", {"text": MORE})
    shown = text(response)
    assert (response.status_code, entries()) == (422, [])
    assert "Trang này tự khóa sau 30 phút không dùng." in shown and MORE in shown
    key = {"code": received.matter.code, "pin": "wrong", "carried": MORE, "carried_to": "add"}
    assert MORE in text(client.post("/tra-cuu/", key))
    opened = client.post("/tra-cuu/", key | {"pin": received.pin})
    assert opened.url.endswith("/bo-sung/")
    assert MORE not in str([session.get_decoded() for session in Session.objects.all()])
    assert MORE in text(client.get(opened.url))
    client.post(opened.url, {"text": MORE})
    assert entries() == [MORE]
    assert MORE not in text(client.get(opened.url))


def test_a_locked_page_with_nothing_typed_asks_for_the_key(world, client):
    assert [Client().get(f"/tra-cuu/viec/x/{page}/").url for page in ("bo-sung", "tra-loi", "danh-gia", "rut")] == [
        "/tra-cuu/"
    ] * 4


def test_nobody_without_the_key_can_do_anything(story, client):
    stranger = Client()
    for page in ("bo-sung", "tra-loi", "danh-gia", "rut"):
        stranger.post(f"{story}{page}/", {"text": MORE, "settled": "no"})
    assert (entries(), the_matter().current.state, Verdict.objects.count()) == ([], State.OPEN, 0)
