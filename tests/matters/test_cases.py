"""Complaints and denunciations from the letter to what is carried out, by the book of the day they came."""

from datetime import date, datetime, timedelta

import pytest

from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.commitments.models import Commitment, Step, Tally
from danvan.commitments.queries import verify
from danvan.matters.actions import CaseSaid, Done, LetterSaid, Said, Sender, citizen_act, do, receive, register_letter
from danvan.matters.actions.steps import Words
from danvan.matters.kinds import (
    Field,
    Figure,
    Finding,
    Flaw,
    Kind,
    Language,
    LetterWay,
    Outcome,
    Reason,
    SameWhy,
    Writer,
)
from danvan.matters.models import Act, Case, Entry, Letter, Matter, Point, Stage
from danvan.rules.ledger import State
from danvan.rules.procedure import Phase, Procedure
from danvan.units.access import CITIZEN
from tests.matters.told import at, fresh, told
from tests.world import AT, MAU, TODAY, an_officer

AFTER = datetime.fromisoformat("2026-08-21T02:00:00+00:00")
"""A Friday morning under the amended law."""
WALL = "Xã quyết định thu hồi 40 m² đất vườn của gia đình tôi mà không bồi thường đúng giá."
BRIBE = "Cán bộ địa chính nhận tiền để cấp giấy chứng nhận trái quy định, có biên nhận kèm theo."


def complaint(world, *, when=AT, **case) -> Case:
    matter = told(world.xa_binh_an, kind=Kind.COMPLAINT, content=WALL, field=Field.LAND, when=when,
                  points=["Hủy quyết định thu hồi", "Bồi thường đúng giá"], case=CaseSaid(**case))  # fmt: skip
    return Case.objects.get(lead=matter)


def denunciation(world, *, when=AT, **case) -> Case:
    matter = told(world.xa_binh_an, kind=Kind.DENUNCIATION, content=BRIBE, when=when, case=CaseSaid(**case))
    return Case.objects.get(lead=matter)


def does(officer, key, case, *, when=AT, **done):
    given = {"text": "Theo hồ sơ.", "number": "12/QĐ-UBND"} | done
    return do(case_id=case.pk, key=key, done=Done(**given), by=officer.by, at=when)


def stages(case) -> list[tuple[str, str, str, date | None]]:
    rows = Stage.objects.filter(case=case).select_related("commitment").order_by("ordinal")
    return [(s.name, s.commitment.rule_id, s.commitment.state, s.commitment.due) for s in rows]


def again(case) -> Case:
    return Case.objects.get(pk=case.pk)


def measures(kind) -> dict[str, int]:
    found: dict[str, int] = {}
    for measure, delta in Tally.objects.filter(kind=kind).values_list("measure", "delta"):
        found[measure] = found.get(measure, 0) + delta
    return found


# The life of a complaint


def test_a_complaint_is_registered_and_its_accepting_has_the_clock_of_the_day_it_came(world):
    case = complaint(world, when=AFTER)
    letter = case.lead.letter
    assert (letter.number, letter.year, letter.way, letter.unit_id) == (
        1,
        2026,
        LetterWay.PORTAL,
        world.ubnd_binh_an.id,
    )
    assert (case.phase, case.holder_id) == (Phase.SORTING, world.ubnd_binh_an.id)
    assert stages(case) == [("accept", "KN-27b", State.OPEN, date(2026, 9, 3))]


def test_a_complaint_that_came_before_the_amendment_keeps_the_older_clock(world):
    case = complaint(world, when=datetime.fromisoformat("2026-06-29T02:00:00+00:00"))
    assert stages(case) == [("accept", "KN-27a", State.OPEN, date(2026, 7, 13))]


