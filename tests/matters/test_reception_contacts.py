"""Who came to a reception stays reachable while a result is owed, and reaches their own entry by code and PIN."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from danvan.matters.actions import Said, act, renew_received
from danvan.matters.actions.own_data import copy_of_own, erase_own_contact
from danvan.matters.actions.steps import Words
from danvan.matters.actions.turn_follow import follow_result, strike_out, tell_visitor
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Field, Kind, ReplyBy, Told
from danvan.matters.models import Reception
from danvan.people.actions import erase_expired
from danvan.people.models import Contact, DataRequest
from tests.matters.portal_walk import open_story, text
from tests.world import AT, TODAY

WORDS = "Đường vào ấp 3 ngập mỗi khi triều lên, mong xã nâng nền."
HOA = Visitor(name="Nguyễn Thị Hoa", phone="0912345678", address="Số 5 ấp 3")
BA = Visitor(name="Lê Văn Ba", phone="0987654321")
LATE = AT + timedelta(days=170)


def turn(officer, *, visitor=HOA, **values):
    said = TurnSaid(**{"received_on": TODAY, "summary": WORDS, "visitor": visitor} | values)
    return receive_turn(turn=said, by=officer.by, at=AT)


def opening(world, **values) -> Said:
    return Said(content=WORDS, area_id=world.xa_binh_an.id, field=Field.ROADS, **values)


def told(row: Reception, officer, how: Told) -> None:
    tell_visitor(reception_id=row.id, told=how, text="Xã báo.", by=officer.by, at=AT)


def kept(row: Reception) -> bool:
    """Whether the nightly erasure, a year after, still finds the contact to be kept."""
    night = LATE
    for _month in range(8):
        renew_received(at=night)
        night += timedelta(days=29)
    erase_expired(at=night)
    return Contact.objects.get(pk=row.contact_id).erased_at is None


OWED = {
    "not told yet": (lambda row, officer: None, True),
    "told that it takes time": (lambda row, officer: told(row, officer, Told.LATER), True),
    "told that it is taken up": (lambda row, officer: told(row, officer, Told.ACCEPTED), True),
    "answered": (lambda row, officer: told(row, officer, Told.ANSWERED), False),
    "guided elsewhere": (lambda row, officer: told(row, officer, Told.GUIDED), False),
    "the result is written down": (
        lambda row, officer: [
            told(row, officer, Told.LATER),
            follow_result(reception_id=row.id, result="Đã nâng nền", by=officer.by, at=AT),
        ],
        False,
    ),
    "struck out": (
        lambda row, officer: strike_out(reception_id=row.id, reason="Ghi nhầm", by=officer.by, at=AT),
        False,
    ),
}


@pytest.mark.parametrize(("then", "is_kept"), OWED.values(), ids=OWED)
def test_a_contact_is_renewed_while_a_result_is_owed_and_no_longer(nam, then, is_kept):
    row = turn(nam).reception
    then(row, nam)
    assert kept(row) == is_kept


@pytest.mark.parametrize(("verb", "is_kept"), [("accept", True), ("cancel", False)])
def test_a_contact_is_renewed_while_the_matter_opened_at_the_reception_runs(world, nam, tu, verb, is_kept):
    row = turn(nam, said=opening(world), told=Told.ANSWERED, told_text="Đã ghi nhận.").reception
    act(matter_id=row.matter_id, verb=verb, words=Words("Hủy."), by=tu.by, at=AT)
    assert kept(row) == is_kept


def test_what_was_promised_and_never_written_down_keeps_no_name_for_ever(nam):
    row = turn(nam).reception
    told(row, nam, Told.LATER)
    later = AT + timedelta(days=733)
    Contact.objects.filter(pk=row.contact_id).update(expires_on=later.date())
    assert renew_received(at=later) == 0


def test_telling_and_following_keep_who_came_reachable_for_another_period(nam):
    row = turn(nam).reception
    for days, does in (
        (40, lambda at: tell_visitor(reception_id=row.id, told=Told.LATER, text="Chờ.", by=nam.by, at=at)),
        (90, lambda at: follow_result(reception_id=row.id, result="Đã khảo sát", by=nam.by, at=at)),
    ):
        does(AT + timedelta(days=days))
        assert Contact.objects.get().expires_on == TODAY + timedelta(days=days + 180)


# One's own data


@pytest.mark.usefixtures("frozen")
def test_the_copy_holds_the_entry_of_the_reception_and_the_erasure_reaches_it(world, nam, client):
    taken = turn(nam, said=opening(world), papers=1, papers_listed="Ảnh chụp đường")
    row, matter = taken.reception, taken.opened.matter
    story = open_story(client, matter.code, taken.opened.pin)
    assert "khi ông/bà đến tiếp công dân" in text(client.get(f"{story}du-lieu/"))
    copied = json.loads(client.post(f"{story}du-lieu/du-lieu-cua-toi.json").content)
    titles = [part["title"] for part in copied["sections"]]
    assert (titles.count("Thông tin liên hệ"), titles.count("Lượt tiếp công dân")) == (2, 1)
    assert "Ảnh chụp đường" in [line["value"] for part in copied["sections"] for line in part["rows"]]
    assert client.post(f"{story}du-lieu/", {"reason": "Tôi không cần báo nữa."}).status_code == 302
    assert set(Contact.objects.values_list("name", "phone_key")) == {(None, "")}
    assert (DataRequest.objects.filter(kind="erase").count(), row.matter_id) == (2, matter.pk)
    assert client.post(f"{story}du-lieu/", {"reason": "Lần nữa."}).status_code == 409


def test_who_left_their_name_with_the_reception_alone_reaches_it_too(world, nam):
    taken = turn(nam, said=opening(world))
    Contact.objects.filter(pk=taken.opened.matter.contact_id).delete()
    matter = type(taken.opened.matter).objects.select_related("current").get()
    assert (matter.contact_id, HOA.name in copy_of_own(matter=matter, at=AT).json) == (None, True)
    assert erase_own_contact(matter=matter, reason="Xóa giúp.", at=AT) == ""
    assert Contact.objects.get().name is None


@pytest.mark.parametrize("how", ["came about it", "struck out"])
def test_somebody_else_in_the_register_is_out_of_reach_of_code_and_pin(world, nam, how):
    taken = turn(nam, said=opening(world))
    matter = taken.opened.matter
    if how == "came about it":
        turn(nam, visitor=BA, matter_code=matter.code, cases_first=0, cases_again=1)
    else:
        Contact.objects.filter(pk=taken.reception.contact_id).delete()
        other = turn(nam, visitor=BA).reception
        Reception.objects.filter(pk=taken.reception.pk).update(contact=other.contact_id)
        strike_out(reception_id=taken.reception.pk, reason="Ghi nhầm người", by=nam.by, at=AT)
    assert BA.name not in copy_of_own(matter=matter, at=AT).json
    erase_own_contact(matter=matter, reason="Xóa giúp.", at=AT)
    assert len([row for row in Contact.objects.all() if row.name]) == 1


def test_a_complaint_in_hand_keeps_its_complainant_in_the_register_too(world, nam):
    taken = turn(nam, kind=Kind.COMPLAINT, said=opening(world, reply_by=ReplyBy.NONE), papers=1)
    why = erase_own_contact(matter=taken.opened.matter, reason="Xóa giúp.", at=AT)
    assert "Khiếu nại đang được giải quyết" in why
    assert len([row for row in Contact.objects.all() if row.name]) == 2


def test_a_matter_is_opened_by_one_turn_only(world, nam):
    taken, other = turn(nam, said=opening(world)), turn(nam)
    rows = Reception.objects.filter(pk=other.reception.pk)
    for wrong in ({"opens_matter": True}, {"opens_matter": True, "matter": taken.opened.matter}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
