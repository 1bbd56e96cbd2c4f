"""One's own key: setting and changing its passphrase, sharing its parts, handing them over. One form to a page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.people import actions
from danvan.people.desk.request import OfficerRequest
from danvan.people.forms import ChangePassphraseForm, GiveForm, NewPassphraseForm, add_refusal
from danvan.people.queries import keepers

UNPROCESSABLE = 422


@sensitive_post_parameters()
@login_required
def set_passphrase(request: OfficerRequest, custodian_id: int) -> HttpResponse:
    def act(typed: dict[str, Any]) -> str:
        phrase = typed["passphrase"]
        actions.set_passphrase(custodian_id=custodian_id, passphrase=phrase, by=request.by, at=now())
        return _("Đã đặt cụm mật khẩu. Từ nay danh tính mới được niêm phong cho khóa của bạn.")

    return _answered(request, custodian_id, "set", NewPassphraseForm(request.POST or None), act)


@sensitive_post_parameters()
@login_required
def change_passphrase(request: OfficerRequest, custodian_id: int) -> HttpResponse:
    def act(typed: dict[str, Any]) -> str:
        given = {"passphrase": typed["passphrase"], "new": typed["new"]}
        actions.change_passphrase(custodian_id=custodian_id, by=request.by, at=now(), **given)
        return _("Đã đổi cụm mật khẩu.")

    return _answered(request, custodian_id, "change", ChangePassphraseForm(request.POST or None), act)


@sensitive_post_parameters()
@login_required
def share(request: OfficerRequest, custodian_id: int) -> HttpResponse:
    def act(typed: dict[str, Any]) -> str:
        given = {"to_id": int(typed["to"]), "passphrase": typed["passphrase"]}
        made = actions.share_with(custodian_id=custodian_id, by=request.by, at=now(), **given)
        told = ngettext("Đã chia phần khóa của %(n)s danh tính.", "Đã chia phần khóa của %(n)s danh tính.", made)
        return told % {"n": made}

    return _answered(request, custodian_id, "share", _give_form(request, custodian_id), act)


@sensitive_post_parameters()
@login_required
def hand_over(request: OfficerRequest, custodian_id: int) -> HttpResponse:
    def act(typed: dict[str, Any]) -> str:
        given = {"to_id": int(typed["to"]), "passphrase": typed["passphrase"]}
        made = actions.hand_over_custody(custodian_id=custodian_id, by=request.by, at=now(), **given)
        told = ngettext(
            "Đã bàn giao phần khóa của %(n)s danh tính. Bạn thôi giữ khóa.",
            "Đã bàn giao phần khóa của %(n)s danh tính. Bạn thôi giữ khóa.",
            made,
        )
        return told % {"n": made}

    return _answered(request, custodian_id, "hand-over", _give_form(request, custodian_id), act)


def _give_form(request: OfficerRequest, custodian_id: int) -> GiveForm:
    successors = keepers.successors(keepers.own_key(custodian_id, request.by), today())
    return GiveForm(request.POST or None, successors=successors)


@sensitive_variables()
def _answered(
    request: OfficerRequest, custodian_id: int, what: str, form: Form, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """The page of one form, or the way back with what the action says of itself."""
    custodian = keepers.own_key(custodian_id, request.by)
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            return redirect("custody-home")
    shown = {"custodian": custodian, "form": form, "what": what}
    return render(request, "people/desk/key.html", shown, status=UNPROCESSABLE if form.errors else 200)
