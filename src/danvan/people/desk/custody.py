"""“Giữ khóa danh tính”: who keeps a key of the unit, one's own key, and what a leader does about them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.people import actions
from danvan.people.desk.request import OfficerRequest
from danvan.people.forms import AppointForm, EndForm, add_refusal
from danvan.people.kinds import Side
from danvan.people.queries import keepers
from danvan.people.queries.openings import waiting_for

UNPROCESSABLE = 422


@login_required
def home(request: OfficerRequest) -> HttpResponse:
    """Leads to the custody that concerns whoever asks; tells who is none of it what this is about."""
    units = keepers.custodies_of(request.by, today())
    if units:
        return redirect("custody", units[0])
    return render(request, "people/desk/no_custody.html", {"waiting": waiting_for(request.by, now())})


@login_required
def show(request: OfficerRequest, unit_id: UUID) -> HttpResponse:
    page = keepers.custody_page(unit_id, by=request.by, on=today())
    people = keepers.candidates(unit_id, today()) if page.may_appoint else ()
    names = [(one.pk, f"{one.full_name} ({one.username})") for one in people]
    form = AppointForm(request.POST or None, people=names)
    if form.is_valid():
        account_id, side = int(form.cleaned_data["account"]), Side(form.cleaned_data["side"])
        try:
            made = actions.appoint_custodian(unit_id=unit_id, account_id=account_id, side=side, by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            told = _("Đã giao %(name)s giữ khóa. Người này phải tự đặt cụm mật khẩu thì mới có khóa.")
            messages.success(request, told % {"name": made.account.full_name})
            return redirect("custody", unit_id)
    others = keepers.other_custodies(unit_id, by=request.by, on=today())
    shown = {"page": page, "form": form, "others": others, "waiting": waiting_for(request.by, now())}
    return render(request, "people/desk/custody.html", shown, status=UNPROCESSABLE if form.errors else 200)


@login_required
def end(request: OfficerRequest, custodian_id: int) -> HttpResponse:
    custodian, alone = keepers.ending(custodian_id, by=request.by, on=today())
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        knowing = form.cleaned_data["knowing"]
        try:
            actions.end_custody(custodian_id=custodian_id, by=request.by, at=now(), knowing=knowing)
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã thôi giữ khóa."))
            return redirect("custody-home")
    shown = {"custodian": custodian, "alone": alone, "form": form}
    return render(request, "people/desk/end.html", shown, status=UNPROCESSABLE if form.errors else 200)
