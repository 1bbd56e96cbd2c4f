"""A sheet is drawn until somebody signs it, and never changes afterwards."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from danvan.base.errors import Absent, Invalid, Refused
from danvan.commitments.models import Commitment
from danvan.matters.kinds import Kind
from danvan.reports.actions import (
    accept,
    accept_signed,
    answer_check,
    correct,
    draw_up,
    open_due_sheets,
    sign,
    urge_missing,
)
from danvan.reports.content import digest_of, read
from danvan.reports.kinds import Scope
from danvan.reports.models import Cell, Sheet
from danvan.reports.queries import content_of, differences, sheet_seen_by, sheets_page
from danvan.reports.regimes import Regime
from danvan.units.access import system
from danvan.units.models import UnitVersion
from tests.reports.conftest import AFTER, APRIL, MARCH, ON, Hear, answer, moment, signed
from tests.world import Officer, World, a_unit

Sheets = dict[str, Sheet]


def test_every_unit_that_owes_a_sheet_gets_one_with_a_duty_and_a_day(world: World, march: Sheets) -> None:
    assert set(march) == {"so_xay_dung", "ubnd_binh_an", "ubnd_phu_loc", "ubnd_trung_tam", "ubnd_xa_ben",
                          "cong_an_binh_an"}  # fmt: skip
    sheet = march["ubnd_binh_an"]
    assert (sheet.commitment.kind, sheet.commitment.state) == ("report-due", "open")
    assert sheet.commitment.owed_by_id == world.ubnd_binh_an.pk
    assert sheet.commitment.owed_to_unit_id == world.ubnd_tinh.pk
    assert f"{sheet.due:%d/%m/%Y}" == "18/03/2026"
    assert sheet.commitment.due == sheet.due


def test_opening_again_opens_nothing_again(march: Sheets) -> None:
    before = (Sheet.objects.count(), Commitment.objects.count())
    assert open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-03-20")) == 0
    assert (Sheet.objects.count(), Commitment.objects.count()) == before


def test_a_draft_shows_what_is_recorded_now(world: World, march: Sheets, hear: Hear) -> None:
    sheet = march["ubnd_binh_an"]
    assert content_of(sheet, ON).values["petitions.received"] == 0
    hear(world.ubnd_binh_an, "2026-03-02")
    assert content_of(sheet, ON).values["petitions.received"] == 1
    assert Cell.objects.count() == 0


def test_signing_answers_the_duty_and_the_province_takes_it_in(
    world: World, march: Sheets, tu: Officer, lan: Officer
) -> None:
    sheet = signed(march["ubnd_binh_an"], tu)
    assert (sheet.state, sheet.signed_by_id) == ("signed", tu.post.pk)
    assert Commitment.objects.get(pk=sheet.commitment_id).state == "answered"
    accept(sheet_id=sheet.id, by=lan.by, at=AFTER)
    assert Commitment.objects.get(pk=sheet.commitment_id).state == "confirmed"


def test_the_province_takes_in_everything_signed_in_one_go(
    world: World, march: Sheets, tu: Officer, lan: Officer, monthly: Regime
) -> None:
    signed(march["ubnd_binh_an"], tu)
    assert accept_signed(regime=monthly, period=MARCH, by=lan.by, at=AFTER) == 1
    assert accept_signed(regime=monthly, period=MARCH, by=lan.by, at=AFTER) == 0


def test_nobody_takes_in_the_sheet_of_their_own_unit(march: Sheets, tu: Officer) -> None:
    sheet = signed(march["ubnd_binh_an"], tu)
    with pytest.raises(Refused, match="cấp trên"):
        accept(sheet_id=sheet.id, by=tu.by, at=AFTER)


def test_only_a_leader_of_the_unit_signs(
    march: Sheets, nam: Officer, lan: Officer, sau: Officer, thu: Officer, kim: Officer, ben: Officer
) -> None:
    sheet = march["ubnd_binh_an"]
    seen = content_of(sheet, ON).fingerprint
    refusals = {"nam": "not-allowed", "lan": "not-allowed", "sau": "not-own-unit", "kim": "not-allowed",
                "thu": "absent", "ben": "absent"}  # fmt: skip
    for name, code in refusals.items():
        with pytest.raises(Refused) as refused:
            sign(sheet_id=sheet.id, seen=seen, by={"nam": nam, "lan": lan, "sau": sau, "kim": kim, "thu": thu,
                                                   "ben": ben}[name].by, at=AFTER)  # fmt: skip
        assert (name, refused.value.code) == (name, code)
    assert not Sheet.objects.get(pk=sheet.pk).is_signed


def test_figures_that_moved_since_they_were_seen_are_not_signed(
    world: World, march: Sheets, tu: Officer, hear: Hear
) -> None:
    sheet = march["ubnd_binh_an"]
    seen = content_of(sheet, ON).fingerprint
    hear(world.ubnd_binh_an, "2026-03-02")
    with pytest.raises(Refused, match="vừa thay đổi"):
        sign(sheet_id=sheet.id, seen=seen, by=tu.by, at=AFTER)
    assert Cell.objects.count() == 0


def test_a_period_that_still_runs_cannot_be_signed(world: World, tu: Officer, monthly: Regime) -> None:
    sheet = draw_up(regime=monthly, period=APRIL, scope=Scope.OWN, by=tu.by, at=AFTER)
    with pytest.raises(Refused, match="14/04/2026"):
        signed(sheet, tu)


def test_a_signed_sheet_stays_as_it_was_to_the_last_byte(world: World, march: Sheets, tu: Officer, hear: Hear) -> None:
    hear(world.ubnd_binh_an, "2026-03-02")
    sheet = signed(march["ubnd_binh_an"], tu)
    written = Sheet.objects.get(pk=sheet.pk).content
    hear(world.ubnd_binh_an, "2026-03-03")
    UnitVersion.objects.filter(unit=world.ubnd_binh_an).update(name="Ủy ban nhân dân xã Bình Yên", symbol="XX")
    again = content_of(Sheet.objects.get(pk=sheet.pk), ON + timedelta(400))
    assert again.written() == written
    assert digest_of(written) == sheet.digest == again.digest
    assert again.values == dict(Cell.objects.filter(sheet=sheet).values_list("indicator", "value"))
    assert again.signed is not None and (again.signed.name, again.signed.title) == (tu.name, "Chủ tịch UBND xã Bình An")


def test_no_rate_and_no_total_is_ever_stored(march: Sheets, tu: Officer) -> None:
    sheet = signed(march["ubnd_binh_an"], tu)
    stored = set(Cell.objects.filter(sheet=sheet).values_list("indicator", flat=True))
    assert not {key for key in stored if key.endswith(("-rate", ".to-resolve"))}
    assert set(json.loads(sheet.content)["values"]) == stored


def test_the_database_keeps_no_half_signed_sheet(march: Sheets) -> None:
    sheet = march["ubnd_binh_an"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(state="signed")


def test_a_correction_is_a_new_version_that_says_why_and_what_changed(
    world: World, march: Sheets, tu: Officer, hear: Hear
) -> None:
    first = signed(march["ubnd_binh_an"], tu)
    hear(world.ubnd_binh_an, "2026-03-02", Kind.COMPLAINT)
    second = correct(sheet_id=first.id, reason="Bổ sung một đơn nhận qua bưu điện.", by=tu.by, at=AFTER)
    second = signed(second, tu)
    old, new = read(Sheet.objects.get(pk=first.pk).content), read(second.content)
    changed = {found.key: (found.before, found.after) for found in differences(old, new)}
    assert changed == {
        "petitions.received": (0, 1), "petitions.complaint": (0, 1), "petitions.to-resolve": (0, 1),
        "petitions.unresolved": (0, 1), "petitions.answered-rate": (None, 0),
    }  # fmt: skip
    assert (second.version, new.reason) == (2, "Bổ sung một đơn nhận qua bưu điện.")


def test_a_signed_sheet_is_not_signed_or_explained_again(march: Sheets, tu: Officer) -> None:
    sheet = signed(march["ubnd_binh_an"], tu)
    with pytest.raises(Refused, match="đã ký"):
        sign(sheet_id=sheet.id, seen="", by=tu.by, at=AFTER)
    with pytest.raises(Refused, match="đã ký"):
        answer_check(sheet_id=sheet.id, finding="x", text="y", by=tu.by, at=AFTER)


def test_a_correction_needs_a_reason_and_a_signed_sheet(march: Sheets, tu: Officer) -> None:
    with pytest.raises(Refused, match="bản đã ký"):
        correct(sheet_id=march["ubnd_binh_an"].id, reason="Sai", by=tu.by, at=AFTER)
    sheet = signed(march["ubnd_binh_an"], tu)
    with pytest.raises(Invalid, match="lý do"):
        correct(sheet_id=sheet.id, reason=" ", by=tu.by, at=AFTER)


def test_a_carry_over_that_differs_from_the_signed_past_must_be_explained_by_name(
    world: World, march: Sheets, tu: Officer, hear: Hear, monthly: Regime
) -> None:
    signed(march["ubnd_binh_an"], tu)
    hear(world.ubnd_binh_an, "2026-03-02")
    open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-04-15"))
    april = Sheet.objects.get(unit=world.ubnd_binh_an, period=APRIL.code)
    at = moment("2026-04-16")
    seen = content_of(april, at.date())
    assert [(remark.code, remark.blocking) for remark in seen.remarks] == [("petitions.carry-over", True)]
    with pytest.raises(Refused, match="chưa giải trình"):
        sign(sheet_id=april.id, seen=seen.fingerprint, by=tu.by, at=at)
    done = signed(april, tu, at, "Đơn bưu điện đến sau khi ký biểu.")
    kept = read(done.content).remarks[0]
    assert (kept.answer, kept.answered_by) == ("Đơn bưu điện đến sau khi ký biểu.",
                                               "Lê Văn Tư, Chủ tịch UBND xã Bình An")  # fmt: skip


def test_an_explanation_of_nothing_is_refused(march: Sheets, nam: Officer) -> None:
    with pytest.raises(Invalid, match="không còn cảnh báo"):
        answer_check(sheet_id=march["ubnd_binh_an"].id, finding="petitions.balance", text="Đúng.", by=nam.by, at=AFTER)


def test_a_unit_far_outside_its_own_past_is_asked_to_look_but_not_stopped(
    world: World, tu: Officer, hear: Hear, monthly: Regime
) -> None:
    for month in range(8, 13):
        past = draw_up(regime=monthly, period=monthly.last_closed(moment(f"2025-{month:02}-20").date()),
                       scope=Scope.OWN, by=tu.by, at=moment(f"2025-{month:02}-20"))  # fmt: skip
        signed(past, tu, moment(f"2025-{month:02}-20"))
    for _ in range(9):
        hear(world.ubnd_binh_an, "2025-12-20")
    january = draw_up(regime=monthly, period=monthly.last_closed(moment("2026-01-16").date()), scope=Scope.OWN,
                      by=tu.by, at=moment("2026-01-16"))  # fmt: skip
    remarks = content_of(january, moment("2026-01-16").date()).remarks
    assert ("petitions.received.band", "B", False) in [(r.code, r.flag, r.blocking) for r in remarks]
    assert all(not remark.blocking for remark in remarks)


def test_other_units_neither_see_nor_list_a_sheet(
    march: Sheets, nam: Officer, thu: Officer, lan: Officer, kim: Officer, ben: Officer, vu: Officer
) -> None:
    sheet = march["ubnd_binh_an"]
    for officer in (nam, lan, kim):
        assert sheet_seen_by(officer.by, sheet.id) == sheet
    for officer in (thu, ben, vu):
        with pytest.raises(Absent):
            sheet_seen_by(officer.by, sheet.id)
    listed = {name: {row.sheet.unit_id for row in sheets_page(officer.by, ON)[0]}
              for name, officer in {"nam": nam, "thu": thu, "lan": lan, "ben": ben, "vu": vu}.items()}  # fmt: skip
    assert listed["nam"] == {sheet.unit_id}
    assert listed["thu"] == {march["ubnd_phu_loc"].unit_id}
    assert listed["ben"] == {march["ubnd_xa_ben"].unit_id}
    assert listed["vu"] == set()
    assert sheet.unit_id in listed["lan"] and march["ubnd_xa_ben"].unit_id not in listed["lan"]


def test_a_reminder_is_a_step_of_the_duty(
    world: World, march: Sheets, lan: Officer, thu: Officer, monthly: Regime
) -> None:
    units = [world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk, world.ubnd_xa_ben.pk]
    assert urge_missing(unit_ids=units, regime=monthly, period=MARCH, text="Đề nghị ký biểu.", by=lan.by,
                        at=AFTER) == 2  # fmt: skip
    verbs = march["ubnd_binh_an"].commitment.steps.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["open", "urge"]


def test_the_list_of_sheets_costs_the_same_for_one_and_for_many(
    world: World, march: Sheets, nam: Officer, lan: Officer, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        assert len(sheets_page(nam.by, ON)[0]) == 1
    for number in range(50):
        a_unit(name=f"UBND xã số {number}", area=world.xa_binh_an, parent=world.ubnd_tinh)
    open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-03-16"))
    with django_assert_num_queries(2):
        assert len(sheets_page(lan.by, ON)[0]) == 50
    rows, page = sheets_page(lan.by, ON, after=sheets_page(lan.by, ON)[1].next)
    assert (len(rows), page.next) == (4, None)
    assert len(sheets_page(lan.by, ON, before=page.previous)[0]) == 50


def test_a_unit_that_answered_nothing_still_reports_zeros(march: Sheets, tu: Officer) -> None:
    assert set(content_of(signed(march["ubnd_binh_an"], tu), ON).values.values()) == {0}


def test_an_answered_matter_reaches_the_sheet(world: World, march: Sheets, nam: Officer, hear: Hear) -> None:
    answer(hear(world.ubnd_binh_an, "2026-03-02"), nam, "2026-03-03")
    assert str(content_of(march["ubnd_binh_an"], ON).figure("petitions.on-time-rate")) == "100.00"
