"""How often a head receives citizens, by the book of the day; and what else of a reception is dated."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.calendar import shipped
from danvan.rules.receptions import Head, group_from, identity_asked, online_allowed, standing, windows

CALENDAR = shipped()


def owed(head, first, last, **life):
    found = windows(head, date.fromisoformat(first), date.fromisoformat(last), CALENDAR, **life)
    return [(f"{w.start:%d/%m/%Y}", f"{w.last_day:%d/%m/%Y}", w.rule.id, w.owed) for w in found]


@pytest.mark.parametrize(
    ("head", "first", "last", "told"),
    [
        # a day of each week until 30/06/2026, two of each month from then on
        (Head.COMMUNE, "2026-06-17", "2026-06-24",
         [("15/06/2026", "21/06/2026", "TCD-15a", 1), ("22/06/2026", "28/06/2026", "TCD-15a", 1)]),
        (Head.COMMUNE, "2026-07-01", "2026-08-01",
         [("01/07/2026", "31/07/2026", "TCD-15b", 2), ("01/08/2026", "31/08/2026", "TCD-15b", 2)]),
        # the week the law changed in is owed under neither
        (Head.COMMUNE, "2026-06-29", "2026-06-30", []),
        (Head.COMMUNE, "2026-06-28", "2026-07-05",
         [("22/06/2026", "28/06/2026", "TCD-15a", 1), ("01/07/2026", "31/07/2026", "TCD-15b", 2)]),
        # nobody works in the week of Tết
        (Head.COMMUNE, "2026-02-16", "2026-02-20", [("16/02/2026", "22/02/2026", "TCD-15a", 0)]),
        (Head.PROVINCE, "2026-06-30", "2026-07-01",
         [("01/06/2026", "30/06/2026", "TCD-12", 1), ("01/07/2026", "31/07/2026", "TCD-12", 1)]),
        (Head.OTHER, "2026-11-21", "2026-11-21", [("01/11/2026", "30/11/2026", "TCD-18", 1)]),
        # districts ended with June 2025
        (Head.DISTRICT, "2025-06-01", "2025-07-31", [("01/06/2025", "30/06/2025", "TCD-13", 2)]),
    ],
)  # fmt: skip
def test_what_a_head_owes_follows_the_law_of_the_day(head, first, last, told):
    assert owed(head, first, last) == told


def test_a_unit_owes_nothing_for_a_week_in_which_it_began_or_ended():
    begun = {"since": date(2025, 7, 1)}
    assert owed(Head.COMMUNE, "2025-06-30", "2025-07-08", **begun) == [("07/07/2025", "13/07/2025", "TCD-15a", 1)]
    assert owed(Head.COMMUNE, "2026-03-02", "2026-03-12", until=date(2026, 3, 11)) == [
        ("02/03/2026", "08/03/2026", "TCD-15a", 1)
    ]


def test_a_day_counts_once_and_only_days_to_come_are_planned():
    (month,) = windows(Head.COMMUNE, date(2026, 8, 10), date(2026, 8, 10), CALENDAR)
    held = [date(2026, 8, 6), date(2026, 8, 6), date(2026, 7, 30)]
    before = standing(month, held, [date(2026, 8, 5), date(2026, 8, 20)], date(2026, 8, 10))
    assert (before.held, before.planned, before.missing, before.unplanned, before.is_short) == (1, 1, 1, 0, False)
    after = standing(month, held, [date(2026, 8, 20)], date(2026, 9, 1))
    assert (after.held, after.planned, after.missing, after.is_short) == (1, 0, 1, True)


@given(st.dates(date(2014, 7, 1), date(2030, 1, 1)), st.integers(0, 90), st.sampled_from(Head))
def test_windows_never_overlap_and_never_owe_more_than_is_worked(first, days, head):
    found = windows(head, first, first + timedelta(days), CALENDAR)
    assert all(one.end <= next_.start for one, next_ in pairwise(found))
    for window in found:
        worked = [window.start + timedelta(i) for i in range((window.end - window.start).days)]
        assert window.owed == min(window.rule.times, sum(map(CALENDAR.is_working, worked)))


@pytest.mark.parametrize(
    ("kind", "on", "asked"),
    [
        ("complaint", "2026-06-30", False),
        ("complaint", "2026-07-01", True),
        ("denunciation", "2026-07-01", True),
        ("recommendation", "2026-07-01", False),
        ("opinion", "2026-11-20", False),
    ],
)
def test_a_number_of_papers_is_asked_only_where_the_law_asks(kind, on, asked):
    assert bool(identity_asked(kind, date.fromisoformat(on))) is asked


def test_other_facts_have_their_day_and_their_mark():
    assert online_allowed(date(2026, 6, 30)) is None
    assert online_allowed(date(2026, 7, 1)).evidence == "P"
    assert (group_from(date(2026, 3, 12)).persons, group_from(date(2026, 3, 12)).evidence) == (5, "M")
