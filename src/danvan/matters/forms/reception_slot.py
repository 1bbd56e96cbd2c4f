"""Days of reception as typed, and the month or days a list is asked for."""

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions.reception_slots import SlotSaid
from danvan.matters.kinds import Kind, LedBy, Occasion

HOUR = {"class": "w-4", "autocomplete": "off"}
DAY = {"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}


class SlotForm(forms.Form):
    unmarked = True

    days = forms.CharField(
        label=_("Các ngày tiếp"), help_text=_("Cách nhau bằng dấu phẩy, như 05/12/2026, 19/12/2026."),
        error_messages={"required": _("Hãy ghi ít nhất một ngày.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )  # fmt: skip
    starts = forms.TimeField(label=_("Từ"), widget=forms.TimeInput(attrs=HOUR, format="%H:%M"), initial="08:00")
    ends = forms.TimeField(label=_("Đến"), widget=forms.TimeInput(attrs=HOUR, format="%H:%M"), initial="11:00")
    place = forms.CharField(
        label=_("Nơi tiếp"), max_length=200, widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"})
    )
    who = forms.CharField(
        label=_("Chức danh người tiếp"), max_length=160, help_text=_("Chức danh, không ghi họ tên."),
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )  # fmt: skip
    led_by = forms.ChoiceField(label=_("Người tiếp là"), choices=LedBy.choices, initial=LedBy.HEAD)
    occasion = forms.ChoiceField(
        label=_("Hình thức"), initial=Occasion.PERIODIC,
        choices=[(one.value, one.label) for one in (Occasion.PERIODIC, Occasion.ROUTINE)],
    )  # fmt: skip

    def clean_days(self) -> list[date]:
        words = [word for word in re.split(r"[,;\s]+", self.cleaned_data["days"]) if word]
        read = forms.DateField()
        try:
            return [read.clean(word) for word in words]
        except forms.ValidationError:
            raise forms.ValidationError(now("Viết mỗi ngày như 05/12/2026, cách nhau bằng dấu phẩy.")) from None

    def said(self) -> SlotSaid:
        data = self.cleaned_data
        return SlotSaid(days=data["days"], starts=data["starts"], ends=data["ends"], place=data["place"],
                        who=data["who"], led_by=LedBy(data["led_by"]), occasion=Occasion(data["occasion"]))  # fmt: skip


def month_asked(asked: QueryDict, today: date) -> date:
    """The first day of `?thang=2026-08`; this month where none, or none that exists, was asked for."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", asked.get("thang", ""))
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


class RegisterForm(forms.Form):
    """Narrows the register; nothing is required."""

    unmarked = True

    tu = forms.DateField(label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    den = forms.DateField(label=_("Đến ngày"), required=False, widget=forms.DateInput(attrs=DAY))
    loai = forms.ChoiceField(label=_("Phân loại"), required=False, choices=[("", _("Tất cả")), *Kind.choices])

    def asked(self) -> dict[str, Any]:
        data = self.cleaned_data if self.is_valid() else {}
        return {"first": data.get("tu"), "last": data.get("den"), "kind": data.get("loai") or ""}
