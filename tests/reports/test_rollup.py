"""From communes to the province, over the tree as it was when the period ended."""

from datetime import date

import pytest

from danvan.base.errors import Absent
from danvan.reports.access import may_see, sheets_in_sight
from danvan.reports.actions import draw_up, open_due_sheets
from danvan.reports.content import read
from danvan.reports.kinds import Basis, Flag, Scope, Standing
from danvan.reports.models import Sheet
from danvan.reports.queries import (
    content_of,
    facts_page,
    figure_page,
    flags_of,
    overview_page,
    recount,
    recount_sql,
    rollup,
    rollup_page,
)
from danvan.reports.queries.checks import usual
from danvan.reports.regimes import Regime
from danvan.rules.periods import Period
from danvan.units.access import system
from danvan.units.models import UnitClosure, UnitVersion
from tests.reports.conftest import AFTER, MARCH, ON, Hear, answer, dispute, moment, signed
from tests.world import Officer, World, a_unit

Sheets = dict[str, Sheet]
LATE = date(2026, 3, 20)


@pytest.fixture
def heard(world: World, nam: Officer, hear: Hear) -> None:
    hear(world.ubnd_binh_an, "2026-02-20")
    answer(hear(world.ubnd_binh_an, "2026-02-21"), nam, "2026-02-25")
    hear(world.ubnd_phu_loc, "2026-02-22", area=world.xa_phu_loc)


def test_a_unit_that_has_not_signed_counts_as_tentative_and_never_as_zero(
    world: World, heard: None, march: Sheets, tu: Officer, monthly: Regime
) -> None:
    signed(march["ubnd_binh_an"], tu)
    whole = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON)
    rows = {row.unit_id: row for row in whole.rows}
    assert (rows[world.ubnd_binh_an.pk].is_tentative, rows[world.ubnd_phu_loc.pk].is_tentative) == (False, True)
    assert rows[world.ubnd_phu_loc.pk].figure("petitions.received") == 1
    assert whole.figure("petitions.received") == 3
    sealed = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON, basis=Basis.SEALED)
    assert {row.unit_id: row.figure("petitions.received") for row in sealed.rows}[world.ubnd_phu_loc.pk] is None
    assert sealed.figure("petitions.received") == 2


def test_how_many_have_signed_and_who_has_not(world: World, march: Sheets, tu: Officer, monthly: Regime) -> None:
    signed(march["ubnd_binh_an"], tu)
    complete = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON).completeness
    assert (complete.signed, complete.due, len(complete.missing), len(complete.late)) == (1, 4, 3, 0)
    late = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=LATE).completeness
    assert {one.standing for one in late.missing} == {Standing.OVERDUE} and len(late.late) == 3


def test_a_sheet_signed_after_its_day_is_told_so(world: World, march: Sheets, tu: Officer, monthly: Regime) -> None:
    signed(march["ubnd_binh_an"], tu, moment("2026-03-19"))
    found = {one.member.unit_id: one.standing for one in rollup(world.ubnd_tinh.pk, monthly, MARCH, on=LATE).returns}
    assert found[world.ubnd_binh_an.pk] == Standing.SIGNED_LATE


def test_a_signed_figure_stays_in_the_sum_though_the_records_move_on(
    world: World, heard: None, march: Sheets, tu: Officer, monthly: Regime, hear: Hear
) -> None:
    signed(march["ubnd_binh_an"], tu)
    hear(world.ubnd_binh_an, "2026-03-01")
    whole = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON)
    assert whole.figure("petitions.received") == 3
    assert {one.member.unit_id for one in whole.returns if one.moved_since} == {world.ubnd_binh_an.pk}


def test_the_tree_is_the_one_of_the_last_day_of_the_period(
    world: World, heard: None, march: Sheets, lan: Officer, ben: Officer, monthly: Regime
) -> None:
    """Phú Lộc goes to the other province on 20/03: March stays where it was done."""
    moved = date(2026, 3, 20)
    UnitClosure.objects.filter(descendant=world.ubnd_phu_loc, depth=1).update(valid_to=moved)
    UnitClosure.objects.create(ancestor=world.ubnd_tinh_ban, descendant=world.ubnd_phu_loc, depth=1, valid_from=moved)
    UnitVersion.objects.filter(unit=world.ubnd_phu_loc).update(valid_to=moved)
    UnitVersion.objects.create(unit=world.ubnd_phu_loc, tree="government", level="commune", name="UBND xã Phú Lộc",
                               parent=world.ubnd_tinh_ban, area=world.xa_phu_loc, fold="", sort_key="",
                               valid_from=moved)  # fmt: skip
    april = Period.month(2026, 4)
    was = {one.member.unit_id for one in rollup(world.ubnd_tinh.pk, monthly, MARCH, on=LATE).returns}
    will_be = {one.member.unit_id for one in rollup(world.ubnd_tinh.pk, monthly, april, on=LATE).returns}
    assert world.ubnd_phu_loc.pk in was and world.ubnd_phu_loc.pk not in will_be
    assert march["ubnd_phu_loc"] in sheets_in_sight(lan.by) and may_see(lan.by, march["ubnd_phu_loc"])


