"""Operators enter what was decided about the calendar, and end units."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.commitments.actions import decide_day, decide_year, end_unit_and_pass_on
from danvan.commitments.forms import DayForm, EndUnitForm, YearForm
from danvan.commitments.queries import moved_by, open_at
from danvan.units.access import Actor, require
from danvan.units.kinds import Event
from danvan.units.queries.directory import takers_to_choose, unit_dossier
from danvan.units.roles import Permission

UNPROCESSABLE = 422


@login_required
def day(request: HttpRequest) -> HttpResponse:
    """First what the decision would do to running clocks; then, confirmed, the decision itself."""
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.CALENDAR_MANAGE)
    form = DayForm(request.POST or None, initial={"day": request.GET.get("day", ""), "working": "no"})
    if form.is_valid() and "confirm" in request.POST:
        given = form.cleaned_data
        decided = {name: given[name] for name in ("day", "reason", "decision")}
        moved = decide_day(**decided, working=form.is_working(), by=by, at=now())
        messages.success(request, _("Đã ghi. %(count)d việc đang mở đổi hạn.") % {"count": len(moved)})
        return redirect("calendar-year", given["day"].year)
    moved_then = moved_by(form.as_day()) if form.is_valid() and "change" not in request.POST else None
    shown = {"form": form, "moved": moved_then, "earlier": sum(m.is_earlier for m in moved_then or ())}
    return render(request, "commitments/desk/day.html", shown, status=UNPROCESSABLE if form.errors else 200)


@login_required
def year(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.CALENDAR_MANAGE)
    form = YearForm(request.POST or None, initial={"year": request.GET.get("year", "")})
    if form.is_valid():
        decide_year(**form.cleaned_data, by=by, at=now())
        messages.success(request, _("Đã ghi: lịch cả năm đã có văn bản quyết định."))
        return redirect("calendar-year", form.cleaned_data["year"])
    return render(request, "commitments/desk/year.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@login_required
def end_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """First what would go where; then, confirmed, the end of the unit and the passing on of what it owes."""
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.UNIT_MANAGE, unit_id, today())
    unit = unit_dossier(unit_id, by, today(), today())
    takers = takers_to_choose(unit.now.version, today())
    form = EndUnitForm(request.POST or None, takers=takers, initial={"on": today()})
    if form.is_valid() and "confirm" in request.POST and _ended(request, unit_id, form, by):
        return redirect("unit-page", unit_id)
    asked = form.is_valid() and "change" not in request.POST
    shown = {"form": form, "unit": unit, "owed": open_at(unit_id), "asked": asked}
    shown["taker"] = dict(takers).get(form.successor_id()) if asked else None  # type: ignore[arg-type]
    return render(request, "commitments/desk/end_unit.html", shown, status=UNPROCESSABLE if form.errors else 200)


def _ended(request: HttpRequest, unit_id: UUID, form: EndUnitForm, by: Actor) -> bool:
    """Whether it could be ended; the sentence stands in the form where it could not."""
    given = form.cleaned_data
    try:
        passed = end_unit_and_pass_on(
            unit_id=unit_id, successor_id=form.successor_id(), on=given["on"], event=Event(given["event"]),
            source=given["source"], by=by, at=now(),
        )  # fmt: skip
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    messages.success(request, _("Đã kết thúc đơn vị; %(count)d việc đang mở đã chuyển.") % {"count": passed})
    return True
