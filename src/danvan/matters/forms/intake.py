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
from danvan.matters.kinds import Field, Intake, Kind, ReplyBy
from danvan.matters.queries.places import places_to_choose
from danvan.units.queries import area_named

AT_THE_DESK = [
    (Intake.OFFICE.value, _("Trực tiếp")),
    (Intake.PHONE.value, _("Điện thoại")),
    (Intake.PAPER.value, _("Đơn, thư")),
    (Intake.ZALO.value, _("Zalo")),
]


def _line(label: Any, size: str, **more: Any) -> forms.CharField:
    attrs = {"class": size, "autocomplete": "off"} | more.pop("attrs", {})
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs), **more)


class IntakeForm(forms.Form):
    """`area` is the place that counts; `place_typed` is searched for where no script filled it in."""

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
    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices, initial=Kind.REFLECTION)
    field = forms.ChoiceField(
        label=_("Lĩnh vực"),
        choices=[("", _("Chọn lĩnh vực")), *Field.choices],
        error_messages={"required": _("Hãy chọn lĩnh vực: từ đó biết đơn vị nào trả lời.")},
    )
    place_typed = forms.CharField(
        label=_("Xã, phường nơi có việc"),
        help_text=_("Tên nay hoặc tên cũ, có dấu hay không dấu."),
        max_length=120,
        error_messages={"required": _("Hãy ghi xã, phường nơi có việc.")},
        widget=forms.TextInput(
            attrs={
                "class": "w-full",
                "autocomplete": "off",
                "data-area-typed": "id_area",
                "data-formerly": _("trước là"),
            }
        ),
    )
    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    chosen = forms.UUIDField(required=False)
    place = _line(_("Chỗ cụ thể"), "w-full", max_length=200, help_text=_("Ấp, tổ, số nhà, gần đâu."))
    content = Words(label=_("Nội dung, đúng lời người dân"), missing=_("Hãy ghi nội dung."))
    points = forms.CharField(
        label=_("Các điểm cần trả lời riêng"),
        required=False,
        help_text=_("Mỗi dòng một điểm. Bỏ trống nếu chỉ có một việc."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = _line(_("Họ và tên"), "w-20", max_length=120)
    phone = _line(_("Điện thoại"), "w-12", max_length=30, attrs={"inputmode": "tel"})
    email = _line(_("Thư điện tử"), "w-20", max_length=254, attrs={"inputmode": "email"})
    address = _line(_("Địa chỉ"), "w-full", max_length=200)
    reply_by = forms.ChoiceField(label=_("Trả lời qua"), choices=ReplyBy.choices, initial=ReplyBy.NONE)
    source = _line(_("Số đơn, sổ"), "w-20", max_length=160)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    photos = Pictures()

    def __init__(self, data: Any = None, *, at: datetime, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.uploads = files
        self.at = at
        self.fields["key"].initial = str(uuid4())
        self.choices_of_place: list[Any] = []

    def clean_points(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]
        if len(lines) > MAX_POINTS:
            raise forms.ValidationError(now("Tách thành tối đa %(most)d điểm.") % {"most": MAX_POINTS})
        return lines

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("place_typed"):
            self._settle_place(data)
        return data

    def _settle_place(self, data: dict[str, Any]) -> None:
        """A place chosen among several; else the one filled in, where the typed name still is its name."""
        on = data.get("received_on") or day_of(self.at)
        if data.get("chosen"):
            data["area"] = data["chosen"]
        elif not data.get("area") or area_named(data["area"], on) != data["place_typed"]:
            self._find_place(data, on)

    def _find_place(self, data: dict[str, Any], on: date) -> None:
        """One place of that name is taken; several are offered to choose from."""
        found = places_to_choose(data["place_typed"], on)
        communes = [choice for choice in found.shown if not choice.is_wide]
        if len(communes) == 1:
            data["area"] = communes[0].area_id
            return
        self.choices_of_place = communes
        told = now("Có nhiều nơi tên như vậy, hãy chọn một nơi.") if communes else now("Không tìm thấy xã, phường này.")
        self.add_error("place_typed", told)

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
            received_at=self._received_at(data["received_on"], data["received_time"]),
            source=data["source"],
            photos=photos_of(self.uploads.getlist("photos")) if self.uploads else [],
        )

    def _received_at(self, day: date, hour: time | None) -> datetime | None:
        """Empty for something received just now; a day before today without an hour is taken at noon."""
        if day == day_of(self.at) and hour is None:
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
