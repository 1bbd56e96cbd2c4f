"""Django's own `vi` reads 01/07/2026 as 7 January; these tests keep our formats in force."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import dateformat, formats, translation

from danvan.base.clock import VIETNAM
from danvan.web import wording


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("01/07/2026", date(2026, 7, 1)),
        ("1/7/2026", date(2026, 7, 1)),
        ("1-7-2026", date(2026, 7, 1)),
        ("01.07.2026", date(2026, 7, 1)),
        ("1/7/26", date(2026, 7, 1)),
        ("31/12/2026", date(2026, 12, 31)),
        ("2026-07-01", date(2026, 7, 1)),
    ],
)
def test_a_typed_day_is_read_day_first(language: str, typed: str, meant: date) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["12/31/2026", "2026/07/01", "07-01", "mồng một", "29/02/2026"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        forms.DateField().clean(typed)
    assert refused.value.messages == ["Ngày không đúng. Viết ngày/tháng/năm, như 01/07/2026."]


def test_a_typed_moment_is_read_day_first() -> None:
    assert forms.DateTimeField().clean("01/07/2026 14:05") == datetime(2026, 7, 1, 14, 5, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("SHORT_DATE_FORMAT", "01/07/2026"),
        ("DATE_FORMAT", "ngày 1 tháng 7 năm 2026"),
        ("SHORT_DATETIME_FORMAT", "14:05 01/07/2026"),
        ("YEAR_MONTH_FORMAT", "tháng 7 năm 2026"),
        ("MONTH_DAY_FORMAT", "1 tháng 7"),
        ("TIME_FORMAT", "14:05"),
    ],
)
def test_days_are_written_the_vietnamese_way(name: str, written: str) -> None:
    assert dateformat.format(datetime(2026, 7, 1, 14, 5, tzinfo=VIETNAM), formats.get_format(name)) == written


def test_the_week_begins_on_monday() -> None:
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (18990, "18.990"), (Decimal("1234.5"), "1.234,5"), (2680000, "2.680.000"), (None, "–")],
)
def test_numbers_are_grouped_by_dots(value: Decimal | int | None, written: str) -> None:
    assert wording.number(value) == written


def test_english_keeps_the_day_first_and_changes_the_separators() -> None:
    with translation.override("en"):
        assert wording.number(Decimal("1234.5")) == "1,234.5"
        assert wording.day(date(2026, 7, 1)) == "01/07/2026"


@pytest.mark.parametrize(
    ("rate", "places", "written"),
    [
        (Decimal("97.1308"), 2, "97,13%"),
        (Decimal("0.125"), 2, "0,13%"),
        (Decimal(100), 2, "100,00%"),
        (50.05, 1, "50,1%"),
        (None, 2, "–"),
    ],
)
def test_a_rate_has_a_comma_and_the_sign_attached(rate: Decimal | float | None, places: int, written: str) -> None:
    assert wording.percent(rate, places) == written


def test_a_number_typed_with_dots_is_read_by_a_localised_field() -> None:
    assert forms.IntegerField(localize=True).clean("18.990") == 18990
    assert forms.DecimalField(localize=True).clean("1.234,5") == Decimal("1234.5")


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 7, 1), "thứ Tư, ngày 1 tháng 7 năm 2026"),
        (date(2026, 11, 22), "Chủ nhật, ngày 22 tháng 11 năm 2026"),
    ],
)
def test_a_day_in_words_names_the_weekday(day: date, written: str) -> None:
    assert wording.day_words(day) == written


def test_a_moment_is_told_in_vietnamese_time() -> None:
    assert wording.moment(datetime.fromisoformat("2026-03-12T18:30:00+00:00")) == "01:30 ngày 13/03/2026"


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (date(2026, 3, 10), "Trễ 2 ngày", "danger"),
        (date(2026, 3, 12), "Hạn hôm nay", "warn"),
        (date(2026, 3, 15), "Còn 3 ngày", "warn"),
        (date(2026, 3, 16), "Còn 4 ngày", "plain"),
    ],
)
def test_lateness_is_said_plainly(due: date, text: str, tone: str) -> None:
    look = wording.lateness(due, date(2026, 3, 12))
    assert (look.text, look.tone) == (text, tone)
