"""The papers of a listening meeting: minutes, and the answer sheet on the screen, on paper and in Word."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.matters.documents.answer_sheet import answer_sheet_docx
from danvan.matters.documents.minutes import minutes_docx
from danvan.matters.models import Meeting
from danvan.matters.queries.meetings import meeting_of
from danvan.matters.queries.minutes import answer_sheet, minutes_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
def meeting_minutes(request: HttpRequest, meeting_id: UUID) -> FileResponse:
    found = _seen(request, meeting_id)
    return _word(minutes_docx(minutes_of(found, today())), f"bien-ban-{found.held_on:%Y-%m-%d}.docx")


@login_required
def meeting_answers(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _seen(request, meeting_id)
    shown = {"meeting": found, "sheet": answer_sheet(found, today())}
    return render(request, "matters/desk/meeting_answers.html", shown)


@login_required
def meeting_answers_docx(request: HttpRequest, meeting_id: UUID) -> FileResponse:
    found = _seen(request, meeting_id)
    return _word(answer_sheet_docx(answer_sheet(found, today())), f"phieu-tra-loi-{today():%Y-%m-%d}.docx")


def _seen(request: HttpRequest, meeting_id: UUID) -> Meeting:
    return meeting_of(meeting_id, by=request.by, on=today())  # type: ignore[attr-defined]


def _word(data: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=DOCX)
