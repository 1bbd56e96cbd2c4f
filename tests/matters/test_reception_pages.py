"""Pages of reception: the calendar, the register, one turn, the public page."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from danvan.matters.actions.reception_slots import SlotSaid, cancel_slot, plan_slots, publish_slots
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.turn_follow import tell_visitor
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Kind, LedBy, Told
from danvan.matters.models import Letter, Matter, Reception, ReceptionDay, ReceptionSlot
from danvan.people.models import ContactOpening
from tests.world import AT, TODAY

pytestmark = pytest.mark.usefixtures("frozen")
SECRET = "Nhà ông Bảy Rạch Gòi bị lấn ranh đất"
TYPED = {"received_on": "12/03/2026", "occasion": "routine", "led_by": "staff", "kind": "reflection",
         "summary": "Đường vào ấp 3 ngập.", "persons": "1", "is_group": "unknown", "cases_first": "1",
         "cases_again": "0", "in_competence": "on"}  # fmt: skip


@pytest.fixture
def row(nam, hoa):
    visitor = Visitor(name=hoa.name, phone=hoa.phone, address=hoa.address)
    said = TurnSaid(received_on=TODAY, summary=SECRET, visitor=visitor, papers=2, papers_listed="Đơn viết tay")
    return receive_turn(turn=said, by=nam.by, at=AT).reception


@pytest.fixture
def slot(nam):
    said = SlotSaid(days=[date(2026, 3, 19)], starts=time(8), ends=time(11), place="Trụ sở UBND xã",
                    who="Chủ tịch UBND xã")  # fmt: skip
    return plan_slots(said=said, by=nam.by, at=AT)[0]


# A new turn


def test_a_turn_is_written_down_with_what_is_mostly_the_same_filled_in(nam, sign_in):
    client = sign_in(nam)
    page = client.get(reverse("turn-new")).content.decode()
    assert 'value="12/03/2026"' in page
    sent = TYPED | {"name": "Lê Thị Bưởi", "phone": "0912345678", "led_by": "head", "occasion": "periodic", "key": "k"}
    for _ in range(2):
        answer = client.post(reverse("turn-new"), sent)
    row = Reception.objects.get()
    assert (answer.url, row.led_by, row.contact is not None) == (reverse("turn", args=[row.id]), "head", True)
    again = client.get(reverse("turn-new")).content.decode()
    assert '<option value="head" selected>' in again


def test_papers_handed_in_open_a_letter_and_hand_out_the_pin_once(world, nam, sign_in):
    client = sign_in(nam)
    sent = TYPED | {"papers": "2", "opens": "on", "field": "roads", "place_typed": "Xã Bình An"}
    page = client.post(reverse("turn-new"), sent, follow=True).content.decode()
    assert (Letter.objects.count(), Matter.objects.get().code in page, "Mã PIN" in page) == (1, True, True)
    assert "Giấy biên nhận" in page


def test_slips_come_back_at_their_fields_with_everything_typed(nam, sign_in):
    sent = TYPED | {"persons": "0", "id_number": "096184005577", "summary": "Ngập.", "received_on": "12/03/2026"}
    answer = sign_in(nam).post(reverse("turn-new"), sent)
    page = answer.content.decode()
    assert (answer.status_code, Reception.objects.count()) == (422, 0)
    assert "Mỗi lượt có từ 1 đến 10.000 người." in page
    assert 'value="096184005577"' in page
    answer = sign_in(nam).post(reverse("turn-new"), sent | {"persons": "1"})
    assert "Chỉ hỏi số định danh khi người dân khiếu nại, tố cáo, từ 01/07/2026." in answer.content.decode()
    answer = sign_in(nam).post(reverse("turn-new"), TYPED | {"opens": "on"})
    assert "Mở việc thì ghi xã, phường nơi có việc." in answer.content.decode()


# One entry


def test_an_entry_tells_what_is_owed_and_never_who_came(row, hoa, nam, sign_in):
    page = sign_in(nam).get(reverse("turn", args=[row.id])).content.decode()
    assert SECRET in page
    assert "chậm nhất 26/03/2026" in page
    assert hoa.name not in page
    assert hoa.phone not in page


def test_who_came_is_read_with_a_reason_on_record(row, hoa, nam, lan, sign_in):
    address = reverse("turn-contact", args=[row.id])
    assert sign_in(nam).post(address, {"reason": " "}).status_code == 422
    assert ContactOpening.objects.count() == 0
    assert sign_in(lan).post(address, {"reason": "Xem"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_an_opening_shows_name_and_address_on_that_page_only(row, hoa, nam, sign_in):
    client = sign_in(nam)
    page = client.post(reverse("turn-contact", args=[row.id]), {"reason": "Gọi báo kết quả"}).content.decode()
    assert hoa.name in page
    assert ContactOpening.objects.get().reason == "Gọi báo kết quả"
    assert hoa.name not in client.get(reverse("turn", args=[row.id])).content.decode()


def test_telling_following_correcting_and_striking_out(row, nam, sign_in):
    client = sign_in(nam)
    at = {name: reverse(f"turn-{name}", args=[row.id]) for name in ("tell", "result", "correct", "strike")}
    assert client.post(at["tell"], {"told": "", "told_text": ""}).status_code == 422
    client.post(at["tell"], {"told": "later", "told_text": "Xã khảo sát ngày 20/3."})
    client.post(at["result"], {"result": "Đã cắm mốc"})
    assert client.post(at["correct"], TYPED | {"persons": "3"}).status_code == 422
    client.post(at["correct"], TYPED | {"persons": "3", "reason": "Đếm lại"})
    row.refresh_from_db()
    assert (row.told, row.result, row.persons) == (Told.LATER, "Đã cắm mốc", 3)
    page = client.get(reverse("turn", args=[row.id])).content.decode()
    assert "Số người: 1 → 3" in page
    client.post(at["strike"], {"reason": "Ghi hai lần"})
    assert "Lượt này đã gạch bỏ" in client.get(reverse("turn", args=[row.id])).content.decode()
    assert client.post(at["result"], {"result": "Muộn"}).status_code == 422


def test_the_book_has_the_eleven_columns_and_no_name(row, hoa, nam, sign_in):
    page = sign_in(nam).get(reverse("turn-book")).content.decode()
    assert page.count('<th scope="col"') == 11
    assert "reception-book" in page
    assert SECRET in page
    assert hoa.name not in page


def test_a_receipt_lists_the_papers_and_leaves_room_for_the_name(row, hoa, nam, sign_in):
    page = sign_in(nam).get(reverse("turn-receipt", args=[row.id])).content.decode()
    assert "Đã nộp 2 tài liệu" in page
    assert "Đơn viết tay" in page
    assert hoa.name not in page


def test_who_was_not_told_stands_in_the_list_until_told(row, nam, sign_in):
    client = sign_in(nam)
    assert SECRET in client.get(reverse("turn-untold")).content.decode()
    tell_visitor(reception_id=row.id, told=Told.LATER, text="Đã báo.", by=nam.by, at=AT)
    assert "Không còn ai phải báo" in client.get(reverse("turn-untold")).content.decode()


# Rights


SHOWN = ("turn", "turn-receipt", "turn-correct")
WRITTEN = ("turn-tell", "turn-result", "turn-strike", "turn-correct")


def test_another_unit_finds_nothing_that_could_leak(row, thu, ben, mai, vu, sign_in):
    for officer in (thu, ben, mai, vu):
        client = sign_in(officer)
        for name in SHOWN:
            answer = client.get(reverse(name, args=[row.id]))
            assert (answer.status_code, SECRET in answer.content.decode()) == (404, False)
        for name in ("turn-list", "turn-untold", "turn-book"):
            assert SECRET not in client.get(reverse(name)).content.decode()
    for officer in (mai, vu):
        assert sign_in(officer).get(reverse("turn-list")).status_code == 403


def test_who_looks_on_reads_and_changes_nothing(row, kim, lan, sign_in):
    for officer in (kim, lan):
        client = sign_in(officer)
        assert SECRET in client.get(reverse("turn-list")).content.decode()
        for name in WRITTEN:
            sent = TYPED | {"told": "later", "told_text": "x", "result": "x", "reason": "x"}
            assert client.post(reverse(name, args=[row.id]), sent).status_code == 403
        assert client.get(reverse("turn-new")).status_code == 403
    row.refresh_from_db()
    assert (row.told, row.result, row.struck_at) == ("", "", None)


def test_an_unknown_entry_looks_like_a_foreign_one(row, thu, nam, sign_in):
    unknown = "0190a000-0000-7000-8000-000000000000"
    assert sign_in(nam).get(reverse("turn", args=[unknown])).status_code == 404
    assert sign_in(thu).get(reverse("turn", args=[row.id])).status_code == 404


def test_nobody_reads_the_register_without_signing_in(row, client):
    for name in ("turn-list", "turn-untold", "turn-new", "turn-book", "reception-month", "reception-slots-new"):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_lists_cost_the_same_for_one_turn_and_for_three(nam, sign_in, django_assert_num_queries):
    client = sign_in(nam)
    for count in (1, 3):
        while Reception.objects.count() < count:
            receive_turn(turn=TurnSaid(received_on=TODAY, summary="Hỏi."), by=nam.by, at=AT)
        for name, queries in (("turn-list", 6), ("turn-untold", 6)):
            with django_assert_num_queries(queries):
                client.get(reverse(name))


# The calendar


def test_days_are_planned_published_and_called_off_on_the_month(nam, sign_in):
    client = sign_in(nam)
    sent = {"days": "19/03/2026, 26/03/2026", "starts": "08:00", "ends": "11:00", "place": "Trụ sở",
            "who": "Chủ tịch UBND xã", "led_by": "head", "occasion": "periodic"}  # fmt: skip
    assert client.post(reverse("reception-slots-new"), sent).url == f"{reverse('reception-month')}?thang=2026-03"
    page = client.get(reverse("reception-month")).content.decode()
    assert "Công bố 2 ngày chưa công bố" in page
    ids = [str(one) for one in ReceptionSlot.objects.order_by("on").values_list("id", flat=True)]
    client.post(reverse("reception-slots-publish"), {"slot": ids})
    client.post(reverse("reception-slot-cancel", args=[ids[0]]), {"reason": "Họp Hội đồng nhân dân"})
    page = client.get(reverse("reception-month")).content.decode()
    assert "Họp Hội đồng nhân dân" in page
    assert sign_in(nam).post(reverse("reception-slots-new"), sent | {"days": "hôm qua"}).status_code == 422


def test_the_month_tells_what_the_chair_still_owes(nam, sign_in, slot, frozen):
    page = sign_in(nam).get(f"{reverse('reception-month')}?thang=2026-03").content.decode()
    assert "Tuần 16/03/2026 đến 22/03/2026" in page
    assert "còn 1 ngày, đã có lịch" in page
    assert "thiếu 1 ngày" in page


def test_a_day_to_which_nobody_came_counts_as_held(nam, sign_in, slot, frozen):
    frozen.move_to(AT + timedelta(days=7))
    for _ in range(2):
        sign_in(nam).post(reverse("reception-slot-empty", args=[slot.id]))
    day = ReceptionDay.objects.get()
    assert (day.held_on, day.turns, day.led_by_head) == (slot.on, 0, True)
    assert "đủ" in sign_in(nam).get(reverse("reception-month")).content.decode()


def test_a_week_that_ended_short_is_told_on_the_first_page(nam, sign_in):
    page = sign_in(nam).get(reverse("reception-list")).content.decode()
    assert "Ngày tiếp của người đứng đầu" in page
    assert "thiếu 1 ngày" in page
    for day in (date(2026, 3, 5), date(2026, 2, 26), date(2026, 3, 12)):
        record_reception(reception=SessionNumbers(day, 0, 0, 0, led_by_head=True), by=nam.by, at=AT)
    assert "Ngày tiếp của người đứng đầu" not in sign_in(nam).get(reverse("reception-list")).content.decode()


def test_another_units_calendar_is_not_there_and_those_above_may_look(world, slot, thu, lan, mai, sign_in):
    asked = f"{reverse('reception-month')}?donvi={world.ubnd_binh_an.id}"
    assert sign_in(thu).get(asked).status_code == 404
    assert sign_in(mai).get(asked).status_code == 403
    page = sign_in(lan).get(asked + "&thang=2026-03").content.decode()
    assert (slot.place in page, "Hủy buổi này" in page) == (True, False)
    for officer, status in ((thu, 404), (lan, 403)):
        client = sign_in(officer)
        assert client.post(reverse("reception-slot-cancel", args=[slot.id]), {"reason": "x"}).status_code == status
        assert client.post(reverse("reception-slots-publish"), {"slot": [str(slot.id)]}).status_code == status
    assert sign_in(lan).get(f"{reverse('reception-month')}?donvi=x").status_code == 404


def test_a_month_costs_the_same_however_full(nam, sign_in, slot, django_assert_num_queries):
    client = sign_in(nam)
    for more in ([], [date(2026, 3, 20), date(2026, 3, 27)]):
        if more:
            said = SlotSaid(days=more, starts=time(8), ends=time(11), place="Trụ sở", who="Chủ tịch")
            plan_slots(said=said, by=nam.by, at=AT)
        with django_assert_num_queries(13):
            client.get(f"{reverse('reception-month')}?thang=2026-03")


def test_the_days_page_tells_who_must_be_told_soon_and_the_signer_what_is_owed(nam, tu, sign_in, frozen):
    receive_turn(turn=TurnSaid(received_on=TODAY, summary="Hỏi."), by=nam.by, at=AT)
    assert "hạn báo kết quả" not in sign_in(nam).get(reverse("today")).content.decode()
    frozen.move_to(AT + timedelta(days=12))
    assert "1 lượt sắp đến hạn báo kết quả" in page_of_the_day(nam, sign_in)
    frozen.move_to(AT + timedelta(days=15))
    assert "1 lượt trễ hạn báo kết quả" in page_of_the_day(nam, sign_in)
    assert "thiếu 1 ngày" in page_of_the_day(tu, sign_in)
    assert "thiếu 1 ngày" not in page_of_the_day(nam, sign_in)


def page_of_the_day(officer, sign_in) -> str:
    return sign_in(officer).get(reverse("today")).content.decode()


# The public page


def test_anybody_reads_what_was_published_and_nothing_else(world, nam, slot, client):
    address = reverse("reception-days", args=[world.ubnd_binh_an.id])
    assert slot.place not in client.get(address).content.decode()
    assert "Chưa có cơ quan nào công bố" in client.get(reverse("reception-units")).content.decode()
    publish_slots(slot_ids=[slot.id], by=nam.by, at=AT)
    page = client.get(address).content.decode()
    assert (slot.place in page, "Chủ tịch UBND xã" in page, nam.name in page) == (True, True, False)
    listed = client.get(f"{reverse('reception-units')}?q=binh an").content.decode()
    assert "Ủy ban nhân dân xã Bình An" in listed
    cancel_slot(slot_id=slot.id, reason="Họp đột xuất", by=nam.by, at=AT)
    page = client.get(address).content.decode()
    assert ("Họp đột xuất" in page, "đã hủy" in page) == (True, True)


def test_the_public_page_is_there_in_english_and_absent_for_no_unit(nam, slot, world, client):
    publish_slots(slot_ids=[slot.id], by=nam.by, at=AT)
    client.cookies["danvan_language"] = "en"
    page = client.get(reverse("reception-days", args=[world.ubnd_binh_an.id])).content.decode()
    assert ("Reception days" in page, "Thursday" in page) == (True, True)
    assert client.get(reverse("reception-days", args=["0190a000-0000-7000-8000-000000000000"])).status_code == 404


def test_home_leads_to_the_public_page(db, client):
    assert reverse("reception-units") in client.get(reverse("home")).content.decode()


def test_a_turn_may_belong_to_a_planned_session(nam, sign_in, frozen):
    said = SlotSaid(days=[TODAY], starts=time(8), ends=time(11), place="Trụ sở", who="Chủ tịch UBND xã")
    (slot,) = plan_slots(said=said, by=nam.by, at=AT)
    sent = TYPED | {"slot": str(slot.id), "led_by": LedBy.HEAD, "kind": Kind.RECOMMENDATION}
    sign_in(nam).post(reverse("turn-new"), sent)
    assert Reception.objects.get().slot == slot
