"""Every cell of every form, held against what happened, counted by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.matters.models import Case
from danvan.reports.queries.statutory import fill
from danvan.reports.statutory import form_for
from danvan.rules.procedure import Phase
from tests.reports.statutory.happening import APRIL, MAY

UNKNOWN = {
    "01/XLD": {"other.urged", "replies"},
    "02/XLD": {"settled.court", "other.urged", "replies"},
    "03/XLD": {"other.urged", "replies"},
    "04/XLD": {"cases.judicial", "other.urged"},
    "01/KQGQ": set(),
    "03/KQGQ": set(),
    "04/KQGQ": {
        "state.money-done", "state.land-done", "bodies.done", "persons.done", "bodies.money-done", "bodies.land-done",
        "persons.money-done", "persons.land-done", "handled.bodies", "handled.persons", "handled.officials",
        "prosecuted.cases", "prosecuted.persons", "prosecuted.officials",
    },
}  # fmt: skip
"""Columns the records cannot fill; every other column not named below is zero."""

BINH_AN = {
    "01/XLD": {
        "letters.total": 27, "letters.carried": 1, "letters.new": 26, "letters.processed": 25, "letters.waiting": 2,
        "eligible.letters": 23, "eligible.cases": 23, "letters.complaints": 11, "letters.denunciations": 8,
        "letters.petitions": 4, "settled.first": 7, "settled.again": 2, "settled.open": 14, "own.total": 18,
        "own.complaints": 8, "own.denunciations": 7, "own.petitions": 3, "other.total": 5, "other.guided": 1,
        "other.forwarded": 4,
    },
    "02/XLD": {
        "letters.total": 13, "letters.carried": 1, "letters.new": 12, "processed.total": 12, "processed.carried": 1,
        "processed.new": 11, "letters.eligible": 11, "cases.total": 10, "cases.administrative": 6, "cases.policy": 2,
        "cases.land": 2, "cases.administrative-other": 2, "cases.judicial": 1, "cases.party": 1, "cases.other": 2,
        "settled.first": 3, "settled.running": 2, "settled.none": 5, "own.total": 7, "own.first": 7, "other.total": 3,
        "other.guided": 3,
    },
    "03/XLD": {
        "letters.total": 9, "letters.new": 9, "processed.total": 8, "processed.new": 8, "letters.eligible": 8,
        "cases.total": 8, "cases.administrative": 4, "cases.policy": 1, "cases.land": 1, "cases.officials": 1,
        "cases.administrative-other": 1, "cases.corruption": 1, "cases.judicial": 1, "cases.party": 1,
        "cases.other": 1, "further.overdue": 1, "further.concluded": 1, "settled.none": 6, "own.total": 7,
        "own.first": 5, "own.further": 2, "other.total": 1, "other.forwarded": 1,
    },
    "04/XLD": {
        "letters.total": 4, "letters.new": 4, "processed.total": 4, "processed.new": 4, "letters.eligible": 4,
        "cases.total": 5, "cases.policy": 1, "cases.land": 1, "cases.other": 3, "settled.done": 2, "settled.none": 3,
        "own.total": 4, "other.total": 1, "other.forwarded": 1, "own.settled": 2, "own.open": 2,
    },
    "01/KQGQ": {
        "letters.total": 8, "letters.carried": 1, "letters.new": 7, "cases.total": 7, "settled.decided": 4,
        "settled.withdrawn": 1, "state.money": 2, "persons.money": 40.5, "persons.land": 120, "first.right": 2,
        "first.wrong": 1, "first.partly": 1, "timely.yes": 3, "timely.no": 1,
    },
    "03/KQGQ": {
        "letters.total": 8, "letters.carried": 1, "letters.new": 7, "cases.total": 8, "cases.further": 2,
        "settled.total": 7, "settled.first": 4, "settled.further": 1, "settled.withdrawn": 1,
        "settled.terminated": 1, "state.money": 7, "handled.persons": 3, "handled.officials": 2, "police.cases": 1,
        "police.persons": 2, "outcome.right": 1, "outcome.wrong": 2, "outcome.partly": 2,
        "outcome.partly-further": 1, "timely.yes": 4, "timely.no": 1,
    },
    "04/KQGQ": {"decisions.total": 5, "decisions.done": 1, "state.money-owed": 7},
}  # fmt: skip
PROVINCE = {
    "01/XLD": {
        "letters.total": 2, "letters.new": 2, "letters.processed": 2, "eligible.letters": 2, "eligible.cases": 2,
        "letters.complaints": 2, "settled.again": 2, "own.total": 2, "own.complaints": 2,
    },
    "02/XLD": {
        "letters.total": 2, "letters.new": 2, "processed.total": 2, "processed.new": 2, "letters.eligible": 2,
        "cases.total": 2, "cases.administrative": 2, "cases.land": 2, "settled.second": 2, "own.total": 2,
        "own.second": 2,
    },
    "01/KQGQ": {
        "letters.total": 2, "letters.new": 2, "cases.total": 2, "settled.decided": 2, "second.upheld": 1,
        "second.changed": 1, "timely.yes": 2,
    },
}  # fmt: skip
BUILDERS = {"01/XLD": {"letters.total": 1, "letters.new": 1, "letters.waiting": 1}}
"""What was transferred to them stands unsorted on their table."""
PHU_LOC = {
    "04/XLD": {
        "letters.total": 1, "letters.new": 1, "processed.total": 1, "processed.new": 1, "letters.eligible": 1,
        "cases.total": 1, "cases.other": 1, "settled.none": 1, "own.total": 1, "own.open": 1,
    }
}  # fmt: skip
UNITS = {"ubnd_binh_an": BINH_AN, "ubnd_tinh": PROVINCE, "so_xay_dung": BUILDERS, "ubnd_phu_loc": PHU_LOC}


def every_cell(code: str, expected: dict[str, float]) -> dict[str, float | None]:
    form = form_for(code, APRIL)
    assert set(expected) <= set(form.by_key)
    return {key: None if key in UNKNOWN[code] else expected.get(key, 0) for key in form.by_key}


def test_every_cell_is_what_happened(world, everything):
    wrong = {}
    for unit, forms in UNITS.items():
        for code, expected in forms.items():
            filled = fill(form_for(code, APRIL), getattr(world, unit).pk, APRIL, own=True)
            if filled.total != every_cell(code, expected):
                wrong[unit, code] = filled.total
    assert wrong == {}


def test_everything_that_can_be_checked_adds_up_and_nothing_is_larger_than_its_whole(world, everything):
    for code in UNKNOWN:
        filled = fill(form_for(code, APRIL), world.ubnd_tinh.pk, APRIL)
        assert [each.identity.printed for each in filled.checked if each.holds is not True] == []
        assert filled.exceeding == ()


def test_the_province_is_the_sum_of_its_units(world, everything):
    for code, unknown in UNKNOWN.items():
        form = form_for(code, APRIL)
        whole = fill(form, world.ubnd_tinh.pk, APRIL)
        alone = [fill(form, line.member.unit_id, APRIL, own=True).total for line in whole.lines]
        assert [line.values for line in whole.lines] == alone
        for key, value in whole.total.items():
            assert value == (None if key in unknown else sum(values[key] for values in alone))


def test_what_is_left_unprocessed_is_carried_into_the_next_period(world, everything):
    form = form_for("01/XLD", APRIL)
    for unit in (world.ubnd_binh_an, world.so_xay_dung, world.ubnd_tinh):
        left = fill(form, unit.pk, APRIL).total["letters.waiting"]
        assert (left, fill(form, unit.pk, MAY).total["letters.carried"]) == (left, left)
    assert left == 3


def test_a_closed_month_does_not_change_when_work_goes_on(world, everything):
    form = form_for("01/XLD", APRIL)
    before = fill(form, world.ubnd_tinh.pk, APRIL).total
    waiting = list(Case.objects.filter(holder=world.ubnd_binh_an, phase=Phase.SORTING))
    for case in waiting:
        everything.accepts(40, case)
    assert len(waiting) == 2
    assert fill(form, world.ubnd_tinh.pk, APRIL).total == before


@pytest.mark.parametrize("code", ["01/XLD", "02/XLD", "01/KQGQ", "04/KQGQ", "01/TCD"])
def test_a_form_costs_the_same_statements_for_one_unit_and_for_a_province(world, everything, code):
    form = form_for(code, APRIL)
    costs = []
    for unit in (world.ubnd_tinh_ban, world.ubnd_tinh):
        with CaptureQueriesContext(connection) as asked:
            fill(form, unit.pk, APRIL)
        costs.append(len([each for each in asked if each["sql"].startswith(("SELECT", "WITH", "("))]))
    assert costs == [5 if code == "01/TCD" else 4] * 2
