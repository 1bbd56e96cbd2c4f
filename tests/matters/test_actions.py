"""What happens to a matter: taken in, stepped through, answered, judged; and that a refusal leaves nothing behind."""

import hashlib
from datetime import date, timedelta

import pytest

from danvan.base.errors import Absent, Invalid, Refused, TooMany
from danvan.commitments.actions import pass_to_successors
from danvan.commitments.models import Commitment, Step, Tally
from danvan.matters.actions import (
    MAX_CONTENT,
    MAX_POINTS,
    Said,
    Sender,
    Words,
    act,
    citizen_act,
    give_verdict,
    realign_holders,
    receive,
    renew_running,
)
from danvan.matters.actions import steps as module
from danvan.matters.kinds import REVIEW, Field, Intake, Kind, ReplyBy, Settled
from danvan.matters.models import Attachment, Entry, Matter, MatterCommitment, Point, Verdict
from danvan.outreach.kinds import Template
from danvan.outreach.models import Notice
from danvan.people.models import Contact
from danvan.rules.ledger import State
from danvan.units.access import CITIZEN, system
from tests.matters.portal_walk import a_photo
from tests.matters.told import BRIDGE, at, does, fresh, told
from tests.world import AT, MAU, TODAY

WRITTEN = (Matter, Commitment, Step, Contact, Notice, Point, Attachment, Tally, MatterCommitment, Entry, Verdict)


def counted() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in WRITTEN}


@pytest.fixture
def bridge(world) -> Matter:
    return told(world.xa_binh_an)


# Taking in


def test_what_a_citizen_says_gets_a_holder_and_a_day(world):
    received = receive(said=Said(content=BRIDGE, area_id=world.xa_binh_an.id, field=Field.ROADS), by=CITIZEN, at=AT)
    matter, current = received.matter, received.matter.current
    assert (current.owed_by_id, current.state, current.due) == (world.ubnd_binh_an.id, State.OPEN, date(2026, 3, 26))
    assert (matter.holder_id, matter.taken_in_by_id) == (world.ubnd_binh_an.id, world.ubnd_binh_an.id)
    assert (len(received.pin), matter.home_area, matter.received_on) == (6, MAU, TODAY)


def test_security_goes_to_the_police_of_the_place_and_all_else_to_the_government(world):
    noise = told(world.xa_binh_an, field=Field.SECURITY)
    land = told(world.xa_binh_an, field=Field.LAND)
    assert (noise.current.owed_by_id, land.current.owed_by_id) == (world.cong_an_binh_an.id, world.ubnd_binh_an.id)


def test_where_the_place_has_no_police_unit_the_provinces_answers(world):
    assert told(world.xa_phu_loc, field=Field.SECURITY).current.owed_by_id == world.cong_an_tinh.id


def test_the_clock_starts_when_it_was_received_not_when_it_was_written_down(world, nam):
    matter = told(world.xa_binh_an, by=nam.by, when=AT, received_at=at(-3), intake=Intake.PAPER)
    assert (matter.received_on, matter.current.due) == (date(2026, 3, 9), date(2026, 3, 23))


def test_what_lists_are_narrowed_by_stands_beside_the_clock(world):
    matter = told(world.xa_binh_an, field=Field.LAND, intake=Intake.PORTAL)
    c = matter.current
    assert (c.topic, c.channel, c.area_id, c.raised_on, c.kind) == (
        "land",
        "portal",
        world.xa_binh_an.id,
        TODAY,
        "reflection",
    )


def test_search_finds_by_code_words_and_place_without_accents(world):
    matter = told(world.xa_binh_an, place="Ấp Đông")
    assert "cau do o ap 3" in matter.fold and "ap dong" in matter.fold
    assert matter.code.lower().replace("-", " ") in matter.fold


def test_the_sender_is_told_with_a_receipt_where_a_way_was_left(world, hoa):
    told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(phone=hoa.phone))
    notice = Notice.objects.get()
    assert (notice.template, notice.channel, notice.unit_id) == (Template.RECEIPT, "phone", world.ubnd_binh_an.id)


def test_no_contact_is_kept_where_none_was_given(world):
    assert told(world.xa_binh_an).contact_id is None
    assert (Contact.objects.count(), Notice.objects.count()) == (0, 0)


