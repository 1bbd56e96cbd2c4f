"""Checking the figures of a report somebody wrote: read, answered and forgotten; nothing is stored."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from danvan.base.errors import Refused, TooMany
from danvan.reports.forms import CheckForm

ACTION = "report_check"


def check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST or None, request.FILES or None)
    checked = None
    if request.method == "POST" and form.is_valid():
        limit(request)
        try:
            checked = _checked(form)
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
    context = {"form": form, "checked": checked}
    return render(request, "reports/portal/check.html", context, status=422 if form.errors else 200)


def limit(request: HttpRequest) -> None:
    if not consume(request, action=ACTION):
        raise TooMany("too-many", _("Bạn kiểm tra quá nhiều lần. Xin chờ ít phút rồi thử lại."))


def _checked(form: CheckForm) -> object:
    from danvan.reports.prose import check_file, check_text

    if file := form.cleaned_data["file"]:
        return check_file(file.name, file.read())
    return check_text(form.cleaned_data["text"])
