from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.figures import (
    check_carry_over,
    check_difference,
    check_growth,
    check_rate,
    check_sum,
    check_times,
    child_not_above_parent,
    interval,
    rate,
)

COUNTS = st.integers(min_value=1, max_value=10**7)


def test_a_rate_is_half_up_in_percent() -> None:
    assert (rate(8328, 8574), rate(1, 8), rate(2, 3, digits=0), rate(5, 0)) == (D("97.13"), D("12.50"), D(67), None)


@pytest.mark.parametrize(
    ("stated", "part", "whole", "ok", "rounded"),
    [
        ("97.13", 8328, 8574, True, False),
        ("97.1", 8328, 8574, True, False),
        ("97", 8328, 8574, True, False),
        ("79.63", 176, 221, True, True),
        ("79.6", 176, 221, True, False),
        ("66", 2, 3, True, True),
        ("97.23", 8328, 8574, False, False),
        ("97.03", 8328, 8574, False, False),
        ("90", 235, 264, False, False),
        ("102.5", 1025, 1000, True, False),
        ("100", 5, 5, True, False),
    ],
)  # fmt: skip
def test_a_stated_rate_is_right_cut_off_or_wrong(stated: str, part: int, whole: int, ok: bool, rounded: bool) -> None:
    verdict = check_rate(D(stated), D(part), D(whole))
    assert (verdict.ok, verdict.rounded) == (ok, rounded)


def test_a_wrong_rate_states_both_numbers() -> None:
    verdict = check_rate(D("97.23"), D(8328), D(8574))
    assert verdict.message == "Nêu 97,23% nhưng 8.328/8.574 = 97,13%."
    assert (verdict.rule, verdict.stated, verdict.computed) == ("rate", D("97.23"), D("97.13"))


@pytest.mark.parametrize(
    ("stated", "qualifier", "ok"),
    [("97", "hơn", True), ("98", "gần", True), ("97", "khoảng", True), ("92", "trên", True), ("98", "hơn", False),
     ("97", "gần", False), ("47", "hơn", False), ("97.13", "hơn", True)],
)  # fmt: skip
def test_a_qualified_rate_is_held_against_an_interval(stated: str, qualifier: str, ok: bool) -> None:
    assert check_rate(D(stated), D(8328), D(8574), qualifier=qualifier).ok is ok


def test_a_rate_over_nothing_is_wrong() -> None:
    verdict = check_rate(D(50), D(1), D(0))
    assert (verdict.ok, verdict.computed) == (False, None)


@given(COUNTS, COUNTS, st.integers(min_value=0, max_value=2))
def test_a_correctly_rounded_rate_is_never_questioned(part: int, whole: int, digits: int) -> None:
    stated = rate(part, whole, digits)
    assert stated is not None
    assert check_rate(stated, D(part), D(whole)).ok


@given(COUNTS, COUNTS, st.integers(min_value=0, max_value=2), st.integers(min_value=2, max_value=9))
def test_a_rate_two_steps_off_is_always_wrong(part: int, whole: int, digits: int, steps: int) -> None:
    stated = rate(part, whole, digits)
    assert stated is not None
    assert not check_rate(stated + steps * D(1).scaleb(-digits), D(part), D(whole)).ok


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [(None, 2000, 2000), ("gần", 1900, 2000), ("hơn", 2000, 2200), ("khoảng", 1900, 2100), ("ít nhất", 2000, None),
     ("dưới", 0, 2000)],
)  # fmt: skip
def test_qualifiers_widen_a_figure_by_a_stated_convention(qualifier: str | None, low: int, high: int | None) -> None:
    meant = interval(D(2000), qualifier)
    assert (meant.low, meant.high) == (low, high)


def test_intervals_meet_when_both_can_be_true() -> None:
    assert interval(D(2000), "gần").meets(interval(D(1950), None))
    assert not interval(D(2000), "gần").meets(interval(D(2100), "hơn"))
    assert interval(D(2000), "ít nhất").meets(interval(D(9000), None))


def test_parts_that_do_not_close_show_their_sum() -> None:
    assert check_sum(D(1536), [D(40), D(1496)]).ok
    verdict = check_sum(D(1536), [D(40), D(1486)], unit="đơn")
    assert verdict.message == "Nêu tổng 1.536 đơn nhưng các phần cộng lại 40 + 1.486 = 1.526."
    assert (verdict.ok, verdict.computed) == (False, D(1526))


def test_a_part_above_its_whole_is_wrong() -> None:
    assert child_not_above_parent(D(5), D(5)).ok
    assert child_not_above_parent(D(15), D(12), unit="vụ").message == "Phần 15 vụ lớn hơn tổng 12 vụ."


def test_what_is_left_is_what_came_in_less_what_was_settled() -> None:
    assert check_carry_over(D(40), D(1496), D(1500), D(36)).ok
    assert check_carry_over(D(40), D(1496), D(1500), D(46)).message == (
        "Nêu tồn cuối kỳ 46 nhưng 40 + 1.496 − 1.500 = 36."
    )


def test_a_change_is_checked_as_a_number_a_percentage_and_a_multiple() -> None:
    assert check_difference(D(131), D(1536), D(1405)).ok
    assert check_difference(D(198), D(221), D(419)).ok
    assert check_difference(D(121), D(1536), D(1405)).message == "Nêu chênh lệch 121 nhưng 1.536 − 1.405 = 131."
    assert check_growth(D("92.5"), D(3257), D(1692)).ok
    assert check_growth(D("92"), D(3257), D(1692), qualifier="hơn").ok
    assert check_growth(D("82.5"), D(3257), D(1692)).message == "Nêu 82,5% nhưng từ 1.692 đến 3.257 tăng 92,49%."
    assert check_times(D("2.3"), D(10302), D(4429)).ok
    assert check_times(D("1.3"), D(10302), D(4429)).ok
    assert check_times(D("3.3"), D(10302), D(4429)).message == "Nêu 3,3 lần nhưng 10.302/4.429 = 2,33 lần."


def test_a_change_from_nothing_has_no_percentage() -> None:
    assert not check_growth(D(100), D(5), D(0)).ok
    assert not check_times(D(2), D(5), D(0)).ok
