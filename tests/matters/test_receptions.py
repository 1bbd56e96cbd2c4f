"""Reception days in numbers: four units of count that are never mixed up."""

from datetime import date, timedelta

import pytest

from danvan.base.errors import Absent, Invalid, Refused
from danvan.matters.actions.receptions import SessionNumbers, correct_reception, record_reception, remove_reception
from danvan.matters.models import ReceptionDay
from danvan.matters.queries.receptions import reception_of, receptions, totals_of_month
from tests.world import AT, TODAY

GOOD = SessionNumbers(held_on=TODAY, turns=4, persons=12, groups=1, cases=3, source="Sổ 02, trang 15")


def changed(**values) -> SessionNumbers:
    return SessionNumbers(**vars(GOOD) | values)


def test_a_session_is_recorded_for_the_actors_own_unit(world, nam):
    day = record_reception(reception=GOOD, by=nam.by, at=AT)
    assert (day.unit_id, day.turns, day.persons, day.groups, day.cases, day.led_by_head) == (
        world.ubnd_binh_an.id, 4, 12, 1, 3, False
    )  # fmt: skip
    assert (day.recorded_by_id, day.recorded_at) == (nam.post.pk, AT)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"persons": 3}, "persons", "4 lượt thì ít nhất 4 người: mỗi lượt có ít nhất một người."),
        ({"groups": 5}, "groups", "Mỗi đoàn là một lượt, nên số đoàn không thể nhiều hơn số lượt."),
        ({"turns": 0, "groups": 0}, "turns", "Có người được tiếp thì phải có ít nhất một lượt."),
        ({"turns": 0, "groups": 0, "persons": 0}, "cases", "Không có lượt nào thì không có vụ việc."),
        ({"turns": -1}, "turns", "Phải từ 0 đến 100.000."),
        ({"cases": 100_001}, "cases", "Phải từ 0 đến 100.000."),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on",
         "Ngày tiếp phải trong hai năm qua và không ở sau hôm nay."),
        ({"held_on": date(2022, 1, 1)}, "held_on", "Ngày tiếp phải trong hai năm qua và không ở sau hôm nay."),
        ({"source": "x" * 161}, "source", "Nhiều nhất 160 ký tự."),
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused_in_plain_words(nam, values, field, sentence):
    with pytest.raises(Invalid) as refusal:
        record_reception(reception=changed(**values), by=nam.by, at=AT)
    assert (refusal.value.field, refusal.value.sentence, ReceptionDay.objects.count()) == (field, sentence, 0)


def test_a_session_before_the_unit_existed_is_refused(nam):
    with pytest.raises(Invalid, match="30/06/2025"):
        record_reception(reception=changed(held_on=date(2025, 6, 30)), by=nam.by, at=AT)


def test_a_session_to_which_nobody_came_counts_as_held(nam):
    record_reception(reception=SessionNumbers(TODAY, 0, 0, 0, led_by_head=True), by=nam.by, at=AT)
    totals = totals_of_month(by=nam.by, on=TODAY)
    assert (totals.sessions, totals.led_by_head, totals.turns) == (1, 1, 0)


def test_recorded_twice_with_the_same_key_it_stands_once(nam):
    first, second = (record_reception(reception=GOOD, by=nam.by, at=AT, key="k") for _ in range(2))
    assert first.id == second.id
    record_reception(reception=GOOD, by=nam.by, at=AT)
    assert ReceptionDay.objects.count() == 2


def test_numbers_are_put_right_and_slips_removed_by_the_unit_itself(nam, tu):
    day = record_reception(reception=GOOD, by=nam.by, at=AT)
    later = AT + timedelta(hours=1)
    corrected = correct_reception(reception_id=day.id, reception=changed(turns=5), by=tu.by, at=later)
    assert (corrected.turns, corrected.recorded_by_id, corrected.recorded_at) == (5, tu.post.pk, later)
    with pytest.raises(Invalid):
        correct_reception(reception_id=day.id, reception=changed(persons=0), by=nam.by, at=AT)
    remove_reception(reception_id=day.id, by=nam.by, at=AT)
    assert ReceptionDay.objects.count() == 0


def test_others_see_nothing_and_whoever_looks_on_changes_nothing(nam, thu, ben, kim, lan, mai, vu):
    day = record_reception(reception=GOOD, by=nam.by, at=AT)
    for officer in (thu, ben, mai, vu):
        with pytest.raises(Absent):
            reception_of(day.id, by=officer.by, on=TODAY)
        with pytest.raises(Absent):
            remove_reception(reception_id=day.id, by=officer.by, at=AT)
        assert totals_of_month(by=officer.by, on=TODAY).turns == 0
    for officer in (kim, lan):
        assert reception_of(day.id, by=officer.by, on=TODAY) == day
        with pytest.raises(Refused):
            correct_reception(reception_id=day.id, reception=GOOD, by=officer.by, at=AT)
        with pytest.raises(Refused):
            record_reception(reception=GOOD, by=officer.by, at=AT)


def test_the_month_is_summed_unit_by_unit_of_count(nam, lan):
    for day in (TODAY, TODAY.replace(day=1), TODAY.replace(day=1) - timedelta(days=1)):
        record_reception(reception=changed(held_on=day), by=nam.by, at=AT)
    totals = totals_of_month(by=lan.by, on=TODAY)
    assert (totals.sessions, totals.turns, totals.persons, totals.groups, totals.cases) == (2, 8, 24, 2, 6)


def test_the_list_costs_the_same_for_one_session_and_for_three(nam, django_assert_num_queries):
    for count in (1, 3):
        while ReceptionDay.objects.count() < count:
            record_reception(reception=GOOD, by=nam.by, at=AT)
        with django_assert_num_queries(3):
            assert len(receptions(by=nam.by, on=TODAY).rows) == count
