"""The promises about labelled reports, measured by `bench/prose/measure.py`."""

import pytest

from bench.prose.measure import SETS, findings_of, passages, planted, score


@pytest.mark.parametrize("name", SETS)
def test_figures_of_labelled_reports_are_read(name: str) -> None:
    total = score(list(passages(name)))
    assert total.right / total.found >= 0.98
    assert total.right / total.labels >= 0.97
    assert total.value / total.labels >= 0.97
    assert total.unit / total.units_judged >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_labelled_reports_lead_to_the_findings_they_contain_and_no_others(name: str) -> None:
    given = list(passages(name))
    assert [findings_of(passage.text) for passage in given] == [passage.findings for passage in given]


@pytest.mark.parametrize("name", SETS)
def test_every_planted_digit_error_is_reported(name: str) -> None:
    tried, caught, _ = planted(list(passages(name)), times=4)
    assert (tried > 20, caught) == (True, tried)