def test_a_branch_with_units_of_its_own_is_one_row(world: World, heard: None, hear: Hear, monthly: Regime) -> None:
    ward = a_unit(name="Tổ công tác", area=world.xa_binh_an, parent=world.ubnd_binh_an)
    hear(ward, "2026-03-01")
    whole = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON)
    row = next(row for row in whole.rows if row.unit_id == world.ubnd_binh_an.pk)
    assert (len(row.returns), row.figure("petitions.received")) == (2, 3)
    assert whole.figure("petitions.received") == 4
    assert rollup(world.ubnd_binh_an.pk, monthly, MARCH, on=ON).figure("petitions.received") == 3


def test_a_rollup_costs_the_same_for_four_units_and_for_fifty(
    world: World, heard: None, march: Sheets, tu: Officer, monthly: Regime, django_assert_num_queries
) -> None:
    signed(march["ubnd_binh_an"], tu)
    with django_assert_num_queries(10):
        rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON)
    for number in range(50):
        a_unit(name=f"UBND xã số {number}", area=world.xa_binh_an, parent=world.ubnd_tinh)
    with django_assert_num_queries(10):
        assert len(rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON).rows) == 55


def test_the_recount_is_one_statement(world: World, heard: None, django_assert_num_queries) -> None:
    assert recount_sql(world.ubnd_tinh.pk, MARCH)[0].count(";") == 0
    with django_assert_num_queries(1):
        recount(world.ubnd_tinh.pk, MARCH)


def test_signing_the_rollup_needs_every_missing_sheet_explained_and_freezes_who_was_missing(
    world: World, heard: None, march: Sheets, tu: Officer, sau: Officer, thu: Officer, hear: Hear, monthly: Regime
) -> None:
    signed(march["ubnd_binh_an"], tu)
    sheet = draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=sau.by, at=AFTER)
    before = content_of(sheet, ON)
    assert len(before.open_remarks) == 3 and all(remark.flag == Flag.MISSING for remark in before.open_remarks)
    done = signed(sheet, sau, why="Đơn vị mất điện, gửi sau.")
    hear(world.ubnd_phu_loc, "2026-03-01", area=world.xa_phu_loc)
    kept = read(done.content)
    assert kept.completeness is not None
    assert (kept.completeness.signed, kept.completeness.due, len(kept.completeness.missing)) == (1, 4, 3)
    assert kept.values["petitions.received"] == 3
    children = {child.name: child.values.get("petitions.received") for child in kept.children}
    assert sum(value or 0 for value in children.values()) == 3


def test_a_leaf_has_nothing_to_roll_up(tu: Officer, monthly: Regime) -> None:
    with pytest.raises(Exception, match="không có đơn vị trực thuộc"):
        draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=tu.by, at=AFTER)


def test_another_unit_sees_neither_figure_nor_list_nor_overview(
    world: World, heard: None, monthly: Regime, thu: Officer, ben: Officer, vu: Officer, nam: Officer
) -> None:
    unit = world.ubnd_binh_an.pk
    for stranger in (thu, ben):
        for look in (
            lambda by: rollup_page(by, unit, monthly, MARCH, ON, Basis.LATEST),
            lambda by: figure_page(by, "petitions.received", unit, monthly, MARCH, ON),
            lambda by: facts_page(by, "petitions.received", unit, MARCH, ON),
            lambda by: overview_page(by, unit, monthly, MARCH, ON),
        ):
            with pytest.raises(Absent):
                look(stranger.by)
    with pytest.raises(Exception, match="không được"):
        rollup_page(vu.by, unit, monthly, MARCH, ON, Basis.LATEST)
    assert figure_page(nam.by, "petitions.received", unit, monthly, MARCH, ON).total == 2


def test_a_matter_out_of_sight_stays_in_the_count_without_its_words(
    world: World, nam: Officer, thu: Officer, lan: Officer, hear: Hear
) -> None:
    """What Bình An took in and handed over is in its figures; what Phú Lộc took in itself is none of its business."""
    hear(world.ubnd_binh_an, "2026-02-20")
    behind = facts_page(nam.by, "petitions.received", world.ubnd_binh_an.pk, MARCH, ON)
    assert behind.total == 1 and behind.rows[0].code
    with pytest.raises(Absent):
        facts_page(nam.by, "petitions.received", world.ubnd_phu_loc.pk, MARCH, ON)


