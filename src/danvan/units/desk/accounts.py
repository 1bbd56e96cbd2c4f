"""Operators open accounts, seat people in posts, hand out passwords and keys, and read the log."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.units import actions
from danvan.units.access import require
from danvan.units.desk.request import OfficerRequest
from danvan.units.forms import AccountForm, EndForm, KnownAccountForm, ResetForm, SeatForm, TokenForm, add_refusal
from danvan.units.queries import accounts, directory
from danvan.units.roles import ROLES, Permission

UNPROCESSABLE = 422


@login_required
def show_all(request: OfficerRequest) -> HttpResponse:
    typed, after, before = (request.GET.get(name, "") for name in ("q", "after", "before"))
    page = accounts.accounts(request.by, today(), typed=typed[:160], after=after, before=before)
    return render(request, "units/desk/account_list.html", {"page": page, "typed": typed})


@login_required
def show(request: OfficerRequest, account_id: int) -> HttpResponse:
    shown = accounts.account_dossier(account_id, request.by, today())
    context = {"person": shown, "end": EndForm(), "reset": ResetForm(), "token": TokenForm()}
    return render(request, "units/desk/account.html", context)


@login_required
def roles(request: OfficerRequest) -> HttpResponse:
    """Each role with its sentence, for whoever asks what somebody may do."""
    return render(request, "units/desk/roles.html", {"roles": ROLES.values()})


@login_required
def add(request: OfficerRequest, unit_id: UUID) -> HttpResponse:
    """A new account with its first post in the unit; the temporary password stands on the answer and nowhere else."""
    require(request.by, Permission.ACCOUNT_MANAGE, unit_id, today())
    form = AccountForm(request.POST or None, initial={"valid_from": today()})
    unit = directory.unit_dossier(unit_id, request.by, today(), today())
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("username", "full_name", "email")}
        try:
            account, password = actions.open_account(**given, seat=form.seat(unit_id), by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            shown = {"account": account, "password": password, "unit": unit}
            return render(request, "units/desk/password.html", shown)
    return _page(request, "account_form", form, unit=unit)


@login_required
def seat(request: OfficerRequest, unit_id: UUID) -> HttpResponse:
    """A post in the unit for somebody who has an account."""
    require(request.by, Permission.ACCOUNT_MANAGE, unit_id, today())
    form = KnownAccountForm(
        request.POST or None, initial={"valid_from": today(), "username": request.GET.get("username", "")[:60]}
    )
    if form.is_valid():
        try:
            account = accounts.account_called(form.cleaned_data["username"])
            actions.give_post(account=account, by=request.by, at=now(), **vars(form.seat(unit_id)))
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã giao chức vụ."))
            return redirect("account", account.pk)
    return _page(request, "seat_form", form, unit=directory.unit_dossier(unit_id, request.by, today(), today()))


@login_required
@require_POST
def end(request: OfficerRequest, holding_id: int) -> HttpResponse:
    holding = accounts.holding_of(holding_id, request.by, today())
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end_holding(holding_id=holding_id, on=form.on(), by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã ghi ngày thôi chức vụ."))
            return redirect("account", holding.account_id)
    return _again(request, holding.account_id, end=form, opened=holding_id)


@login_required
@require_POST
def reset(request: OfficerRequest, account_id: int) -> HttpResponse:
    lost = "without_second_step" in request.POST
    password = actions.reset_password(account_id=account_id, without_second_step=lost, by=request.by, at=now())
    shown = accounts.account_dossier(account_id, request.by, today())
    return render(request, "units/desk/password.html", {"account": shown.account, "password": password})


@login_required
@require_POST
def stop(request: OfficerRequest, account_id: int) -> HttpResponse:
    actions.stop_account(account_id=account_id, by=request.by, at=now())
    messages.success(request, _("Đã ngừng tài khoản: không ai đăng nhập được bằng tài khoản này nữa."))
    return redirect("account", account_id)


@login_required
@require_POST
def resume(request: OfficerRequest, account_id: int) -> HttpResponse:
    actions.resume_account(account_id=account_id, by=request.by, at=now())
    messages.success(request, _("Đã mở lại tài khoản."))
    return redirect("account", account_id)


@login_required
@require_POST
def issue(request: OfficerRequest, holding_id: int) -> HttpResponse:
    """A machine's key to one post; it stands on the answer and nowhere else."""
    holding = accounts.holding_of(holding_id, request.by, today())
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            key = actions.issue_token(holding=holding, by=request.by, at=now(), **form.cleaned_data)
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            return render(request, "units/desk/token.html", {"holding": holding, "key": key, "form": form})
    return _again(request, holding.account_id, token=form, opened=holding_id)


@login_required
@require_POST
def revoke(request: OfficerRequest, account_id: int, token_id: int) -> HttpResponse:
    actions.revoke_token(token_id=token_id, by=request.by, at=now())
    messages.success(request, _("Đã thu hồi mã: từ lúc này mã không mở được gì."))
    return redirect("account", account_id)


@login_required
def log(request: OfficerRequest) -> HttpResponse:
    """What was done to units, accounts, posts and the calendar, and by whom."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = accounts.admin_events(request.by, today(), after=after, before=before)
    return render(request, "units/desk/log.html", {"page": page})


Form = AccountForm | KnownAccountForm | SeatForm


def _page(request: OfficerRequest, page: str, form: Form, **more: object) -> HttpResponse:
    shown = {"form": form, **more}
    return render(request, f"units/desk/{page}.html", shown, status=UNPROCESSABLE if form.errors else 200)


def _again(request: OfficerRequest, account_id: int, **forms: object) -> HttpResponse:
    """The page of the account with the form that was not right, opened where it stands."""
    known = {"end": EndForm(), "reset": ResetForm(), "token": TokenForm()}
    shown = {"person": accounts.account_dossier(account_id, request.by, today()), **known, **forms}
    return render(request, "units/desk/account.html", shown, status=UNPROCESSABLE)
