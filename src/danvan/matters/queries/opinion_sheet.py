"""A spreadsheet of opinions as it would be loaded: every row judged in words, nothing written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from danvan.base import files
from danvan.base.errors import Absent, Invalid
from danvan.base.workbook import Sheet, Workbook, read_workbook
from danvan.matters.access import sheets_visible
from danvan.matters.kinds import Field, MeetingState, SheetColumn
from danvan.matters.models import Matter, Meeting, OpinionSheet
from danvan.matters.queries.answering import field_options, sentence_of
from danvan.matters.queries.sheet_cells import HEAD, Cells, text_of
from danvan.matters.queries.sheet_headings import Headings, find_headings, remembered
from danvan.matters.queries.sheet_places import Places
from danvan.rules.picking import pick
from danvan.rules.text import fold
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

OURS = {"huong dan", "danh muc"}
"""Sheets of our own template that hold no opinions."""
VERDICT = "Lỗi"
"""Heading of the column in which a file comes back; it is not read again."""
SHOWN = 200


@dataclass
class ReadMeeting:
    """One meeting of the file. `known` is the one that an earlier file or an officer already made of it."""

    title: str
    held_on: date
    place: str
    area_id: UUID
    area: str
    chair: str
    attendance: int
    first_row: int
    known: Meeting | None = None
    rows: list["ReadRow"] = field(default_factory=list)


@dataclass
class ReadRow:
    """One row of the file. `is_known`: the same words were loaded for the same meeting before, so it is passed over."""

    number: int
    errors: list[str]
    warnings: list[str]
    content: str = ""
    field: Field = Field.OTHER
    hamlet: str = ""
    unit_id: UUID | None = None
    unit: str = ""
    answer: str = ""
    answered_on: date | None = None
    is_known: bool = False

    @property
    def verdict(self) -> str:
        return "wrong" if self.errors else "known" if self.is_known else "good"


@dataclass
class ReadSheet:
    """`problem` says why no row could be read; then only the headings are known."""

    sheet: Sheet
    headings: Headings
    problem: str = ""
    rows: list[ReadRow] = field(default_factory=list)
    meetings: list[ReadMeeting] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[ReadRow]:
        return [row for row in self.rows if row.verdict == "good"]

    @property
    def wrong(self) -> list[ReadRow]:
        return [row for row in self.rows if row.verdict == "wrong"]

    @property
    def known(self) -> list[ReadRow]:
        return [row for row in self.rows if row.verdict == "known"]

    @property
    def to_look_at(self) -> list[ReadRow]:
        """Rows with an error or a warning, errors first; no more than a page can show."""
        told = [row for row in self.rows if row.errors or row.warnings]
        return sorted(told, key=lambda row: (not row.errors, row.number))[:SHOWN]

    @property
    def loading(self) -> list[ReadMeeting]:
        """The meetings that bring at least one good row."""
        return [meeting for meeting in self.meetings if any(row.verdict == "good" for row in meeting.rows)]

    @property
    def on_the_spot(self) -> int:
        return sum(bool(row.answer) for row in self.good)


def sheet_of(sheet_id: UUID, *, by: Actor, on: date) -> OpinionSheet:
    found = OpinionSheet.objects.filter(sheets_visible(by, on), pk=sheet_id).first()
    if found is None:
        raise Absent
    return found


def recent_sheets(*, by: Actor, on: date) -> list[OpinionSheet]:
    return list(OpinionSheet.objects.filter(sheets_visible(by, on)).order_by("-handed_in_at")[:20])


def stored_bytes(sheet: OpinionSheet) -> bytes:
    with files.open(sheet.digest) as stored:
        return stored.read()


def require_rows(data: bytes, *, unit_id: UUID) -> None:
    """Refuses at "file" what is no workbook, and one without anything in it."""
    _chosen(read_workbook(data), unit_id)


def judged_file(data: bytes, *, by: Actor, on: date) -> ReadSheet:
    """The verdict on a file of the actor's own unit; nothing of it is kept."""
    require(by, Permission.MEETING_RUN)
    if by.unit_id is None:
        raise Absent
    return read_opinions(data, unit_id=by.unit_id, on=on)


def read_opinions(data: bytes, *, unit_id: UUID, on: date) -> ReadSheet:
    """Every row of the file with its verdict; refuses at "file" what is no workbook."""
    book = read_workbook(data)
    sheet, headings = _chosen(book, unit_id)
    read = ReadSheet(sheet, headings, notices=_notices(book, sheet, headings))
    if headings.missing:
        names = ", ".join(f"“{column.label}”" for column in headings.missing)
        read.problem = f"Chưa thấy cột {names}. Hãy chỉ ra cột nào của tệp là cột đó."
        return read
    _Reader(read, Places(unit_id, on), unit_id, on).read(sheet)
    if not read.rows:
        read.problem = "Dưới dòng tiêu đề không có dòng nào."
    return read