def test_a_complaint_goes_through_its_legal_clocks_in_turn(world, nam):
    case = complaint(world)
    does(nam, "accept", case, when=at(4), number="05/TB-UBND")
    does(nam, "verify", case, when=at(6))
    does(nam, "dialogue", case, when=at(20), number="")
    does(nam, "decide", case, when=at(30), outcome=Outcome.PARTLY, findings={1: Finding.WRONG, 2: Finding.RIGHT},
         figures={Figure.PERSON_MONEY: 40_000_000})  # fmt: skip
    case = again(case)
    assert (case.phase, case.accepted_on, case.decided_on) == (Phase.DECIDED, date(2026, 3, 16), date(2026, 4, 11))
    assert (case.outcome, case.is_on_time) == (Outcome.PARTLY, True)
    assert stages(case) == [
        ("accept", "KN-27a", State.DONE, date(2026, 3, 26)),
        ("resolve", "KN-28", State.SETTLED, date(2026, 4, 15)),
        ("send", "KN-32", State.OPEN, date(2026, 4, 15)),
        ("publish", "KN-pub", State.OPEN, date(2026, 4, 28)),
    ]
    assert fresh(case.lead).current.state == State.SETTLED
    assert list(verify()) == []


def test_a_complaint_counts_once_as_received_and_once_as_resolved(world, nam):
    case = complaint(world)
    does(nam, "accept", case, when=at(1))
    assert measures(Kind.COMPLAINT) == {"received": 1}
    does(nam, "decide", case, when=at(2), outcome=Outcome.RIGHT, findings={1: Finding.RIGHT, 2: Finding.RIGHT})
    assert measures(Kind.COMPLAINT) == {"received": 1, "answered": 1, "on-time": 1}


def test_a_decision_is_sent_published_takes_effect_and_is_carried_out(world, nam):
    case = decided(world, nam)
    does(nam, "send", case, when=at(4), number="")
    does(nam, "publish", case, when=at(5), number="", place="Trụ sở UBND xã", until=TODAY + timedelta(days=20))
    with pytest.raises(Refused, match="có hiệu lực sau ngày 13/04/2026"):
        does(nam, "take-effect", case, when=at(32))
    does(nam, "take-effect", case, when=at(33))
    does(nam, "execute", case, when=at(35))
    assert [(name, state) for name, _rule, state, _due in stages(case)[2:]] == [
        ("send", State.DONE), ("publish", State.DONE), ("execute", State.DONE)
    ]  # fmt: skip
    assert (again(case).effective_on, again(case).closed_on) == (date(2026, 4, 14), date(2026, 4, 16))


def decided(world, nam) -> Case:
    case = complaint(world)
    does(nam, "accept", case, when=at(1))
    does(nam, "decide", case, when=at(2), outcome=Outcome.RIGHT, findings={1: Finding.RIGHT, 2: Finding.RIGHT})
    return again(case)


def test_a_decision_on_which_a_second_complaint_stands_takes_no_effect(world, nam):
    case = decided(world, nam)
    told(world.xa_binh_an, kind=Kind.COMPLAINT, content=WALL, when=at(20), unit_id=world.ubnd_tinh.id,
         case=CaseSaid(procedure=Procedure.SECOND_COMPLAINT, previous_id=case.pk))  # fmt: skip
    with pytest.raises(Refused, match="khiếu nại lần hai"):
        does(nam, "take-effect", case, when=at(40))


def test_a_second_complaint_goes_to_the_province_with_longer_clocks_of_its_own(world, nam, sau):
    first = decided(world, nam)
    matter = told(world.xa_binh_an, kind=Kind.COMPLAINT, content=WALL, when=at(20), unit_id=world.ubnd_tinh.id,
                  case=CaseSaid(procedure=Procedure.SECOND_COMPLAINT, previous_id=first.pk))  # fmt: skip
    second = Case.objects.get(lead=matter)
    assert (second.previous_id, second.holder_id) == (first.pk, world.ubnd_tinh.id)
    assert [name for name, *_rest in stages(second)] == ["accept"]
    assert stages(second)[0][1] == "KN-36a"


# Complex, remote, suspended, under another law


