"""Receptions, what is carried out, older versions, ended units, and contents that several units share."""

from datetime import datetime, timedelta

import pytest

from danvan.matters.actions import LetterSaid, Said, register_letter
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.turn_said import TurnSaid
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Category, Figure, Flaw, Kind, LedBy, LetterWay, Outcome
from danvan.matters.models import Letter
from danvan.reports.queries.statutory import fill
from danvan.reports.statutory import form_for
from danvan.rules.periods import Period, parse
from tests.matters.told import at
from tests.reports.statutory.happening import APRIL, Happening
from tests.world import an_officer


def known(filled) -> dict[str, int]:
    """The columns with something in them."""
    return {key: value for key, value in filled.total.items() if value}


def turn(nam, day: int, **said) -> None:
    told = {"received_on": at(day).date(), "summary": "Hỏi về hồ sơ đất."} | said
    receive_turn(turn=TurnSaid(**told), by=nam.by, at=at(day))


def test_receptions_are_told_apart_by_who_received_and_whether_a_case_came_again(world, nam):
    turn(nam, 4)
    turn(nam, 5, cases_first=0, cases_again=2)
    turn(nam, 5, persons=12, is_group=True, led_by=LedBy.HEAD)
    turn(nam, 6, led_by=LedBy.DELEGATED)
    filled = fill(form_for("01/TCD", APRIL), world.ubnd_binh_an.pk, APRIL)
    assert known(filled) == {
        "turns.total": 4, "persons.total": 15, "cases.total": 5,
        "regular.turns": 2, "regular.persons": 2, "regular.cases-first": 1, "regular.cases-again": 2,
        "head.sessions": 1, "head.turns": 1, "head.persons": 12, "head.cases-first": 1, "head.groups": 1,
        "head.group-persons": 12, "head.group-cases-first": 1,
        "delegated.sessions": 1, "delegated.turns": 1, "delegated.persons": 1, "delegated.cases-first": 1,
    }  # fmt: skip
    assert None not in filled.total.values()
    assert [each.holds for each in filled.checked] == [True, True, True]


def test_a_session_recorded_in_numbers_leaves_open_what_it_does_not_tell(world, nam):
    numbers = SessionNumbers(held_on=at(4).date(), turns=5, persons=9, cases=4, groups=1)
    record_reception(reception=numbers, by=nam.by, at=at(4))
    filled = fill(form_for("01/TCD", APRIL), world.ubnd_binh_an.pk, APRIL)
    assert known(filled) == {
        "turns.total": 5, "persons.total": 9, "cases.total": 4, "regular.turns": 5, "regular.persons": 9,
        "regular.groups": 1,
    }  # fmt: skip
    unknown = {key for key, value in filled.total.items() if value is None}
    assert {"regular.cases-first", "regular.group-persons", "delegated.turns"} <= unknown
    assert [each.holds for each in filled.checked] == [True, True, None]


def test_a_decision_in_force_is_to_be_carried_out_until_it_was(world, happening):
    case = happening.accepts(-60, happening.case(-62, Kind.COMPLAINT))
    happening.decides(-58, case, Outcome.RIGHT, figures={Figure.BODY_MONEY: 3_500_000, Figure.STATE_LAND: 80})
    happening.does(-20, case, "take-effect")
    form = form_for("02/KQGQ", APRIL)
    owed = {"decisions.total": 1, "state.land-owed": 80, "bodies.money-owed": 3.5}
    assert known(fill(form, world.ubnd_binh_an.pk, APRIL)) == owed
    happening.does(10, case, "execute")
    assert known(fill(form, world.ubnd_binh_an.pk, APRIL)) == owed | {"decisions.done": 1}
    assert known(fill(form, world.ubnd_binh_an.pk, APRIL.previous)) == owed
    assert known(fill(form, world.ubnd_binh_an.pk, Period.month(2026, 5))) == {}


def test_what_was_registered_here_and_given_to_another_unit_at_once_is_passed_on_here_and_new_there(world, happening):
    happening.letter(4, happening.said(Kind.RECOMMENDATION, world.ubnd_phu_loc))
    form = form_for("04/XLD", APRIL)
    here, there = (fill(form, unit.pk, APRIL) for unit in (world.ubnd_binh_an, world.ubnd_phu_loc))
    assert {key: here.total[key] for key in ("letters.new", "cases.other", "other.forwarded", "own.total")} == {
        "letters.new": 1, "cases.other": 1, "other.forwarded": 1, "own.total": 0
    }  # fmt: skip
    assert (there.total["letters.new"], there.total["own.total"]) == (1, 1)


