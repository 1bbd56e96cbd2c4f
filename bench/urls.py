"""The pages of danvan, and beside them the two barest that its speed is measured against."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from danvan.base.clock import now
from danvan.base.models import NightJob
from danvan.web.urls import *  # noqa: F403 -- everything danvan serves
from danvan.web.urls import urlpatterns as served


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """The frame of the desk with nothing in it."""
    return render(request, "web/desk.html", {})


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """A view that inserts one row."""
    NightJob.objects.create(name=request.POST["name"], last_run_at=now())
    return HttpResponse(status=201)


urlpatterns = [*served, path("bench/bare/", bare), path("bench/insert/", insert)]
