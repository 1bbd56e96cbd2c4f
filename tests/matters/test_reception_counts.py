"""Turns, persons, groups and cases by who received: what the register says is what the statistics say."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.base.errors import Refused
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.turn_follow import strike_out
from danvan.matters.actions.turn_said import TurnSaid
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import LedBy
from danvan.matters.models import Reception, ReceptionDay
from danvan.matters.queries.reception_counts import ReceptionCounts, reception_counts
from danvan.matters.queries.receptions import totals_of_month
from danvan.reports.indicators.sources import OfReceptions
from danvan.reports.queries.drawing import draw
from danvan.reports.queries.drill import facts
from danvan.rules.periods import Period
from tests.world import AT, TODAY

MARCH = Period.month(2026, 3)
KEYS = {what: f"receptions.{what.value}" for what in OfReceptions}


def entered(officer, **values) -> Reception:
    said = {"received_on": TODAY, "summary": "Hỏi thủ tục cấp giấy."} | values
    return receive_turn(turn=TurnSaid(**said), by=officer.by, at=AT).reception


def counted(unit, led_by, period=MARCH) -> ReceptionCounts:
    return reception_counts([unit.id], period)[unit.id][led_by]


def test_each_unit_of_count_is_told_by_who_received(world, nam):
    entered(nam, persons=7, cases_first=0, cases_again=2)
    entered(nam)
    entered(nam, led_by=LedBy.HEAD, persons=5, is_group=False)
    assert counted(world.ubnd_binh_an, LedBy.STAFF) == ReceptionCounts(
        sessions=1, turns=2, persons=8, cases_first=1, cases_again=2, groups=1, group_persons=7, group_cases_again=2
    )
    assert counted(world.ubnd_binh_an, LedBy.HEAD) == ReceptionCounts(sessions=1, turns=1, persons=5, cases_first=1)
    assert counted(world.ubnd_binh_an, LedBy.DELEGATED) == ReceptionCounts()


def test_sessions_in_numbers_are_added_and_do_not_pretend_to_know_more(world, nam):
    entered(nam, received_on=TODAY - timedelta(1))
    record_reception(reception=SessionNumbers(TODAY, 4, 12, 3, groups=1), by=nam.by, at=AT)
    found = counted(world.ubnd_binh_an, LedBy.STAFF)
    assert found == ReceptionCounts(
        sessions=2, turns=5, persons=13, cases_first=1, cases_unsplit=3, groups=1, groups_unsplit=1
    )
    assert found.cases == 4


def test_numbers_that_were_loaded_beside_entries_are_not_counted_twice(world, nam):
    entry = entered(nam)
    for led_by_head in (True, False):
        ReceptionDay.objects.create(home_area=99, unit=world.ubnd_binh_an, held_on=TODAY, turns=9, persons=9, cases=9,
                                    led_by_head=led_by_head, recorded_at=AT)  # fmt: skip
    assert counted(world.ubnd_binh_an, LedBy.STAFF).turns == 1
    assert counted(world.ubnd_binh_an, LedBy.HEAD).turns == 9
    strike_out(reception_id=entry.id, reason="Ghi nhầm", by=nam.by, at=AT)
    assert counted(world.ubnd_binh_an, LedBy.STAFF).turns == 9


def test_one_statement_counts_however_many_units(world, nam, thu, django_assert_num_queries):
    entered(nam)
    entered(thu)
    record_reception(reception=SessionNumbers(TODAY, 2, 2, 2, led_by_head=True), by=thu.by, at=AT)
    units = [world.ubnd_binh_an.id, world.ubnd_phu_loc.id, world.ubnd_tinh.id]
    with django_assert_num_queries(1):
        found = reception_counts(units, MARCH)
    assert {unit: sum(each.turns for each in by.values()) for unit, by in found.items()} == dict(
        zip(units, (1, 3, 0), strict=True)
    )


def test_a_period_takes_its_first_day_and_not_the_day_after_its_last(world, nam):
    entered(nam, received_on=MARCH.start - timedelta(1))
    entered(nam, received_on=MARCH.start)
    assert counted(world.ubnd_binh_an, LedBy.STAFF).turns == 1
    assert counted(world.ubnd_binh_an, LedBy.STAFF, Period.month(2026, 2)).turns == 1


TURNS = st.builds(
    dict,
    received_on=st.integers(0, 4).map(lambda back: TODAY - timedelta(back)),
    led_by=st.sampled_from(LedBy),
    persons=st.integers(1, 9),
    cases_first=st.integers(1, 3),
    cases_again=st.integers(0, 2),
)
NUMBERS = st.builds(
    lambda back, turns, more, groups, head: SessionNumbers(
        TODAY - timedelta(back), turns, turns + more, turns, groups=min(groups, turns), led_by_head=head
    ),
    st.integers(0, 4), st.integers(1, 5), st.integers(0, 9), st.integers(0, 2), st.booleans(),
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(TURNS, max_size=6), numbers=st.lists(NUMBERS, max_size=4))
def test_the_register_the_indicators_and_the_lists_behind_them_agree(world, nam, kim, turns, numbers):
    Reception.objects.all().delete()
    ReceptionDay.objects.all().delete()
    for values in turns:
        entered(nam, **values)
    kept = [one for one in numbers if _recorded(one, nam)]
    figures = draw([world.ubnd_binh_an.id], MARCH)[world.ubnd_binh_an.id]
    sessions = len({(t["received_on"], t["led_by"]) for t in turns}) + len(kept)
    assert [figures[KEYS[what]] for what in OfReceptions] == [
        sessions,
        len({t["received_on"] for t in turns if t["led_by"] is LedBy.HEAD}) + sum(n.led_by_head for n in kept),
        len(turns) + sum(n.turns for n in kept),
        sum(t["persons"] for t in turns) + sum(n.persons for n in kept),
        sum(t["persons"] >= 5 for t in turns) + sum(n.groups for n in kept),
        sum(t["cases_first"] + t["cases_again"] for t in turns) + sum(n.cases for n in kept),
    ]
    for key in KEYS.values():
        told = facts(key, world.ubnd_binh_an.id, MARCH, by=kim.by, on=TODAY)
        assert (key, sum(fact.count for fact in told.rows), told.total) == (key, figures[key], figures[key])


def _recorded(numbers, officer) -> bool:
    try:
        record_reception(reception=numbers, by=officer.by, at=AT)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("what", OfReceptions)
def test_a_list_behind_a_figure_tells_numbers_and_never_what_people_said(world, nam, kim, what):
    entered(nam, persons=6, led_by=LedBy.HEAD, summary="Nhà ông Bảy bị lấn ranh.")
    told = facts(KEYS[what], world.ubnd_binh_an.id, MARCH, by=kim.by, on=TODAY)
    assert [fact.text for fact in told.rows] == ["Sổ tiếp công dân số 1/2026: 6 người, 1 vụ việc"]


def test_the_month_on_the_page_adds_up_the_register_and_the_numbers(nam, lan):
    entered(nam, persons=6, led_by=LedBy.HEAD)
    record_reception(reception=SessionNumbers(TODAY, 2, 3, 2), by=nam.by, at=AT)
    totals = totals_of_month(by=lan.by, on=TODAY)
    assert (totals.sessions, totals.led_by_head, totals.turns, totals.persons, totals.groups, totals.cases) == (
        2, 1, 3, 9, 1, 3,
    )  # fmt: skip