REFUSED = {
    "too short": ({"content": "Cầu hỏng"}, "content"),
    "only spaces": ({"content": " " * 40}, "content"),
    "too long": ({"content": "a" * (MAX_CONTENT + 1)}, "content"),
    "phone wanted, none given": ({"reply_by": ReplyBy.PHONE}, "phone"),
    "mail wanted, none given": ({"reply_by": ReplyBy.EMAIL}, "email"),
    "a phone that is none": ({"sender": Sender(phone="12")}, "phone"),
    "too many points": ({"points": ["việc"] * (MAX_POINTS + 1)}, "points"),
    "received tomorrow": ({"received_at": at(1)}, "received_on"),
    "a file that is no photo": ({"photos": [b"%PDF-1.7"]}, "photos"),
}


@pytest.mark.parametrize(("said", "field"), REFUSED.values(), ids=REFUSED)
def test_bad_input_is_told_at_its_field_and_nothing_is_written(world, said, field):
    before = counted()
    with pytest.raises(Invalid) as refusal:
        told(world.xa_binh_an, **said)
    assert (refusal.value.field, counted()) == (field, before)


def test_a_place_that_is_no_more_is_refused_with_what_it_became(world):
    with pytest.raises(Invalid, match="Bình An") as refusal:
        told(world.xa_binh_cu)
    assert refusal.value.field == "area"


def test_an_officer_writes_down_a_short_sentence_a_citizen_at_the_portal_may_not(world, nam):
    assert told(world.xa_binh_an, by=nam.by, content="Đèn hỏng", intake=Intake.PHONE).content == "Đèn hỏng"


def test_only_who_takes_in_may_take_in(world, kim):
    with pytest.raises(Refused) as refusal:
        told(world.xa_binh_an, by=kim.by)
    assert (refusal.value.code, Matter.objects.count()) == ("not-allowed", 0)


def test_the_same_key_makes_one_matter_and_shows_its_pin_once(world, nam):
    said = Said(content=BRIDGE, area_id=world.xa_binh_an.id)
    first, again = (receive(said=said, by=nam.by, at=AT, key="k-1") for _ in range(2))
    assert (again.matter.id, again.pin, Matter.objects.count()) == (first.matter.id, "", 1)


def test_the_same_key_of_somebody_else_makes_another(world, nam, mai):
    said = Said(content=BRIDGE, area_id=world.xa_binh_an.id)
    assert receive(said=said, by=nam.by, at=AT, key="k").matter != receive(said=said, by=mai.by, at=AT, key="k").matter


# Steps


def test_accepting_takes_it_up_and_moves_neither_state_nor_day(bridge, nam):
    after = does(nam, "accept", bridge)
    assert (after.current.state, after.current.due, after.current.accepted_on) == (
        State.OPEN,
        bridge.current.due,
        TODAY,
    )


def test_a_hand_over_gives_it_to_the_other_unit_with_the_clock_running_on(bridge, nam, world):
    does(nam, "accept", bridge)
    after = does(nam, "hand-over", bridge, text="Tuyến do tỉnh quản lý.", unit_id=world.so_xay_dung.id)
    c = after.current
    assert (c.owed_by_id, c.hops, c.due, c.accepted_on) == (world.so_xay_dung.id, 1, bridge.current.due, None)
    assert fresh(bridge).holder_id == world.so_xay_dung.id


def test_who_handed_over_may_still_see_and_no_longer_act(bridge, nam, world):
    does(nam, "hand-over", bridge, text="Tuyến do tỉnh quản lý.", unit_id=world.so_xay_dung.id)
    with pytest.raises(Refused) as refusal:
        does(nam, "answer", bridge, text="Đã xong.")
    assert refusal.value.code == "not-allowed"


def test_handing_over_to_oneself_is_refused(bridge, nam, world):
    with pytest.raises(Invalid) as refusal:
        does(nam, "hand-over", bridge, text="Vòng lại.", unit_id=world.ubnd_binh_an.id)
    assert refusal.value.field == "unit"


