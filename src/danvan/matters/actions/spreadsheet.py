"""Opinions from a spreadsheet: handed in, its columns named where they are unknown, loaded once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Refused
from danvan.base.files import put
from danvan.matters.access import require_load, sheets_visible
from danvan.matters.actions.opinions import BATCH, Opinion, take_in_opinions
from danvan.matters.kinds import MeetingState, SheetColumn
from danvan.matters.models import Matter, Meeting, OpinionSheet, SheetHeading
from danvan.matters.queries.opinion_sheet import ReadMeeting, ReadSheet, read_opinions, require_rows, stored_bytes
from danvan.matters.queries.sheet_headings import LONGEST_HEADING
from danvan.rules.text import fold, nfc
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_area, shard_of_unit
from danvan.units.roles import Permission

UNLOADED_FOR = timedelta(days=30)
"""How long a sheet is kept that nobody loaded."""
AFTERNOON = time(16)
"""When an answer was given of which only the day is known."""


@transaction.atomic
def hand_in(*, data: bytes, name: str, by: Actor, at: datetime) -> OpinionSheet:
    """Keeps a file of the actor's unit for the dry run; nothing of it is loaded yet.

    The same bytes are the same sheet: sent again, what the first one became is returned. Refuses at "file" what is no
    workbook.
    """
    require(by, Permission.MEETING_RUN)
    if by.unit_id is None:
        raise Absent
    require_rows(data, unit_id=by.unit_id)
    OpinionSheet.objects.filter(unit_id=by.unit_id, loaded_at__isnull=True, handed_in_at__lt=at - UNLOADED_FOR).delete()
    sheet, _new = OpinionSheet.objects.get_or_create(
        home_area=shard_of_unit(by.unit_id, day_of(at)), unit_id=by.unit_id, digest=put(data),
        defaults={"name": _file_name(name), "handed_in_by_id": by.post_id, "handed_in_at": at},
    )  # fmt: skip
    return sheet


def _file_name(name: str) -> str:
    path = PurePath(nfc(name).replace("\\", "/").replace("\x00", ""))
    return f"{path.stem[:110]}{path.suffix[:10]}" or "bảng tính.xlsx"


@transaction.atomic
def name_columns(*, sheet_id: UUID, columns: Mapping[str, SheetColumn | None], by: Actor, at: datetime) -> None:
    """Remembers for the unit which of our columns a heading means; None forgets it."""
    sheet = _own(sheet_id, by, at)
    for heading, column in columns.items():
        key = fold(heading)[:LONGEST_HEADING]
        if not key:
            continue
        SheetHeading.objects.filter(home_area=sheet.home_area, unit_id=sheet.unit_id, heading=key).delete()
        if column is not None:
            SheetHeading.objects.create(home_area=sheet.home_area, unit_id=sheet.unit_id, heading=key, column=column)


@transaction.atomic
def load_sheet(*, sheet_id: UUID, only_good: bool, by: Actor, at: datetime) -> OpinionSheet:
    """Turns the rows into matters of finished meetings, all in one transaction, and writes the receipt.

    A sheet that was loaded is returned as it is. Refuses rows with errors unless `only_good`, and a sheet without a
    single good row. Rows whose words an earlier file brought to the same meeting are passed over.
    """
    sheet = _own(sheet_id, by, at)
    if sheet.loaded_at is not None:
        return sheet
    read = read_opinions(stored_bytes(sheet), unit_id=sheet.unit_id, on=day_of(at))
    if read.problem:
        raise Refused("sheet-unread", read.problem)
    if read.wrong and not only_good:
        raise Refused("rows-wrong", f"Còn {len(read.wrong)} dòng lỗi. Hãy sửa tệp, hoặc chọn chỉ nạp dòng hợp lệ.")
    if not read.good:
        raise Refused("nothing-new", "Không có dòng nào để nạp: mọi dòng đều lỗi hoặc đã nạp trước đây.")
    sheet.rows_loaded = _load(read, sheet, by, at)
    sheet.meetings_loaded, sheet.rows_left_out = len(read.loading), len(read.rows) - sheet.rows_loaded
    sheet.loaded_at = at
    sheet.save()
    return sheet


@transaction.atomic
def load_file(*, data: bytes, name: str, only_good: bool, by: Actor, at: datetime) -> OpinionSheet:
    """Hands a file in and loads it at once, for whoever has looked at its verdicts before."""
    sheet = hand_in(data=data, name=name, by=by, at=at)
    return load_sheet(sheet_id=sheet.id, only_good=only_good, by=by, at=at)


def _own(sheet_id: UUID, by: Actor, at: datetime) -> OpinionSheet:
    rows = OpinionSheet.objects.select_for_update().filter(sheets_visible(by, day_of(at)), pk=sheet_id)
    sheet = rows.first()
    if sheet is None:
        raise Absent
    require_load(by, sheet)
    return sheet


def _load(read: ReadSheet, sheet: OpinionSheet, by: Actor, at: datetime) -> int:
    """Meetings that are there already get the new rows after their last one."""
    meetings = _meetings(read.loading, sheet, at)
    there = [meeting.known for meeting in read.loading if meeting.known]
    lasts = Matter.objects.filter(meeting__in=there).values("meeting_id").annotate(last=Max("row")).order_by()
    last_rows = {row["meeting_id"]: row["last"] for row in lasts}
    opinions = [
        (meeting, _opinions(each, count(last_rows.get(meeting.id, 0) + 1), sheet, at))
        for meeting, each in zip(meetings, read.loading, strict=True)
    ]
    return take_in_opinions(meetings=opinions, by=by, at=at)


def _meetings(loading: Sequence[ReadMeeting], sheet: OpinionSheet, at: datetime) -> list[Meeting]:
    shards = {key: shard_of_area(*key) for key in {(each.area_id, each.held_on) for each in loading}}
    rows = [
        each.known
        or Meeting(
            home_area=shards[each.area_id, each.held_on],
            unit_id=sheet.unit_id,
            title=each.title,
            held_on=each.held_on,
            place=each.place,
            area_id=each.area_id,
            chair=each.chair,
            attendance=each.attendance,
            state=MeetingState.FINISHED,
            created_at=at,
            finished_at=at,
        )
        for each in loading
    ]
    new = [row for row, each in zip(rows, loading, strict=True) if each.known is None]
    Meeting.objects.bulk_create(new, batch_size=BATCH)
    return rows


def _opinions(meeting: ReadMeeting, numbers: "count[int]", sheet: OpinionSheet, at: datetime) -> list[Opinion]:
    return [
        Opinion(
            row=next(numbers),
            content=row.content,
            field=row.field,
            hamlet=row.hamlet,
            unit_id=row.unit_id,
            unit=row.unit,
            answer=row.answer,
            answered_at=None
            if row.answered_on in {None, meeting.held_on}
            else min(at, datetime.combine(row.answered_on, AFTERNOON, VIETNAM)),
            source=f"tệp {sheet.name}, dòng {row.number}",
        )
        for row in meeting.rows
        if row.verdict == "good" and row.unit_id
    ]
