"""What an officer types about one matter: a step with its words, and the reason for opening a contact."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions import Words
from danvan.matters.forms.fields import Pictures, evidence_field, evidence_of, photos_of
from danvan.matters.forms.fields import Words as LongText
from danvan.matters.kinds import Kind
from danvan.matters.queries.detail import Detail
from danvan.matters.queries.handing_over import Receivers
from danvan.rules.ledger import MOVES

TEXTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "hand-over": (_("Lý do chuyển"), _("Đơn vị nhận và người gửi đều đọc được.")),
    "ask": (_("Câu hỏi cho người gửi"), _("Hỏi rõ cần gì, ví dụ: địa chỉ cụ thể, ảnh chỗ hỏng.")),
    "add": (_("Thông tin bổ sung"), _("Ghi lại điều người gửi nói thêm hoặc giấy tờ họ nộp thêm.")),
    "reply": (_("Người gửi trả lời"), _("Ghi lại lời họ; đồng hồ chạy tiếp từ hôm nay.")),
    "resume": (_("Lý do thôi chờ"), _("Người gửi đọc được.")),
    "extend": (_("Lý do gia hạn"), _("Người gửi đọc được lý do này.")),
    "re-date": (_("Lý do tính lại hạn"), _("Ví dụ: lịch nghỉ vừa được quyết định.")),
    "urge": (_("Nội dung đôn đốc"), _("Chỉ các đơn vị thấy, người gửi không thấy.")),
    "answer": (_("Trả lời"), _("Viết ngắn, rõ: đã làm gì, ai làm, khi nào xong. Người gửi đọc được nguyên văn.")),
    "cancel": (_("Lý do hủy"), _("Ví dụ: gửi trùng với mã nào, không có nội dung. Người gửi đọc được.")),
    "confirm": (_("Ghi chú"), ""),
}
MISSING = _("Hãy ghi nội dung.")
WITH_PHOTOS = frozenset({"answer", "add", "reply"})
WITH_TEXT = frozenset(verb for verb, move in MOVES.items() if "text" in move.needs)


class StepForm(forms.Form):
    """One step. `seen` is how many steps the officer had in front of them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, verb: str, found: Detail, receivers: Receivers = (), data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, prefix=verb, initial={"seen": found.current.steps_taken})
        self.uploads = files
        self.verb, self.move = verb, MOVES[verb]
        self.points = {point.ordinal: point for point in found.points} if verb == "answer" else {}
        if "unit" in self.move.needs:
            self.fields["unit"] = unit_field(receivers)
        if "days" in self.move.needs:
            self.fields["days"] = _days()
        for ordinal, point in self.points.items():
            missing = _("Điểm này chưa có câu trả lời.")
            self.fields[f"point-{ordinal}"] = _long(f"{ordinal}. {point.request}", "", rows=3, missing=missing)
        if verb in WITH_TEXT:
            label, hint = TEXTS[verb]
            self.fields["text"] = _long(label, hint, rows=6 if verb == "answer" else 3)
        for ordinal in self.points:
            self.fields[f"evidence-{ordinal}"] = evidence_field(ordinal)
        if verb in WITH_PHOTOS and found.matter.kind != Kind.DENUNCIATION:
            self.fields["photos"] = Pictures()

    @property
    def title(self) -> str:
        return self.move.label

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        """They follow all that is written, so that who answers by keyboard goes from text to text."""
        return [field for field in self.visible_fields() if field.name.startswith("evidence-")]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("evidence-")]

    @property
    def is_bare(self) -> bool:
        """Whether one press is enough."""
        return not self.visible_fields()

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(
            text=data.get("text", ""),
            unit_id=data.get("unit"),
            days=data.get("days") or 0,
            points={ordinal: data[f"point-{ordinal}"] for ordinal in self.points},
            photos=photos_of(self.uploads.getlist(self.add_prefix("photos"))) if self.uploads else [],
            evidence=evidence_of(self.uploads, self.verb),
        )

    @property
    def has_lost_files(self) -> bool:
        """A browser shows no file again that was chosen before a refusal."""
        return bool(self.uploads)

    def typed(self) -> list[tuple[str, str]]:
        """What was typed so far, to be kept in sight where the step itself is no longer possible."""
        return [
            (str(each.label), each.data)
            for each in self
            if not each.is_hidden and isinstance(each.data, str) and each.data
        ]


def _long(label: Any, hint: Any, rows: int, missing: Any = MISSING) -> LongText:
    field = LongText(label=label, hint=hint, missing=missing)
    field.widget.attrs["rows"] = rows
    return field


def unit_field(receivers: Receivers) -> forms.TypedChoiceField:
    choices: list[Any] = [("", _("Chọn đơn vị nhận")), *receivers]
    return forms.TypedChoiceField(
        label=_("Đơn vị nhận"),
        choices=choices,
        coerce=UUID,
        empty_value=None,
        error_messages={
            "required": _("Hãy chọn đơn vị nhận."),
            "invalid_choice": _("Hãy chọn một đơn vị trong danh sách."),
        },
        widget=forms.Select(attrs={"class": "w-full"}),
    )


def _days() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Gia hạn thêm (ngày)"),
        min_value=1,
        max_value=365,
        error_messages={"required": _("Hãy ghi số ngày."), "invalid": _("Hãy ghi một con số.")},
        widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )


class ContactForm(forms.Form):
    reason = forms.CharField(
        label=_("Mở để làm gì?"),
        max_length=200,
        help_text=_("Lần mở này được ghi lại: ai, lúc nào, vì sao. Ví dụ: gọi hỏi vị trí cột điện."),
        error_messages={"required": _("Hãy ghi lý do mở thông tin liên hệ.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )
