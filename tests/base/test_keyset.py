"""Pages by key over any strands: every row once, in order, whichever way one walks."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.base.errors import Invalid
from danvan.base.keyset import Cursor, Order, Strand, page
from danvan.units.models import Area, AreaVersion

FIRST = date(2026, 3, 1)
BY_DAY, NEWEST = Order("valid_from", "area_id"), Order("valid_from", "area_id", newest_first=True)


def rows_of(days: list[int | None]) -> None:
    areas = [Area(id=UUID(int=number * 7919 % 1009), key=str(number)) for number in range(len(days))]
    Area.objects.all().delete()
    Area.objects.bulk_create(areas)
    AreaVersion.objects.bulk_create(
        AreaVersion(area=area, valid_from=None if day is None else FIRST + timedelta(days=day), code="1", prefix="Xã",
                    name=str(day), full_name="", fold="", sort_key="", level="commune")
        for area, day in zip(areas, days, strict=True)
    )  # fmt: skip


def strands(order: Order) -> list[Strand]:
    """Two that overlap in days, and one without."""
    rows = AreaVersion.objects.all()
    even = [str(number) for number in range(0, 20, 2)]
    dated = rows.filter(valid_from__isnull=False)
    parts = [Strand(dated.filter(name__in=even)), Strand(dated.exclude(name__in=even))]
    return parts if order.newest_first else [*parts, Strand(rows.filter(valid_from__isnull=True), dated=False)]


def walked(order: Order, size: int) -> tuple[list[UUID], list[UUID]]:
    """All ids forwards, and backwards from the last page."""
    pages = [page(strands(order), ("area_id",), lambda row: row[0], order, size=size)]
    while pages[-1].next:
        pages.append(page(strands(order), ("area_id",), lambda row: row[0], order, size=size, after=pages[-1].next))
    back = [pages[-1]]
    while back[-1].previous:
        back.append(page(strands(order), ("area_id",), lambda row: row[0], order, size=size, before=back[-1].previous))
    assert all(len(each.rows) <= size for each in pages + back)
    return [key for each in pages for key in each.rows], [key for each in back[::-1] for key in each.rows]


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.none() | st.integers(0, 6), max_size=12), size=st.integers(1, 5))
def test_walking_meets_every_row_once_in_order_both_ways(days, size):
    rows_of(days)
    key = AreaVersion.objects.values_list("valid_from", "area_id")
    expected = [area for _day, area in sorted(key, key=lambda row: (row[0] or date.max, row[1]))]
    assert walked(BY_DAY, size) == (expected, expected)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 6), max_size=12), size=st.integers(1, 5))
def test_newest_first_is_the_same_backwards(days, size):
    rows_of(days)
    key = AreaVersion.objects.values_list("valid_from", "area_id")
    expected = [area for _day, area in sorted(key, reverse=True)]
    assert walked(NEWEST, size) == (expected, expected)


@pytest.mark.django_db
def test_an_empty_list_has_one_empty_page():
    found = page(strands(BY_DAY), ("area_id",), lambda row: row[0], BY_DAY)
    assert (found.rows, found.previous, found.next) == ([], None, None)


@pytest.mark.parametrize("cursor", [Cursor(FIRST, UUID(int=5)), Cursor(None, UUID(int=5))])
def test_a_cursor_reads_back_as_it_was_written(cursor):
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", ".", "x.y", "2026-03-01", "2026-02-30.0", f"2026-03-01.{'g' * 32}"])
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(Invalid) as refusal:
        Cursor.read(text)
    assert refusal.value.code == "cursor"
