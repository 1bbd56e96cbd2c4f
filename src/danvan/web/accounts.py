"""Sign-in as allauth does it, with our words: nobody signs themselves up, and secrets of the second step lie sealed."""

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondStepAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from danvan.base.encryption import keyring
from danvan.units.models import Account
from danvan.web.shell import home_of

CONTEXT = "mfa"
Sentences = dict[str, Any]
"""Sentences that are translated when they are shown."""


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the operator, who also sets a forgotten password anew."""

    error_messages: ClassVar[Sentences] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "rate_limited": _("Bạn thử quá nhiều lần. Xin chờ ít phút rồi thử lại."),
        "too_many_login_attempts": _("Đã sai quá nhiều lần. Tài khoản tạm khóa đăng nhập 5 phút, xin thử lại sau."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.by)  # type: ignore[attr-defined]

    def set_password(self, user: Account, password: str) -> None:
        """Whoever chooses a password knows it alone, so it is no longer temporary."""
        user.password_is_temporary = False
        super().set_password(user, password)


class SealedAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[Sentences] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không thể tắt xác thực hai lớp."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã chưa đúng hoặc đã hết hạn."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keyring().seal(text, CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(base64.b64decode(encrypted_text), CONTEXT)


class Plain(forms.Form):
    """Labels stand above the fields and stay there; a placeholder would say them twice and then vanish."""

    labels: ClassVar[Sentences] = {}
    hints: ClassVar[Sentences] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


FORGOTTEN = _("Quên mật khẩu? Người vận hành của đơn vị sẽ đặt lại cho bạn.")
CODE_HINT = _("6 chữ số đang hiện trong ứng dụng xác thực.")


class SignIn(Plain, LoginForm):  # type: ignore[misc]
    labels: ClassVar[Sentences] = {"login": _("Tên đăng nhập"), "password": _("Mật khẩu")}
    hints: ClassVar[Sentences] = {"password": FORGOTTEN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePassword(Plain, ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[Sentences] = {
        "oldpassword": _("Mật khẩu hiện tại"),
        "password1": _("Mật khẩu mới"),
        "password2": _("Nhập lại mật khẩu mới"),
    }
    hints: ClassVar[Sentences] = {
        "oldpassword": "",
        "password1": _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không phải mật khẩu phổ biến."),
    }


class ConfirmPassword(Plain, ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[Sentences] = {"password": _("Mật khẩu")}
    hints: ClassVar[Sentences] = {"password": FORGOTTEN}


class SecondStep(Plain, AuthenticateForm):  # type: ignore[misc]
    labels: ClassVar[Sentences] = {"code": _("Mã xác thực")}
    hints: ClassVar[Sentences] = {"code": _("6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng chưa dùng.")}


class SecondStepAgain(Plain, SecondStepAgainForm):  # type: ignore[misc]
    labels = SecondStep.labels
    hints = SecondStep.hints


class ActivateApp(Plain, ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar[Sentences] = {"code": _("Mã xác thực")}
    hints: ClassVar[Sentences] = {"code": CODE_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "w-8"}
