"""Checking the figures of a written report; nothing of it is kept."""

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from danvan.reports.checking import MAX_FILE, MAX_TEXT, checked_file, limit
from danvan.reports.prose import Checked, check_text

router = Router(tags=["Báo cáo"])


class Text(Schema):
    text: str = Field(max_length=MAX_TEXT)


class FigureOut(Schema):
    start: int
    end: int
    text: str
    value: int | float
    unit: str | None
    counted: str | None
    qualifier: str | None


class FindingOut(Schema):
    rule: str
    message: str
    stated: int | float
    computed: int | float | None
    spans: list[list[int]]


class CheckedOut(Schema):
    """Offsets are code points of `text`, end excluded; nothing of it is kept."""

    file: str
    text: str
    figures: list[FigureOut]
    findings: list[FindingOut]
    notice: str = ""


@router.post("/check-report", response=CheckedOut, auth=None, summary="Kiểm tra số liệu trong một văn bản")
def check_report(request: HttpRequest, body: Text) -> Checked:
    limit(request)
    return check_text(body.text)


@router.post("/check-report/file", response=CheckedOut, auth=None, summary="Kiểm tra số liệu trong tệp .docx, .txt")
def check_report_file(request: HttpRequest, file: File[UploadedFile]) -> Checked:
    limit(request)
    return checked_file(file.name or "", file.read(MAX_FILE + 1))
