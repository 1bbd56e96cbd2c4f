"""When and where leaders receive citizens: for everybody, without signing in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.base.errors import Absent
from danvan.base.rates import limit_reading
from danvan.matters.queries.reception_calendar import published, publishers
from danvan.units.queries import unit_names

SEARCHES = 240


def units(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:80]
    if typed:
        limit_reading(request, "place-search", SEARCHES)
    shown = {"typed": typed, "units": publishers(today(), typed)}
    return render(request, "matters/portal/reception_units.html", shown)


def days(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    name = unit_names({unit_id}, today()).get(unit_id)
    if name is None:
        raise Absent
    shown = {"unit": name, "slots": published(unit_id, today())}
    return render(request, "matters/portal/reception_days.html", shown)
