from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.calendar import shipped
from danvan.rules.periods import REGIMES, Kind, Period, PeriodRefused, figures_only, parse, parse_day, send_by

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TILING = st.sampled_from([Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR])
STATE = st.sampled_from([Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.NINE_MONTHS, Kind.YEAR])


@pytest.mark.parametrize(
    ("text", "span", "label"),
    [
        ("2026-11", "15/10/2026–14/11/2026", "tháng 11/2026 (15/10–14/11/2026)"),
        ("2026-01", "15/12/2025–14/01/2026", "tháng 1/2026 (15/12/2025–14/01/2026)"),
        ("2026-Q1", "15/12/2025–14/03/2026", "quý I/2026"),
        ("2026-Q2", "15/03/2026–14/06/2026", "quý II/2026"),
        ("2026-q4", "15/09/2026–14/12/2026", "quý IV/2026"),
        ("2019-H1", "15/12/2018–14/06/2019", "6 tháng đầu năm 2019"),
        ("2019-H2", "15/06/2019–14/12/2019", "6 tháng cuối năm 2019"),
        ("2026-9M", "15/12/2025–14/09/2026", "9 tháng đầu năm 2026"),
        ("2026", "15/12/2025–14/12/2026", "năm 2026"),
        ("2019-01-01..2019-05-31", "01/01/2019–31/05/2019", "5 tháng đầu năm 2019"),
        ("2023-01-01..2023-12-31", "01/01/2023–31/12/2023", "năm 2023 (01/01/2023–31/12/2023)"),
        ("01/01/2019..30/06/2019", "01/01/2019–30/06/2019", "6 tháng đầu năm 2019 (01/01/2019–30/06/2019)"),
        ("2026-05-01..2026-05-31", "01/05/2026–31/05/2026", "tháng 5/2026 (01/05/2026–31/05/2026)"),
        ("2026-05-03..2026-06-07", "03/05/2026–07/06/2026", "03/05/2026–07/06/2026"),
    ],
)
def test_a_period_is_read_cut_and_named_as_the_decree_and_the_party_do(text: str, span: str, label: str) -> None:
    period = parse(text)
    assert (period.span, period.label) == (span, label)


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-Q5", "2026-H3", "2026-00", "26-11", "", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01"],
)
def test_a_period_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(PeriodRefused):
        parse(text)


@pytest.mark.parametrize(("text", "day"), [("21/08/2026", date(2026, 8, 21)), ("2026-8-1", date(2026, 8, 1))])
def test_a_day_is_read_in_both_spellings(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["30/02/2026", "2026", "08/21/2026", "21-08-2026", "01/01/9999", "hôm nay"])
def test_a_day_that_does_not_exist_is_refused_with_the_spelling_to_use(text: str) -> None:
    with pytest.raises(PeriodRefused) as refusal:
        parse_day(text)
    assert refusal.value.sentence == (f"Không hiểu ngày “{text}”. Viết ngày có thật, dạng 21/08/2026 hoặc 2026-08-21.")


@pytest.mark.parametrize(
    ("text", "previous", "last_year"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-H1", "2025-H2", "2025-H1"),
        ("2026-9M", "2025-9M", "2025-9M"),
        ("2026", "2025", "2025"),
        ("2019-01-01..2019-05-31", "2018-08-01..2018-12-31", "2018-01-01..2018-05-31"),
        ("2024-02-01..2024-02-29", "2024-01-01..2024-01-31", "2023-02-01..2023-02-28"),
        ("2026-05-03..2026-05-12", "2026-04-23..2026-05-02", "2025-05-03..2025-05-12"),
    ],
)
def test_a_period_knows_the_one_before_and_the_same_last_year(text: str, previous: str, last_year: str) -> None:
    period = parse(text)
    assert (period.previous, period.same_last_year) == (parse(previous), parse(last_year))


