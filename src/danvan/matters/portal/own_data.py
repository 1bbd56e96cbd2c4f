"""“Dữ liệu của tôi”: what is kept about the sender, a copy to take away, and erasure."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from danvan.base.clock import day_of, now
from danvan.base.errors import Absent, Refused
from danvan.matters.actions import copy_of_own, erase_own_contact
from danvan.matters.forms.portal import EraseForm
from danvan.matters.portal.grants import granted
from danvan.matters.portal.privacy import limit, private
from danvan.matters.queries.own_data import own_contacts, own_turns
from danvan.matters.queries.tracking import Tracked, tracked

TYPES = {"json": "application/json", "html": "text/html; charset=utf-8"}


@private
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Tells what is kept; erasing is asked for here, with a reason."""
    story = _story(request, token)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            limit(request, "matter_add")
            kept = erase_own_contact(matter=story.matter, reason=form.cleaned_data["reason"], at=now())
        except Refused as error:
            form.add_error("reason" if error.field == "reason" else None, error.sentence)
            return _page(request, token, story, form, error.status)
        else:
            return _done(request, token, kept)
    return _page(request, token, story, form, 422 if form.errors else 200)


@private
@require_POST
@sensitive_variables()
def copy(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The copy as a file: a page to read, or JSON for machines."""
    if kind not in TYPES:
        raise Absent
    story = _story(request, token)
    limit(request, "matter_add")
    made = copy_of_own(matter=story.matter, at=now())
    response = HttpResponse(made.json if kind == "json" else made.html, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi.{kind}"'
    return response


def _story(request: HttpRequest, token: str) -> Tracked:
    at = now()
    return tracked(granted(request, token, at), day_of(at))


def _done(request: HttpRequest, token: str, kept: str) -> HttpResponse:
    if kept:
        messages.info(request, _("Chưa xóa được: %(why)s") % {"why": kept})
    else:
        messages.success(request, _("Đã xóa thông tin liên hệ. Từ nay chỉ tra cứu được bằng mã và PIN."))
    return redirect("matter-story", token)


def _page(request: HttpRequest, token: str, story: Tracked, form: forms.Form, status: int) -> HttpResponse:
    shown = {"story": story, "token": token, "form": form, "turns": own_turns(story.matter),
             "is_kept": bool(own_contacts(story.matter))}  # fmt: skip
    return render(request, "matters/portal/own_data.html", shown, status=status)
