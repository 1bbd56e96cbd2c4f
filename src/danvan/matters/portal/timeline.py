"""The steps of a matter as the lines of its public timeline: what was done, and what it means for the asker."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from danvan.base.clock import VIETNAM
from danvan.matters.kinds import STEP_LOOKS
from danvan.matters.queries.case_story import ActTold
from danvan.matters.queries.files import BETWEEN_OFFICES, Numbers, Shown
from danvan.matters.queries.tracking import Tracked, TrackedStep
from danvan.rules.ledger import MOVES

CHANGES_HANDS = {"open", "lodge", "take-up", "hand-over", "take-over"}
MOVES_DUE_DAY = {"extend", "re-date", "reply", "resume"}


@dataclass(frozen=True)
class Line(Shown):
    title: str
    at: datetime
    who: str
    text: str
    note: str
    icon: str
    tone: str
    files: Numbers
    evidence: Mapping[int, Numbers]


def timeline(story: Tracked) -> list[Line]:
    """Newest first: what happened last is what people come for."""
    lines = [_line(step) for step in story.steps]
    if story.case is None:
        return lines[::-1]
    lines += [_beside(act) for act in story.case.without_step]
    return sorted(lines, key=lambda line: line.at)[::-1]


def _beside(act: ActTold) -> Line:
    """Something done that took no step: it has a day and no hour."""
    at = datetime.combine(act.on, time(12), VIETNAM)
    return Line(act.title, at, "", act.text, " ".join(_of_act(act)), "check", "plain", act.files, {})


def _line(step: TrackedStep) -> Line:
    icon, tone = STEP_LOOKS[step.verb]
    who = _("Ông/Bà") if step.is_own else step.who
    return Line(_title(step), step.at, who, step.text, " ".join(_notes(step)), icon, tone, step.files,
                step.evidence)  # fmt: skip


def _title(step: TrackedStep) -> str:
    if step.act is not None:
        return step.act.title
    if step.verb == "begin" and step.stage:
        return _("Bắt đầu: %(stage)s") % {"stage": _(step.stage).lower()}
    if step.verb == "lodge" and step.is_own:
        return _("Đã gửi và được tiếp nhận")
    if step.verb == "open" and not step.is_first:
        return _("Mở lại để giải quyết, thời hạn mới")
    if step.verb == "open" and step.is_own:
        return _("Đã gửi và được tiếp nhận")
    return _(MOVES[step.verb].done)


def _of_act(act: ActTold) -> Iterator[str]:
    if act.number:
        yield _("Văn bản số %(number)s ngày %(day)s.") % {"number": act.number, "day": f"{act.on:%d/%m/%Y}"}
    if act.note:
        yield act.note
    if act.recorded_on:
        yield _("Ghi vào hệ thống ngày %(day)s.") % {"day": f"{act.recorded_on:%d/%m/%Y}"}
    if act.is_inside:
        yield _("Nội dung là trao đổi giữa các cơ quan.")


def _notes(step: TrackedStep) -> Iterator[str]:
    if step.act is not None:
        yield from _of_act(step.act)
    if step.verb == "begin" and step.due:
        yield _("Hạn: %(day)s.") % {"day": f"{step.due:%d/%m/%Y}"}
    if step.verb in CHANGES_HANDS and step.unit:
        yield _("Đơn vị giải quyết: %(unit)s.") % {"unit": step.unit}
    if step.verb in MOVES_DUE_DAY and step.due:
        yield _("Hạn trả lời: %(day)s.") % {"day": f"{step.due:%d/%m/%Y}"}
    if step.verb == "ask":
        yield _("Trong khi chờ ông/bà trả lời, thời hạn tạm dừng.") if step.due is None else _("Thời hạn vẫn chạy.")
    if step.verb in BETWEEN_OFFICES:
        yield _("Nội dung là trao đổi giữa các cơ quan.")