@pytest.mark.parametrize(
    ("remote", "criteria", "last_day"),
    [
        (False, (), date(2026, 4, 13)),
        (False, ("several-places",), date(2026, 4, 28)),
        (True, (), date(2026, 4, 28)),
        (True, ("several-places", "foreign"), date(2026, 5, 11)),
    ],
)
def test_complex_and_remote_are_ceilings_from_the_same_start(world, nam, remote, criteria, last_day):
    case = complaint(world, is_remote=remote, criteria=frozenset(criteria))
    does(nam, "accept", case)
    assert stages(case)[1] == ("resolve", "KN-28", State.OPEN, last_day)


def test_under_the_amended_law_suspended_days_do_not_count(world, nam, tu):
    case = complaint(world, when=AFTER)
    does(nam, "accept", case, when=AFTER)
    due = stages(case)[1][3]
    does(tu, "suspend", case, when=AFTER + timedelta(days=10))
    assert (again(case).phase, stages(case)[1][2:]) == (Phase.SUSPENDED, (State.SUSPENDED, None))
    does(tu, "continue", case, when=AFTER + timedelta(days=24))
    assert due == date(2026, 9, 21)
    assert (again(case).phase, stages(case)[1][2:]) == (Phase.RESOLVING, (State.OPEN, date(2026, 10, 5)))


def test_before_the_amendment_no_complaint_could_be_suspended(world, nam, tu):
    case = complaint(world)
    does(nam, "accept", case)
    with pytest.raises(Refused, match="không được tạm dừng"):
        does(tu, "suspend", case, when=at(1))


def test_a_case_under_the_old_law_is_moved_to_the_new_one_only_by_an_act_with_its_reason(world, nam, tu):
    case = complaint(world, when=datetime.fromisoformat("2026-06-29T02:00:00+00:00"))
    july = datetime.fromisoformat("2026-07-03T02:00:00+00:00")
    with pytest.raises(Forbidden):
        does(nam, "re-base", case, when=july, rule_on=date(2026, 7, 1))
    does(tu, "re-base", case, when=july, text="Áp dụng Luật 136/2025/QH15.", number="", rule_on=date(2026, 7, 1))
    assert stages(case) == [
        ("accept", "KN-27a", State.DONE, date(2026, 7, 13)),
        ("accept", "KN-27b", State.OPEN, date(2026, 7, 8)),
    ]
    assert measures(Kind.COMPLAINT) == {"received": 1}
    assert list(verify()) == []


def test_days_granted_or_not_counted_are_never_lost_by_starting_the_clock_again(world, nam, tu):
    extended, paused = denunciation(world, when=AFTER), complaint(world, when=AFTER)
    does(tu, "extend", extended, when=AFTER, days=3)
    does(nam, "accept", paused, when=AFTER)
    does(tu, "suspend", paused, when=AFTER + timedelta(days=10))
    with pytest.raises(Refused, match="khi vụ việc tạm đình chỉ"):
        does(tu, "re-base", paused, when=AFTER + timedelta(days=11))
    does(tu, "continue", paused, when=AFTER + timedelta(days=24))
    before = stages(extended), stages(paused)
    for case in (extended, paused):
        with pytest.raises(Refused, match="sẽ làm mất những ngày đó"):
            does(tu, "re-base", case, when=AFTER + timedelta(days=25))
    assert (stages(extended), stages(paused)) == before


# Denunciations


def test_a_denunciation_goes_through_its_clocks_and_its_conclusion_is_published(world, nam):
    case = denunciation(world, when=AFTER)
    does(nam, "accept-denunciation", case, when=AFTER + timedelta(days=3))
    does(nam, "conclude", case, when=AFTER + timedelta(days=20), outcome=Outcome.RIGHT)
    assert stages(case) == [
        ("accept", "TC-24", State.DONE, date(2026, 9, 3)),
        ("resolve", "TC-30", State.SETTLED, date(2026, 9, 23)),
        ("notify", "TC-29", State.OPEN, date(2026, 9, 3)),
        ("send", "TC-35", State.OPEN, date(2026, 9, 17)),
        ("publish", "TC-40", State.OPEN, date(2026, 9, 21)),
        ("execute", "TC-36", State.OPEN, date(2026, 9, 21)),
    ]


