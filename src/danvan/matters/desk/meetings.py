"""Listening meetings at the desk: the list, the head, the grid, the review, and what came of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.matters.access import may_run, require_run
from danvan.matters.actions.meetings import (
    change_head,
    conclude,
    discard_meeting,
    finish_meeting,
    new_meeting,
)
from danvan.matters.desk.meeting_grid import grid, headed
from danvan.matters.forms.meeting import SPARE_ROWS, ConclusionForm, HeadForm, head_of, shown_rows
from danvan.matters.kinds import MeetingState
from danvan.matters.models import Meeting
from danvan.matters.queries import meetings as queries
from danvan.matters.queries.review import Typing, review
from danvan.units.access import Actor, require
from danvan.units.roles import Permission


@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.MATTER_READ)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = queries.meetings(by=by, on=today(), after=after, before=before)
    shown = {"page": page, "may_run": by.may(Permission.MEETING_RUN)}
    return render(request, "matters/desk/meeting_list.html", shown)


@login_required
def meeting_new(request: HttpRequest) -> HttpResponse:
    """The head comes filled in as at the last meeting: most units hold the same one again and again."""
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.MEETING_RUN)
    areas = queries.areas_for_meetings(by.unit_id, today()) if by.unit_id else []
    last = queries.last_meeting(by=by)
    known = {name: head_of(last)[name] for name in ("title", "place", "chair", "area")} if last else {}
    form = HeadForm(request.POST or None, areas=areas, initial={"held_on": today(), **known})
    if form.is_valid():
        try:
            meeting = new_meeting(head=form.head(), by=by, at=now(), key=form.cleaned_data["key"])
            return redirect("meeting", meeting.id)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    return render(request, "matters/desk/meeting_head.html", {"form": form})


@login_required
def meeting_head(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    meeting = _own(request, meeting_id)
    areas = queries.areas_for_meetings(meeting.unit_id, today())
    form = HeadForm(request.POST or None, areas=areas, initial=head_of(meeting))
    if form.is_valid():
        try:
            change_head(meeting_id=meeting.id, head=form.head(), by=by, at=now())
            return redirect("meeting", meeting.id)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    return render(request, "matters/desk/meeting_head.html", {"form": form, "meeting": meeting})


@login_required
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The grid for whoever writes it down, its rows for whoever looks on, what came of it once it is finished."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = queries.meeting_of(meeting_id, by=by, on=today())
    if found.state == MeetingState.FINISHED:
        return _outcome(request, found)
    typing = Typing(found, today())
    if not may_run(by, found):
        return render(request, "matters/desk/meeting_rows.html", headed(found) | {"review": review(typing)})
    spare = _small_number(request.GET.get("trong", ""), SPARE_ROWS, 500)
    return render(request, "matters/desk/meeting_grid.html", grid(typing, shown_rows(typing, spare=spare)))


@login_required
def meeting_review(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Everything once more before it is sent on; pressing the button twice does it once."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = _own(request, meeting_id)
    if found.state == MeetingState.FINISHED:
        return redirect("meeting", found.id)
    form = ConclusionForm(request.POST or None, initial={"conclusion": found.conclusion})
    if form.is_valid():
        try:
            act = conclude if request.POST.get("then") == "save" else finish_meeting
            act(meeting_id=found.id, conclusion=form.cleaned_data["conclusion"], by=by, at=now())
            return redirect("meeting", found.id)
        except Refused as error:
            form.add_error(None, error.sentence)
    shown = headed(found) | {"form": form, "review": review(Typing(found, today()))}
    return render(request, "matters/desk/meeting_review.html", shown)


@login_required
@require_POST
def meeting_discard(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    discard_meeting(meeting_id=meeting_id, by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("Đã bỏ buổi chưa có ý kiến nào."))
    return redirect("meeting-list")


def _own(request: HttpRequest, meeting_id: UUID) -> Meeting:
    """A meeting to write in."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = queries.meeting_of(meeting_id, by=by, on=today())
    require_run(by, found)
    return found


def _outcome(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    after = _small_number(request.GET.get("sau", ""), 0, 1_000_000)
    return render(request, "matters/desk/meeting.html", {"outcome": queries.outcome(meeting, today(), after)})


def _small_number(typed: str, otherwise: int, most: int) -> int:
    return min(int(typed), most) if typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise
