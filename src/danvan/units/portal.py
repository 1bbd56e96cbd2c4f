"""What everybody may read: where a place went, which units there are, where the data come from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from danvan.base.clock import today
from danvan.base.rates import limit_reading
from danvan.units import catalogue
from danvan.units.access import Actor
from danvan.units.forms import DirectoryForm, LookUpForm
from danvan.units.kinds import AREA_SOURCES, Tree
from danvan.units.queries import Place, directory, lookup, search_areas

SEARCHES = 240
"""Each minute from one address: an office has one for all its people, and whoever types asks with every letter."""


@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> JsonResponse:
    """Today's places for what somebody is typing, by any name they ever had; the pages work without it."""
    limit_reading(request, "place-search", SEARCHES)
    found = [place for each in search_areas(request.GET.get("q", "")[:80], today()) for place in _of_today(each)]
    return JsonResponse({"places": list({place["id"]: place for place in reversed(found)}.values())[::-1]})


def _of_today(place: Place) -> list[dict[str, str]]:
    formerly = f"{place.name}, {place.within}" if place.ended_on else ""
    kept = [place] if place.ended_on is None else list(place.today)
    return [
        {"id": str(one.area_id), "name": one.name, "within": one.within, "level": one.level, "formerly": formerly}
        for one in kept
    ]


def look_up(request: HttpRequest) -> HttpResponse:
    """Any name a place ever had, and a day."""
    form = LookUpForm.asked(request.GET, today())
    on, typed = form.day(today()), form.typed()
    if typed:
        limit_reading(request, "place-search", SEARCHES)
    found, are_more = lookup.look_up(typed, on) if typed else ([], False)
    shown = {"form": form, "on": on, "typed": typed, "found": found, "are_more": are_more}
    return render(request, "units/portal/look_up.html", shown | {"data": catalogue.read_data_version()})


def area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    form = LookUpForm.asked(request.GET, today())
    shown = lookup.dossier(area_id, form.day(today()))
    context = {"area": shown, "form": form, "sources": AREA_SOURCES, "data": catalogue.read_data_version()}
    return render(request, "units/portal/area.html", context)


def sources(request: HttpRequest) -> HttpResponse:
    context = {
        "data": catalogue.read_data_version(),
        "sources": [(AREA_SOURCES.get(source.key, source.name), source) for source in catalogue.read_sources()],
        "acts": catalogue.read_acts(),
    }
    return render(request, "units/portal/sources.html", context)


def unit_list(request: HttpRequest) -> HttpResponse:
    """A tree on a day, two storeys at a time; or what a search found."""
    form = DirectoryForm.asked(request.GET, today())
    on, typed = form.day(today()), form.typed()
    tree = Tree((form.cleaned_data.get("tree") if form.is_valid() else "") or Tree.GOVERNMENT)
    shown = {"form": form, "on": on, "typed": typed, "tree": tree, "trees": directory.trees_on(on)}
    if typed:
        shown["found"] = directory.units_called(typed, on)
    else:
        shown["nodes"] = directory.tree_on(tree, on)
    return render(request, "units/portal/unit_list.html", shown)


def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    form = LookUpForm.asked(request.GET, today())
    on = form.day(today())
    shown = directory.unit_dossier(unit_id, by, on, today())
    nodes = directory.tree_on(Tree(shown.now.version.tree), on, under=unit_id) if shown.below else []
    return render(request, "units/portal/unit.html", {"unit": shown, "form": form, "nodes": nodes, "on": on})
