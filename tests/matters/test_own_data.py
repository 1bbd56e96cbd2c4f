"""A person asks for their own data by code and PIN: a copy of it, and that their contact be erased."""

import json

import pytest

from danvan.matters.actions import Said, Sender, Words, act, receive
from danvan.matters.kinds import Kind, ReplyBy
from danvan.matters.models import Matter
from danvan.outreach.models import Notice
from danvan.people.models import Contact, DataRequest
from danvan.units.access import CITIZEN
from tests.matters.portal_walk import open_story, text
from tests.matters.told import BRIDGE, fresh
from tests.world import AT

HOA = Sender(name="Trần Thị Hoa", phone="0912 345 678", email="hoa@thu.example", address="Số 5 ấp Tân Lập")


def sent(world, client, **said) -> tuple[Matter, str]:
    given = {"content": BRIDGE, "sender": HOA, "reply_by": ReplyBy.EMAIL} | said
    received = receive(said=Said(area_id=world.xa_binh_an.id, **given), by=CITIZEN, at=AT)
    return received.matter, open_story(client, received.matter.code, received.pin)


@pytest.fixture
def story(frozen, world, client) -> str:
    return sent(world, client)[1]


def test_the_copy_holds_what_was_sent_what_is_kept_and_who_read_it(story, client):
    made = client.post(f"{story}du-lieu/du-lieu-cua-toi.json")
    told = json.loads(made.content)
    values = [row["value"] for part in told["sections"] for row in part["rows"]]
    assert {HOA.name, "0912345678", HOA.email, HOA.address, BRIDGE} <= set(values)
    assert (made.headers["Cache-Control"], made.headers["Content-Disposition"]) == (
        "no-store", 'attachment; filename="du-lieu-cua-toi.json"'
    )  # fmt: skip
    assert HOA.name in text(client.post(f"{story}du-lieu/du-lieu-cua-toi.html"))


def test_words_between_offices_are_in_no_copy(story, client, lan):
    matter = Matter.objects.get()
    act(matter_id=matter.id, verb="urge", words=Words("Nội bộ: trả lời gấp."), by=lan.by, at=AT)
    assert "Nội bộ" not in client.post(f"{story}du-lieu/du-lieu-cua-toi.json").content.decode()


def test_erasing_leaves_nothing_to_reach_them_by_and_the_matter_goes_on(story, client):
    before = Notice.objects.count()
    response = client.post(f"{story}du-lieu/", {"reason": "Tôi không muốn nhận thư nữa."})
    contact = Contact.objects.get()
    assert (response.url, contact.name, contact.email, contact.email_key) == (story, None, None, "")
    assert (fresh(Matter.objects.get()).reply_by, Notice.objects.count()) == (ReplyBy.NONE, before)
    assert "đang giải quyết" in text(client.get(story))


def test_a_complaint_in_hand_keeps_its_complainant_and_says_why(frozen, world, client):
    _matter, story = sent(world, client, kind=Kind.COMPLAINT)
    response = client.post(f"{story}du-lieu/", {"reason": "Xóa giúp tôi."}, follow=True)
    assert "Chưa xóa được: Khiếu nại đang được giải quyết" in text(response)
    assert (Contact.objects.get().erased_at, DataRequest.objects.get().outcome) == (None, "refused")


def test_without_a_reason_nothing_is_erased(story, client):
    response = client.post(f"{story}du-lieu/", {"reason": " "})
    assert (response.status_code, Contact.objects.get().erased_at) == (422, None)
    assert "Hãy ghi lý do" in text(response)


def test_who_left_nothing_is_told_so_and_offered_nothing_to_erase(frozen, world, client):
    _matter, story = sent(world, client, sender=Sender(), reply_by=ReplyBy.NONE)
    shown = text(client.get(f"{story}du-lieu/"))
    assert "không lưu họ tên" in shown and "Xóa cách liên hệ" not in shown
    assert client.post(f"{story}du-lieu/", {"reason": "Xóa giúp tôi."}).status_code == 409


@pytest.mark.parametrize("address", ["du-lieu/", "du-lieu/du-lieu-cua-toi.json", "du-lieu/du-lieu-cua-toi.exe"])
def test_without_code_and_pin_nothing_is_there(frozen, world, client, sign_in, nam, address):
    """Neither for a stranger nor for an officer."""
    _matter, story = sent(world, client)
    for somebody in (type(client)(), sign_in(nam)):
        assert somebody.post(f"{story}{address}", {"reason": "Xóa."}).status_code == 404
    assert (Contact.objects.get().erased_at, DataRequest.objects.count()) == (None, 0)


def test_an_unknown_form_of_copy_is_not_there(story, client):
    assert client.post(f"{story}du-lieu/du-lieu-cua-toi.exe").status_code == 404
