"""One turn of reception as typed, by keyboard alone; what is mostly the same is filled in already."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions import Said
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.forms.count import Count
from danvan.matters.forms.fields import Words
from danvan.matters.kinds import Field, Kind, LedBy, Occasion, Told
from danvan.matters.models import Reception, ReceptionSlot
from danvan.matters.queries.places import places_to_choose
from danvan.rules.receptions import group_from


def _line(label: Any, size: str = "w-full", **more: Any) -> forms.CharField:
    attrs = {"class": size, "autocomplete": "off"} | more.pop("attrs", {})
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=attrs), **more)


class EntryForm(forms.Form):
    """What an entry of the register says; also what may be put right in it."""

    unmarked = True

    occasion = forms.ChoiceField(label=_("Hình thức"), choices=Occasion.choices, initial=Occasion.ROUTINE)
    led_by = forms.ChoiceField(label=_("Người tiếp"), choices=LedBy.choices, initial=LedBy.STAFF)
    is_online = forms.BooleanField(label=_("Tiếp trực tuyến"), required=False)
    persons = Count(label=_("Số người"), initial=1)
    is_group = forms.NullBooleanField(
        label=_("Đoàn đông người"),
        widget=forms.Select(choices=[("unknown", _("Theo số người")), ("true", _("Có")), ("false", _("Không"))]),
        help_text=_("Cùng một nội dung, từ 5 người."),
    )
    cases_first = Count(label=_("Vụ việc lần đầu"), initial=1)
    cases_again = Count(label=_("Vụ việc nhiều lần"), initial=0)
    kind = forms.ChoiceField(label=_("Phân loại"), choices=Kind.choices, initial=Kind.REFLECTION)
    summary = Words(
        label=_("Tóm tắt nội dung"), missing=_("Hãy ghi tóm tắt nội dung."),
        hint=_("Không ghi họ tên, địa chỉ người được tiếp ở đây."),
    )  # fmt: skip
    resolved_by = _line(_("Cơ quan đã giải quyết"), max_length=200)
    in_competence = forms.BooleanField(label=_("Thuộc thẩm quyền đơn vị mình"), required=False, initial=True)
    guided_to = _line(_("Hướng dẫn đến"), max_length=200)
    guided_number = _line(_("Số văn bản hướng dẫn"), "w-12", max_length=60)
    transferred_to = _line(_("Chuyển đến"), max_length=200)
    transferred_number = _line(_("Số văn bản chuyển"), "w-12", max_length=60)
    papers = Count(label=_("Số giấy tờ đã nhận"), required=False, initial=0)
    papers_listed = forms.CharField(
        label=_("Giấy tờ đã nhận"), required=False, max_length=2000,
        help_text=_("Mỗi dòng một giấy tờ; in lên giấy biên nhận."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].widget.attrs["rows"] = 3

    def entry(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in EntryForm.base_fields}
        return data | {"papers": data["papers"] or 0, "kind": Kind(data["kind"]), "led_by": LedBy(data["led_by"]),
                       "occasion": Occasion(data["occasion"])}  # fmt: skip


class TurnForm(EntryForm):
    """A new turn: the entry, who came, what is opened for it and what they were told."""

    received_on = forms.DateField(
        label=_("Ngày tiếp"),
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    slot = forms.ChoiceField(label=_("Buổi trong lịch"), required=False)
    name = _line(_("Họ và tên"), "w-20", max_length=120, attrs={"autofocus": True})
    phone = _line(_("Điện thoại"), "w-12", max_length=30, attrs={"inputmode": "tel"})
    address = _line(_("Địa chỉ"), max_length=200)
    id_number = _line(
        _("Số định danh, hộ chiếu"), "w-12", max_length=30,
        help_text=_("Chỉ hỏi khi khiếu nại, tố cáo. Để trống trong các việc khác."),
    )  # fmt: skip
    matter_code = _line(_("Mã việc đã có"), "w-12", max_length=20, help_text=_("Khi người dân hỏi về việc cũ."))
    opens = forms.BooleanField(
        label=_("Mở việc để giải quyết"), required=False,
        help_text=_("Có giấy tờ thì vào sổ đơn như đơn trao tay; không có thì ghi nhận như ý kiến trực tiếp."),
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices, initial=Field.OTHER, required=False)
    place_typed = _line(_("Xã, phường nơi có việc"), "w-20", max_length=120)
    told = forms.ChoiceField(
        label=_("Trả lời tại chỗ"), choices=[("", _("Chưa, sẽ báo sau")), *Told.choices], required=False
    )
    told_text = forms.CharField(
        label=_("Đã báo thế nào"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, slots: list[ReceptionSlot], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.id), f"{one.on:%d/%m/%Y} {one.starts:%H:%M} · {one.who}") for one in slots]
        self.fields["slot"].choices = [("", now("Ngoài lịch")), *named]  # type: ignore[attr-defined]
        self.fields["key"].initial = str(uuid4())
        self.fields["is_group"].help_text = now("Cùng một nội dung, từ %(least)d người.") % {
            "least": group_from(on).persons
        }
        self.area_id: UUID | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens") and data.get("received_on"):
            self._find_place(data.get("place_typed", ""), data["received_on"])
        return data

    def _find_place(self, typed: str, on: date) -> None:
        found = [choice for choice in places_to_choose(typed, on).shown if not choice.is_wide] if typed.strip() else []
        if len(found) == 1:
            self.area_id = found[0].area_id
        elif found:
            self.add_error("place_typed", now("Có nhiều nơi tên như vậy: ghi thêm tên tỉnh sau dấu phẩy."))
        else:
            self.add_error("place_typed", now("Mở việc thì ghi xã, phường nơi có việc."))

    def turn(self) -> TurnSaid:
        data = self.cleaned_data
        who = Visitor(**{name: data[name] for name in ("name", "phone", "address", "id_number")})
        return TurnSaid(
            received_on=data["received_on"], visitor=who, slot_id=UUID(data["slot"]) if data["slot"] else None,
            matter_code=data["matter_code"], told=data["told"], told_text=data["told_text"], said=self._said(),
            **self.entry(),
        )  # fmt: skip

    def _said(self) -> Said | None:
        data = self.cleaned_data
        if not data["opens"] or self.area_id is None:
            return None
        return Said(content=data["summary"], area_id=self.area_id, field=Field(data["field"] or Field.OTHER))


class CorrectionForm(EntryForm):
    """An entry put right; who came, the day and what they were told stay."""

    reason = forms.CharField(
        label=_("Lý do sửa"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )  # fmt: skip

    def turn(self, received_on: date) -> TurnSaid:
        return TurnSaid(received_on=received_on, **self.entry())


def values_of(row: Reception) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EntryForm.base_fields}


class TellForm(forms.Form):
    told = forms.ChoiceField(
        label=_("Kết quả báo cho người dân"), choices=Told.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn đã báo kết quả gì.")},
    )  # fmt: skip
    told_text = Words(label=_("Nội dung đã báo"), missing=_("Hãy ghi nội dung đã báo."))


class ResultForm(forms.Form):
    result = forms.CharField(
        label=_("Kết quả"), max_length=500, error_messages={"required": _("Hãy ghi kết quả.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )  # fmt: skip
