"""Opinions from Excel: the template, the dry run, naming columns, loading, the receipt."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Absent, Forbidden, Refused
from danvan.matters.access import may_load, require_load
from danvan.matters.actions.spreadsheet import hand_in, load_sheet, name_columns
from danvan.matters.documents.opinion_sheets import template, with_verdicts
from danvan.matters.forms.opinion_sheet import ColumnsForm, SheetForm
from danvan.matters.queries import opinion_sheet as queries
from danvan.matters.queries.sheet_places import lists_of
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def opinion_sheet_new(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.MEETING_RUN)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet = hand_in(data=file.read(), name=file.name, by=by, at=now())
            return redirect("opinion-sheet", sheet.id)
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
    recent = queries.recent_sheets(by=by, on=today())
    return render(request, "matters/desk/meeting_sheet_new.html", {"form": form, "recent": recent})


@login_required
def opinion_sheet_template(request: HttpRequest) -> FileResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.MEETING_RUN)
    return _file(template(lists_of(by=by, on=today())), "mau-y-kien.xlsx")


@login_required
def opinion_sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The receipt of a loaded file; else the verdict on every row, read anew from the stored bytes."""
    by: Actor = request.by  # type: ignore[attr-defined]
    sheet = queries.sheet_of(sheet_id, by=by, on=today())
    shown = {"sheet": sheet, "may_load": may_load(by, sheet)}
    if sheet.loaded_at is not None:
        return render(request, "matters/desk/meeting_sheet_loaded.html", shown)
    read = queries.read_opinions(queries.stored_bytes(sheet), unit_id=sheet.unit_id, on=today())
    columns = ColumnsForm(None, headings=read.headings)
    return render(request, "matters/desk/meeting_sheet.html", shown | {"read": read, "columns": columns})


@login_required
@require_POST
def opinion_sheet_columns(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    sheet = queries.sheet_of(sheet_id, by=by, on=today())
    require_load(by, sheet)
    read = queries.read_opinions(queries.stored_bytes(sheet), unit_id=sheet.unit_id, on=today())
    form = ColumnsForm(request.POST, headings=read.headings)
    if form.is_valid():
        name_columns(sheet_id=sheet.id, columns=form.meant(read.headings.words), by=by, at=now())
        return redirect("opinion-sheet", sheet.id)
    shown = {"sheet": sheet, "may_load": True, "read": read, "columns": form}
    return render(request, "matters/desk/meeting_sheet.html", shown, status=422)


@login_required
@require_POST
def opinion_sheet_load(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    only_good = request.POST.get("only_good") == "1"
    try:
        load_sheet(sheet_id=sheet_id, only_good=only_good, by=by, at=now())
    except (Absent, Forbidden):
        raise
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Đã nạp xong."))
    return redirect("opinion-sheet", sheet_id)


@login_required
def opinion_sheet_verdicts(request: HttpRequest, sheet_id: UUID) -> FileResponse:
    """The file as it was handed in, with a last column that says what is wrong with each row."""
    sheet = queries.sheet_of(sheet_id, by=request.by, on=today())  # type: ignore[attr-defined]
    read = queries.read_opinions(queries.stored_bytes(sheet), unit_id=sheet.unit_id, on=today())
    return _file(with_verdicts(read), f"loi-{sheet.name.rsplit('.', 1)[0]}.xlsx")


def _file(data: bytes, name: str) -> FileResponse:
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)
