"""The working calendar: everybody reads it, operators enter what was decided, and running clocks follow."""

import re
from datetime import date

import pytest

from danvan.base.errors import Invalid, Refused
from danvan.commitments.actions import Promise, decide_day, decide_year, open_commitment, take_step
from danvan.commitments.ledger import calendar
from danvan.commitments.models import CalendarDay, CalendarYear, Commitment, Step
from danvan.commitments.queries import moved_by
from danvan.rules.calendar import CalendarDay as Day
from danvan.rules.calendar import Kind
from danvan.units.access import CITIZEN
from danvan.units.models import AdminEvent
from tests.world import AT, MAU, an_officer

STORM = date(2026, 3, 16)
"""A Monday a few days after AT."""


@pytest.fixture(autouse=True)
def _clock(frozen):
    """The pages ask what day it is."""


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def promised(world):
    """An opinion to be answered within ten working days, from xã Bình An."""

    def opened(code: str) -> Commitment:
        promise = Promise(kind="opinion", code=code, owed_by=world.ubnd_binh_an.pk, rule_id="NOI-KNPA")
        return open_commitment(promise=promise, home_area=MAU, by=CITIZEN, at=AT)[0]

    return opened


STORM_FORM = {"day": "16/03/2026", "working": "no", "reason": "Nghỉ bão", "decision": "15/QĐ-UBND"}


class TestReading:
    def test_anybody_reads_which_days_are_off_worked_in_exchange_and_why(self, client, world):
        page = text(client.get("/lich-lam-viec/2026/"))
        assert "thứ sáu 02/01/2026 N nghỉ" in page
        assert "thứ bảy 10/01/2026 L làm việc làm bù" in page
        assert "12729/VPCP-KGVX" in page
        assert "250 ngày làm việc" in page

    def test_the_24th_of_november_counts_as_worked_until_somebody_enters_the_law(self, client, world, vu):
        assert "chưa có luật xác nhận nên vẫn tính là ngày làm việc" in text(client.get("/lich-lam-viec/2026/"))
        decide_day(
            day=date(2026, 11, 24),
            working=False,
            reason="Ngày Văn hóa Việt Nam",
            decision="Luật 1/2026",
            by=vu.by,
            at=AT,
        )
        page = text(client.get("/lich-lam-viec/2026/"))
        assert ["chưa có luật" in page.partition("Từng tháng")[0], "249 ngày làm việc" in page] == [False, True]
        assert "thứ ba 24/11/2026 N nghỉ Ngày Văn hóa Việt Nam Luật 1/2026" in page

    def test_the_present_year_comes_first(self, client, world):
        assert "Lịch làm việc năm 2026" in text(client.get("/lich-lam-viec/"))

    def test_a_year_without_a_decision_says_that_it_is_provisional(self, client, world):
        assert "Lịch năm này là tạm tính" in text(client.get("/lich-lam-viec/2027/"))

    @pytest.mark.parametrize("year", [1900, 2099])
    def test_a_year_nobody_knows_is_not_there(self, client, world, year):
        assert client.get(f"/lich-lam-viec/{year}/").status_code == 404

    def test_reading_costs_three_queries_however_much_was_decided(self, client, world, vu, django_assert_num_queries):
        for day in (16, 17, 18):
            decide_day(day=date(2026, 3, day), working=False, reason="bão", decision="1", by=vu.by, at=AT)
        with django_assert_num_queries(3):
            client.get("/lich-lam-viec/2026/")

    def test_the_calendar_of_the_clocks_costs_one_query(self, world, vu, django_assert_num_queries):
        decide_day(day=STORM, working=False, reason="bão", decision="1", by=vu.by, at=AT)
        decide_year(year=2027, decision="2", by=vu.by, at=AT)
        with django_assert_num_queries(1):
            days = calendar()
        assert (days.is_working(STORM), days.is_provisional(2027), days.is_provisional(2028)) == (False, False, True)

    def test_machines_read_the_same(self, client, world):
        answer = client.get("/api/v1/calendar/2026").json()
        assert (answer["year"], answer["is_provisional"], answer["working"]) == (2026, False, 250)
        swap = next(day for day in answer["days"] if day["day"] == "2026-01-10")
        assert (swap["working"], swap["decision"]) == (True, "Công văn 12729/VPCP-KGVX ngày 25/12/2025")


class TestDecidingADay:
    def test_what_would_move_is_shown_first_and_nothing_is_written(self, sign_in, vu, promised):
        promised("MAU-1")
        promised("MAU-2")
        page = text(sign_in(vu).post("/lich-lam-viec/nhap-ngay/", STORM_FORM))
        assert "2 việc đổi hạn" in page
        assert "0 trong 2 việc có hạn sớm hơn" in page
        assert not CalendarDay.objects.exists()
        assert Step.objects.filter(verb="re-date").count() == 0

    def test_confirmed_it_moves_just_what_was_shown(self, sign_in, vu, promised):
        first, due = promised("MAU-1"), date(2026, 3, 26)
        assert first.due == due
        response = sign_in(vu).post("/lich-lam-viec/nhap-ngay/", STORM_FORM | {"confirm": "1"})
        assert response["Location"] == "/lich-lam-viec/2026/"
        first.refresh_from_db()
        assert first.due == date(2026, 3, 27)
        step = Step.objects.get(verb="re-date")
        assert step.note == "Lịch làm việc thay đổi: 16/03/2026 nghỉ (15/QĐ-UBND)."
        event = AdminEvent.objects.get()
        assert (event.subject, event.detail) == ("thứ hai 16/03/2026", "nghỉ: Nghỉ bão (15/QĐ-UBND); 1 việc đổi hạn")

    def test_what_is_shown_is_what_happens(self, vu, promised):
        for number in range(3):
            promised(f"MAU-{number}")
        would = {(moved.commitment.id, moved.due) for moved in moved_by(Day(STORM, Kind.OFF, "bão", "1"))}
        moved = decide_day(day=STORM, working=False, reason="bão", decision="1", by=vu.by, at=AT)
        assert {(c.id, c.due) for c in Commitment.objects.filter(id__in=moved)} == would
        assert len(would) == 3

    def test_a_day_worked_after_all_brings_the_due_day_forward(self, vu, promised):
        promised("MAU-1")
        saturday = Day(date(2026, 3, 14), Kind.WORK, "làm bù", "1")
        assert [(m.due, m.is_earlier) for m in moved_by(saturday)] == [(date(2026, 3, 25), True)]

    def test_a_clock_that_has_stopped_stays_as_it_was(self, vu, nam, promised):
        answered = promised("MAU-1")
        take_step(commitment_id=answered.id, verb="answer", by=nam.by, at=AT, given=_text())
        assert decide_day(day=STORM, working=False, reason="bão", decision="1", by=vu.by, at=AT) == []

    def test_a_day_after_the_due_day_moves_nothing(self, vu, promised):
        promised("MAU-1")
        assert moved_by(Day(date(2026, 3, 27), Kind.OFF, "bão", "1")) == []

    def test_a_day_decided_again_takes_the_newer_decision(self, vu, promised):
        first = promised("MAU-1")
        for working in (False, True):
            decide_day(day=STORM, working=working, reason="bão", decision="2", by=vu.by, at=AT)
        first.refresh_from_db()
        assert (first.due, CalendarDay.objects.get().working) == (date(2026, 3, 26), True)
        assert AdminEvent.objects.count() == 2

    def test_putting_it_right_brings_the_form_back(self, sign_in, vu, world):
        page = sign_in(vu).post("/lich-lam-viec/nhap-ngay/", STORM_FORM | {"change": "1"})
        assert 'value="Nghỉ bão"' in page.content.decode()
        assert "Xem ảnh hưởng" in text(page)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"day": "31/02/2026"}, "Ngày chưa đúng"),
            ({"day": "01/01/1990"}, "Ngày chưa đúng"),
            ({"working": ""}, "Chọn nghỉ hay làm việc."),
            ({"reason": " "}, "Ghi lý do."),
            ({"decision": ""}, "Ghi số và ngày của văn bản quyết định."),
        ],
    )
    def test_a_day_without_its_paper_is_refused_at_the_field(self, sign_in, vu, world, changed, sentence):
        page = sign_in(vu).post("/lich-lam-viec/nhap-ngay/", STORM_FORM | {"confirm": "1"} | changed)
        assert (page.status_code, sentence in text(page), CalendarDay.objects.exists()) == (422, True, False)

    @pytest.mark.parametrize("running", [1, 3])
    def test_looking_ahead_costs_the_same_for_one_clock_and_three(
        self, vu, promised, running, django_assert_num_queries
    ):
        for number in range(running):
            promised(f"MAU-{number}")
        with django_assert_num_queries(3):
            assert len(moved_by(Day(STORM, Kind.OFF, "bão", "1"))) == running

    @pytest.mark.parametrize("who", ["nam", "tu", "lan", "sau", "kim"])
    def test_nobody_but_an_operator_decides(self, request, sign_in, world, who):
        client = sign_in(request.getfixturevalue(who))
        answers = [client.post("/lich-lam-viec/nhap-ngay/", STORM_FORM | {"confirm": "1"}),
                   client.post("/lich-lam-viec/nhap-nam/", {"year": "2027", "decision": "1"})]  # fmt: skip
        assert [answer.status_code for answer in answers] == [403, 403]
        assert [CalendarDay.objects.exists(), CalendarYear.objects.exists()] == [False, False]

    def test_a_visitor_is_asked_to_sign_in(self, client, world):
        assert client.get("/lich-lam-viec/nhap-ngay/").status_code == 302