def _chosen(book: Workbook, unit_id: UUID) -> tuple[Sheet, Headings]:
    """The first visible sheet that has all columns we need, else the one that has most of them."""
    known = remembered(unit_id)
    found = [(sheet, find_headings(sheet.rows, known)) for sheet in book.sheets if fold(sheet.name) not in OURS]
    if not found or not any(sheet.rows for sheet, _headings in found):
        raise Invalid("no-rows", "Tệp không có dòng nào.", "file")
    return max(found, key=lambda pair: (not pair[1].missing, len(pair[1].columns)))


def _notices(book: Workbook, chosen: Sheet, headings: Headings) -> list[str]:
    hidden = [name for name in book.hidden if fold(name) not in OURS]
    others = [sheet.name for sheet in book.sheets if sheet.name != chosen.name and fold(sheet.name) not in OURS]
    found = []
    if hidden:
        found.append(f"Không đọc trang ẩn: {_listed(hidden)}.")
    if others:
        found.append(f"Chỉ đọc trang “{chosen.name}”; không đọc: {_listed(others)}.")
    if unread := [word for word in headings.unread if word != VERDICT]:
        found.append(f"Không đọc và không lưu cột: {_listed(unread)}.")
    if chosen.unrolled:
        found.append("Có ô gộp: mỗi dòng được lấy giá trị của ô gộp chứa nó.")
    return found


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(f"“{name}”" for name in shown[:8]) + (f" và {len(shown) - 8} nữa" if len(shown) > 8 else "")


