"""Listening meetings and reception days for machines: the same actions and queries as the pages."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from danvan.base.clock import now, today
from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.actions.spreadsheet import load_file
from danvan.matters.queries.meetings import ListedMeeting, meeting_of, meetings, outcome
from danvan.matters.queries.opinion_sheet import ReadSheet, judged_file
from danvan.matters.queries.receptions import receptions
from danvan.units.access import Actor

meeting_router = Router(tags=["Buổi lắng nghe, tiếp công dân"])
TOLD = 1000
"""Rows with an error or a warning that one answer carries."""


class OfficerRequest(HttpRequest):
    by: Actor


class HeadIn(Schema):
    title: str
    held_on: date
    place: str
    area_id: UUID
    chair: str = Field(description="Chức danh, không phải họ tên")
    attendance: int = Field(0, description="Chỉ là số; 0: chưa đếm")
    began: time | None = None
    key: str = Field("", description="Khóa chống gửi trùng", max_length=40)


class MeetingOut(Schema):
    id: UUID
    unit: str
    title: str
    held_on: date
    place: str
    attendance: int
    state: str
    opinions: int
    on_the_spot: int
    open: int
    is_illustration: bool


class MeetingsOut(Schema):
    meetings: list[MeetingOut]
    next: str | None


class OpinionOut(Schema):
    row: int
    code: str
    content: str
    field: str
    place: str
    source: str
    state: str
    held_by: str
    due: date | None


class OutcomeOut(Schema):
    title: str
    held_on: date
    is_illustration: bool
    opinions: list[OpinionOut]
    next: int | None


class RowIn(Schema):
    key: str = Field(description="Do bên gửi đặt; gửi lại cùng khóa là sửa dòng đó")
    version: int = 0
    content: str = ""
    field: str = Field("", description="Mã, tên hoặc chữ không dấu")
    hamlet: str = ""
    unit: str = Field("", description="Để trống: hệ thống chọn theo địa bàn và lĩnh vực")
    answer: str = ""


class RowsIn(Schema):
    rows: list[RowIn] = Field(max_length=1000)


class RowOut(Schema):
    key: str
    status: str = Field(description="saved, removed, conflict, wrong")
    version: int | None
    errors: dict[str, str]


class JudgedRow(Schema):
    row: int
    verdict: str = Field(description="good, wrong, known")
    errors: list[str]
    warnings: list[str]


class ImportOut(Schema):
    dry_run: bool
    problem: str = ""
    rows: int = 0
    good: int = 0
    wrong: int = 0
    known: int = 0
    meetings: int = 0
    loaded: int = 0
    loaded_at: datetime | None = None
    sha256: str = ""
    notices: list[str] = []
    to_look_at: list[JudgedRow] = []


class ReceptionIn(Schema):
    held_on: date
    turns: int
    persons: int
    cases: int
    groups: int = 0
    led_by_head: bool = False
    source: str = ""
    key: str = Field("", description="Khóa chống gửi trùng", max_length=40)


class ReceptionOut(Schema):
    id: UUID
    held_on: date
    turns: int
    persons: int
    groups: int
    cases: int
    led_by_head: bool
    source: str
    is_illustration: bool


class ReceptionsOut(Schema):
    receptions: list[ReceptionOut]
    next: str | None


@meeting_router.get("/meetings", response=MeetingsOut, summary="Các buổi trong tầm nhìn, ngày mới trước")
def list_meetings(request: OfficerRequest, after: str = "") -> dict[str, Any]:
    page = meetings(by=request.by, on=today(), after=after)
    return {"meetings": [_listed(row) for row in page.rows], "next": page.next}


def _listed(row: ListedMeeting) -> dict[str, Any]:
    meeting, counts = row.meeting, row.counts
    return {
        "id": meeting.id, "unit": row.unit, "title": meeting.title, "held_on": meeting.held_on,
        "place": meeting.place, "attendance": meeting.attendance, "state": meeting.state, "opinions": counts.said,
        "on_the_spot": counts.on_the_spot, "open": counts.open, "is_illustration": meeting.is_illustration,
    }  # fmt: skip


@meeting_router.post("/meetings", response={201: dict[str, UUID]}, summary="Lập một buổi của đơn vị mình")
def create_meeting(request: OfficerRequest, data: HeadIn) -> Status[dict[str, UUID]]:
    head = Head(**data.dict(exclude={"key"}))
    return Status(201, {"id": new_meeting(head=head, by=request.by, at=now(), key=data.key).id})


@meeting_router.post("/meetings/import", response=ImportOut, summary="Nạp ý kiến từ tệp .xlsx, hoặc chỉ kiểm tra")
def import_opinions(
    request: OfficerRequest, *, file: File[UploadedFile], dry_run: Form[bool] = True, only_good: Form[bool] = False
) -> dict[str, Any]:
    if dry_run:
        return {"dry_run": True, **_judged(judged_file(file.read(), by=request.by, on=today()))}
    sheet = load_file(data=file.read(), name=file.name or "", only_good=only_good, by=request.by, at=now())
    return {
        "dry_run": False, "loaded": sheet.rows_loaded, "rows": sheet.rows_loaded + sheet.rows_left_out,
        "meetings": sheet.meetings_loaded, "loaded_at": sheet.loaded_at, "sha256": sheet.digest,
    }  # fmt: skip


def _judged(read: ReadSheet) -> dict[str, Any]:
    told = [row for row in read.rows if row.errors or row.warnings][:TOLD]
    return {
        "problem": read.problem, "rows": len(read.rows), "good": len(read.good), "wrong": len(read.wrong),
        "known": len(read.known), "meetings": len(read.loading), "notices": read.notices,
        "to_look_at": [{"row": row.number, "verdict": row.verdict, "errors": row.errors, "warnings": row.warnings}
                       for row in told],
    }  # fmt: skip


@meeting_router.get("/meetings/{meeting_id}", response=OutcomeOut, summary="Một buổi và từng ý kiến của buổi đó")
def show_meeting(request: OfficerRequest, meeting_id: UUID, after: int = 0) -> dict[str, Any]:
    meeting = meeting_of(meeting_id, by=request.by, on=today())
    shown = outcome(meeting, today(), after)
    rows = [
        {"row": m.row, "code": m.code, "content": m.content, "field": m.field, "place": m.place, "source": m.source,
         "state": m.current.state, "held_by": held.holder, "due": m.current.due}
        for held in shown.matters
        for m in (held.matter,)
    ]  # fmt: skip
    return {
        "title": meeting.title, "held_on": meeting.held_on, "is_illustration": meeting.is_illustration,
        "opinions": rows, "next": shown.next,
    }  # fmt: skip


@meeting_router.post("/meetings/{meeting_id}/rows", response=list[RowOut], summary="Ghi hoặc sửa các dòng")
def write_rows(request: OfficerRequest, meeting_id: UUID, data: RowsIn) -> list[dict[str, Any]]:
    rows = [TypedRow(**row.dict()) for row in data.rows]
    _typing, saved = save_rows(meeting_id=meeting_id, rows=rows, by=request.by, at=now())
    return [
        {"key": row.key, "status": row.status, "version": row.row.version if row.row else None, "errors": row.errors}
        for row in saved
    ]


@meeting_router.post("/meetings/{meeting_id}/finish", response=OutcomeOut, summary="Kết thúc và chuyển các ý kiến")
def finish(request: OfficerRequest, meeting_id: UUID) -> dict[str, Any]:
    finish_meeting(meeting_id=meeting_id, by=request.by, at=now())
    return show_meeting(request, meeting_id)


@meeting_router.get("/receptions", response=ReceptionsOut, summary="Các buổi tiếp công dân trong tầm nhìn")
def list_receptions(request: OfficerRequest, after: str = "") -> dict[str, Any]:
    page = receptions(by=request.by, on=today(), after=after)
    return {"receptions": [row.day for row in page.rows], "next": page.next}


@meeting_router.post("/receptions", response={201: ReceptionOut}, summary="Ghi một buổi tiếp công dân")
def create_reception(request: OfficerRequest, data: ReceptionIn) -> Status[Any]:
    reception = SessionNumbers(**data.dict(exclude={"key"}))
    return Status(201, record_reception(reception=reception, by=request.by, at=now(), key=data.key))