def _text():
    from danvan.commitments.actions import Given

    return Given(payload_hash="0" * 64)


class TestDecidingAYear:
    def test_a_decided_year_is_no_longer_provisional(self, sign_in, vu, client):
        form = {"year": "2027", "decision": "123/TB-BNV ngày 01/12/2026"}
        assert sign_in(vu).post("/lich-lam-viec/nhap-nam/", form)["Location"] == "/lich-lam-viec/2027/"
        page = text(client.get("/lich-lam-viec/2027/"))
        assert ["tạm tính" in page, "Theo văn bản 123/TB-BNV ngày 01/12/2026." in page] == [False, True]
        assert AdminEvent.objects.get().subject == "năm 2027"

    def test_what_is_counted_into_it_is_no_longer_provisional_either(self, vu, client, world):
        asked = {"rule": "KN-28", "start": "2026-12-15"}
        assert client.get("/api/v1/due", asked).json()["provisional"] is True
        decide_year(year=2027, decision="123", by=vu.by, at=AT)
        assert client.get("/api/v1/due", asked).json()["provisional"] is False

    @pytest.mark.parametrize(("year", "decision"), [("27", "1"), ("3000", "1"), ("x", "1"), ("2027", " ")])
    def test_a_year_needs_four_digits_and_its_paper(self, sign_in, vu, world, year, decision):
        page = sign_in(vu).post("/lich-lam-viec/nhap-nam/", {"year": year, "decision": decision})
        assert (page.status_code, CalendarYear.objects.exists()) == (422, False)

    def test_the_action_refuses_them_too(self, vu):
        for year, decision in ((1990, "1"), (2027, "")):
            with pytest.raises(Invalid):
                decide_year(year=year, decision=decision, by=vu.by, at=AT)


def test_an_operator_without_a_post_in_force_decides_nothing(world):
    late = an_officer(name="Cũ", unit=world.ubnd_tinh, role="officer")
    with pytest.raises(Refused):
        decide_day(day=STORM, working=False, reason="x", decision="1", by=late.by, at=AT)
