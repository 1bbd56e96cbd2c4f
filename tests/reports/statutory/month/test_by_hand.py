"""Two forms against statements that somebody wrote by hand, for every cell of every unit."""

import pytest

from bench.forms_by_hand import BY_HAND, differences
from danvan.reports.queries.statutory import Scope, count
from danvan.reports.queries.tree import members
from danvan.reports.statutory import form_for
from tests.reports.statutory.happening import APRIL, MAY


@pytest.mark.parametrize("code", BY_HAND)
def test_every_cell_of_every_unit_is_what_a_statement_written_by_hand_gives(world, everything, code):
    form = form_for(code, APRIL)
    for unit in (world.ubnd_tinh, world.ubnd_binh_an, world.so_xay_dung):
        for period in (APRIL, MAY):
            for own in (False, True):
                tree = [each.unit_id for each in members(unit.pk, period.last_day)]
                units = tree[:1] if own else tree
                assert differences(form, Scope(unit.pk, period, own), units) == {}


def test_a_cell_that_differs_is_named(world, everything, monkeypatch):
    form = form_for("01/XLD", APRIL)
    monkeypatch.setitem(BY_HAND, "01/XLD", BY_HAND["01/XLD"].replace("WHERE matter_id IS NULL", "WHERE 1 = 0"))
    unit, scope = world.ubnd_binh_an.pk, Scope(world.ubnd_binh_an.pk, APRIL, own=True)
    told = count(form, scope, [unit])[unit]["letters.total"]
    assert differences(form, scope, [unit])[unit, "letters.total"] == (told, told - 1)