def test_notices_still_to_be_told_follow_the_matter_to_its_new_holder(world, nam, hoa):
    matter = told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(phone=hoa.phone))
    does(nam, "hand-over", matter, text="Tuyến do tỉnh quản lý.", unit_id=world.so_xay_dung.id)
    assert set(Notice.objects.values_list("unit_id", flat=True)) == {world.so_xay_dung.id}


def test_a_question_stops_the_clock_of_an_opinion_and_none_of_a_complaint(world, nam):
    opinion = does(nam, "ask", told(world.xa_binh_an, kind=Kind.OPINION), text="Gần cột số mấy?")
    complaint = told(world.xa_binh_an, kind=Kind.COMPLAINT)
    with pytest.raises(Refused, match="giải quyết theo thủ tục"):
        does(nam, "ask", complaint, text="Quyết định số mấy?")
    assert (opinion.current.state, opinion.current.due) == (State.PAUSED, None)
    assert (fresh(complaint).current.state, complaint.current.due) == (State.OPEN, date(2026, 3, 26))


def test_an_answer_needs_a_word_for_every_point(world, nam):
    matter = told(world.xa_binh_an, points=["Làm lan can", "Đặt biển báo"])
    before = counted()
    with pytest.raises(Invalid) as refusal:
        does(nam, "answer", matter, text="Đã làm.", points={1: "Xong ngày 12."})
    assert (refusal.value.field, counted()) == ("point-2", before)
    does(nam, "answer", matter, text="Đã làm.", points={1: "Xong ngày 12.", 2: "Đã đặt."})
    answers = list(Point.objects.order_by("ordinal").values_list("answer", flat=True))
    assert (fresh(matter).current.state, answers) == (State.ANSWERED, ["Xong ngày 12.", "Đã đặt."])


def test_the_step_holds_the_hash_of_what_was_said_with_it(bridge, nam):
    does(nam, "ask", bridge, text="Gần cột số mấy?")
    step = Step.objects.get(verb="ask")
    assert step.payload_hash == hashlib.sha256("Gần cột số mấy?".encode()).hexdigest()
    assert Entry.objects.get(step=step).text == "Gần cột số mấy?"


def test_a_photo_comes_with_its_step_and_is_kept_once(bridge, nam):
    photo = a_photo().getvalue()
    does(nam, "answer", bridge, text="Đã làm, xem ảnh.", photos=[photo, photo])
    assert list(Attachment.objects.values_list("step__verb", flat=True)) == ["answer"]


def test_what_is_urged_stays_between_offices(bridge, lan):
    does(lan, "urge", bridge, text="Trả lời trước thứ Sáu.")
    assert Entry.objects.get().is_internal


def test_only_above_the_holder_is_a_term_extended(bridge, nam, tu):
    with pytest.raises(Refused) as refusal:
        does(nam, "extend", bridge, text="Chờ vật tư.", days=5)
    assert refusal.value.code == "not-allowed"
    opinion = does(tu, "extend", told(bridge.area, kind=Kind.OPINION), text="Chờ vật tư.", days=5)
    assert opinion.current.due == date(2026, 4, 9)


def test_the_second_of_two_officers_is_told_and_writes_nothing(bridge, nam, tu):
    act(matter_id=bridge.id, verb="accept", words=Words(), by=nam.by, at=AT, seen=1)
    before = counted()
    with pytest.raises(Refused) as refusal:
        act(matter_id=bridge.id, verb="answer", words=Words(text="Đã làm."), by=tu.by, at=AT, seen=1)
    assert (refusal.value.code, counted()) == ("stale", before)


@pytest.mark.parametrize("officer", ["thu", "ben", "vu"])
def test_a_matter_out_of_sight_is_absent(bridge, officer, request):
    with pytest.raises(Absent):
        does(request.getfixturevalue(officer), "accept", bridge)


@pytest.mark.parametrize("verb", ["accept", "answer", "hand-over", "extend", "cancel", "urge"])
def test_an_auditor_changes_nothing(bridge, kim, world, verb):
    before = counted()
    with pytest.raises(Refused) as refusal:
        does(kim, verb, bridge, text="…", days=1, unit_id=world.so_xay_dung.id)
    assert (refusal.value.code, counted()) == ("not-allowed", before)


