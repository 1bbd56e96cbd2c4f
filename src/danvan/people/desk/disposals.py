"""“Dữ liệu đã hủy”: how long each class of records is kept, and the batches that were destroyed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.people.desk.request import OfficerRequest
from danvan.people.kinds import RETENTION
from danvan.people.queries import disposals


@login_required
def show_all(request: OfficerRequest) -> HttpResponse:
    page = disposals(request.by, today(), after=request.GET.get("after", ""))
    return render(request, "people/desk/disposals.html", {"page": page, "classes": RETENTION.values()})
