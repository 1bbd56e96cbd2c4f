"""What custodians and their leader type → clean values. A passphrase is never written back into a page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.people.kinds import Side
from danvan.people.models import Custodian

MOST = 200


class Passphrase(forms.CharField):
    """Not stripped and never shown again; browsers are asked not to keep it."""

    def __init__(self, *, label: Any, hint: Any = "") -> None:
        widget = forms.PasswordInput({"autocomplete": "off", "class": "w-20", "spellcheck": "false"})
        told: Any = {"required": _("Nhập cụm mật khẩu.")}
        super().__init__(label=label, help_text=hint, widget=widget, strip=False, max_length=MOST, error_messages=told)


HINT = _("Ít nhất 12 ký tự; nên ghép bốn, năm từ không liên quan. Không ai đặt lại được cụm này cho bạn.")
WRONG_SIDE: Any = {"required": _("Chọn một bên.")}


class AppointForm(forms.Form):
    account = forms.ChoiceField(label=_("Người giữ khóa"), error_messages={"required": _("Chọn một người.")})
    side = forms.ChoiceField(
        label=_("Bên"), choices=Side.choices, widget=forms.RadioSelect, error_messages=WRONG_SIDE,
        help_text=_("Mở một danh tính cần một người của mỗi bên. Một người không đứng ở cả hai bên."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", _("Chọn người")), *people]  # type: ignore[attr-defined]


class NewPassphraseForm(forms.Form):
    passphrase = Passphrase(label=_("Cụm mật khẩu"), hint=HINT)
    again = Passphrase(label=_("Nhập lại cụm mật khẩu"))

    def clean_again(self) -> str:
        return _equal(self.cleaned_data, "passphrase")


class ChangePassphraseForm(forms.Form):
    passphrase = Passphrase(label=_("Cụm mật khẩu đang dùng"))
    new = Passphrase(label=_("Cụm mật khẩu mới"), hint=HINT)
    again = Passphrase(label=_("Nhập lại cụm mật khẩu mới"))

    def clean_again(self) -> str:
        return _equal(self.cleaned_data, "new")


class GiveForm(forms.Form):
    """To whom shares are sealed; used for sharing and for handing over."""

    to = forms.ChoiceField(label=_("Cho người cùng bên"), error_messages={"required": _("Chọn một người.")})
    passphrase = Passphrase(label=_("Cụm mật khẩu của bạn"))

    def __init__(self, *args: Any, successors: Iterable[Custodian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one.pk), f"{one.account.full_name}, {one.title}") for one in successors]
        self.fields["to"].choices = [("", _("Chọn người")), *names]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    knowing = forms.BooleanField(
        label=_("Tôi biết những danh tính chỉ người này giữ phần khóa sẽ không ai mở được nữa"), required=False
    )


class ConsentForm(forms.Form):
    passphrase = Passphrase(label=_("Cụm mật khẩu của bạn"))


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do từ chối"), max_length=MOST, widget=forms.TextInput({"class": "w-full"}),
        error_messages={"required": _("Ghi lý do từ chối.")},
    )  # fmt: skip


def _equal(cleaned: dict[str, Any], name: str) -> str:
    again = str(cleaned["again"])
    if name in cleaned and cleaned[name] != again:
        raise forms.ValidationError(_("Hai lần nhập không giống nhau."), code="differ")
    return again


def add_refusal(form: forms.Form, field: str, sentence: str) -> None:
    """Puts the sentence of an action where the form shows it, at the whole where it has no such field."""
    form.add_error(field if field in form.fields else None, sentence)
