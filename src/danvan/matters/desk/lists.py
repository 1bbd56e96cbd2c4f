"""What there is to do today, and the lists."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from danvan.base.clock import today as day_today
from danvan.base.ids import read_code
from danvan.matters.forms.listing import ListForm
from danvan.matters.queries.inbox import FOLDERS, counted, listing
from danvan.matters.queries.places import places_to_choose
from danvan.matters.queries.reception_calendar import received_today
from danvan.matters.queries.today import today_of
from danvan.units.access import Actor
from danvan.units.queries.names import names_of
from danvan.units.roles import Permission

LISTED_FIRST = "waiting"


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in; who may not read matters is shown where their work lies."""
    by: Actor = request.by  # type: ignore[attr-defined]
    if not by.may(Permission.MATTER_READ):
        return render(request, "matters/desk/today_elsewhere.html")
    on = day_today()
    found = today_of(by=by, on=on)
    lanes = [(lane, counted(lane.number)) for lane in found.lanes]
    shown: dict[str, Any] = {"on": on, "found": found, "lanes": lanes}
    shown |= {"may_handle": by.may(Permission.MATTER_HANDLE), "may_take_in": by.may(Permission.MATTER_TAKE_IN)}
    if by.may(Permission.RECEPTION_RECORD):
        shown["received"] = received_today(by, on)
    return render(request, "matters/desk/today.html", shown)


@login_required
def matter_inbox(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    on, form = day_today(), ListForm(request.GET, day_today())
    filters = form.filters()
    if code := read_code(filters.text):
        return redirect("matter", code[1])
    if form.place_to_find:
        return _choose_place(request, form.place_to_find, on)
    key = request.GET.get("folder") or LISTED_FIRST
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = listing(by=by, on=on, folder=key, filters=filters, after=after, before=before)
    shown: dict[str, Any] = {"on": on, "form": form, "page": found.page, "filters": filters, "folder": found.folder}
    shown["tabs"] = [] if filters.text else _tabs(request, key, found.numbers)
    shown["chosen"] = _chosen(filters.unit_id, filters.area_id, on)
    shown["several_units"] = by.subtree or key == "sent" or bool(filters.text)
    shown["narrowing"] = _narrowing(request) if by.subtree and not filters.text else ""
    return render(request, "matters/desk/inbox.html", shown | {"may_take_in": by.may(Permission.MATTER_TAKE_IN)})


def _tabs(request: HttpRequest, current: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """The folders with how much lies in them; filters stay, the page does not."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    tabs = []
    for key, folder in FOLDERS.items():
        query["folder"] = key
        count = counted(numbers[key]) if numbers.get(key) else None
        tabs.append({"title": folder.title, "href": f"?{query.urlencode()}", "current": key == current, "count": count})
    return tabs


def _narrowing(request: HttpRequest) -> str:
    """What the address of this list narrowed to a unit begins with; the unit's id comes last."""
    query = request.GET.copy()
    for name in ("unit", "after", "before"):
        query.pop(name, None)
    return f"?{query.urlencode()}&unit=" if query else "?unit="


def _chosen(unit_id: Any, area_id: Any, on: date) -> list[tuple[str, str]]:
    """Names of the unit and the place the list is narrowed to, with the part of the address that says so."""
    if not unit_id and not area_id:
        return []
    names = names_of({unit_id} - {None}, {area_id} - {None}, on)
    return [(part, names.get(key, "")) for part, key in (("unit", unit_id), ("area", area_id)) if key]


def _choose_place(request: HttpRequest, typed: str, on: date) -> HttpResponse:
    """Without a script: one place of that name is taken, several are offered."""
    found = places_to_choose(typed, on)
    query = request.GET.copy()
    query.pop("place", None)
    links = []
    for place in found.shown:
        query["area"] = str(place.area_id)
        links.append((place, f"{reverse('matter-inbox')}?{query.urlencode()}"))
    if len(links) == 1:
        return redirect(links[0][1])
    return render(
        request, "matters/desk/choose_place.html", {"links": links, "typed": typed, "unserved": found.unserved}
    )
