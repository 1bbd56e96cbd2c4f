"""Checking the figures of a report somebody wrote: read, answered and forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.base.errors import Invalid
from danvan.reports.checking import Reading, checked_file, limit
from danvan.reports.forms import CheckForm
from danvan.reports.prose import check_text


def check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    reading = None
    if form.is_bound and form.is_valid():
        limit(request)
        try:
            reading = _read(form)
        except Invalid as error:
            form.add_error(error.field or None, error.sentence)
    context = {"form": form, "reading": reading}
    return render(request, "reports/portal/check.html", context, status=422 if form.errors else 200)


def _read(form: CheckForm) -> Reading:
    if file := form.cleaned_data["file"]:
        return Reading(checked_file(file.name, file.read()))
    return Reading(check_text(form.cleaned_data["text"].replace("\r\n", "\n")))
