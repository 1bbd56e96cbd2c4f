"""The papers of a listening meeting: minutes, and the answer sheet on the screen, on paper and in Word."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.base.official import RENDERINGS, Paper
from danvan.matters.documents.answer_sheet import answer_paper
from danvan.matters.documents.minutes import minutes_paper
from danvan.matters.models import Meeting
from danvan.matters.queries.meetings import meeting_of
from danvan.matters.queries.minutes import answer_sheet, minutes_of


@login_required
def meeting_minutes(request: HttpRequest, meeting_id: UUID) -> FileResponse:
    found = _seen(request, meeting_id)
    return _word(minutes_paper(minutes_of(found, today())), f"bien-ban-{found.held_on:%Y-%m-%d}.docx")


@login_required
def meeting_answers(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    found = _seen(request, meeting_id)
    shown = {"meeting": found, "sheet": answer_sheet(found, today())}
    return render(request, "matters/desk/meeting_answers.html", shown)


@login_required
def meeting_answers_docx(request: HttpRequest, meeting_id: UUID) -> FileResponse:
    found = _seen(request, meeting_id)
    return _word(answer_paper(answer_sheet(found, today())), f"phieu-tra-loi-{today():%Y-%m-%d}.docx")


def _seen(request: HttpRequest, meeting_id: UUID) -> Meeting:
    return meeting_of(meeting_id, by=request.by, on=today())  # type: ignore[attr-defined]


def _word(paper: Paper, name: str) -> FileResponse:
    media_type, render_as = RENDERINGS["docx"]
    return FileResponse(BytesIO(render_as(paper)), as_attachment=True, filename=name, content_type=media_type)