@pytest.mark.parametrize(
    ("criteria", "granted"), [((), 0), (("foreign",), 1), (("foreign", "several-places", "many-people"), 2)]
)
def test_a_denunciation_is_extended_as_often_as_its_complexity_allows(world, nam, tu, criteria, granted):
    case = denunciation(world, criteria=frozenset(criteria))
    does(nam, "accept-denunciation", case)
    for _ in range(granted):
        does(tu, "extend", case, when=at(1), days=30)
    with pytest.raises(Refused) as refusal:
        does(tu, "extend", case, when=at(2), days=30)
    assert (refusal.value.field, Step.objects.filter(verb="extend").count()) == ("days", granted)


def test_across_tet_an_extension_and_a_suspension_both_move_the_due_day(world, nam, tu):
    """Accepted Friday 16/01/2026: thirty days end on 15/02, in Tết, rolled to 23/02; ten suspended days and thirty
    granted ones make it 27/03.
    """
    start = datetime.fromisoformat("2026-01-16T02:00:00+00:00")
    case = denunciation(world, when=start, criteria=frozenset({"foreign"}))
    does(nam, "accept-denunciation", case, when=start)
    assert stages(case)[1][3] == date(2026, 2, 23)
    does(tu, "suspend-denunciation", case, when=start + timedelta(days=10))
    does(tu, "continue", case, when=start + timedelta(days=20))
    does(tu, "extend", case, when=start + timedelta(days=21), days=30)
    assert stages(case)[1][3] == date(2026, 3, 27)
    assert "notify-suspension" in [name for name, *_rest in stages(case)]


def test_an_anonymous_denunciation_with_evidence_goes_to_inspection_and_never_to_a_bin(world, nam):
    case = denunciation(world)
    does(nam, "check", case, addressee="Thanh tra tỉnh")
    assert (again(case).phase, again(case).closed_on) == (Phase.CHECKED, TODAY)


def test_a_denunciation_keeps_no_contact_and_no_channel_to_reach_the_denouncer(world):
    matter = denunciation(world).lead
    assert (matter.contact_id, matter.identity_id, matter.reply_by) == (None, None, "none")


def test_words_that_name_the_denouncer_are_refused_at_their_field(world):
    named = Sender(name="Trần Thị Hoa", phone="0912345678", address="số 5 ấp Tân Lập")
    texts = {
        "họ tên": "Tôi là Tran Thi Hoa, xin tố cáo cán bộ nhận tiền trái quy định.",
        "số điện thoại": "Cán bộ nhận tiền, gọi tôi theo số 0912.345.678 để biết thêm chi tiết.",
        "địa chỉ": "Nhà ở số 5, ấp Tân Lập; cán bộ nhận tiền trái quy định nhiều lần.",
    }
    for what, text in texts.items():
        said = Said(content=text, area_id=world.xa_binh_an.id, kind=Kind.DENUNCIATION, sender=named)
        with pytest.raises(Invalid, match=what) as refusal:
            receive(said=said, by=CITIZEN, at=AT)
        assert (refusal.value.field, "Hoa" in refusal.value.sentence) == ("content", False)
    assert (Matter.objects.count(), Letter.objects.count(), Commitment.objects.count()) == (0, 0, 0)


# Withdrawing


def test_one_content_is_withdrawn_and_the_decision_finds_on_the_others_only(world, nam):
    case = complaint(world)
    does(nam, "accept", case)
    does(nam, "withdraw-part", case, when=at(1), number="", points=(1,))
    with pytest.raises(Invalid, match="Còn 1 nội dung"):
        does(nam, "decide", case, when=at(2), outcome=Outcome.RIGHT)
    does(nam, "decide", case, when=at(2), outcome=Outcome.RIGHT, findings={2: Finding.RIGHT})
    points = Point.objects.order_by("ordinal").values_list("withdrawn_on", "finding")
    assert list(points) == [(date(2026, 3, 13), ""), (None, Finding.RIGHT)]


