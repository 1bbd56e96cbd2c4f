"""The steps of a matter as the lines of its public timeline: what was done, and what it means for the asker."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from danvan.matters.kinds import STEP_LOOKS
from danvan.matters.queries.tracking import INTERNAL, TrackedStep
from danvan.rules.ledger import MOVES

CHANGES_HANDS = {"open", "lodge", "take-up", "hand-over", "take-over"}
MOVES_DUE_DAY = {"extend", "re-date", "reply", "resume"}


@dataclass(frozen=True)
class Line:
    title: str
    at: datetime
    who: str
    text: str
    note: str
    icon: str
    tone: str
    photos: tuple[int, ...]
    papers: tuple[int, ...]


def timeline(steps: Iterable[TrackedStep]) -> list[Line]:
    """Newest first: what happened last is what people come for."""
    return [_line(step) for step in steps][::-1]


def _line(step: TrackedStep) -> Line:
    icon, tone = STEP_LOOKS[step.verb]
    who = _("Ông/Bà") if step.is_own else step.who
    return Line(_title(step), step.at, who, step.text, " ".join(_notes(step)), icon, tone, step.photos, step.papers)


def _title(step: TrackedStep) -> str:
    if step.verb == "open" and not step.is_first:
        return _("Mở lại để giải quyết, thời hạn mới")
    if step.verb == "open" and step.is_own:
        return _("Đã gửi và được tiếp nhận")
    return _(MOVES[step.verb].done)


def _notes(step: TrackedStep) -> Iterator[str]:
    if step.verb in CHANGES_HANDS and step.unit:
        yield _("Đơn vị giải quyết: %(unit)s.") % {"unit": step.unit}
    if step.verb in MOVES_DUE_DAY and step.due:
        yield _("Hạn trả lời: %(day)s.") % {"day": f"{step.due:%d/%m/%Y}"}
    if step.verb == "ask":
        yield _("Trong khi chờ ông/bà trả lời, thời hạn tạm dừng.") if step.due is None else _("Thời hạn vẫn chạy.")
    if step.verb in INTERNAL:
        yield _("Nội dung là trao đổi giữa các cơ quan.")
