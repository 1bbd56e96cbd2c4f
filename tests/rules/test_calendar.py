from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.calendar import CalendarDay, Kind, shipped

DAYS = st.dates(date(2012, 1, 1), date(2030, 12, 31))
CALENDAR = shipped()


@pytest.mark.parametrize(
    ("first", "last", "worked"),
    [
        # 2024: Tết 8-14/2; 29/4 off for Saturday 4/5
        ("2024-02-08", "2024-02-14", ""),
        ("2024-04-27", "2024-05-04", "02/05 03/05 04/05"),
        # 2025: Tết 25/1-2/2; 2/5 off for Saturday 26/4; 2/9
        ("2025-01-24", "2025-02-03", "24/01 03/02"),
        ("2025-04-26", "2025-05-05", "26/04 28/04 29/04 05/05"),
        ("2025-08-30", "2025-09-03", "03/09"),
        # 2026: New Year swap; Tết; Giỗ Tổ in lieu; 30/4; 2/9 with Saturday 22/8 worked
        ("2026-01-01", "2026-01-11", "05/01 06/01 07/01 08/01 09/01 10/01"),
        ("2026-02-13", "2026-02-23", "13/02 23/02"),
        ("2026-04-24", "2026-05-04", "24/04 28/04 29/04 04/05"),
        ("2026-08-21", "2026-09-03", "21/08 22/08 24/08 25/08 26/08 27/08 28/08 03/09"),
    ],
)
def test_the_published_plans_of_2024_to_2026_are_followed(first: str, last: str, worked: str) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [start + timedelta(n) for n in range((end - start).days + 1)]
    assert [f"{day:%d/%m}" for day in days if CALENDAR.is_working(day)] == worked.split()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-08-23", "Chủ nhật"),
        ("2026-08-29", "thứ bảy"),
        ("2026-08-31", "hoán đổi với thứ bảy 22/08/2026"),
        ("2026-01-02", "hoán đổi với thứ bảy 10/01/2026"),
        ("2026-04-27", "nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch)"),
        ("2026-09-01", "ngày liền kề Quốc khánh 2/9"),
        ("2026-02-17", "Mùng một Tết Nguyên đán"),
        ("2026-08-24", None),
        ("2026-08-22", None),
        ("2026-11-24", None),
    ],
)
def test_every_day_off_says_why(day: str, why: str | None) -> None:
    assert CALENDAR.why_off(date.fromisoformat(day)) == why


def test_a_worked_saturday_says_what_it_is_worked_for() -> None:
    assert CALENDAR.why_worked(date(2026, 8, 22)) == "làm bù cho thứ hai 31/08/2026"
    assert CALENDAR.why_worked(date(2026, 8, 24)) is None


def test_the_correction_of_new_year_2026_carries_its_decision() -> None:
    entry = CALENDAR.days[date(2026, 1, 2)]
    assert (entry.kind, entry.decision) == (Kind.OFF, "Công văn 12729/VPCP-KGVX ngày 25/12/2025")


def test_only_years_with_a_decision_are_confirmed() -> None:
    assert [year for year in CALENDAR.years if not CALENDAR.is_provisional(year)] == [2019, 2024, 2025, 2026]
    assert CALENDAR.is_provisional(2040)


def test_entering_the_decision_of_a_year_confirms_it_and_its_days_win() -> None:
    decided = CALENDAR.with_days(
        [
            CalendarDay(date(2027, 2, 4), Kind.WORK, "làm việc"),
            CalendarDay(date(2027, 2, 11), Kind.OFF, "Mùng sáu Tết"),
        ],
        {2027: "Thông báo 1/TB-BNV"},
    )
    assert not decided.is_provisional(2027)
    assert (decided.is_working(date(2027, 2, 4)), decided.why_off(date(2027, 2, 11))) == (True, "Mùng sáu Tết")
    assert (CALENDAR.is_working(date(2027, 2, 4)), CALENDAR.is_provisional(2027)) == (False, True)


def test_the_day_nobody_has_enacted_is_worked_until_switched_off() -> None:
    day = date(2026, 11, 24)
    switched = CALENDAR.with_switch(True)
    assert (CALENDAR.is_working(day), [entry.day for entry in CALENDAR.unproven(day, day)]) == (True, [day])
    assert (switched.why_off(day), switched.unproven(day, day)) == ("Ngày Văn hóa Việt Nam", [])


def test_an_entered_decision_settles_the_day_nobody_had_enacted() -> None:
    day = date(2026, 11, 24)
    settled = CALENDAR.with_days([CalendarDay(day, Kind.OFF, "Ngày Văn hóa Việt Nam", "Luật mới")])
    assert (settled.is_working(day), settled.unproven(day, day)) == (False, [])


def test_outside_the_known_years_monday_to_friday_are_worked() -> None:
    assert [CALENDAR.is_working(date(2040, 1, 1) + timedelta(n)) for n in range(7)] == [False, *[True] * 5, False]


@given(DAYS, st.integers(1, 40))
def test_counting_forward_and_back_meets_again(day: date, n: int) -> None:
    worked = CALENDAR.roll(day)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(worked, n), -n) == worked


@given(DAYS, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    end = CALENDAR.add_working_days(day, n)
    span = [day + timedelta(k) for k in range(1, (end - day).days + 1)]
    assert (sum(map(CALENDAR.is_working, span)), CALENDAR.is_working(end)) == (n, True)


@given(DAYS)
def test_a_day_is_worked_or_says_why_not(day: date) -> None:
    assert CALENDAR.is_working(day) == (CALENDAR.why_off(day) is None)


@given(DAYS)
def test_rolling_never_goes_back_and_ends_on_a_working_day(day: date) -> None:
    rolled = CALENDAR.roll(day)
    assert rolled >= day and CALENDAR.is_working(rolled)
    assert CALENDAR.next_working_day(day) > day