def test_withdrawing_every_content_is_withdrawing_the_letter(world, nam):
    case = complaint(world)
    with pytest.raises(Refused, match="rút toàn bộ"):
        does(nam, "withdraw-part", case, number="", points=(1, 2))
    does(nam, "withdraw", case, number="")
    assert (again(case).phase, fresh(case.lead).current.state) == (Phase.WITHDRAWN, State.WITHDRAWN)
    assert measures(Kind.COMPLAINT) == {"received": 1, "withdrawn": 1}


def test_what_was_withdrawn_under_coercion_is_taken_up_again_with_a_new_clock(world, nam):
    case = complaint(world)
    does(nam, "withdraw", case, number="")
    does(nam, "restore", case, when=at(5), number="", text="Bị đe dọa để rút đơn.")
    assert (again(case).phase, again(case).closed_on) == (Phase.SORTING, None)
    assert [(name, state) for name, _rule, state, _due in stages(case)] == [
        ("accept", State.WITHDRAWN), ("accept", State.OPEN)
    ]  # fmt: skip


def test_a_citizen_cannot_end_a_case_by_pressing_a_button_but_can_ask_for_it(world):
    matter = complaint(world).lead
    with pytest.raises(Refused, match="không thuộc thủ tục"):
        citizen_act(matter=matter, verb="withdraw", words=Words(text="Tôi rút đơn."), at=at(1))
    citizen_act(matter=matter, verb="add", words=Words(text="Tôi xin rút đơn."), at=at(1))
    assert Entry.objects.get().text == "Tôi xin rút đơn."


# Refusing, guiding, passing on


def test_a_case_is_not_accepted_only_for_a_reason_the_law_knows(world, nam):
    case = complaint(world)
    with pytest.raises(Invalid) as refusal:
        does(nam, "refuse", case)
    assert refusal.value.field == "reason"
    does(nam, "refuse", case, reason=Reason.COURT)
    assert (again(case).phase, again(case).reason, again(case).lead.letter.sorted_on) == (
        Phase.REFUSED, Reason.COURT, TODAY
    )  # fmt: skip


def test_a_transfer_starts_the_receivers_own_clock_and_moves_the_count(world, nam, lan):
    case = complaint(world)
    does(nam, "transfer", case, when=at(3), unit_id=world.so_xay_dung.id)
    case = again(case)
    assert (case.holder_id, case.phase) == (world.so_xay_dung.id, Phase.SORTING)
    assert stages(case) == [
        ("accept", "KN-27a", State.DONE, date(2026, 3, 26)),
        ("accept", "KN-27a", State.OPEN, date(2026, 3, 27)),
    ]
    assert measures(Kind.COMPLAINT) == {"received": 1, "handed-out": 1, "handed-in": 1}


def test_a_third_transfer_between_two_units_waits_for_their_common_superior(world, nam, sau):
    builder = an_officer(name="Lê Văn Xây", unit=world.so_xay_dung, role="officer")
    case = complaint(world)
    does(nam, "transfer", case, unit_id=world.so_xay_dung.id)
    does(builder, "transfer", case, when=at(1), unit_id=world.ubnd_binh_an.id)
    with pytest.raises(Refused, match="Cấp trên chung"):
        does(nam, "transfer", case, when=at(2), unit_id=world.so_xay_dung.id)
    does(sau, "transfer", case, when=at(2), unit_id=world.so_xay_dung.id)
    assert again(case).holder_id == world.so_xay_dung.id


def test_several_letters_about_one_thing_become_one_case_and_each_keeps_its_own_story(world, nam):
    first, second = complaint(world), complaint(world)
    does(nam, "join", second, number="", case_id=first.pk)
    assert [m.case_id for m in Matter.objects.all()] == [first.pk, first.pk]
    assert (again(second).phase, fresh(second.lead).current.state) == (Phase.JOINED, State.SETTLED)
    assert Letter.objects.count() == 2


