"""The intake desk: one page for each matter, the slip for who brought it, then the next."""

from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import VIETNAM, day_of, now
from danvan.base.errors import Absent, Refused
from danvan.base.handed_out import hand_out, handed_out
from danvan.matters.actions import MAX_CONTENT, receive_linked
from danvan.matters.forms.intake import IntakeForm, ProposalForm
from danvan.matters.forms.linking import ComparedForm
from danvan.matters.kinds import Intake
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.likeness import Candidate, candidates, sent_already
from danvan.matters.queries.proposing import own_place, proposed_for
from danvan.matters.queries.topics import SuggestedField, suggested_field
from danvan.outreach.queries import tracking_link
from danvan.rules.calendar import named
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

GIVEN = "taken-in"
KEPT = ("intake", "place_typed", "area")
"""What the next form begins with: people come in rows from one place, through one channel."""


@login_required
def take_in(request: HttpRequest) -> HttpResponse:
    by, at = request.by, now()  # type: ignore[attr-defined]
    require(by, Permission.MATTER_TAKE_IN)
    if request.method != "POST":
        return _page(request, IntakeForm(at=at, initial=_begin(request, by, at)), by, at)
    form = IntakeForm(request.POST, files=request.FILES, at=at)
    compared = ComparedForm(request.POST if "compared" in request.POST else None)
    has_compared = compared.is_bound and compared.is_valid()
    found = _alike(form, by, at) if form.is_valid() and not has_compared else []
    if form.is_valid() and (has_compared if compared.is_bound else not found):
        try:
            link = compared.chosen() if compared.is_bound else None
            received = receive_linked(said=form.said(), link=link, by=by, at=at, key=form.cleaned_data["key"])
        except Refused as error:
            found = _alike(form, by, at)
            form.add_error(_at_field(form, error.field), error.sentence)
        else:
            return _taken_in(request, form, received.matter.code, received.pin, at)
    status = 200 if found and not compared.is_bound else 422
    return _page(request, form, by, at, status, candidates=found, compared=compared)


def _alike(form: IntakeForm, by: Actor, at: datetime) -> list[Candidate]:
    """What to compare with before anything is written; nothing where this very form was sent before."""
    data = form.cleaned_data
    found = candidates(content=data["content"], area_id=data["area"], by=by, on=day_of(at))
    return [] if found and sent_already(data["key"], by) else found


def _taken_in(request: HttpRequest, form: IntakeForm, code: str, pin: str, at: datetime) -> HttpResponse:
    if pin:
        hand_out(request, GIVEN, about=code, secret=pin, at=at)
    else:
        messages.info(request, _("Việc này đã ghi rồi, mã %(code)s.") % {"code": code})
    request.session["intake"] = {name: str(form.cleaned_data[name]) for name in KEPT}
    return redirect("matter-take-in")


def _at_field(form: IntakeForm, field: str) -> str | None:
    field = "place_typed" if field == "area" else field
    return field if field in form.fields else None


def _begin(request: HttpRequest, by: Actor, at: datetime) -> dict[str, Any]:
    kept = {name: value for name, value in request.session.get("intake", {}).items() if value}
    begun: dict[str, Any] = {"intake": Intake.OFFICE, "received_on": f"{at.astimezone(VIETNAM):%d/%m/%Y}"}
    if "area" not in kept and (place := own_place(by, day_of(at))):
        begun |= {"area": place[0], "place_typed": place[1]}
    return begun | kept


def _page(
    request: HttpRequest, form: IntakeForm, by: Actor, at: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    given = handed_out(request, GIVEN, at)
    shown: dict[str, Any] = {"form": form, "given": given}
    if form.is_bound and not form.data.get("field"):
        found = suggested_field(form.data.get("content", "")[:MAX_CONTENT])
        shown["topic"] = _of_field(found) if found else ""
    if given:
        shown["taken"] = _own(given.about, by, at)
    return render(request, "matters/desk/take_in.html", shown | more, status=status)


def _own(code: str, by: Actor, at: datetime) -> Detail | None:
    try:
        return detail(code=code, by=by, on=day_of(at))
    except Absent:
        return None


@login_required
def proposed(request: HttpRequest) -> JsonResponse:
    """Who would answer and until when, or why nobody; asked by the page's script while somebody types."""
    require(request.by, Permission.MATTER_TAKE_IN)  # type: ignore[attr-defined]
    form = ProposalForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"message": ""})
    area_id, field, kind, received_on = form.asked()
    try:
        found = proposed_for(area_id, field, kind, received_on or day_of(now()))
    except Refused as error:
        return JsonResponse({"message": error.sentence})
    shown = {"unit": found.unit, "why": found.why, "due": named(found.due), "rule": found.rule}
    return JsonResponse(shown)


@login_required
@require_POST
def topic(request: HttpRequest) -> JsonResponse:
    """Which field the words suggest, asked by the page's script; posted, so that what people wrote is in no address."""
    require(request.by, Permission.MATTER_TAKE_IN)  # type: ignore[attr-defined]
    found = suggested_field(request.POST.get("content", "")[:MAX_CONTENT])
    if found is None:
        return JsonResponse({})
    return JsonResponse({"field": found.field, "sentence": _of_field(found)})


def _of_field(found: SuggestedField) -> str:
    told = _(
        "Gợi ý lĩnh vực: %(field)s (đúng khoảng %(share)s trong 100 lần tương tự), vì có chữ: %(words)s. Cán bộ chọn."
    )
    return told % {"field": found.field.label, "share": found.share, "words": ", ".join(found.words)}


@login_required
def slip(request: HttpRequest) -> HttpResponse:
    """Code, PIN and what happens next, on paper for who brought the matter."""
    at = now()
    given = handed_out(request, GIVEN, at)
    if given is None:
        messages.info(request, _("Mã PIN chỉ hiện trong 30 phút sau khi tiếp nhận."))
        return redirect("matter-take-in")
    found = detail(code=given.about, by=request.by, on=day_of(at))  # type: ignore[attr-defined]
    shown = {
        "found": found,
        "pin": given.secret,
        "link": tracking_link(given.about),
        "qr": qr_of(tracking_link(given.about)),
    }
    return render(request, "matters/desk/slip.html", shown)


def qr_of(link: str) -> SafeString:
    """Leads to the form that asks for the PIN; the PIN itself is in no link."""
    drawn = segno.make(link, error="m", micro=False)
    title = _("Mã QR mở trang tra cứu")
    return mark_safe(drawn.svg_inline(border=2, omitsize=True, svgclass="qr slip-qr", title=title))  # noqa: S308 -- drawn here
