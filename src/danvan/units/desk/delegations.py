"""The holder of a post lets a colleague act in it for some days, and takes that back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.units import actions
from danvan.units.desk.request import OfficerRequest
from danvan.units.forms import DelegationForm, add_refusal
from danvan.units.queries import accounts

UNPROCESSABLE = 422


@login_required
def show(request: OfficerRequest) -> HttpResponse:
    """What was given and received, and the form for the post one acts in."""
    colleagues = accounts.colleagues(request.by, today()) if request.by.unit_id else []
    form = DelegationForm(request.POST or None, colleagues=colleagues, initial={"valid_from": today()})
    if form.is_valid():
        given = {"valid_from": form.cleaned_data["valid_from"], "reason": form.cleaned_data["reason"]}
        try:
            holding = accounts.own_holding(request.by)
            actions.delegate(
                holding=holding, to=form.colleague(), valid_to=form.valid_to(), by=request.by, at=now(), **given
            )
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(
                request, _("Đã ủy quyền. Người được ủy quyền chọn chức vụ này ở mục Đổi chức vụ đang làm.")
            )
            return redirect("delegation-list")
    shown = {"form": form, "has_colleagues": bool(colleagues), "list": accounts.delegations(request.by, today())}
    return render(request, "units/desk/delegations.html", shown, status=UNPROCESSABLE if form.errors else 200)


@login_required
@require_POST
def end(request: OfficerRequest, holding_id: int) -> HttpResponse:
    actions.end_delegation(holding_id=holding_id, by=request.by, at=now())
    messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect("delegation-list")
