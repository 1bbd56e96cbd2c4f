"""A prepared query answers as the query itself would, whatever the values are."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from danvan.base.prepared import Prepared, together
from danvan.units.access import in_force
from danvan.units.models import HomeArea, UnitClosure, UnitVersion
from tests.world import MAU, TODAY


def units_on(unit, on):
    return UnitVersion.objects.filter(in_force(on), unit_id=unit).values_list(
        "unit_id", "name", "valid_from", "valid_to"
    )


def areas_of(order, shard, on):
    rows = HomeArea.objects.filter(in_force(on), shard=shard) if shard else HomeArea.objects.filter(in_force(on))
    return rows.order_by(order).values_list("area_id", "shard")


def test_it_answers_for_every_unit_and_day_as_the_query_itself(world):
    prepared = Prepared(units_on)
    for unit in (world.ubnd_binh_an.id, world.ubnd_binh_cu.id, world.tinh_mau.id):
        for on in (TODAY, date(2025, 6, 30), date(2025, 7, 1)):
            assert prepared.rows(unit=unit, on=on) == list(units_on(unit, on))
    assert len(prepared.written) == 1


@pytest.mark.parametrize("order", ["shard", "-shard"])
def test_what_changes_the_sql_is_written_apart(world, order):
    prepared = Prepared(areas_of)
    for shard in (MAU, None, 4095):
        assert prepared.rows(order, shard=shard, on=TODAY) == list(areas_of(order, shard, TODAY))
    assert len(prepared.written) == 2


def test_two_values_that_are_equal_today_may_differ_tomorrow(world):
    """Each value has a mark of its own, though the first use gave both the same."""

    def pairs(upper, lower):
        rows = UnitClosure.objects.filter(ancestor_id=upper, descendant_id=lower)
        return rows.annotate(far=F("depth")).values_list("ancestor_id", "far")

    prepared, top, low = Prepared(pairs), world.ubnd_tinh.id, world.ubnd_binh_an.id
    assert prepared.rows(upper=top, lower=top) == [(top, 0)]
    assert prepared.rows(upper=top, lower=low) == [(top, 1)]
    assert prepared.rows(upper=low, lower=top) == []


def test_any_number_of_ids_is_asked_for_together(world):
    prepared = Prepared(lambda *, units: UnitVersion.objects.filter(unit_id__in=units).values_list("unit_id", "name"))
    every = [unit for unit, _name in UnitVersion.objects.values_list("unit_id", "name")]
    for many in range(len(every) + 1):
        found = UnitVersion.objects.filter(unit_id__in=every[:many]).values_list("unit_id", "name")
        assert sorted(prepared.rows(units=every[:many])) == sorted(found)
    assert len(prepared.written) <= 4


def kept_for_this_connection() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("threshold", "kept"), [(1, 1), (None, 0)])
def test_postgresql_plans_once_unless_it_is_told_not_to(world, threshold, kept):
    """Where it keeps nothing for a connection, a pooler of any age may stand between."""
    if connection.vendor != "postgresql":
        return
    connection.connection.prepare_threshold, prepared, before = (
        threshold,
        Prepared(areas_of),
        kept_for_this_connection(),
    )
    for shard in (MAU, 4095, MAU):
        assert prepared.rows("area_id", shard=shard, on=TODAY) == list(areas_of("area_id", shard, TODAY))
    connection.connection.prepare_threshold = 1
    assert kept_for_this_connection() - before == kept


def test_what_was_asked_can_be_read_in_the_log(world):
    prepared = Prepared(units_on)
    with CaptureQueriesContext(connection) as asked:
        prepared.rows(unit=world.ubnd_binh_an.id, on=TODAY)
    (statement,) = [query["sql"] for query in asked]
    assert "units_unitversion" in statement and world.ubnd_binh_an.id.hex in statement.replace("-", "")


def test_several_queries_are_asked_in_one_statement(world, django_assert_num_queries):
    rows = UnitVersion.objects.order_by("name").values_list("unit_id", "valid_from")
    asked = [rows.filter(unit_id=world.ubnd_binh_an.id), rows.none(), rows.exclude(valid_from=None)[:2], rows[:1]]
    with django_assert_num_queries(1):
        found = together(asked)
    assert sorted(found, key=str) == sorted(((n, *row) for n, query in enumerate(asked) for row in query), key=str)
    assert together([rows.none()]) == together([]) == []