def test_flags_stand_at_the_unit_they_are_about(
    world: World, heard: None, march: Sheets, tu: Officer, hear: Hear, monthly: Regime
) -> None:
    signed(march["ubnd_binh_an"], tu)
    hear(world.ubnd_binh_an, "2026-03-01")
    open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-04-15"))
    april = Period.month(2026, 4)
    found = flags_of(rollup(world.ubnd_tinh.pk, monthly, april, on=date(2026, 4, 30)))
    flags = {finding.flag for finding in found[world.ubnd_binh_an.pk]}
    assert flags == {Flag.SUM, Flag.MISSING, Flag.LATE}
    assert {finding.flag for finding in found[world.ubnd_phu_loc.pk]} == {Flag.MISSING, Flag.LATE}


@pytest.mark.parametrize(
    ("past", "band"),
    [
        ([], None),
        ([10, 11, 9], None),
        ([10, 11, 9, 10], (5, 15)),
        ([0, 0, 0, 0], (0, 5)),
        ([100, 100, 100, 100], (50, 150)),
        ([100, 20, 180, 60], (0, 258)),
    ],
)
def test_what_is_usual_needs_a_past_and_leaves_room_for_small_numbers(
    past: list[int], band: tuple[int, int] | None
) -> None:
    assert usual(past) == band


def test_the_overview_tells_months_fields_and_days(
    world: World, heard: None, lan: Officer, nam: Officer, monthly: Regime, django_assert_num_queries
) -> None:
    with django_assert_num_queries(14):
        page = overview_page(lan.by, world.ubnd_tinh.pk, monthly, MARCH, ON)
    assert (page.months[-1].received, page.months[-1].answered, page.months[-1].label) == (3, 1, "3")
    assert page.fields == [("Giao thông, hạ tầng", 3)]
    assert [(week.answers, week.days) for week in page.weeks if week.answers] == [(1, 4.0)]


def test_a_dispute_shows_as_a_review_and_not_as_a_second_receipt(
    world: World, nam: Officer, hear: Hear, monthly: Regime
) -> None:
    dispute(answer(hear(world.ubnd_binh_an, "2026-02-20"), nam, "2026-02-24"), "2026-02-26")
    whole = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON)
    assert (whole.figure("petitions.received"), whole.figure("reviews.received")) == (1, 1)


def test_a_sheet_signed_after_the_rollup_shows_as_a_sum_that_no_longer_fits(
    world: World, heard: None, march: Sheets, tu: Officer, sau: Officer, monthly: Regime, hear: Hear
) -> None:
    signed(draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=sau.by, at=AFTER), sau)
    page = rollup_page(sau.by, world.ubnd_tinh.pk, monthly, MARCH, ON, Basis.LATEST)
    assert page.apart == []
    hear(world.ubnd_binh_an, "2026-03-02")
    signed(march["ubnd_binh_an"], tu)
    page = rollup_page(sau.by, world.ubnd_tinh.pk, monthly, MARCH, ON, Basis.LATEST)
    received = next(finding for finding in page.apart if finding.indicator == "petitions.received")
    assert (received.flag, received.blocking) == (Flag.SUM, False)
    assert "đã ký ghi 3, các đơn vị nay cộng lại 4" in received.sentence


def test_nobody_owes_a_sheet_of_a_period_before_the_regime(world: World, monthly: Regime, hear: Hear) -> None:
    old = Period.month(2025, 6)
    hear(world.ubnd_tinh, "2025-06-02", area=world.tinh_mau)
    whole = rollup(world.ubnd_tinh.pk, monthly, old, on=ON)
    assert (whole.completeness.due, whole.is_tentative, whole.figure("petitions.received")) == (0, False, 1)


def test_a_branch_shows_how_many_of_its_units_earned_a_flag_not_a_mark_for_each(
    world: World, march: Sheets, lan: Officer, monthly: Regime
) -> None:
    for number in range(3):
        a_unit(name=f"Tổ {number}", area=world.xa_binh_an, parent=world.ubnd_binh_an)
    page = rollup_page(lan.by, world.ubnd_tinh.pk, monthly, MARCH, LATE, Basis.LATEST)
    row = next(line for line in page.lines if line.row.unit_id == world.ubnd_binh_an.pk)
    assert [(mark.flag, mark.count) for mark in row.marks] == [(Flag.MISSING, 4), (Flag.LATE, 4)]
