"""Operators add units, change them from a day on, and load many from a spreadsheet."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base import files
from danvan.base.clock import now, today
from danvan.base.errors import Absent, Refused
from danvan.units.access import require
from danvan.units.actions import add_unit, change_unit, load_agencies, read_agencies
from danvan.units.desk.request import OfficerRequest
from danvan.units.forms import SheetForm, UnitChangeForm, UnitForm, add_refusal
from danvan.units.queries import directory
from danvan.units.roles import Permission
from danvan.units.workbook import template, with_verdicts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE = 422


@login_required
def add(request: OfficerRequest, unit_id: UUID) -> HttpResponse:
    """A unit below the one in the address."""
    require(request.by, Permission.UNIT_MANAGE, unit_id, today())
    above = directory.unit_dossier(unit_id, request.by, today(), today())
    form = UnitForm(
        request.POST or None,
        areas=directory.areas_to_choose(request.by, today()),
        initial={"level": above.now.version.level, "valid_from": today()},
    )
    if form.is_valid():
        try:
            added = add_unit(facts=form.facts(above.key, above.now.version.tree), by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã thêm đơn vị."))
            return redirect("unit-page", added)
    return _form_page(request, "unit_form", form, unit=above)


@login_required
def change(request: OfficerRequest, unit_id: UUID) -> HttpResponse:
    require(request.by, Permission.UNIT_MANAGE, unit_id, today())
    shown = directory.unit_dossier(unit_id, request.by, today(), today())
    version = shown.now.version
    known = {name: getattr(version, name) for name in ("name", "short_name", "symbol")}
    form = UnitChangeForm(
        request.POST or None,
        parents=directory.parents_to_choose(request.by, version, today()),
        initial={"on": today(), "parent": version.parent_id, **known},
    )
    if form.is_valid():
        try:
            change_unit(unit_id=unit_id, change=form.change(), by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã ghi thay đổi của đơn vị."))
            return redirect("unit-page", unit_id)
    return _form_page(request, "unit_change", form, unit=shown)


@login_required
def hand_in(request: OfficerRequest) -> HttpResponse:
    """Checks a spreadsheet row by row; the file is kept for a day, so that loading it needs no second choosing."""
    require(request.by, Permission.UNIT_MANAGE)
    form = SheetForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _form_page(request, "unit_load", form)
    data = form.cleaned_data["file"].read()
    try:
        verdicts = read_agencies(data, by=request.by, on=today())
    except Refused as error:
        add_refusal(form, error.field, error.sentence)
        return _form_page(request, "unit_load", form)
    wrong = [verdict for verdict in verdicts if verdict.facts is None]
    shown = {"form": form, "verdicts": verdicts, "wrong": wrong, "digest": files.put(data)}
    return render(request, "units/desk/unit_load.html", shown)


@login_required
@require_POST
def load(request: OfficerRequest) -> HttpResponse:
    require(request.by, Permission.UNIT_MANAGE)
    loaded = load_agencies(data=_kept(request), by=request.by, at=now())
    messages.success(request, _("Đã nạp %(count)d đơn vị.") % {"count": loaded})
    return redirect("unit-list")


@login_required
@require_POST
def verdicts(request: OfficerRequest) -> HttpResponse:
    """The file that was handed in, with a column that says what is wrong in each row."""
    require(request.by, Permission.UNIT_MANAGE)
    return _download(with_verdicts(read_agencies(_kept(request), by=request.by, on=today())), "don-vi-co-loi.xlsx")


def _kept(request: OfficerRequest) -> bytes:
    try:
        with files.open(request.POST.get("digest", "")) as file:
            return file.read()
    except Absent as error:
        raise Refused("file-gone", _("Tệp đã quá một ngày nên không còn giữ. Xin nộp lại tệp.")) from error


@login_required
def blank(request: OfficerRequest) -> HttpResponse:
    require(request.by, Permission.UNIT_MANAGE)
    return _download(template(*directory.names_for_template(request.by, today())), "mau-don-vi.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(data, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _form_page(
    request: OfficerRequest, page: str, form: UnitForm | UnitChangeForm | SheetForm, **more: object
) -> HttpResponse:
    shown = {"form": form, **more}
    return render(request, f"units/desk/{page}.html", shown, status=UNPROCESSABLE if form.errors else 200)