def test_a_period_over_the_start_of_two_tiers_is_two_sub_periods() -> None:
    before, after = parse("2025-Q3").split()
    assert (before.span, after.span) == ("15/06/2025–30/06/2025", "01/07/2025–14/09/2025")
    assert before.label == "quý III/2025, phần từ 15/06/2025 đến 30/06/2025"


@pytest.mark.parametrize("text", ["2025-Q2", "2025-Q4", "2025-07-01..2025-07-31", "2025-06-01..2025-06-30"])
def test_a_period_beside_the_start_of_two_tiers_stays_whole(text: str) -> None:
    assert parse(text).split() == (parse(text),)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11", "25/11/2026"), ("2026-Q1", "25/03/2026"), ("2026", "25/12/2026"), ("2026-02", "25/02/2026")],
)
def test_a_state_report_is_sent_by_the_25th_of_its_last_month(text: str, day: str) -> None:
    assert f"{send_by(parse(text), shipped()):%d/%m/%Y}" == day


def test_a_free_period_has_no_send_by_day_of_the_decree() -> None:
    with pytest.raises(PeriodRefused):
        send_by(parse("2019-01-01..2019-05-31"), shipped())


def test_quarters_two_to_four_are_figures_only() -> None:
    codes = [period.code for period in REGIMES["BC-2024"].periods(2026) if figures_only(period)]
    assert codes == ["2026-Q2", "2026-Q3", "2026-Q4"]


@pytest.mark.parametrize(("code", "count"), [("ND09-2019", 12 + 4 + 2 + 1), ("BC-2024", 4 + 2 + 1 + 1)])
def test_a_regime_lists_its_periods_of_a_year(code: str, count: int) -> None:
    assert len(set(REGIMES[code].periods(2026))) == count


@given(TILING, DAYS)
def test_each_day_lies_in_exactly_one_state_period_of_a_kind(kind: Kind, day: date) -> None:
    period = Period.containing(kind, day)
    after = Period.containing(kind, period.end)
    assert day in period
    assert (after.start, after.previous) == (period.end, period)


@given(DAYS)
def test_nine_months_hold_the_days_of_three_quarters_and_no_other(day: date) -> None:
    quarter = Period.containing(Kind.QUARTER, day)
    if quarter.code.endswith("Q4"):
        with pytest.raises(PeriodRefused):
            Period.containing(Kind.NINE_MONTHS, day)
    else:
        assert day in Period.containing(Kind.NINE_MONTHS, day)


@pytest.mark.parametrize("year", range(2015, 2035))
def test_months_make_quarters_quarters_make_halves_and_halves_the_year(year: int) -> None:
    def spans(made: Callable[[int, int], Period], numbers: range) -> tuple[date, date, int]:
        parts = [made(year, number) for number in numbers]
        return parts[0].start, parts[-1].end, sum(part.days for part in parts)

    whole = Period.year(year)
    expected = (whole.start, whole.end, whole.days)
    assert [
        spans(Period.month, range(1, 13)), spans(Period.quarter, range(1, 5)), spans(Period.half, range(1, 3))
    ] == [expected] * 3  # fmt: skip


@given(STATE, DAYS)
def test_the_code_of_a_state_period_reads_back(kind: Kind, day: date) -> None:
    for period in (Period.state(kind, day.year), Period.state(kind, day.year).previous):
        assert parse(period.code) == period


@given(DAYS, st.integers(0, 800))
def test_the_code_of_a_free_period_reads_back_and_it_meets_the_one_before(day: date, length: int) -> None:
    period = Period.free(day, day + timedelta(length))
    assert parse(period.code) == period
    assert period.previous.end == period.start


@given(DAYS, st.integers(0, 800), DAYS)
def test_splitting_loses_no_day(day: date, length: int, at: date) -> None:
    period = Period.free(day, day + timedelta(length))
    parts = period.split(at)
    assert (parts[0].start, parts[-1].end, sum(part.days for part in parts)) == (period.start, period.end, period.days)
