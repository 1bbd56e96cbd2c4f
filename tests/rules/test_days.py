"""Days as people type them into cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.days import read_day

DAY = date(2026, 8, 21)


@pytest.mark.parametrize(
    "entered",
    [
        DAY,
        datetime(2026, 8, 21, 8, 30),  # noqa: DTZ001 -- as spreadsheets give it
        "21/08/2026",
        " 21/8/2026 ",
        "21-08-2026",
        "21.8.2026",
        "21 / 8 / 2026",
        "21082026",
        "2026-08-21",
        "2026-08-21 00:00:00",
        "Ngày 21 tháng 8 năm 2026",
        "ngày 21 tháng 8 năm 2026".replace("à", "a\u0300"),
    ],
)
def test_a_day_is_read_however_it_is_written(entered):
    assert (read_day(entered).value, read_day(entered).doubt, read_day(entered).error) == (DAY, "", "")


@pytest.mark.parametrize("entered", [46255, 46255.0, 46255.35, "46255"])
def test_a_serial_number_is_read_and_shown_back(entered):
    read = read_day(entered)
    assert read.value == DAY
    assert "21/08/2026" in read.doubt


def test_a_year_of_two_digits_is_read_and_shown_back():
    assert read_day("21/8/26").value == DAY
    assert read_day("21/8/26").doubt == "Năm viết hai chữ số; đã hiểu là 21/08/2026."


@pytest.mark.parametrize(
    "entered", ["08/21/2026", "31/02/2026", "hôm qua", "21/08", 12, 120.5, True, "8.574", "99999999"]
)
def test_what_is_no_day_is_refused_with_a_sentence(entered):
    read = read_day(entered)
    assert read.value is None
    assert "21/08/2026" in read.error


@pytest.mark.parametrize("entered", ["", "   "])
def test_blank_is_no_day_and_no_error(entered):
    assert (read_day(entered).value, read_day(entered).error) == (None, "")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_writing(day):
    serial = day.toordinal() - date(1899, 12, 30).toordinal()
    written = [day.strftime("%d/%m/%Y"), day.isoformat(), day.strftime("%d%m%Y"), f"{day.day}-{day.month}-{day.year}"]
    assert {read_day(each).value for each in [*written, serial]} == {day}


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_whatever_stands_in_the_cell_is_answered(entered):
    read = read_day(entered)
    assert read.value is None or read.value.year in range(1, 10_000)
