"""Listening meetings: the head, what the chair concluded, and finishing, which turns every row into a matter."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.once import once
from danvan.matters.access import meetings_visible, require_run
from danvan.matters.actions.opinions import Opinion, take_in_opinions
from danvan.matters.kinds import MeetingState
from danvan.matters.models import Meeting, MeetingRow
from danvan.matters.queries.meetings import areas_for_meetings
from danvan.matters.queries.review import Typing, review
from danvan.rules.text import nfc
from danvan.units.access import Actor, in_force, require
from danvan.units.models import AreaVersion
from danvan.units.queries import shard_of_area, unit_in_force
from danvan.units.roles import Permission

AHEAD = timedelta(days=60)
"""How far ahead a meeting may be prepared; a day beyond that is a slip of the keyboard."""
BACK = timedelta(days=5 * 366)
MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Head:
    """What stands at the top of the minutes; `attendance` 0: not counted yet. `chair` is a title, never a name."""

    title: str
    held_on: date
    place: str
    area_id: UUID
    chair: str
    attendance: int = 0
    began: time | None = None
    conclusion: str = ""
    is_illustration: bool = False


@transaction.atomic
def new_meeting(*, head: Head, by: Actor, at: datetime, key: str = "") -> Meeting:
    """Opens a meeting of the actor's own unit; with `key` a repeated call returns the first one.

    Refuses a day far off, one on which the unit or the place did not exist, and a place outside the unit's area.
    """
    require(by, Permission.MEETING_RUN)
    unit_id, head = _checked(head, by, at)
    home_area = shard_of_area(head.area_id, head.held_on)

    def make(made: UUID) -> None:
        meeting = Meeting(id=made, home_area=home_area, unit_id=unit_id, created_at=at, **_columns(head),
                          is_illustration=head.is_illustration)  # fmt: skip
        meeting.save(force_insert=True)

    guard = f"{by.account_id}:{key}" if key else ""
    meeting_id, _new = once(home_area=home_area, verb="meeting", key=guard, at=at, make=make)
    return Meeting.objects.get(pk=meeting_id)


@transaction.atomic
def change_head(*, meeting_id: UUID, head: Head, by: Actor, at: datetime) -> Meeting:
    """Corrects the head while the meeting is being written down; its province of origin stays what it was."""
    meeting = own_draft(meeting_id, by, at)
    _unit_id, head = _checked(head, by, at)
    if shard_of_area(head.area_id, head.held_on) != meeting.home_area:
        raise Invalid("other-province", "Địa bàn này thuộc tỉnh khác; hãy lập buổi mới.", "area")
    for name, value in _columns(head).items():
        setattr(meeting, name, value)
    meeting.save()
    return meeting


@transaction.atomic
def conclude(*, meeting_id: UUID, conclusion: str, by: Actor, at: datetime) -> Meeting:
    """Writes down what the chair concluded, for the minutes."""
    meeting = own_draft(meeting_id, by, at)
    meeting.conclusion = _text(conclusion, 4000, "conclusion")
    meeting.save(update_fields=["conclusion"])
    return meeting


@transaction.atomic
def discard_meeting(*, meeting_id: UUID, by: Actor, at: datetime) -> None:
    """Removes a meeting opened by mistake; one in which an opinion stands is kept."""
    meeting = own_draft(meeting_id, by, at)
    if MeetingRow.objects.filter(home_area=meeting.home_area, meeting=meeting).exists():
        raise Refused("has-rows", "Buổi này đã có ý kiến nên không bỏ được. Hãy xóa trắng từng dòng trước.")
    meeting.delete()


@transaction.atomic
def finish_meeting(*, meeting_id: UUID, by: Actor, at: datetime, conclusion: str | None = None) -> Meeting:
    """Every row becomes a matter with its clock, what was answered on the spot is answered; all in one transaction.

    `conclusion` is what the chair said at the end; None keeps what was written down before. A meeting that is finished
    already is returned as it is, so that a second click makes nothing. Refuses while the review names a problem.
    """
    meeting = _own(meeting_id, by, at)
    if meeting.state == MeetingState.FINISHED:
        return meeting
    typing = Typing(meeting, day_of(at))
    reviewed = review(typing)
    if not reviewed.may_finish:
        problems = (*reviewed.problems, *(f"Dòng {r.number}: {r.problems[0]}" for r in reviewed.wrong[:5]))
        raise Refused("meeting-unready", " ".join(problems))
    opinions = [
        Opinion(
            row=each.number,
            content=each.row.content,
            field=each.field,
            hamlet=each.row.hamlet,
            unit_id=each.unit_id,
            unit=each.unit,
            answer=each.row.answer,
        )
        for each in reviewed.rows
        if each.unit_id is not None
    ]
    take_in_opinions(meetings=[(meeting, opinions)], by=by, at=at)
    meeting.state, meeting.finished_at = MeetingState.FINISHED, at
    if conclusion is not None:
        meeting.conclusion = _text(conclusion, 4000, "conclusion")
    meeting.save(update_fields=["state", "finished_at", "conclusion"])
    MeetingRow.objects.filter(home_area=meeting.home_area, meeting=meeting).delete()
    return meeting


def own_draft(meeting_id: UUID, by: Actor, at: datetime) -> Meeting:
    """The meeting, locked, if this actor may write in it and it is not finished."""
    meeting = _own(meeting_id, by, at)
    if meeting.state != MeetingState.DRAFT:
        raise Refused("meeting-finished", "Buổi này đã kết thúc; các ý kiến đã được chuyển đi.")
    return meeting


def _own(meeting_id: UUID, by: Actor, at: datetime) -> Meeting:
    visible = Meeting.objects.select_for_update().filter(meetings_visible(by, day_of(at)), pk=meeting_id)
    meeting = visible.first()
    if meeting is None:
        raise Absent
    require_run(by, meeting)
    return meeting


def _columns(head: Head) -> dict[str, object]:
    return {
        "title": head.title,
        "held_on": head.held_on,
        "place": head.place,
        "area_id": head.area_id,
        "chair": head.chair,
        "attendance": head.attendance,
        "began": head.began,
        "conclusion": head.conclusion,
    }


def _checked(head: Head, by: Actor, at: datetime) -> tuple[UUID, Head]:
    today, unit_id = day_of(at), by.unit_id
    if unit_id is None:
        raise Absent
    if not today - BACK <= head.held_on <= today + AHEAD:
        raise Invalid("held-when", "Ngày họp phải trong 5 năm qua, hoặc trong 60 ngày tới.", "held_on")
    if not 0 <= head.attendance <= MOST_PEOPLE:
        raise Invalid("attendance", "Số người dự phải từ 0 đến 100.000.", "attendance")
    unit_in_force(unit_id, min(head.held_on, today))
    if head.area_id not in dict(areas_for_meetings(unit_id, today)):
        raise Invalid("area-elsewhere", "Địa bàn này không thuộc địa bàn của đơn vị.", "area")
    if not AreaVersion.objects.filter(in_force(min(head.held_on, today)), area_id=head.area_id).exists():
        raise Invalid("area-later", "Vào ngày họp chưa có địa bàn này.", "held_on")
    return unit_id, replace(
        head,
        title=_text(head.title, 200, "title", "Hãy ghi tên buổi."),
        place=_text(head.place, 200, "place", "Hãy ghi nơi tổ chức."),
        chair=_text(head.chair, 160, "chair", "Hãy ghi chức danh người chủ trì."),
        conclusion=_text(head.conclusion, 4000, "conclusion"),
    )


def _text(typed: str, longest: int, field: str, missing: str = "") -> str:
    text = nfc(typed).replace("\x00", "").strip()
    if missing and not text:
        raise Invalid(f"{field}-missing", missing, field)
    if len(text) > longest:
        raise Invalid(f"{field}-long", f"Nhiều nhất {longest} ký tự.", field)
    return text
