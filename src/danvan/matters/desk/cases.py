"""A case on the page of its matter: the acts of its procedure, what is known of it, and asking who denounced."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import day_of, now, today
from danvan.base.errors import Absent, Refused
from danvan.matters.actions import describe as put_right
from danvan.matters.actions import do
from danvan.matters.desk.matter import matter_page
from danvan.matters.forms.acts import ActForm, DescribeForm, OpeningForm
from danvan.matters.queries.case import CasePanel, case_panel
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.handing_over import receivers_of
from danvan.people.access import require_asking
from danvan.people.actions import ask_opening
from danvan.rules.procedure import ACTS
from danvan.units.access import Actor


def _case(request: HttpRequest, code: str) -> tuple[Detail, CasePanel]:
    by: Actor = request.by  # type: ignore[attr-defined]
    found = detail(code=code, by=by, on=today())
    panel = case_panel(found, by, today())
    if panel is None:
        raise Absent
    return found, panel


@login_required
@require_POST
def act(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Does one act, or shows the page again with what was typed and why it was refused."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found, panel = _case(request, code)
    if key not in ACTS:
        raise Absent
    form = _form(found, panel, key, request.POST, request.FILES)
    if not form.is_valid():
        return matter_page(request, found, panel=panel, act=form, status=422)
    try:
        do(case_id=panel.case.pk, key=key, done=form.done(), by=by, at=at, seen=form.cleaned_data["seen"])
    except Refused as error:
        return _refused(request, code, form, error)
    messages.success(request, _("Đã ghi: %(step)s.") % {"step": form.rule.done})
    return redirect("matter", found.matter.code)


def _form(found: Detail, panel: CasePanel, key: str, data: object, files: object) -> ActForm:
    rule = ACTS[key]
    receivers = receivers_of(found.matter, found.on) if "unit" in rule.needs else ()
    return ActForm(rule, panel, found.points, receivers, data, files)


def _refused(request: HttpRequest, code: str, form: ActForm, error: Refused) -> HttpResponse:
    """Somebody else was quicker, or the input is wrong: the newest page, with what was typed still in its place."""
    found, panel = _case(request, code)
    again = form
    if error.code == "stale":
        data = request.POST.copy()
        data[form.add_prefix("seen")] = str(found.current.steps_taken)
        again = _form(found, panel, form.rule.key, data, request.FILES)
        again.is_valid()
    again.add_error(again.field_for(error.field), error.sentence)
    return matter_page(request, found, panel=panel, act=again, status=error.status)


@login_required
@require_POST
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Puts right what is known of a case before it is accepted."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found, panel = _case(request, code)
    form = DescribeForm(panel, request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"criteria": frozenset(form.cleaned_data["criteria"])}
        try:
            put_right(case_id=panel.case.pk, by=by, at=at, **data)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            return matter_page(request, found, panel=panel, describe=form, status=error.status)
        messages.success(request, _("Đã ghi thông tin vụ việc."))
        return redirect("matter", found.matter.code)
    return matter_page(request, found, panel=panel, describe=form, status=422)


@login_required
@require_POST
def ask_identity(request: HttpRequest, code: str) -> HttpResponse:
    """Asks the two custodians to open who denounced; whoever asks is shown nothing of it here."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found, panel = _case(request, code)
    require_asking(by, panel.case.holder_id, day_of(at))
    if found.matter.identity_id is None:
        raise Absent(_("Người tố cáo không để lại danh tính."))
    form = OpeningForm(request.POST)
    if form.is_valid():
        asked = {"identity_id": found.matter.identity_id, "purpose": form.cleaned_data["purpose"]}
        try:
            ask_opening(**asked, by=by, unit_id=panel.case.holder_id, at=at)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            return matter_page(request, found, panel=panel, opening=form, status=error.status)
        messages.success(request, _("Đã gửi yêu cầu đến hai người giữ khóa."))
        return redirect("matter", found.matter.code)
    return matter_page(request, found, panel=panel, opening=form, status=422)