class _Reader:
    """Goes down the rows once; a row that leaves the meeting's cells empty belongs to the meeting above it."""

    def __init__(self, read: ReadSheet, places: Places, unit_id: UUID, on: date) -> None:
        self.result, self.places, self.unit_id, self.on = read, places, unit_id, on
        self.above: dict[SheetColumn, object] = {}
        self.meetings: dict[tuple[date, str, UUID, str], ReadMeeting] = {}
        self.said: dict[tuple[int, str], int] = {}

    def read(self, sheet: Sheet) -> None:
        headings = self.result.headings
        places = {index: column for column, index in headings.columns.items()}
        for index in range(headings.row + 1, len(sheet.rows)):
            cells = Cells(index + 1, {c: sheet.rows[index][i] for i, c in places.items() if i < len(sheet.rows[index])})
            content_at = headings.columns[SheetColumn.CONTENT]
            if cells.is_blank or (index, content_at) in sheet.unrolled:
                continue
            for column_at in sorted(places):
                if (index, column_at) in sheet.formulas:
                    cells.formula(places[column_at])
            self.result.rows.append(self._row(cells))
        self.result.meetings = list(self.meetings.values())
        self._compare_with_what_is_there()
        self._refuse_units_of_another_time()

    def _row(self, cells: Cells) -> ReadRow:
        self._inherit(cells)
        meeting = self._meeting(cells)
        row = ReadRow(cells.number, cells.errors, cells.warnings)
        row.content = cells.text(SheetColumn.CONTENT)
        if not row.content and not cells.errors:
            cells.errors.append("Chưa có nội dung ý kiến.")
        row.hamlet = cells.text(SheetColumn.HAMLET)
        row.field = self._field(cells)
        self._answer(cells, row, meeting)
        if meeting is not None:
            self._unit(cells, row, meeting)
            meeting.rows.append(row)
            first = self.said.setdefault((id(meeting), fold(row.content)), cells.number)
            if row.content and first != cells.number:
                cells.warnings.append(f"Nội dung giống dòng {first}.")
        return row

    def _inherit(self, cells: Cells) -> None:
        if any(text_of(cells.raw.get(column, "")) for column in (SheetColumn.HELD_ON, SheetColumn.TITLE)):
            self.above = {column: cells.raw.get(column, "") for column in HEAD}
        else:
            cells.raw |= {c: v for c, v in self.above.items() if not text_of(cells.raw.get(c, ""))}

    def _meeting(self, cells: Cells) -> ReadMeeting | None:
        held_on, title = self._held_on(cells), cells.text(SheetColumn.TITLE)
        if not title:
            cells.errors.append("Tên hội nghị: chưa ghi.")
        place, chair = cells.text(SheetColumn.PLACE), cells.text(SheetColumn.CHAIR)
        attendance = cells.people(SheetColumn.ATTENDANCE)
        area_id = self.places.area(cells, held_on)
        if held_on is None or not title or area_id is None:
            return None
        area = self.places.names[area_id]
        key = (held_on, fold(title), area_id, fold(place or area))
        if key not in self.meetings:
            self.meetings[key] = ReadMeeting(
                title, held_on, place or area, area_id, area, chair, attendance, cells.number
            )
        meeting = self.meetings[key]
        if meeting.attendance != attendance:
            cells.warnings.append(
                f"Số người dự khác dòng {meeting.first_row}; lấy {meeting.attendance} ở dòng {meeting.first_row}."
            )
        return meeting

    def _held_on(self, cells: Cells) -> date | None:
        """The day, if a meeting can have been held on it."""
        unread = len(cells.errors)
        day = cells.day(SheetColumn.HELD_ON)
        if day is None and len(cells.errors) == unread:
            cells.errors.append("Ngày họp: chưa ghi.")
        elif day and day > self.on:
            cells.errors.append("Ngày họp: ở sau hôm nay.")
        elif day and (self.on - day).days > 5 * 366:
            cells.errors.append("Ngày họp: quá 5 năm trước.")
        return day

    def _field(self, cells: Cells) -> Field:
        typed = cells.text(SheetColumn.FIELD)
        picked = pick(typed, field_options())
        if typed and picked.option is None:
            cells.errors.append(f"Lĩnh vực “{typed}”: {sentence_of(picked, 'lĩnh vực')}")
        return picked.option.key if picked.option else Field.OTHER

    def _answer(self, cells: Cells, row: ReadRow, meeting: ReadMeeting | None) -> None:
        row.answer, row.answered_on = cells.text(SheetColumn.ANSWER), cells.day(SheetColumn.ANSWERED_ON)
        if row.answered_on is None or meeting is None:
            return
        if not row.answer:
            cells.errors.append("Ngày trả lời: có ngày mà chưa có nội dung trả lời.")
        elif row.answered_on < meeting.held_on:
            cells.errors.append("Ngày trả lời: ở trước ngày họp.")
        elif row.answered_on > self.on:
            cells.errors.append("Ngày trả lời: ở sau hôm nay.")

    def _unit(self, cells: Cells, row: ReadRow, meeting: ReadMeeting) -> None:
        if typed := cells.text(SheetColumn.UNIT):
            picked = pick(typed, self.places.units(meeting.area_id))
            if picked.option:
                row.unit_id, row.unit = picked.option.key, picked.option.label
            else:
                cells.errors.append(f"Cơ quan trả lời “{typed}”: {sentence_of(picked, 'cơ quan')}")
        elif route := self.places.routes(meeting.area_id).get(row.field):
            row.unit_id, row.unit = route.unit.unit_id, route.unit.name
        else:
            cells.errors.append("Cơ quan trả lời: địa bàn này chưa có đơn vị nào; hãy ghi rõ.")
        if row.answer and row.unit_id not in {None, self.unit_id}:
            cells.warnings.append(f"{row.unit} trả lời; đơn vị nạp tệp chịu trách nhiệm về việc ghi nhận.")

    def _compare_with_what_is_there(self) -> None:
        days = {meeting.held_on for meeting in self.result.meetings}
        there = {
            (m.held_on, fold(m.title), m.area_id, fold(m.place)): m
            for m in Meeting.objects.filter(unit_id=self.unit_id, held_on__in=days)
        }
        said = set(
            Matter.objects.filter(meeting__in=list(there.values())).values_list("meeting_id", "content")
            if there
            else ()
        )
        for key, meeting in self.meetings.items():
            meeting.known = there.get(key)
            if meeting.known is None:
                continue
            for row in meeting.rows:
                if meeting.known.state == MeetingState.DRAFT:
                    row.errors.append("Hội nghị này đang được ghi trong hệ thống; hãy kết thúc ở đó, hoặc bỏ buổi đó.")
                row.is_known = (meeting.known.id, row.content) in said

    def _refuse_units_of_another_time(self) -> None:
        for meeting in self.result.meetings:
            for row in meeting.rows:
                owed_by = self.unit_id if row.answer else row.unit_id
                if owed_by and not row.errors and not self.places.unit_works_on(owed_by, meeting.held_on):
                    name = "Đơn vị nạp tệp" if row.answer else row.unit
                    row.errors.append(f"{name} chưa hoạt động vào ngày họp.")
