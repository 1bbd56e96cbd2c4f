"""One matter: its page, its steps, the contact, the photos, the paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base import files
from danvan.base.clock import day_of, now, today
from danvan.base.errors import Absent, Refused
from danvan.base.papers.shown import shown
from danvan.matters.actions import act
from danvan.matters.forms.acts import case_forms
from danvan.matters.forms.desk import ContactForm, StepForm
from danvan.matters.queries.case import CasePanel, case_panel, told_by_acts
from danvan.matters.queries.detail import Detail, detail, photo_seen
from danvan.matters.queries.handing_over import Receivers, receivers_of
from danvan.outreach.actions import settle
from danvan.outreach.queries import tracking_link
from danvan.people.access import require_opening
from danvan.people.actions import open_for
from danvan.rules.ledger import MOVES
from danvan.units.access import Actor

ORDER = (
    "accept",
    "answer",
    "ask",
    "reply",
    "resume",
    "urge",
    "hand-over",
    "extend",
    "add",
    "confirm",
    "re-date",
    "cancel",
)
"""Buttons, what is mostly done first: the holder answers, who looks from above urges."""


@login_required
def matter(request: HttpRequest, code: str) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    return matter_page(request, detail(code=code, by=by, on=today()))


@login_required
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Takes one step, or shows the page again with what was typed and why it was refused."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found = detail(code=code, by=by, on=day_of(at))
    if verb not in MOVES or verb not in ORDER:
        raise Absent
    form = StepForm(verb, found, receivers_of(found.matter, day_of(at)), request.POST, request.FILES)
    if form.is_valid():
        try:
            act(matter_id=found.matter.id, verb=verb, words=form.words(), by=by, at=at, seen=form.cleaned_data["seen"])
        except Refused as error:
            return _refused(request, found.matter.code, form, error)
        messages.success(request, _("Đã ghi: %(step)s.") % {"step": form.move.done})
        return redirect("today") if request.POST.get("next") == "today" else redirect("matter", found.matter.code)
    return matter_page(request, found, form, status=422)


def _refused(request: HttpRequest, code: str, form: StepForm, error: Refused) -> HttpResponse:
    """Somebody else was quicker, or the input is wrong: the newest page, with what was typed still in its place."""
    by: Actor = request.by  # type: ignore[attr-defined]
    fresh = detail(code=code, by=by, on=today())
    again = form
    if error.code == "stale":
        data = request.POST.copy()
        data[form.add_prefix("seen")] = str(fresh.current.steps_taken)
        again = StepForm(form.verb, fresh, receivers_of(fresh.matter, today()), data, request.FILES)
        again.is_valid()
    again.add_error(error.field if error.field in again.fields else None, error.sentence)
    return matter_page(request, fresh, again, status=error.status)


def matter_page(
    request: HttpRequest, found: Detail, form: StepForm | None = None, *, panel: CasePanel | None = None,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page of a matter; whatever form failed stands in it with what was typed."""
    by: Actor = request.by  # type: ignore[attr-defined]
    verbs = [verb for verb in ORDER if verb in {move.verb for move in found.moves}]
    if not found.is_new:
        verbs = [verb for verb in verbs if verb != "accept"]
    panel = panel or case_panel(found, by, found.on)
    found = told_by_acts(found, panel) if panel else found
    acts = panel.open if panel else []
    hands_over = "hand-over" in verbs or any("unit" in rule.needs for rule in acts)
    receivers: Receivers = receivers_of(found.matter, found.on) if hands_over else ()
    forms = [form if form and form.verb == verb else StepForm(verb, found, receivers) for verb in verbs]
    context = {
        "found": found,
        "forms": forms,
        "failed": form or more.get("act") or more.get("describe") or more.get("opening"),
        "left_over": form.typed() if form and form.verb not in verbs else [],
        "open_verb": request.GET.get("buoc", ""),
        "contact_form": ContactForm(),
        "link": tracking_link(found.matter.code),
        "stopped_or_today": found.current.stopped_on or found.on,
    }
    if panel:
        context |= case_forms(panel, found, receivers, more)
    return render(request, "matters/desk/matter.html", context | more, status=status)


@login_required
@require_POST
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the sender's contact once, on this page only, with the reason on record."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found = detail(code=code, by=by, on=day_of(at))
    require_opening(by, found.current.owed_by_id, day_of(at))
    form = ContactForm(request.POST)
    if not found.matter.contact_id:
        raise Absent(_("Người gửi không để lại thông tin liên hệ."))
    if form.is_valid():
        try:
            plain = open_for(
                contact_id=found.matter.contact_id,
                by=by,
                reason=form.cleaned_data["reason"],
                unit_id=found.current.owed_by_id,
                at=at,
            )
            return matter_page(request, found, contact=plain, contact_form=form)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    return matter_page(request, found, contact_form=form, status=422)


@login_required
@require_POST
def reached(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """An officer has told the sender by hand."""
    settle(notice_id=notice_id, note=request.POST.get("note", ""), by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("Đã ghi: đã liên hệ với người gửi."))
    code = request.POST.get("code", "")
    return redirect("matter", code) if code else redirect("today")


@login_required
def photo(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A photo or paper as it was stored; the browser is told neither another type nor the name it once had."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = photo_seen(code=code, number=number, by=by, on=today())
    with files.open(found.digest) as file:
        return shown(file.read(), found.media_type, number)


@login_required
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The handling sheet on paper; no contact stands on it."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = detail(code=code, by=by, on=today())
    return render(request, "matters/desk/sheet.html", {"found": found, "link": tracking_link(found.matter.code)})
