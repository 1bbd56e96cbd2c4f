"""Regimes are data: what is asked, of whom, and until when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.base.errors import Invalid
from danvan.reports.indicators import GROUPS, IDENTITIES, INDICATORS, computed, drawn_keys
from danvan.reports.indicators.sources import Ratio, Total
from danvan.reports.regimes import all_regimes, period_of, regime
from danvan.rules.calendar import shipped
from danvan.rules.periods import Period


def test_a_regime_names_everything_the_decree_asks_for() -> None:
    for each in all_regimes():
        assert all((each.title, each.basis, each.cut_off, each.send_by, each.receiver, each.means, each.levels))


def test_the_month_closes_on_the_14th_and_is_due_three_working_days_later() -> None:
    monthly = regime("DV-T")
    assert monthly.due(Period.month(2026, 3), shipped()) == date(2026, 3, 18)
    assert monthly.last_closed(date(2026, 3, 14)) == Period.month(2026, 2)
    assert monthly.last_closed(date(2026, 3, 15)) == Period.month(2026, 3)


def test_a_regime_goes_no_further_back_than_its_beginning() -> None:
    assert regime("DV-T").recent(date(2025, 8, 20), 12)[-1] == Period.month(2025, 7)


@pytest.mark.parametrize("code", ["2026", "2026-Q1", "2026-13", "15/02/2026", ""])
def test_a_period_of_another_kind_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        period_of(regime("DV-T"), code)


def test_every_term_of_a_total_a_rate_and_an_identity_is_in_the_dictionary() -> None:
    named = {name for each in IDENTITIES for name in (*each.left, *each.right)}
    for each in INDICATORS.values():
        if isinstance(each.source, Ratio):
            named |= {each.source.numerator, each.source.denominator}
        if isinstance(each.source, Total):
            named |= {*each.source.plus, *each.source.minus}
        named |= {each.part_of} - {""}
    assert named <= set(INDICATORS)


def test_every_key_stands_once_and_says_what_is_counted() -> None:
    keys = [each.key for group in GROUPS for each in group.indicators]
    assert len(keys) == len(set(keys))
    assert all(each.counted and each.unit for each in INDICATORS.values())


@given(st.dictionaries(st.sampled_from(drawn_keys()), st.integers(0, 10_000)))
def test_a_figure_with_an_unknown_part_is_unknown_and_a_rate_of_counts_never_exceeds_100(
    values: dict[str, int],
) -> None:
    for key, each in INDICATORS.items():
        figure = computed(key, values)
        if isinstance(each.source, Total):
            known = all(computed(name, values) is not None for name in (*each.source.plus, *each.source.minus))
            assert (figure is not None) == known
        if isinstance(each.source, Ratio) and figure is not None:
            part, whole = computed(each.source.numerator, values), computed(each.source.denominator, values)
            assert (part is not None and whole and (figure <= 100) == (part <= whole)) or figure == 100


@given(st.fixed_dictionaries({key: st.integers(0, 500) for key in ("a", "b", "c")}))
def test_an_identity_breaks_exactly_when_its_sums_differ(values: dict[str, int]) -> None:
    from danvan.reports.indicators.identities import Identity

    equal = Identity("x", "a + b = c", ("a", "b"), ("c",))
    part = Identity("y", "a ≤ c", ("a",), ("c",), at_most=True)
    assert bool(equal.broken(values)) == (values["a"] + values["b"] != values["c"])
    assert bool(part.broken(values)) == (values["a"] > values["c"])
    assert equal.broken({"a": 1, "b": 1}) == ""