def test_a_case_passed_there_and_back_was_received_by_both(world, happening):
    builder = an_officer(name="Lê Văn Xây", unit=world.so_xay_dung, role="officer")
    case = happening.case(4, Kind.COMPLAINT, Category.LAND)
    happening.does(5, case, "transfer", unit_id=world.so_xay_dung.pk)
    happening.does(7, case, "transfer", unit_id=world.ubnd_binh_an.pk, by=builder)
    happening.accepts(9, case)
    form = form_for("02/XLD", APRIL)
    here, there = (fill(form, unit.pk, APRIL).total for unit in (world.ubnd_binh_an, world.so_xay_dung))
    assert [here[key] for key in ("letters.total", "processed.total", "own.total", "other.total")] == [1, 1, 1, 0]
    assert [there[key] for key in ("letters.total", "processed.total", "own.total", "other.total")] == [1, 1, 0, 1]


def test_a_case_restored_after_a_coerced_withdrawal_is_no_second_letter(world, happening):
    case = happening.accepts(5, happening.case(4, Kind.COMPLAINT))
    happening.does(6, case, "withdraw")
    happening.does(8, case, "restore")
    total = fill(form_for("01/XLD", APRIL), world.ubnd_binh_an.pk, APRIL).total
    assert [total[key] for key in ("letters.total", "letters.processed", "own.total")] == [1, 1, 1]


@pytest.fixture
def in_2023(world):
    """xã Bình Cũ, which ended on 01/07/2025 and left its work to xã Bình An."""
    officer = an_officer(name="Hồ Văn Cũ", unit=world.ubnd_binh_cu, role="officer")
    happening = Happening(world, officer, officer, officer)
    happening.officer = officer
    return happening


def old_letter(happening, day: int, kind: Kind, **letter) -> Letter:
    said = Said(content="Nội dung đơn gửi xã Bình Cũ.", area_id=happening.world.xa_binh_cu.id, kind=kind,
                unit_id=happening.world.ubnd_binh_cu.id)  # fmt: skip
    when = datetime.fromisoformat("2023-03-20T02:00:00+00:00") + timedelta(days=day)
    given = {"way": LetterWay.HANDED} | letter
    return register_letter(letter=LetterSaid(**given), contents=[said], by=happening.officer.by, at=when).letter


Q2_2023 = parse("2023-Q2")


def test_a_period_before_the_newer_circular_is_reported_on_the_forms_of_the_older_one(world, in_2023):
    old_letter(in_2023, 0, Kind.RECOMMENDATION)
    old_letter(in_2023, 1, Kind.COMPLAINT, signers=5, writer="group")
    form = form_for("01/XLD", Q2_2023)
    filled = fill(form, world.ubnd_binh_cu.pk, Q2_2023)
    assert (form.version, len(form.columns)) == ("2021", 26)
    assert {key: value for key, value in known(filled).items() if key.startswith("letters.new")} == {
        "letters.new-many": 1, "letters.new-one": 1
    }  # fmt: skip
    handed = fill(form_for("02/TCD", Q2_2023), world.ubnd_binh_cu.pk, Q2_2023)
    assert known(handed) == {
        "letters.total": 1, "cases.total": 1, "petitions.letters": 1, "petitions.cases": 1, "own.letters": 1,
        "own.cases": 1,
    }  # fmt: skip
    assert [each.holds for each in (*filled.checked, *handed.checked)] == [True] * 6


def test_what_an_ended_unit_left_is_carried_over_by_the_one_that_took_its_duties(world, in_2023):
    old_letter(in_2023, 1, Kind.COMPLAINT)
    form = form_for("01/XLD", APRIL)
    left = fill(form, world.ubnd_binh_an.pk, APRIL).total
    assert (left["letters.total"], left["letters.carried"], left["letters.waiting"]) == (1, 1, 1)


def test_the_form_says_which_version_it_is_by_the_last_day_of_the_period():
    versions = [form_for("01/XLD", parse(code)).version for code in ("2023", "2024-Q1", "2024", "2024-02")]
    assert versions == ["2021", "2024", "2024", "2021"]


def test_a_letter_with_a_flaw_and_no_contents_counts_as_processed_but_not_as_eligible(world, happening):
    happening.letter(4, flaw=Flaw.ILLEGIBLE, note="Rách.")
    assert known(fill(form_for("01/XLD", APRIL), world.ubnd_binh_an.pk, APRIL)) == {
        "letters.total": 1, "letters.new": 1, "letters.processed": 1
    }  # fmt: skip
