"""The register of reception: one entry for each turn, and what is owed to who came."""

from datetime import date, datetime, time, timedelta

import pytest

from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.commitments.actions import Given, take_step
from danvan.commitments.models import Commitment
from danvan.commitments.queries import verify
from danvan.matters.actions import Said
from danvan.matters.actions.reception_slots import SlotSaid, cancel_slot, plan_slots, publish_slots
from danvan.matters.actions.receptions import SessionNumbers, correct_reception, record_reception
from danvan.matters.actions.turn_follow import correct_turn, follow_result, strike_out, tell_visitor
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import RECEPTION, Field, Kind, LedBy, LetterWay, Occasion, Told
from danvan.matters.models import Case, Letter, Matter, Reception, ReceptionDay, ReceptionSlot
from danvan.matters.queries.reception_calendar import standings_of
from danvan.people.actions import appoint_custodian, open_for, set_passphrase
from danvan.people.kinds import Side
from danvan.people.models import Contact, SealedIdentity
from danvan.units.access import system
from tests.matters.told import BRIDGE, told
from tests.world import AT, MAU, TODAY, an_officer

WORDS = "Đường vào ấp 3 ngập mỗi khi triều lên, mong xã nâng nền."
AFTER = datetime.fromisoformat("2026-08-21T02:00:00+00:00")
"""A Friday morning under the amended law."""
CARD = "096184005577"


def turn(**values) -> TurnSaid:
    return TurnSaid(**{"received_on": TODAY, "summary": WORDS} | values)


def received(officer, *, when=AT, key="", **values) -> Reception:
    return receive_turn(turn=turn(**values), by=officer.by, at=when, key=key).reception


# A turn


def test_a_turn_gets_the_next_number_of_the_year_and_a_duty_to_tell_within_ten_working_days(world, nam):
    first, second = received(nam), received(nam, received_on=TODAY - timedelta(days=1))
    assert (first.unit_id, first.number, second.number, first.year) == (world.ubnd_binh_an.id, 1, 2, 2026)
    owed = [(row.current.kind, row.current.rule_id, row.current.due) for row in (first, second)]
    assert owed == [(RECEPTION, "TCD-28", date(2026, 3, 26)), (RECEPTION, "TCD-28", date(2026, 3, 25))]


def test_telling_the_visitor_ends_the_duty_once(nam):
    row = received(nam)
    told = tell_visitor(reception_id=row.id, told=Told.LATER, text="Xã mời khảo sát ngày 20/3.", by=nam.by, at=AT)
    assert (told.told, told.told_on, told.current.state) == (Told.LATER, TODAY, "done")
    with pytest.raises(Refused, match="Đã báo cho người được tiếp ngày 12/03/2026"):
        tell_visitor(reception_id=row.id, told=Told.ACCEPTED, text="Lại báo.", by=nam.by, at=AT)


def test_who_is_told_on_the_spot_is_owed_nothing_more(nam):
    row = received(nam, told=Told.GUIDED, told_text="Hướng dẫn đến Tòa án khu vực.", received_on=TODAY - timedelta(3))
    row.refresh_from_db()
    assert (row.current.state, row.current.ended_on, row.told_on) == ("done", row.received_on, row.received_on)
    assert list(verify()) == []


