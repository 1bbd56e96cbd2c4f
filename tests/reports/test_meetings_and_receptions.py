"""What listening meetings and reception days add to a sheet, and that the lists behind agree."""

from datetime import date
from uuid import uuid4

import pytest

from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.models import Meeting
from danvan.reports.queries import draw, facts
from tests.reports.conftest import MARCH, ON, moment
from tests.world import Officer, World


@pytest.fixture
def meeting(world: World, nam: Officer) -> Meeting:
    """Held on 05/03/2026 and written down the day after: four opinions, one of them answered at once."""
    head = Head(title="Lắng nghe ý kiến Nhân dân", held_on=date(2026, 3, 5), place="Nhà văn hóa ấp 3",
                area_id=world.xa_binh_an.pk, chair="Chủ tịch UBND xã", attendance=86)  # fmt: skip
    at = moment("2026-03-06")
    made = new_meeting(head=head, by=nam.by, at=at)
    rows = [
        TypedRow(key=str(uuid4()), position=number, content=f"Ý kiến thứ {number} về con đường vào ấp.",
                 answer="Tuần sau sửa." if number == 1 else "")
        for number in range(1, 5)
    ]  # fmt: skip
    save_rows(meeting_id=made.id, rows=rows, by=nam.by, at=at)
    return finish_meeting(meeting_id=made.id, by=nam.by, at=at)


def test_a_meeting_counts_once_with_its_heads_and_its_opinions(world: World, meeting: Meeting, nam: Officer) -> None:
    unit = world.ubnd_binh_an.pk
    values = draw([unit], MARCH)[unit]
    assert {key: values[f"meetings.{key}"] for key in ("held", "attendance", "opinions", "on-the-spot")} == {
        "held": 1, "attendance": 86, "opinions": 4, "on-the-spot": 1,
    }  # fmt: skip
    assert (values["opinions.received"], values["opinions.answered"]) == (4, 1)


def test_the_lists_behind_a_meeting_agree_with_its_figures(world: World, meeting: Meeting, nam: Officer) -> None:
    unit = world.ubnd_binh_an.pk
    for key, figure in {"meetings.held": 1, "meetings.attendance": 86, "meetings.opinions": 4,
                        "meetings.on-the-spot": 1}.items():  # fmt: skip
        behind = facts(key, unit, MARCH, by=nam.by, on=ON)
        assert (behind.total, sum(fact.count for fact in behind.rows)) == (figure, figure)


def test_a_meeting_still_being_written_down_counts_nowhere(world: World, nam: Officer) -> None:
    head = Head(title="Lắng nghe", held_on=date(2026, 3, 5), place="Ấp 3", area_id=world.xa_binh_an.pk, chair="Chủ tịch",
                attendance=40)  # fmt: skip
    new_meeting(head=head, by=nam.by, at=moment("2026-03-06"))
    assert draw([world.ubnd_binh_an.pk], MARCH)[world.ubnd_binh_an.pk]["meetings.held"] == 0


def test_turns_persons_groups_and_cases_are_counted_apart(world: World, nam: Officer) -> None:
    for day, by_head in (("2026-02-15", True), ("2026-03-14", False), ("2026-03-15", False)):
        reception = SessionNumbers(held_on=date.fromisoformat(day), turns=7, persons=12, cases=6, groups=1,
                              led_by_head=by_head)  # fmt: skip
        record_reception(reception=reception, by=nam.by, at=moment("2026-03-16"))
    unit = world.ubnd_binh_an.pk
    values = draw([unit], MARCH)[unit]
    found = {key.removeprefix("receptions."): value for key, value in values.items() if key.startswith("receptions.")}
    assert found == {"sessions": 2, "led-by-head": 1, "turns": 14, "persons": 24, "groups": 2, "cases": 12}
    for name, figure in found.items():
        assert facts(f"receptions.{name}", unit, MARCH, by=nam.by, on=ON).total == figure
