"""What everybody may read: the working calendar, the terms of the law, and when something is due."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.base.errors import Invalid
from danvan.commitments.forms import DueForm
from danvan.commitments.terms import Counted, counted, terms
from danvan.commitments.year import year_of


def calendar(request: HttpRequest, year: int = 0) -> HttpResponse:
    return render(request, "commitments/portal/calendar.html", {"year": year_of(year or today().year)})


def rules(request: HttpRequest) -> HttpResponse:
    """The terms in force today; with `tat-ca` those of the past too."""
    shown = [term for term in terms(today()) if not term.is_past or "tat-ca" in request.GET]
    return render(request, "commitments/portal/rules.html", {"terms": shown, "with_past": "tat-ca" in request.GET})


def due(request: HttpRequest) -> HttpResponse:
    form, found = _counted(request)
    return render(request, "commitments/portal/due.html", {"form": form, "found": found})


def due_paper(request: HttpRequest) -> HttpResponse:
    """The same on a sheet for the printer; the form again where it cannot be counted."""
    form, found = _counted(request)
    page = "due_paper" if found else "due"
    return render(request, f"commitments/portal/{page}.html", {"form": form, "found": found})


def _counted(request: HttpRequest) -> tuple[DueForm, Counted | None]:
    """The form as it was sent, if it was; and the due day where it can be counted."""
    asked = "start" in request.GET
    form = DueForm(request.GET if asked else None, today=today(), initial=_initial(request))
    if not form.is_valid():
        return form, None
    given = form.cleaned_data
    try:
        return form, counted(given["rule"], given["start"], remote=given["remote"], complex_=given["complex"])
    except Invalid as error:
        form.add_error(error.field, error.sentence)
        return form, None


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"rule": request.GET.get("rule", ""), "start": today()}