def test_entered_twice_with_the_same_key_a_turn_stands_once(nam):
    assert received(nam, key="k").id == received(nam, key="k").id
    assert Reception.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"summary": " "}, "summary", "Hãy ghi tóm tắt nội dung."),
        ({"summary": "TỐI MẬT\nKế hoạch"}, "summary", None),
        ({"received_on": TODAY + timedelta(1)}, "received_on",
         "Ngày tiếp phải trong hai năm qua và không ở sau hôm nay."),
        ({"persons": 0}, "persons", "Mỗi lượt có từ 1 đến 10.000 người."),
        ({"is_group": True}, "is_group", "Một người thì không phải đoàn."),
        ({"cases_first": 0}, "cases_first", "Mỗi lượt có ít nhất một vụ việc, lần đầu hoặc nhiều lần."),
        ({"cases_again": 101}, "cases_again", "Phải từ 0 đến 100."),
        ({"is_online": True}, "is_online", "Tiếp trực tuyến là hình thức hợp pháp từ 01/07/2026."),
        ({"told": Told.LATER}, "told_text", "Trả lời tại chỗ thì chọn kết quả và ghi nội dung đã báo."),
        ({"papers_listed": "Đơn viết tay"}, "papers", "Đã kê giấy tờ thì ghi số lượng nhận."),
        ({"matter_code": "99-AAAA-AAAA"}, "matter_code", "Không thấy việc có mã này."),
        ({"guided_to": "x" * 201}, "guided_to", "Nhiều nhất 200 ký tự."),
        ({"visitor": Visitor(phone="12")}, "phone", None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(nam, values, field, sentence):
    with pytest.raises(Invalid) as refusal:
        received(nam, **values)
    assert refusal.value.field == field
    assert sentence in {None, refusal.value.sentence}
    assert (Reception.objects.count(), Commitment.objects.count(), Contact.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("persons", "said", "is_group"), [(4, None, False), (5, None, True), (5, False, False)])
def test_a_group_begins_at_five_unless_the_receiver_knows_better(nam, persons, said, is_group):
    assert received(nam, persons=persons, is_group=said).is_group is is_group


# Who came


def test_who_came_stands_in_the_vault_for_reception_only(nam, hoa):
    visitor = Visitor(name=hoa.name, phone=hoa.phone, address=hoa.address)
    row = received(nam, visitor=visitor)
    assert row.contact.purpose == "reception"
    opened = open_contact(row, nam)
    assert (opened.name, opened.address, opened.id_number) == (hoa.name, hoa.address, "")


def open_contact(row, officer, when=AT):
    return open_for.__wrapped__(
        contact_id=row.contact_id, by=officer.by, reason="Gọi báo", unit_id=row.unit_id, at=when
    )


@pytest.mark.parametrize(
    ("kind", "when", "asked"),
    [
        (Kind.COMPLAINT, AT, False),
        (Kind.COMPLAINT, AFTER, True),
        (Kind.RECOMMENDATION, AFTER, False),
    ],
)
def test_a_number_of_papers_is_taken_only_where_the_law_asks(nam, hoa, kind, when, asked):
    values = {"kind": kind, "visitor": Visitor(name=hoa.name, id_number=CARD), "received_on": when.date()}
    if not asked:
        with pytest.raises(Invalid, match="từ 01/07/2026"):
            received(nam, when=when, **values)
        return
    row = received(nam, when=when, **values)
    assert open_contact(row, nam, when).id_number == CARD
    assert CARD.encode() not in bytes(row.contact.id_number)


@pytest.fixture
def keys(world, tu):
    """Two custodians, one on each side, so that a denouncer can be sealed."""
    for name, side in (("Phan Quốc Bình", Side.FIRST), ("Lâm Hải Yến", Side.SECOND)):
        keeper = an_officer(name=name, unit=world.ubnd_binh_an, title="Công chức xã")
        key = appoint_custodian(unit_id=world.ubnd_binh_an.id, account_id=keeper.account.pk, side=side, by=tu.by, at=AT)
        set_passphrase(custodian_id=key.pk, passphrase=f"bốn con cò bay {side}", by=keeper.by, at=AT)


def test_who_denounces_at_a_reception_is_sealed_once_and_named_nowhere(world, nam, hoa, keys):
    visitor = Visitor(name=hoa.name, phone=hoa.phone, id_number=CARD)
    said = Said(content="Cán bộ nhận tiền để cấp giấy, có biên nhận.", area_id=world.xa_binh_an.id)
    values = {"kind": Kind.DENUNCIATION, "summary": "Tố cáo cán bộ nhận tiền.", "visitor": visitor, "papers": 2}
    taken = receive_turn(turn=turn(said=said, received_on=AFTER.date(), **values), by=nam.by, at=AFTER)
    row, matter = taken.reception, taken.opened.matter
    assert (row.contact_id, SealedIdentity.objects.count(), Contact.objects.count()) == (None, 1, 0)
    assert row.identity_id == matter.identity_id
    letter = Letter.objects.get()
    assert (letter.way, letter.is_anonymous, Case.objects.get().lead) == (LetterWay.HANDED, False, matter)
    with pytest.raises(Invalid) as refusal:
        received(nam, when=AFTER, **values | {"summary": f"{hoa.name} tố cáo cán bộ.", "received_on": AFTER.date()})
    assert (refusal.value.code, refusal.value.field) == ("identity-in-text", "summary")


def test_words_about_a_denunciation_are_not_rewritten_where_the_name_is_sealed(nam, keys):
    row = received(nam, kind=Kind.DENUNCIATION, summary="Tố cáo cán bộ nhận tiền.", visitor=Visitor(name="Tô Ngọc Vân"))
    new = turn(kind=Kind.DENUNCIATION, summary="Bà Tô Ngọc Vân tố cáo cán bộ.")
    with pytest.raises(Refused, match="Lời ghi về tố cáo không sửa được"):
        correct_turn(reception_id=row.id, turn=new, reason="Ghi rõ", by=nam.by, at=AT)
    counts = turn(kind=Kind.DENUNCIATION, summary="Tố cáo cán bộ nhận tiền.", persons=2)
    assert correct_turn(reception_id=row.id, turn=counts, reason="Đếm lại", by=nam.by, at=AT).persons == 2


# What is handed in


def test_papers_handed_in_are_registered_as_a_letter_with_its_matter(world, nam, hoa):
    said = Said(content="Xã thu hồi đất vườn không bồi thường đúng giá.", area_id=world.xa_binh_an.id, field=Field.LAND)
    visitor = Visitor(name=hoa.name, phone=hoa.phone)
    taken = receive_turn(turn=turn(kind=Kind.COMPLAINT, visitor=visitor, said=said, papers=3), by=nam.by, at=AT)
    letter, matter = Letter.objects.get(), Matter.objects.get()
    assert (letter.way, letter.received_on, taken.reception.letter, taken.reception.matter) == (
        LetterWay.HANDED, TODAY, letter, matter
    )  # fmt: skip
    assert (matter.kind, matter.intake, matter.current.due) == (Kind.COMPLAINT, "office", date(2026, 3, 26))
    assert (len(taken.opened.pin) > 3, matter.contact_id != taken.reception.contact_id) == (True, True)


def test_what_was_only_told_becomes_a_matter_without_a_letter(world, nam):
    said = Said(content=WORDS, area_id=world.xa_binh_an.id, field=Field.ROADS)
    row = received(nam, said=said)
    assert (Letter.objects.count(), row.matter, row.matter.kind) == (0, Matter.objects.get(), Kind.REFLECTION)


@pytest.mark.parametrize("papers", [0, 2])
@pytest.mark.parametrize("kind", [Kind.RECOMMENDATION, Kind.COMPLAINT])
def test_what_concerns_another_province_stands_where_it_was_heard(world, nam, papers, kind):
    said = Said(content=BRIDGE, area_id=world.xa_ben.id)
    row = Reception.objects.select_related("matter__letter").get(
        pk=received(nam, kind=kind, said=said, papers=papers).pk
    )
    assert (row.matter.home_area, row.matter.holder_id, row.opens_matter) == (MAU, world.ubnd_xa_ben.id, True)
    assert (row.letter_id is not None) is bool(papers)
    assert list(verify()) == []


def test_a_denunciation_about_another_province_is_sealed_with_its_turn(world, nam, hoa, keys):
    visitor = Visitor(name=hoa.name, phone=hoa.phone, address=hoa.address)
    said = Said(content="Cán bộ xã Bến nhận tiền để bỏ qua việc xây dựng trái phép.", area_id=world.xa_ben.id)
    row = received(nam, kind=Kind.DENUNCIATION, said=said, visitor=visitor)
    assert Matter.objects.select_related("identity").get().identity == row.identity


def test_a_turn_is_not_linked_to_a_matter_of_another_province(world, nam, sau):
    there = told(world.xa_ben, unit_id=nam.unit.id)
    with pytest.raises(Invalid) as refusal:
        received(nam, matter_code=there.code)
    assert (refusal.value.field, Reception.objects.count()) == ("matter_code", 0)


def test_a_turn_may_concern_a_matter_that_stands_already(world, nam):
    code = received(nam, said=Said(content=WORDS, area_id=world.xa_binh_an.id)).matter.code
    again = received(nam, cases_first=0, cases_again=1, matter_code=code.lower())
    assert (again.matter.code, Matter.objects.count()) == (code, 1)


# Entries and numbers


@pytest.mark.parametrize(
    ("led_by", "led_by_head", "refused"),
    [
        (LedBy.STAFF, False, True),
        (LedBy.DELEGATED, False, True),
        (LedBy.HEAD, True, True),
        (LedBy.HEAD, False, False),
        (LedBy.STAFF, True, False),
    ],
)
def test_a_session_is_written_down_one_way_only(nam, led_by, led_by_head, refused):
    numbers = SessionNumbers(TODAY, 2, 2, 2, led_by_head=led_by_head)
    entry = received(nam, led_by=led_by)
    if refused:
        with pytest.raises(Refused, match="đã ghi từng lượt trong sổ"):
            record_reception(reception=numbers, by=nam.by, at=AT)
        strike_out(reception_id=entry.id, reason="Ghi nhầm", by=nam.by, at=AT)
        record_reception(reception=numbers, by=nam.by, at=AT)
        with pytest.raises(Refused, match="đã ghi bằng số tổng"):
            received(nam, led_by=led_by)
    else:
        record_reception(reception=numbers, by=nam.by, at=AT)
    assert ReceptionDay.objects.count() == 1


def test_numbers_cannot_be_moved_to_a_day_of_entries(nam):
    day = record_reception(reception=SessionNumbers(TODAY - timedelta(1), 2, 2, 2), by=nam.by, at=AT)
    received(nam)
    with pytest.raises(Refused, match="đã ghi từng lượt"):
        correct_reception(reception_id=day.id, reception=SessionNumbers(TODAY, 2, 2, 2), by=nam.by, at=AT)


# Putting right


def test_a_correction_keeps_what_stood_before_and_why(nam, tu):
    row = received(nam)
    new = turn(persons=6, kind=Kind.RECOMMENDATION, in_competence=False, guided_to="Sở Xây dựng")
    correct_turn(reception_id=row.id, turn=new, reason="Đếm lại", by=tu.by, at=AT)
    row.refresh_from_db()
    assert (row.persons, row.is_group, row.kind, row.in_competence) == (6, True, Kind.RECOMMENDATION, False)
    note = row.corrections.get()
    assert (note.reason, note.label, note.changes.splitlines()) == (
        "Đếm lại", "Chủ tịch UBND xã Bình An",
        ["Số người: 1 → 6", "Đoàn đông người: không → có", "Phân loại: Phản ánh → Kiến nghị",
         "Thuộc thẩm quyền: có → không", "Hướng dẫn đến: – → Sở Xây dựng"],
    )  # fmt: skip


def test_a_correction_needs_a_reason_a_change_and_no_denunciation(nam):
    row = received(nam)
    for values, reason, code in (
        ({"persons": 2}, " ", "reason-missing"),
        ({}, "Đếm lại", "nothing-changed"),
        ({"kind": Kind.DENUNCIATION}, "Đổi loại", "kind-sealed"),
    ):
        with pytest.raises(Refused) as refusal:
            correct_turn(reception_id=row.id, turn=turn(**values), reason=reason, by=nam.by, at=AT)
        assert refusal.value.code == code


def test_an_entry_struck_out_keeps_its_number_and_owes_nothing(nam):
    row = received(nam)
    struck = strike_out(reception_id=row.id, reason="Ghi hai lần", by=nam.by, at=AT)
    assert (struck.struck_at, Commitment.objects.get().state, received(nam).number) == (AT, "done", 2)
    for change in (
        lambda: tell_visitor(reception_id=row.id, told=Told.LATER, text="Báo.", by=nam.by, at=AT),
        lambda: strike_out(reception_id=row.id, reason="Lại", by=nam.by, at=AT),
    ):
        with pytest.raises(Refused, match="Lượt này đã gạch bỏ"):
            change()


def test_the_result_is_followed_until_the_end(nam):
    row = received(nam)
    for text in ("Đã khảo sát", "Đã nâng nền xong 120 m đường"):
        row = follow_result(reception_id=row.id, result=text, by=nam.by, at=AT)
    assert (row.result, row.result_on) == ("Đã nâng nền xong 120 m đường", TODAY)


# Rights


def test_others_find_no_entry_and_whoever_looks_on_changes_nothing(nam, thu, ben, kim, lan, mai, vu):
    row = received(nam)
    for officer, refusal in (
        (thu, Absent),
        (ben, Absent),
        (mai, Absent),
        (vu, Absent),
        (kim, Forbidden),
        (lan, Forbidden),
    ):
        for change in (
            lambda by: tell_visitor(reception_id=row.id, told=Told.LATER, text="Báo.", by=by, at=AT),
            lambda by: follow_result(reception_id=row.id, result="Xong", by=by, at=AT),
            lambda by: correct_turn(reception_id=row.id, turn=turn(persons=2), reason="Sửa", by=by, at=AT),
            lambda by: strike_out(reception_id=row.id, reason="Xóa", by=by, at=AT),
        ):
            with pytest.raises(refusal):
                change(officer.by)
    for officer in (kim, lan, mai, vu):
        with pytest.raises(Forbidden):
            received(officer)
    row.refresh_from_db()
    assert (row.told, row.result, row.persons, row.struck_at) == ("", "", 1, None)


def test_the_unit_that_takes_over_owes_the_telling_and_keeps_the_entry(world, nam, thu):
    row = received(nam)
    given = Given(to_unit=world.ubnd_phu_loc.id, note="Kế tiếp")
    take_step(commitment_id=row.current_id, verb="take-over", by=system("kế tiếp"), at=AT, given=given)
    told = tell_visitor(reception_id=row.id, told=Told.LATER, text="Đã báo.", by=thu.by, at=AT)
    assert (told.told, told.unit_id) == (Told.LATER, world.ubnd_binh_an.id)
    with pytest.raises(Forbidden):
        follow_result(reception_id=row.id, result="Xong", by=nam.by, at=AT)


# The calendar


@pytest.mark.parametrize(
    ("name", "on", "told"),
    [
        ("ubnd_binh_an", "2026-06-24", [("TCD-15a", "22/06/2026", 1)]),
        ("ubnd_binh_an", "2026-06-30", []),
        ("ubnd_binh_an", "2026-07-01", [("TCD-15b", "01/07/2026", 2)]),
        ("ubnd_binh_cu", "2025-06-25", [("TCD-15a", "23/06/2025", 1)]),
        ("ubnd_binh_an", "2025-07-02", []),
        ("ubnd_binh_an", "2025-07-09", [("TCD-15a", "07/07/2025", 1)]),
        ("ubnd_tinh", "2026-07-01", [("TCD-12", "01/07/2026", 1)]),
        ("so_xay_dung", "2026-07-01", [("TCD-18", "01/07/2026", 1)]),
        ("cong_an_binh_an", "2026-07-01", [("TCD-18", "01/07/2026", 1)]),
        ("dang_uy_binh_an", "2026-07-01", []),
    ],
)
def test_what_a_head_owes_depends_on_the_unit_and_the_day(world, name, on, told):
    unit, day = getattr(world, name).id, date.fromisoformat(on)
    owed = standings_of([unit], day, day, day)[unit]
    assert [(one.window.rule.id, f"{one.window.start:%d/%m/%Y}", one.window.owed) for one in owed] == told


def test_many_units_are_asked_for_as_cheaply_as_one(world, django_assert_num_queries):
    for units in ([world.ubnd_binh_an.id], [world.ubnd_binh_an.id, world.ubnd_phu_loc.id, world.ubnd_tinh.id]):
        with django_assert_num_queries(5):
            assert len(standings_of(units, TODAY, TODAY, TODAY)) == len(units)


def slots(officer, *days, when=AT, **values) -> list[ReceptionSlot]:
    given = {"days": days or (date(2026, 3, 19),), "starts": time(8), "ends": time(11), "place": "Trụ sở UBND xã",
             "who": "Chủ tịch UBND xã"}  # fmt: skip
    return plan_slots(said=SlotSaid(**given | values), by=officer.by, at=when)


def test_days_are_planned_once_published_once_and_called_off_with_a_reason(nam):
    first = slots(nam, date(2026, 3, 19), date(2026, 3, 26))
    assert [row.on for row in slots(nam, date(2026, 3, 26), date(2026, 4, 2))] == [date(2026, 4, 2)]
    ids = list(ReceptionSlot.objects.values_list("id", flat=True))
    assert [publish_slots(slot_ids=ids, by=nam.by, at=AT) for _ in range(2)] == [3, 0]
    off = cancel_slot(slot_id=first[0].id, reason="Họp Hội đồng nhân dân", by=nam.by, at=AT)
    assert (off.reason, off.cancelled_at) == ("Họp Hội đồng nhân dân", AT)
    with pytest.raises(Refused, match="đã hủy"):
        cancel_slot(slot_id=first[0].id, reason="Lại", by=nam.by, at=AT)
    assert len(slots(nam, date(2026, 3, 19))) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": ()}, "days"),
        ({"days": (TODAY - timedelta(1),)}, "days"),
        ({"days": (TODAY + timedelta(401),)}, "days"),
        ({"ends": time(8)}, "ends"),
        ({"occasion": Occasion.UNPLANNED}, "occasion"),
        ({"place": " "}, "place"),
        ({"who": "x" * 161}, "who"),
    ],
)
def test_a_day_that_cannot_be_held_is_not_planned(nam, values, field):
    with pytest.raises(Invalid) as refusal:
        slots(nam, **values)
    assert (refusal.value.field, ReceptionSlot.objects.count()) == (field, 0)


def test_a_day_on_which_people_were_received_is_not_called_off(nam):
    (slot,) = slots(nam, TODAY)
    received(nam, led_by=LedBy.HEAD, occasion=Occasion.PERIODIC, slot_id=slot.id)
    with pytest.raises(Refused, match="trong sổ có lượt"):
        cancel_slot(slot_id=slot.id, reason="Bận", by=nam.by, at=AT)
    with pytest.raises(Invalid, match="không có trong lịch của ngày tiếp"):
        received(nam, received_on=TODAY - timedelta(1), slot_id=slot.id)


def test_the_calendar_of_a_unit_is_kept_by_the_unit(nam, thu, kim, lan, mai):
    (slot,) = slots(nam)
    for officer, refusal in ((thu, Absent), (mai, Absent), (kim, Forbidden), (lan, Forbidden)):
        with pytest.raises(refusal):
            cancel_slot(slot_id=slot.id, reason="Hủy", by=officer.by, at=AT)
        with pytest.raises(refusal):
            publish_slots(slot_ids=[slot.id], by=officer.by, at=AT)
    slot.refresh_from_db()
    assert (slot.published_at, slot.cancelled_at) == (None, None)
