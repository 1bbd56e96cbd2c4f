"""Matters that look like one: found, compared side by side, linked and unlinked, each with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.matters.actions import link_matters, unlink_matters
from danvan.matters.forms.linking import LinkForm, UnlinkForm
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.likeness import candidates, links_of


@login_required
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """Step one: what looks like it. Step two (`?voi=`): both texts side by side, and the form."""
    found = detail(code=code, by=request.by, on=today())  # type: ignore[attr-defined]
    beside = request.GET.get("voi", "")[:40]
    return _page(request, found, LinkForm(initial={"original": beside}), beside)


@login_required
@require_POST
def link(request: HttpRequest, code: str) -> HttpResponse:
    found = detail(code=code, by=request.by, on=today())  # type: ignore[attr-defined]
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            link_matters(matter_id=found.matter.pk, link=form.link(), by=request.by, at=now())  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            return _page(request, found, form, request.POST.get("original", ""), error.status)
        messages.success(request, _("Đã liên kết. Cả hai việc vẫn giữ nguyên người gửi, thời hạn và câu trả lời."))
        return redirect("matter-alike", found.matter.code)
    return _page(request, found, form, request.POST.get("original", ""), 422)


@login_required
@require_POST
def unlink(request: HttpRequest, code: str, link_id: UUID) -> HttpResponse:
    found = detail(code=code, by=request.by, on=today())  # type: ignore[attr-defined]
    form = UnlinkForm(request.POST)
    if not form.is_valid():
        return _page(request, found, LinkForm(), "", 422, unlinking=link_id, unlink_form=form)
    unlink_matters(link_id=link_id, reason=form.cleaned_data["reason"], by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("Đã bỏ liên kết; lần liên kết trước vẫn còn trong danh sách."))
    return redirect("matter-alike", found.matter.code)


def _page(
    request: HttpRequest, found: Detail, form: LinkForm, beside: str, status: int = 200, **more: Any
) -> HttpResponse:
    by, on, matter = request.by, today(), found.matter  # type: ignore[attr-defined]
    shown = candidates(content=matter.content, area_id=matter.area_id, by=by, on=on,
                       before=matter.received_on, leave_out=matter.pk)  # fmt: skip
    context = {
        "found": found,
        "form": form,
        "candidates": shown,
        "beside": next((one for one in shown if one.code == beside), None),
        "links": links_of(matter, by, on),
        "unlink_form": UnlinkForm(),
    }
    return render(request, "matters/desk/alike.html", context | more, status=status)
