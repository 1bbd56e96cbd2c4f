"""How the whole tree is doing, on one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.reports.forms import chosen
from danvan.reports.pictures import pictures
from danvan.reports.queries import overview_page
from danvan.reports.request import OfficerRequest


@login_required
def show(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.GET, request.by, today())
    page = overview_page(request.by, choice.unit_id, choice.regime, choice.period, today())
    return render(request, "reports/desk/overview.html", {"page": pictures(page), "choice": choice})