# Two provinces


def test_a_letter_about_another_province_stays_whole_in_the_register_it_came_through(world, nam, ben, sign_in):
    said = {"content": WALL, "area_id": world.xa_ben.id}
    made = register_letter(letter=LetterSaid(way=LetterWay.POST), by=nam.by, at=AT,
                           contents=[Said(kind=Kind.COMPLAINT, **said), Said(kind=Kind.RECOMMENDATION, **said)])  # fmt: skip
    assert [matter.part for matter in made.letter.matters.order_by("part")] == [1, 2]
    case = Case.objects.select_related("lead__letter").get()
    assert (case.lead.letter, case.holder_id) == (made.letter, world.ubnd_xa_ben.id)
    does(ben, "accept", case)
    assert sign_in(ben).get(f"/viec/{case.lead.code}/").status_code == 200
    assert list(verify()) == []


def test_a_complaint_about_another_province_stands_where_it_is_registered(world, nam):
    matter = told(world.xa_ben, kind=Kind.COMPLAINT, content=WALL, unit_id=world.ubnd_binh_an.id)
    assert (Matter.objects.select_related("letter").get().letter.unit_id, matter.home_area) == (nam.unit.id, MAU)
    does(nam, "accept", Case.objects.get())
    assert list(verify()) == []


def test_no_case_or_letter_is_linked_to_one_of_another_province(world, nam, ben):
    there = told(world.xa_ben, kind=Kind.COMPLAINT, content=WALL)
    case = Case.objects.get(lead=there)
    does(ben, "accept", case)
    does(ben, "decide", case, outcome=Outcome.WRONG)
    with pytest.raises(Invalid) as of_case:
        complaint(world, procedure=Procedure.SECOND_COMPLAINT, previous_id=case.pk)
    Letter.objects.update(unit=nam.unit)
    with pytest.raises(Invalid) as of_letter:
        letter(world, nam, content(world, Kind.COMPLAINT, WALL), same_as_id=there.letter_id, same_why=SameWhy.SAME_CASE)
    assert (of_case.value.field, of_letter.value.field) == ("previous", "same_as_id")


# Letters


def letter(world, nam, *contents, **said):
    given = {"way": LetterWay.POST} | said
    return register_letter(letter=LetterSaid(**given), contents=contents, by=nam.by, at=AT)


def content(world, kind, text, **said) -> Said:
    return Said(content=text, area_id=world.xa_binh_an.id, kind=kind, unit_id=world.ubnd_binh_an.id, **said)


