"""Linking a matter to an earlier one: which, why, and a sentence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions import Link
from danvan.matters.kinds import LinkWhy

_REASON = {"required": _("Hãy ghi lý do, một câu là đủ.")}


def _reason(label: Any, hint: Any = "") -> forms.CharField:
    attrs = {"class": "w-full", "autocomplete": "off"}
    return forms.CharField(
        label=label, help_text=hint, max_length=300, error_messages=_REASON, widget=forms.TextInput(attrs=attrs)
    )


class LinkForm(forms.Form):
    original = forms.CharField(
        label=_("Mã việc gửi trước"),
        max_length=40,
        error_messages={"required": _("Hãy ghi mã việc gửi trước.")},
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    why = forms.ChoiceField(label=_("Hai việc này"), choices=LinkWhy.choices, initial=LinkWhy.DUPLICATE)
    reason = _reason(_("Lý do"), _("Ví dụ: cùng người gửi, cùng nội dung, gửi lại sau ba ngày."))

    def link(self) -> Link:
        data = self.cleaned_data
        return Link(original=data["original"], why=LinkWhy(data["why"]), reason=data["reason"])


class ComparedForm(LinkForm):
    """What the intake desk says after it compared: nothing chosen means a matter of its own."""

    prefix = "link"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["original"].required = self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("original") and not data.get("reason"):
            self.add_error("reason", _REASON["required"])
        return data

    def chosen(self) -> Link | None:
        return self.link() if self.cleaned_data["original"] else None


class UnlinkForm(forms.Form):
    reason = _reason(_("Vì sao bỏ liên kết?"))