def test_a_collaborator_takes_in_and_adds_but_does_not_handle(world, mai):
    matter = told(world.xa_binh_an, by=mai.by, intake=Intake.OFFICE)
    assert fresh(does(mai, "add", matter, text="Người dân nói thêm: bên trái.")).current.steps_taken == 2
    with pytest.raises(Refused) as refusal:
        does(mai, "answer", matter, text="Đã làm.")
    assert refusal.value.code == "not-allowed"


# The citizen


def test_the_citizens_reply_starts_the_clock_again(world, nam):
    opinion = told(world.xa_binh_an, kind=Kind.OPINION)
    does(nam, "ask", opinion, text="Gần cột số mấy?", when=at(4))
    after = citizen_act(matter=opinion, verb="reply", words=Words(text="Cột 15."), at=at(11))
    assert (after.current.state, after.current.due) == (State.OPEN, date(2026, 4, 9))


@pytest.mark.parametrize("verb", ["answer", "accept", "confirm", "cancel", "open"])
def test_a_citizen_takes_no_officers_step(bridge, verb):
    with pytest.raises(Refused) as refusal:
        citizen_act(matter=bridge, verb=verb, words=Words(text="…"), at=AT)
    assert refusal.value.code == "not-allowed"


def test_a_matter_takes_only_so_many_additions(bridge, monkeypatch):
    monkeypatch.setattr(module, "MAX_ENTRIES", 2)
    for _ in range(2):
        citizen_act(matter=bridge, verb="add", words=Words(text="Thêm."), at=AT)
    with pytest.raises(TooMany):
        citizen_act(matter=bridge, verb="add", words=Words(text="Thêm."), at=AT)


def test_who_is_content_closes_the_matter(bridge, nam):
    does(nam, "answer", bridge, text="Đã làm.")
    after = give_verdict(matter=bridge, settled=Settled.YES, score=5, text="", at=at(1))
    assert (after.current.state, Verdict.objects.get().score) == (State.CONFIRMED, 5)


def test_who_is_not_content_gets_a_new_clock_counted_apart(bridge, nam, world):
    does(nam, "answer", bridge, text="Đã làm.", when=at(4))
    after = give_verdict(matter=bridge, settled=Settled.NO, score=1, text="Chưa làm gì.", at=at(7))
    old, new = Commitment.objects.order_by("opened_at", "id")
    assert (old.state, new.state, new.kind, new.due) == (State.DISPUTED, State.OPEN, REVIEW, date(2026, 4, 2))
    assert (after.current_id, new.owed_by_id, new.raised_on, new.code) == (
        new.id,
        old.owed_by_id,
        TODAY,
        f"{after.code}/2",
    )
    assert list(MatterCommitment.objects.order_by("ordinal").values_list("commitment_id", flat=True)) == [
        old.id,
        new.id,
    ]
    assert sorted(Tally.objects.filter(kind=REVIEW).values_list("measure", "delta")) == [("received", 1)]


def test_a_verdict_without_a_reason_opens_nothing(bridge, nam):
    does(nam, "answer", bridge, text="Đã làm.")
    before = counted()
    with pytest.raises(Invalid):
        give_verdict(matter=bridge, settled=Settled.NO, score=None, text=" ", at=AT)
    assert counted() == before


# What follows by itself


def test_a_matter_follows_its_commitment_to_the_successor_of_an_ended_unit(world, nam):
    matter = told(world.xa_binh_an)
    pass_to_successors(ended=world.ubnd_binh_an.id, successor=world.ubnd_phu_loc.id, note="Sáp nhập.",
                       by=system("sáp nhập"), at=AT)  # fmt: skip
    assert (realign_holders(), fresh(matter).holder_id, realign_holders()) == (1, world.ubnd_phu_loc.id, 0)


def test_the_contact_of_a_running_matter_does_not_expire_before_the_answer(world, hoa):
    matter = told(world.xa_binh_an, reply_by=ReplyBy.PHONE, sender=Sender(phone=hoa.phone))
    later = AT + timedelta(days=170)
    assert renew_running(at=later) == 1
    assert fresh(matter).contact.expires_on > later.date() + timedelta(days=100)
