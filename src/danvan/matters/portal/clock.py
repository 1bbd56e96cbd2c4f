"""The due day of a matter in plain words: until when, why, and every day between as the rows of a table."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danvan.matters.queries.tracking import Tracked
from danvan.rules.clock import Deadline, Line
from danvan.rules.clock.table import UNITS

REMARKS = {"rule", "alternative", "evidence", "provisional", "unproven"}
"""Lines of the explanation that concern no day of the count."""


@dataclass(frozen=True)
class Clock:
    """`due` is the day by which the answer must be there, or was; empty while the clock stands still."""

    due: date | None
    why: str
    rows: list[Line]
    counted: int
    unit: str
    remarks: list[str]
    days_late: int
    is_stopped: bool


def clock_of(story: Tracked, on: date) -> Clock | None:
    """None where the day was agreed rather than counted. A later calendar does not count a stopped clock anew."""
    deadline = story.deadline
    if deadline is None:
        return None
    rows = [line for line in deadline.explanation if line.kind not in REMARKS]
    remarks = [line.said(_) for line in deadline.explanation if line.kind in REMARKS]
    is_stopped = story.current.stopped_on is not None
    if is_stopped and deadline.due_rolled != story.current.due:
        rows, remarks = [], [_("Lịch nghỉ đã thay đổi sau khi thời hạn dừng; hạn giữ nguyên như lúc ấy.")]
    return Clock(
        due=story.current.due,
        why=_why(deadline),
        rows=rows,
        counted=sum(line.days for line in rows),
        unit=_(UNITS[deadline.rule.unit]),
        remarks=remarks,
        days_late=story.days_late(on),
        is_stopped=is_stopped,
    )


def _why(deadline: Deadline) -> str:
    parts = {"length": deadline.rule.lasts.said(_), "day": f"{deadline.day_zero:%d/%m/%Y}"}
    granted = [line.said(_) for line in deadline.explanation if line.kind == "extension"]
    if deadline.rule.unit == "wd":
        counted = _("%(length)s kể từ ngày nhận %(day)s; thứ Bảy, Chủ nhật và ngày lễ không tính.") % parts
    else:
        counted = _("%(length)s kể từ ngày nhận %(day)s.") % parts
    return " ".join([counted, *granted])
