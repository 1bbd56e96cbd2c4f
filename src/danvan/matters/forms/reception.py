"""The numbers of a reception session as typed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions.receptions import SessionNumbers
from danvan.matters.forms.count import Count
from danvan.matters.models import ReceptionDay


class ReceptionForm(forms.Form):
    held_on = forms.DateField(
        label=_("Ngày tiếp"),
        help_text=_("Viết như 21/08/2026."),
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    turns = Count(label=_("Số lượt"), help_text=_("Mỗi lần tiếp một người hoặc một đoàn là một lượt."))
    persons = Count(label=_("Số người"), help_text=_("Tất cả người có mặt trong các lượt."))
    groups = Count(label=_("Số đoàn đông người"), help_text=_("Trong số lượt trên."), required=False)
    cases = Count(label=_("Số vụ việc"), help_text=_("Một lượt có thể nêu nhiều vụ việc."))
    led_by_head = forms.BooleanField(label=_("Người đứng đầu trực tiếp tiếp"), required=False)
    source = forms.CharField(
        label=_("Chứng từ"),
        required=False,
        max_length=160,
        help_text=_("Sổ tiếp công dân, trang nào. Không ghi họ tên người được tiếp."),
        widget=forms.TextInput(attrs={"class": "w-20"}),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = str(uuid4())

    def reception(self) -> SessionNumbers:
        data = self.cleaned_data
        return SessionNumbers(
            held_on=data["held_on"],
            turns=data["turns"],
            persons=data["persons"],
            groups=data["groups"] or 0,
            cases=data["cases"],
            led_by_head=data["led_by_head"],
            source=data["source"],
        )

    def doubts(self) -> list[str]:
        """What is recorded all the same and should be looked at again."""
        recorded = self.reception()
        least = recorded.turns + 4 * recorded.groups
        if recorded.groups and recorded.persons < least:
            told = now("%(groups)d đoàn đông người thường có từ 5 người mỗi đoàn, tức ít nhất %(least)d người cả thảy.")
            return [told % {"groups": recorded.groups, "least": least} + " " + now("Hãy xem lại số người.")]
        return []


def numbers_of(row: ReceptionDay) -> dict[str, Any]:
    names = ("held_on", "turns", "persons", "groups", "cases", "led_by_head", "source")
    return {name: getattr(row, name) for name in names}
