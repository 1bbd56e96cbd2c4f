"""Every figure comes from what was recorded anyway, and the ledger agrees with it to the last unit."""

import pytest

from danvan.commitments.actions import pass_to_successors
from danvan.matters.kinds import Kind
from danvan.reports.indicators import IDENTITIES, computed, drawn_keys
from danvan.reports.queries import draw, facts, recount, rollup
from danvan.reports.regimes import Regime
from danvan.units.access import system
from tests.reports.conftest import (
    APRIL,
    MARCH,
    ON,
    Hear,
    accept,
    agree,
    answer,
    decide,
    dispute,
    hand_over,
    moment,
    transfer,
    withdraw,
)
from tests.world import Officer, World


@pytest.fixture
def busy(world: World, nam: Officer, thu: Officer, hear: Hear) -> None:
    """A month in which everything that can happen to a matter happened, in two communes and across the border."""
    binh_an, phu_loc = world.ubnd_binh_an, world.ubnd_phu_loc
    hear(binh_an, "2026-02-02")  # carried over, still open
    carried = hear(binh_an, "2026-02-10")
    answer(carried, nam, "2026-02-20")
    agreed = hear(binh_an, "2026-02-16")
    agree(answer(agreed, nam, "2026-02-25"), "2026-03-02")
    dispute(answer(hear(binh_an, "2026-02-17"), nam, "2026-02-26"), "2026-03-03")
    decide(hear(binh_an, "2026-02-17", Kind.COMPLAINT), nam, "2026-02-20", "2026-03-10")
    accept(hear(binh_an, "2026-02-10", Kind.COMPLAINT), nam, "2026-02-24")  # in hand all the while
    transfer(hear(binh_an, "2026-02-18", Kind.COMPLAINT), nam, phu_loc, "2026-02-23")
    withdraw(hear(binh_an, "2026-02-18", Kind.RECOMMENDATION), "2026-02-27")
    moved = hear(binh_an, "2026-02-19")
    hand_over(moved, nam, phu_loc, "2026-02-24")
    answer(moved, thu, "2026-02-26")
    hand_over(hand_over(hear(binh_an, "2026-03-01"), nam, phu_loc, "2026-03-05"), thu, binh_an, "2026-03-05")
    hear(binh_an, "2026-02-15", Kind.OPINION)
    hear(binh_an, "2026-03-14", Kind.OPINION)
    hear(binh_an, "2026-03-15")  # already April
    withdraw(answer(hear(phu_loc, "2026-02-20", area=world.xa_phu_loc), thu, "2026-03-01"), "2026-03-02")
    late = hear(phu_loc, "2025-11-03", area=world.xa_phu_loc)
    answer(late, thu, "2026-03-09")
    hear(world.ubnd_xa_ben, "2026-02-20", area=world.xa_ben)  # the other province


def test_what_happened_in_the_month_is_what_is_counted(world: World, busy: None) -> None:
    values = draw([world.ubnd_binh_an.pk], MARCH)[world.ubnd_binh_an.pk]
    said = {key.removeprefix("petitions."): value for key, value in values.items() if key.startswith("petitions.")}
    assert said == {
        "carried": 3, "received": 7, "handed-in": 1, "handed-out": 3, "answered": 4, "on-time": 4, "late": 0,
        "dropped": 1, "unresolved": 3, "agreed": 1, "disputed": 1, "reflection": 4, "recommendation": 1,
        "complaint": 2, "denunciation": 0,
    }  # fmt: skip
    assert (values["opinions.received"], values["opinions.unresolved"]) == (2, 2)
    assert (values["reviews.received"], values["reviews.unresolved"]) == (1, 1)


def test_an_answer_after_the_due_day_is_late(world: World, busy: None) -> None:
    values = draw([world.ubnd_phu_loc.pk], MARCH)[world.ubnd_phu_loc.pk]
    assert (values["petitions.answered"], values["petitions.on-time"], values["petitions.late"]) == (3, 2, 1)


def test_a_withdrawal_after_the_answer_takes_nothing_out_of_hand(world: World, busy: None) -> None:
    assert draw([world.ubnd_phu_loc.pk], MARCH)[world.ubnd_phu_loc.pk]["petitions.dropped"] == 0


def test_what_is_left_at_the_end_is_what_the_next_period_begins_with(world: World, busy: None) -> None:
    units = [world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk]
    march, april = draw(units, MARCH), draw(units, APRIL)
    left = [march[unit][f"{group}.unresolved"] for unit in units for group in ("opinions", "petitions", "reviews")]
    begun = [april[unit][f"{group}.carried"] for unit in units for group in ("opinions", "petitions", "reviews")]
    assert left == begun
    assert sum(left) > 0


def test_every_identity_holds_in_every_unit(world: World, busy: None) -> None:
    drawn = draw([world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk, world.ubnd_tinh.pk], MARCH)
    assert [i.broken(values) for values in drawn.values() for i in IDENTITIES if i.broken(values)] == []


def test_the_rollup_of_the_province_equals_a_recount_of_its_ledger(world: World, busy: None, monthly: Regime) -> None:
    rolled, counted = rollup(world.ubnd_tinh.pk, monthly, MARCH, on=ON), recount(world.ubnd_tinh.pk, MARCH)
    from_ledger = {key for values in counted.values() for key in values}
    assert len(from_ledger) == 3 * 11 + 4
    for one in rolled.returns:
        found = counted.get(one.member.unit_id, {})
        assert {key: one.live[key] for key in from_ledger} == {key: found.get(key, 0) for key in from_ledger}
    assert rolled.total["petitions.received"] == 8
    assert world.ubnd_xa_ben.pk not in counted


def test_duties_taken_over_from_an_ended_unit_are_counted_once(
    world: World, nam: Officer, thu: Officer, hear: Hear, monthly: Regime
) -> None:
    hear(world.ubnd_phu_loc, "2026-02-20", area=world.xa_phu_loc)
    answer(hear(world.ubnd_phu_loc, "2026-02-20", area=world.xa_phu_loc), thu, "2026-02-25")
    pass_to_successors(ended=world.ubnd_phu_loc.pk, successor=world.ubnd_binh_an.pk, note="Sáp nhập.",
                       by=system("sáp nhập"), at=moment("2026-03-02"))  # fmt: skip
    values = draw([world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk], MARCH)
    counted = recount(world.ubnd_tinh.pk, MARCH)
    for unit in (world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk):
        assert {key: values[unit][key] for key in counted[unit]} == counted[unit]
    assert values[world.ubnd_binh_an.pk]["petitions.unresolved"] == 1
    assert values[world.ubnd_phu_loc.pk]["petitions.unresolved"] == 0


@pytest.mark.parametrize("key", drawn_keys())
def test_the_list_behind_a_figure_is_as_long_as_the_figure(world: World, busy: None, lan: Officer, key: str) -> None:
    for unit in (world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk):
        figure = draw([unit], MARCH)[unit][key]
        behind = facts(key, unit, MARCH, by=lan.by, on=ON)
        assert behind.total == figure == sum(fact.count for fact in behind.rows)


def test_a_rate_without_anything_to_divide_by_is_unknown_not_zero() -> None:
    assert computed("petitions.on-time-rate", {"petitions.on-time": 0, "petitions.answered": 0}) is None


def test_drawing_costs_the_same_for_one_unit_and_for_fifty(world: World, busy: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):
        draw([world.ubnd_binh_an.pk], MARCH)
    with django_assert_num_queries(4):
        draw([world.ubnd_binh_an.pk, world.ubnd_phu_loc.pk, world.ubnd_tinh.pk, world.so_xay_dung.pk], MARCH)
