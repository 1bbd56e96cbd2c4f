"""A meeting while it is written down: its rows, who would answer each and why, and what stands against finishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import cached_property

from danvan.matters.kinds import Field
from danvan.matters.models import Meeting, MeetingRow
from danvan.matters.queries.answering import answering_units, field_options, sentence_of
from danvan.matters.routing import Route, routes
from danvan.rules.picking import Option, pick
from danvan.rules.text import fold
from danvan.units.queries import unit_names


@dataclass
class Typing:
    """A meeting while it is written down: its rows, the units to choose from, and where each field goes by itself."""

    meeting: Meeting
    today: date

    @property
    def on(self) -> date:
        """The day whose units answer: that of the meeting, while it has not been held today."""
        return min(self.meeting.held_on, self.today)

    @cached_property
    def rows(self) -> list[MeetingRow]:
        found = MeetingRow.objects.filter(home_area=self.meeting.home_area, meeting=self.meeting)
        return list(found.order_by("position"))

    @cached_property
    def units(self) -> list[Option[UUID]]:
        return answering_units(self.meeting.area_id, self.meeting.unit_id, self.on)

    @cached_property
    def names(self) -> dict[UUID, str]:
        known = {option.key: option.label for option in self.units}
        unknown = {row.answered_by_id for row in self.rows if row.answered_by_id} - set(known)
        return known | (unit_names(unknown, self.on) if unknown else {})

    @cached_property
    def routes(self) -> dict[Field, Route]:
        return routes(self.meeting.area_id, self.on)

    def route_of(self, field: str) -> Route | None:
        """Where a row goes that names no unit; without a field it is “lĩnh vực khác”."""
        return self.routes.get(Field(field) if field else Field.OTHER)


@dataclass(frozen=True)
class ReviewedRow:
    """A row as it would be taken in: who answers and why, what stands against it, what should be looked at."""

    row: MeetingRow
    number: int
    unit_id: UUID | None
    unit: str
    why: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def field(self) -> Field:
        return Field(self.row.field) if self.row.field else Field.OTHER


@dataclass(frozen=True)
class Review:
    """What finishing the meeting would do; refused while there are problems of the head or of a row."""

    rows: list[ReviewedRow]
    problems: tuple[str, ...]

    @property
    def wrong(self) -> list[ReviewedRow]:
        return [row for row in self.rows if row.problems]

    @property
    def may_finish(self) -> bool:
        return not self.problems and not self.wrong

    @property
    def on_the_spot(self) -> int:
        return sum(bool(row.row.answer) for row in self.rows)

    @property
    def by_unit(self) -> list[tuple[str, int]]:
        """How many opinions each unit is to answer, the most first."""
        counted: dict[str, int] = {}
        for row in self.rows:
            if not row.row.answer:
                counted[row.unit] = counted.get(row.unit, 0) + 1
        return sorted(counted.items(), key=lambda pair: -pair[1])


def review(typing: Typing) -> Review:
    """Every row with its answering unit, in the order in which they were typed."""
    seen: dict[str, int] = {}
    rows = [_reviewed(typing, row, number, seen) for number, row in enumerate(typing.rows, 1)]
    return Review(rows, tuple(_head_problems(typing, rows)))


def _head_problems(typing: Typing, rows: Sequence[ReviewedRow]) -> list[str]:
    meeting, found = typing.meeting, []
    if not rows:
        found.append("Chưa có ý kiến nào.")
    if meeting.held_on > typing.today:
        found.append(f"Chưa tới ngày họp ({meeting.held_on:%d/%m/%Y}).")
    if not meeting.attendance:
        found.append("Chưa ghi số người dự.")
    return found


def _reviewed(typing: Typing, row: MeetingRow, number: int, seen: dict[str, int]) -> ReviewedRow:
    route = None if row.answered_by_id else typing.route_of(row.field)
    unit_id = row.answered_by_id or (route.unit.unit_id if route else None)
    unit = typing.names.get(unit_id, "") if row.answered_by_id and unit_id else route.unit.name if route else ""
    notes = [f"Giống dòng {seen[key]}."] if (key := fold(row.content)) in seen and key else []
    seen.setdefault(key, number)
    if row.answer and unit_id != typing.meeting.unit_id:
        notes.append(f"{unit} trả lời tại chỗ; đơn vị tổ chức ghi nhận câu trả lời và chịu trách nhiệm về việc ghi.")
    return ReviewedRow(
        row=row,
        number=number,
        unit_id=unit_id,
        unit=unit,
        why="Người ghi biên bản chọn." if row.answered_by_id else route.why if route else "",
        problems=tuple(_row_problems(row, unit_id)),
        notes=tuple(notes),
    )


def _row_problems(row: MeetingRow, unit_id: UUID | None) -> list[str]:
    found = []
    if not row.content:
        found.append("Chưa có nội dung ý kiến.")
    if row.field_typed:
        found.append(f"Chưa rõ lĩnh vực “{row.field_typed}”.")
    if row.unit_typed:
        found.append(f"Chưa rõ cơ quan trả lời “{row.unit_typed}”.")
    if unit_id is None:
        found.append("Địa bàn này chưa có đơn vị nào trả lời; hãy chọn cơ quan trả lời.")
    return found


def unnamed(typing: Typing, field: str, unit: str) -> dict[str, str]:
    """Sentences, by cell, for words that name no field or no unit, or several."""
    found = {}
    picked_field, picked_unit = pick(field, field_options()), pick(unit, typing.units)
    if field and picked_field.option is None:
        found["field"] = sentence_of(picked_field, "lĩnh vực")
    if unit and picked_unit.option is None:
        found["unit"] = sentence_of(picked_unit, "cơ quan")
    return found