def test_a_letter_with_several_contents_becomes_several_matters_that_keep_their_origin(world, nam):
    made = letter(
        world,
        nam,
        content(world, Kind.COMPLAINT, WALL),
        content(world, Kind.REFLECTION, "Đường ấp 3 lầy lội suốt mùa mưa."),
    )
    assert [(p.matter.part, p.matter.kind, p.matter.letter_id) for p in made.parts] == [
        (1, Kind.COMPLAINT, made.letter.pk), (2, Kind.REFLECTION, made.letter.pk)
    ]  # fmt: skip
    assert (made.letter.number, Letter.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_a_case_with_nothing_to_carry_out_is_closed_once_it_was_sent_and_published(world, nam):
    case = complaint(world)
    does(nam, "accept", case, when=at(1))
    does(nam, "decide", case, when=at(2), outcome=Outcome.WRONG, findings={1: Finding.WRONG, 2: Finding.WRONG})
    does(nam, "send", case, when=at(4), number="")
    assert again(case).closed_on is None
    does(nam, "publish", case, when=at(5), number="", place="Trụ sở UBND xã", until=TODAY + timedelta(days=20))
    assert again(case).closed_on == date(2026, 3, 17)


def test_two_hundred_signers_are_one_letter_one_case_and_a_number(world, nam):
    made = letter(world, nam, content(world, Kind.COMPLAINT, WALL), writer=Writer.GROUP, signers=200)
    assert (made.letter.signers, Case.objects.count(), Matter.objects.count()) == (200, 1, 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"writer": Writer.GROUP, "signers": 1}, "signers"),
        ({"writer": Writer.PERSON, "signers": 3}, "writer"),
        ({"signers": 0}, "signers"),
        ({"flaw": Flaw.LANGUAGE, "language": Language.KHMER}, "flaw"),
        ({"flaw": Flaw.LANGUAGE, "language": Language.FOREIGN, "is_translated": True}, "flaw"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_at_its_field(world, nam, said, field):
    with pytest.raises(Invalid) as refusal:
        letter(world, nam, content(world, Kind.COMPLAINT, WALL), **said)
    assert (refusal.value.field, Letter.objects.count()) == (field, 0)


def test_a_letter_in_khmer_is_taken_in_like_any_other(world, nam):
    made = letter(world, nam, content(world, Kind.COMPLAINT, WALL), language=Language.KHMER)
    assert (made.letter.language, made.letter.flaw) == (Language.KHMER, "")


def test_a_letter_with_a_flaw_is_kept_with_its_reason(world, nam):
    made = letter(world, nam, flaw=Flaw.ILLEGIBLE, note="Rách mất nửa trang, không đọc được.")
    assert (made.letter.flaw, made.letter.sorted_on, Matter.objects.count()) == (Flaw.ILLEGIBLE, TODAY, 0)


def test_letters_are_numbered_by_unit_and_year(world, nam, thu):
    numbers = [letter(world, nam, content(world, Kind.COMPLAINT, WALL)).letter.number for _ in range(3)]
    other = letter(world, thu, content(world, Kind.COMPLAINT, WALL)).letter.number
    assert (numbers, other) == ([1, 2, 3], 1)


# Rights, papers of other days, two at once


def test_a_stranger_finds_no_case_and_a_reader_does_nothing_in_one(world, thu, lan, kim):
    case = complaint(world)
    with pytest.raises(Absent):
        does(thu, "accept", case)
    for reader in (lan, kim):
        with pytest.raises(Forbidden):
            does(reader, "accept", case)
    assert (again(case).phase, Act.objects.count()) == (Phase.SORTING, 0)


def test_a_paper_bears_the_day_it_was_made_and_never_a_day_to_come(world, nam):
    case = complaint(world)
    with pytest.raises(Invalid, match="không thể ở sau hôm nay"):
        does(nam, "accept", case, when=at(4), on=TODAY + timedelta(days=9))
    act = does(nam, "accept", case, when=at(4), on=TODAY + timedelta(days=1))
    assert (act.on, act.recorded_at) == (date(2026, 3, 13), at(4))
    with pytest.raises(Refused, match="ngày trước bước liền trước"):
        does(nam, "decide", case, when=at(5), on=TODAY, outcome=Outcome.RIGHT,
             findings={1: Finding.RIGHT, 2: Finding.RIGHT})  # fmt: skip


def test_a_refused_act_leaves_nothing_behind(world, nam):
    case = complaint(world)
    before = (Step.objects.count(), Stage.objects.count(), Act.objects.count(), Entry.objects.count())
    for key, done in {"decide": {}, "accept": {"number": ""}, "transfer": {"unit_id": case.holder_id}}.items():
        with pytest.raises(Refused):
            does(nam, key, case, **done)
    assert (Step.objects.count(), Stage.objects.count(), Act.objects.count(), Entry.objects.count()) == before


def test_what_offices_say_among_themselves_is_not_shown_to_the_sender(world, nam):
    case = complaint(world)
    does(nam, "accept", case)
    does(nam, "verify", case, when=at(1), text="Giao thanh tra huyện xác minh tại thửa 12.")
    assert list(Entry.objects.order_by("id").values_list("is_internal", flat=True)) == [False, True]
