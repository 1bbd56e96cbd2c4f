"""What the intake desk types, dense and by keyboard alone: one page, one matter, the next."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.base.clock import VIETNAM, day_of
from danvan.matters.actions import MAX_POINTS, Said, Sender
from danvan.matters.forms.fields import Pictures, Words, photos_of
from danvan.matters.forms.placed import PlacedForm
from danvan.matters.kinds import FORMAL, Field, Intake, Kind, ReplyBy

AT_THE_DESK = [
    (Intake.OFFICE.value, _("Trực tiếp")),
    (Intake.PHONE.value, _("Điện thoại")),
    (Intake.PAPER.value, _("Đơn, thư")),
    (Intake.ZALO.value, _("Zalo")),
]


def line(label: Any, size: str, **more: Any) -> forms.CharField:
    attrs = {"class": size, "autocomplete": "off"} | more.pop("attrs", {})
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs), **more)


class IntakeForm(PlacedForm):
    """Everything but letters that complain or denounce: those are entered into the register."""

    unmarked = True

    intake = forms.ChoiceField(label=_("Nhận qua"), choices=AT_THE_DESK, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("Ngày nhận"),
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    received_time = forms.TimeField(
        label=_("Giờ"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "w-4", "autocomplete": "off"}, format="%H:%M"),
    )
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[(kind.value, kind.label) for kind in Kind if kind not in FORMAL],
        initial=Kind.REFLECTION,
        error_messages={"invalid_choice": _("Đơn khiếu nại, tố cáo thì ghi ở trang “Ghi đơn vào sổ”.")},
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực"),
        choices=[("", _("Chọn lĩnh vực")), *Field.choices],
        error_messages={"required": _("Hãy chọn lĩnh vực: từ đó biết đơn vị nào trả lời.")},
    )
    place = line(_("Chỗ cụ thể"), "w-full", max_length=200, help_text=_("Ấp, tổ, số nhà, gần đâu."))
    content = Words(label=_("Nội dung, đúng lời người dân"), missing=_("Hãy ghi nội dung."))
    points = forms.CharField(
        label=_("Các điểm cần trả lời riêng"),
        required=False,
        help_text=_("Mỗi dòng một điểm. Bỏ trống nếu chỉ có một việc."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = line(_("Họ và tên"), "w-20", max_length=120)
    phone = line(_("Điện thoại"), "w-12", max_length=30, attrs={"inputmode": "tel"})
    email = line(_("Thư điện tử"), "w-20", max_length=254, attrs={"inputmode": "email"})
    address = line(_("Địa chỉ"), "w-full", max_length=200)
    reply_by = forms.ChoiceField(label=_("Trả lời qua"), choices=ReplyBy.choices, initial=ReplyBy.NONE)
    source = line(_("Số đơn, sổ"), "w-20", max_length=160)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    photos = Pictures()

    def __init__(self, data: Any = None, *, at: datetime, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, at=at, **kwargs)
        self.uploads = files
        self.fields["key"].initial = str(uuid4())

    def clean_points(self) -> list[str]:
        return lines_of(self.cleaned_data["points"])

    def said(self) -> Said:
        data = self.cleaned_data
        sender = Sender(name=data["name"], phone=data["phone"], email=data["email"], address=data["address"])
        return Said(
            content=data["content"],
            area_id=data["area"],
            kind=Kind(data["kind"]),
            field=Field(data["field"]),
            place=data["place"],
            intake=Intake(data["intake"]),
            reply_by=ReplyBy(data["reply_by"]),
            sender=sender,
            points=data["points"],
            received_at=moment_of(data["received_on"], data["received_time"], self.at),
            source=data["source"],
            photos=photos_of(self.uploads.getlist("photos")) if self.uploads else [],
        )


def lines_of(typed: str) -> list[str]:
    """Points, each on a line of its own."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MAX_POINTS:
        raise forms.ValidationError(now("Tách thành tối đa %(most)d điểm.") % {"most": MAX_POINTS})
    return lines


def moment_of(day: date, hour: time | None, at: datetime) -> datetime | None:
    """Empty for something received just now; a day before today without an hour is taken at noon."""
    if day == day_of(at) and hour is None:
        return None
    return datetime.combine(day, hour or time(12), VIETNAM)


class ProposalForm(forms.Form):
    area = forms.UUIDField()
    field = forms.ChoiceField(choices=Field.choices)
    kind = forms.ChoiceField(choices=Kind.choices)
    received_on = forms.DateField(required=False)

    def asked(self) -> tuple[UUID, Field, Kind, date | None]:
        data = self.cleaned_data
        return data["area"], Field(data["field"]), Kind(data["kind"]), data["received_on"]
