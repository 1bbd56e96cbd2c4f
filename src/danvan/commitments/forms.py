"""What people type about due days, the calendar and the end of a unit → clean values."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.commitments.actions import YEARS
from danvan.commitments.terms import choices
from danvan.rules.calendar import CalendarDay, Kind
from danvan.units.kinds import Event

BAD_DAY = _("Ngày chưa đúng; viết như 21/08/2026.")
KINDS_OF_END = (Event.MERGE, Event.SPLIT, Event.TAKE_OVER, Event.END)


def _day(label: Any, missing: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput({"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y"),
        error_messages={"required": missing, "invalid": BAD_DAY},
    )


def _line(label: Any, most: int, missing: Any = "", hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput({"class": "w-full"})
    told = {"required": missing} if missing else {}
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=widget, error_messages=told
    )


class DueForm(forms.Form):
    """A rule and the day on which its event happened."""

    rule = forms.ChoiceField(label=_("Việc gì"), error_messages={"required": _("Chọn một việc.")})
    start = _day(
        _("Ngày bắt đầu"),
        _("Ghi ngày bắt đầu, ví dụ ngày nhận đơn."),
        _("Ngày xảy ra sự kiện, ví dụ ngày nhận được đơn."),
    )
    remote = forms.BooleanField(label=_("Vùng sâu, vùng xa, đi lại khó khăn"), required=False)
    complex = forms.BooleanField(label=_("Vụ việc phức tạp"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("Chọn trong danh sách")), *choices(today)]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """What an authority decided about one day."""

    day = _day(_("Ngày"), _("Ghi ngày."))
    working = forms.ChoiceField(
        label=_("Ngày này"),
        choices=[("no", _("nghỉ")), ("yes", _("làm việc"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn nghỉ hay làm việc.")},
    )
    reason = _line(
        _("Lý do"), 160, _("Ghi lý do."), _("Hiện trong lời giải thích từng hạn, ví dụ: nghỉ bù Quốc khánh.")
    )
    decision = _line(
        _("Văn bản quyết định"),
        80,
        _("Ghi số và ngày của văn bản quyết định."),
        _("Ví dụ: 12729/VPCP-KGVX ngày 25/12/2025."),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError(BAD_DAY)
        return day

    def is_working(self) -> bool:
        return bool(self.cleaned_data["working"] == "yes")

    def as_day(self) -> CalendarDay:
        given = self.cleaned_data
        kind = Kind.WORK if self.is_working() else Kind.OFF
        return CalendarDay(given["day"], kind, given["reason"], given["decision"])


class YearForm(forms.Form):
    year = forms.IntegerField(
        label=_("Năm"), min_value=YEARS.start, max_value=YEARS.stop - 1, localize=False,
        widget=forms.TextInput({"class": "w-4", "inputmode": "numeric"}),
        error_messages={"required": _("Ghi năm."), "invalid": _("Năm gồm bốn chữ số.")},
    )  # fmt: skip
    decision = _line(
        _("Văn bản quyết định lịch nghỉ cả năm"),
        80,
        _("Ghi số và ngày của văn bản quyết định."),
        _("Khi đó mọi ngày của năm không còn là tạm tính."),
    )


class EndUnitForm(forms.Form):
    on = _day(_("Kết thúc từ ngày"), _("Ghi ngày kết thúc."), _("Ngày đầu tiên đơn vị không còn; ví dụ 01/07/2025."))
    event = forms.ChoiceField(label=_("Vì sao"), choices=[(e.value, e.label) for e in KINDS_OF_END])
    successor = forms.ChoiceField(label=_("Đơn vị tiếp nhận nhiệm vụ"), required=False)
    source = _line(_("Văn bản"), 120, hint=_("Ví dụ: Nghị quyết 202/2025/QH15."), required=False)

    def __init__(self, *args: Any, takers: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("Không có đơn vị tiếp nhận")), *takers]  # type: ignore[attr-defined]

    def successor_id(self) -> UUID | None:
        return UUID(self.cleaned_data["successor"]) if self.cleaned_data["successor"] else None
