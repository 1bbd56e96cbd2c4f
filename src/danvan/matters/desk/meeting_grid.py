"""The grid of a listening meeting: its page, and keeping its rows with and without a script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.matters.actions.rows import SavedRow, save_rows
from danvan.matters.forms.meeting import SPARE_ROWS, cells_of, rows_from_json, rows_from_post, shown_rows
from danvan.matters.kinds import FIELD_CODES, Field
from danvan.matters.models import Meeting
from danvan.matters.queries.meetings import place_of
from danvan.matters.queries.review import Typing
from danvan.units.access import Actor


def headed(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "place": place_of(meeting, today())}


def grid(typing: Typing, rows: list[Any]) -> dict[str, Any]:
    fields = [(str(field.label), FIELD_CODES[field]) for field in Field]
    kept = len(typing.rows)
    return headed(typing.meeting) | {"rows": rows, "fields": fields, "units": typing.units, "kept": kept}


@login_required
@require_POST
def meeting_rows(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Keeps rows: as JSON from the page's script while they are typed, or all together from the form without it."""
    by: Actor = request.by  # type: ignore[attr-defined]
    if request.content_type == "application/json":
        return _autosave(request, meeting_id, by)
    rows = rows_from_post(request.POST)
    typing, saved = save_rows(meeting_id=meeting_id, rows=rows, by=by, at=now())
    if any(row.status in {"wrong", "conflict"} for row in saved):
        shown = shown_rows(typing, told=list(zip(rows, saved, strict=True)))
        return render(request, "matters/desk/meeting_grid.html", grid(typing, shown), status=422)
    match request.POST.get("then"):
        case "review":
            return redirect("meeting-review", meeting_id)
        case "more":
            return redirect(
                f"{reverse('meeting', args=[meeting_id])}?trong={SPARE_ROWS * 2}#dong-{len(typing.rows) + 1}"
            )
    messages.success(request, _("Đã lưu %(count)d dòng.") % {"count": len(typing.rows)})
    return redirect("meeting", meeting_id)


def _autosave(request: HttpRequest, meeting_id: UUID, by: Actor) -> JsonResponse:
    try:
        writer, rows = rows_from_json(request.body)
        typing, saved = save_rows(meeting_id=meeting_id, rows=rows, by=by, at=now(), writer=writer)
    except Refused as error:
        return JsonResponse({"code": error.code, "message": error.sentence}, status=error.status)
    return JsonResponse({"rows": [_told(typing, row) for row in saved], "keys": [row.key for row in typing.rows]})


def _told(typing: Typing, saved: SavedRow) -> dict[str, Any]:
    told: dict[str, Any] = {"key": saved.key, "status": saved.status, "errors": saved.errors}
    if saved.row and saved.status != "removed":
        told |= {"version": saved.row.version, "position": saved.row.position, "cells": cells_of(typing, saved.row)}
    return told
