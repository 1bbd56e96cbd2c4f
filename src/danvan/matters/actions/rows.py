"""Saving the rows of a meeting's grid while they are typed, by one person or by several at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Invalid
from danvan.matters.actions.meetings import own_draft
from danvan.matters.actions.taking_in import MAX_CONTENT
from danvan.matters.models import Meeting, MeetingRow
from danvan.matters.queries.answering import field_options
from danvan.matters.queries.review import Typing, unnamed
from danvan.rules.picking import pick
from danvan.rules.text import nfc
from danvan.units.access import Actor

MOST_ROWS = 1000
LONGEST = {"content": MAX_CONTENT, "answer": MAX_CONTENT, "field": 120, "unit": 160, "hamlet": 120}


@dataclass(frozen=True)
class TypedRow:
    """One row as typed. `key` is made where it is typed; `version` is the one that was in front of them, 0: new."""

    key: str
    version: int = 0
    position: int = 0
    content: str = ""
    field: str = ""
    hamlet: str = ""
    unit: str = ""
    answer: str = ""


@dataclass(frozen=True)
class SavedRow:
    """What became of a row: `saved`, `removed`, `conflict` or `wrong`; `row` is what is kept now.

    `errors` are sentences by cell. A saved row may carry some: its words are kept, but name no field or unit yet.
    """

    key: str
    status: str
    row: MeetingRow | None = None
    errors: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_rows(
    *, meeting_id: UUID, rows: Sequence[TypedRow], by: Actor, at: datetime, writer: str = ""
) -> tuple[Typing, list[SavedRow]]:
    """Keeps every row that can be kept and says of each what became of it; no row stands in the way of another.

    A row that somebody else changed meanwhile is a conflict and left alone; `writer` names the page that types, so
    that an answer lost on the way is no conflict with oneself. An emptied row is removed. Sent twice, a row is kept
    once. Returns the meeting as it stands now, too.
    """
    if len(rows) > MOST_ROWS:
        raise Invalid("rows-many", f"Mỗi lần lưu nhiều nhất {MOST_ROWS} dòng.", "rows")
    meeting = own_draft(meeting_id, by, at)
    typing = Typing(meeting, day_of(at))
    kept = {row.key: row for row in typing.rows}
    saved = [_save(typing, kept, typed, writer[:36], at) for typed in rows]
    return Typing(meeting, day_of(at)), saved


def _save(typing: Typing, kept: dict[str, MeetingRow], typed: TypedRow, writer: str, at: datetime) -> SavedRow:
    row = kept.get(typed.key)
    if errors := _unfit(typed):
        return SavedRow(typed.key, "wrong", row, errors)
    cells, errors = _cells(typing, typed)
    if row is None:
        return _added(typing.meeting, kept, typed, cells, errors, writer, at)
    if all(getattr(row, name) == value for name, value in cells.items()):
        return SavedRow(typed.key, "saved", row, errors)
    if typed.version != row.version and (not writer or row.writer != writer):
        return SavedRow(typed.key, "conflict", row, errors)
    if _is_blank(cells):
        kept.pop(typed.key).delete()
        return SavedRow(typed.key, "removed")
    _write(row, cells, row.version + 1, writer, at)
    row.save()
    return SavedRow(typed.key, "saved", row, errors)


def _added(
    meeting: Meeting, kept: dict[str, MeetingRow], typed: TypedRow, cells: dict[str, Any], errors: dict[str, str],
    writer: str, at: datetime,
) -> SavedRow:  # fmt: skip
    """A new row, at the place it was typed if nobody sits there; one that somebody removed meanwhile comes back."""
    if _is_blank(cells):
        return SavedRow(typed.key, "removed")
    taken = {row.position for row in kept.values()}
    free = 0 < typed.position <= MOST_ROWS * 10 and typed.position not in taken
    position = typed.position if free else max(taken, default=0) + 1
    row = MeetingRow(home_area=meeting.home_area, meeting=meeting, key=typed.key, position=position)
    _write(row, cells, 1, writer, at)
    row.save(force_insert=True)
    kept[typed.key] = row
    return SavedRow(typed.key, "saved", row, errors)


def _write(row: MeetingRow, cells: dict[str, Any], version: int, writer: str, at: datetime) -> None:
    for name, value in cells.items():
        setattr(row, name, value)
    row.version, row.writer, row.saved_at = version, writer, at


def _is_blank(cells: dict[str, Any]) -> bool:
    return not any(cells.values())


def _unfit(typed: TypedRow) -> dict[str, str]:
    """Why a row cannot be kept at all: a cell too long for its column, or no key of its own."""
    found = {
        name: f"Nhiều nhất {longest} ký tự; dòng này chưa được lưu."
        for name, longest in LONGEST.items()
        if len(getattr(typed, name)) > longest
    }
    if not 8 <= len(typed.key) <= 36:
        found["content"] = "Dòng này chưa có khóa riêng nên chưa được lưu; hãy tải lại trang."
    return found


def _cells(typing: Typing, typed: TypedRow) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns of a row; words that name no field or unit are kept as words, with a sentence about them."""
    words = {name: _clean(getattr(typed, name)) for name in LONGEST}
    picked_field = pick(words["field"], field_options())
    picked_unit = pick(words["unit"], typing.units)
    return {
        "content": words["content"],
        "field": picked_field.option.key if picked_field.option else "",
        "field_typed": "" if picked_field.option else words["field"],
        "hamlet": words["hamlet"],
        "answered_by_id": picked_unit.option.key if picked_unit.option else None,
        "unit_typed": "" if picked_unit.option else words["unit"],
        "answer": words["answer"],
    }, unnamed(typing, words["field"], words["unit"])


def _clean(cell: str) -> str:
    return nfc(cell).replace("\r\n", "\n").replace("\x00", "").strip()
