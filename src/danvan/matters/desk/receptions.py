"""Reception days in numbers: the list with its form, correcting one, removing one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.matters.access import may_record, require_record
from danvan.matters.actions.receptions import correct_reception, record_reception, remove_reception
from danvan.matters.forms.reception import ReceptionForm, numbers_of
from danvan.matters.queries import receptions as queries
from danvan.matters.queries.reception_calendar import reminders
from danvan.units.access import Actor, require
from danvan.units.roles import Permission


@login_required
def reception_list(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.RECEPTION_RECORD if request.method == "POST" else Permission.SHEET_READ)
    form = ReceptionForm(request.POST or None, initial={"held_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_reception(reception=form.reception(), by=by, at=now(), key=form.cleaned_data["key"])
            return _recorded(request, form)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = queries.receptions(by=by, on=today(), after=after, before=before)
    totals = queries.totals_of_month(by=by, on=today())
    shown = {"form": form, "page": page, "totals": totals, "may_record": by.may(Permission.RECEPTION_RECORD),
             "reminders": reminders(by.unit_id, today()) if by.unit_id else []}  # fmt: skip
    return render(request, "matters/desk/reception_list.html", shown)


@login_required
def reception(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    found = queries.reception_of(reception_id, by=by, on=today())
    if request.method == "POST":
        require_record(by, found)
    form = ReceptionForm(request.POST or None, initial=numbers_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            correct_reception(reception_id=found.id, reception=form.reception(), by=by, at=now())
            return _recorded(request, form)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    shown = {"form": form, "reception": found, "may_record": may_record(by, found)}
    return render(request, "matters/desk/reception.html", shown)


@login_required
@require_POST
def reception_remove(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    remove_reception(reception_id=reception_id, by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("Đã xóa buổi tiếp ghi nhầm."))
    return redirect("reception-list")


def _recorded(request: HttpRequest, form: ReceptionForm) -> HttpResponse:
    messages.success(request, _("Đã ghi buổi tiếp công dân."))
    for doubt in form.doubts():
        messages.warning(request, doubt)
    return redirect("reception-list")
