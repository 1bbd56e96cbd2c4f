"""What people type or choose on the pages of reporting → clean values."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Absent, Invalid
from danvan.reports.actions import Head
from danvan.reports.checking import MAX_FILE, MAX_TEXT
from danvan.reports.kinds import Authority, Basis
from danvan.reports.prose import check_text
from danvan.reports.queries.statutory import last_closed_quarter
from danvan.reports.regimes import Regime, all_regimes, period_of, regime
from danvan.reports.statutory import Form, form_for, form_of_slug
from danvan.rules.periods import Period, PeriodRefused, parse
from danvan.units.access import Actor


@dataclass(frozen=True)
class Chosen:
    """Which figures a page is about: of which regime, period and unit, and whether signed ones only."""

    regime: Regime
    period: Period
    unit_id: UUID
    basis: Basis
    group: str
    on: date

    @property
    def query(self) -> dict[str, str]:
        return {"chedo": self.regime.key, "ky": self.period.code, "donvi": str(self.unit_id)}

    @property
    def periods(self) -> list[Period]:
        """The running period and the ones before it, for the choice on the page, and the chosen one if it is older."""
        recent = self.regime.recent(self.on, 13)
        return recent if self.period in recent else [*recent, self.period]


def chosen(query: QueryDict, by: Actor, on: date) -> Chosen:
    """From the address; without anything said the last closed month of the actor's own unit."""
    rules = regime(_said(query, "chedo")) if _said(query, "chedo") else all_regimes()[0]
    period = period_of(rules, _said(query, "ky")) if _said(query, "ky") else rules.last_closed(on)
    basis = Basis.SEALED if _said(query, "so") == Basis.SEALED else Basis.LATEST
    unit_id = uuid_in(query, "donvi") or by.unit_id
    if unit_id is None:
        raise Absent
    return Chosen(rules, period, unit_id, basis, _said(query, "nhom"), on)


def _said(query: QueryDict, name: str) -> str:
    return str(query.get(name, ""))


def uuid_in(query: QueryDict, name: str) -> UUID | None:
    """A unit named in the address, or none; one that cannot be is absent like any unknown one."""
    try:
        return UUID(_said(query, name)) if query.get(name) else None
    except ValueError as error:
        raise Absent from error


class AnswerForm(forms.Form):
    finding = forms.CharField(widget=forms.HiddenInput, max_length=120)
    text = forms.CharField(
        label=_("Giải trình"),
        widget=forms.Textarea({"rows": 2, "maxlength": 500}),
        max_length=500,
        error_messages={"required": _("Hãy ghi lời giải trình.")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do lập lại"),
        help_text=_("Bản đã ký vẫn giữ nguyên; bản mới ghi rõ khác bản trước chỗ nào."),
        widget=forms.Textarea({"rows": 2, "maxlength": 500}),
        max_length=500,
        error_messages={"required": _("Hãy ghi lý do lập lại biểu.")},
    )


class UrgeForm(forms.Form):
    text = forms.CharField(
        label=_("Nội dung đôn đốc"),
        widget=forms.Textarea({"rows": 2, "maxlength": 300}),
        max_length=300,
        error_messages={"required": _("Hãy ghi nội dung đôn đốc.")},
    )


class PaperForm(forms.Form):
    """The head of an official report; fields as in `Head`."""

    number = forms.CharField(
        label=_("Số văn bản"),
        help_text=_("Lấy ở văn thư khi ban hành; chưa có thì để trống."),
        required=False,
        max_length=5,
        widget=forms.TextInput({"class": "w-4", "inputmode": "numeric"}),
    )
    symbol = forms.CharField(
        label=_("Ký hiệu"), max_length=40, widget=forms.TextInput({"class": "w-12"}),
        help_text=_("Ví dụ BC-UBND."),
    )  # fmt: skip
    place = forms.CharField(label=_("Địa danh"), max_length=80, widget=forms.TextInput({"class": "w-12"}))
    issued_on = forms.DateField(label=_("Ngày ban hành"), widget=forms.DateInput({"class": "w-8"}, format="%d/%m/%Y"))
    addressee = forms.CharField(
        label=_("Kính gửi"), max_length=160, required=False, help_text=_("Khi gửi cấp trên; nếu không thì để trống.")
    )
    assessment = forms.CharField(
        label=_("Đánh giá chung"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Phần lời; số liệu đã có sẵn từ biểu. Xuống dòng là đoạn mới."),
    )  # fmt: skip
    next_steps = forms.CharField(
        label=_("Nhiệm vụ trong thời gian tới"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    authority = forms.ChoiceField(label=_("Quyền hạn ký"), choices=Authority.choices, required=False)
    on_behalf_of = forms.CharField(
        label=_("Thay mặt, ký thay"), max_length=120, required=False,
        help_text=_("Ví dụ Ủy ban nhân dân sau TM., Chủ tịch sau KT."),
    )  # fmt: skip
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"), max_length=120, widget=forms.Textarea({"rows": 2}),
        help_text=_("Mỗi dòng một chức danh, ví dụ KT. Chủ tịch rồi Phó Chủ tịch."),
    )  # fmt: skip
    signer_name = forms.CharField(label=_("Họ tên người ký"), max_length=120)
    recipients = forms.CharField(
        label=_("Nơi nhận"), max_length=2_000, widget=forms.Textarea({"rows": 4}), help_text=_("Mỗi dòng một nơi.")
    )

    def doubts(self) -> list[str]:
        """What does not come out in the words people added; they may keep it all the same."""
        words = "\n".join(self.cleaned_data[name] for name in ("assessment", "next_steps"))
        return [finding["message"] for finding in check_text(words)["findings"]]

    def head(self) -> Head:
        data = self.cleaned_data
        return Head(**{**data, "authority": Authority(data["authority"])})


class CheckForm(forms.Form):
    text = forms.CharField(
        label=_("Dán báo cáo vào đây"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 12, "class": "w-full"}),
        error_messages={"max_length": _("Văn bản dài quá 60.000 ký tự. Hãy tách làm nhiều phần.")},
    )
    file = forms.FileField(
        label=_("hoặc chọn tệp"),
        required=False,
        help_text=_("Tệp .docx hoặc .txt, nhỏ hơn 2 MB."),
        widget=forms.FileInput({"accept": ".docx,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_FILE:
            raise ValidationError(_("Tệp lớn quá 2 MB."))
        if file and not file.name.lower().endswith((".docx", ".txt")):
            raise ValidationError(_("Chỉ đọc được tệp .docx và .txt."))
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data.get("text") or "").strip() and not data.get("file"):
            raise ValidationError(_("Hãy dán văn bản hoặc chọn một tệp."))
        return data


@dataclass(frozen=True)
class ChosenForm:
    """Which statutory form, of which unit and period; `own`: without the units below."""

    form: Form
    period: Period
    unit_id: UUID
    own: bool

    @property
    def query(self) -> str:
        """The choice as it stands in an address, without the form."""
        given = {"donvi": str(self.unit_id), "ky": self.period.code} | ({"rieng": "1"} if self.own else {})
        return urlencode(given)


def chosen_form(query: QueryDict, by: Actor, on: date, slug: str = "") -> ChosenForm:
    """From the address; without anything said form 01/XLD of the own unit for the last closed quarter.

    Refuses a period that cannot be read, and a form that no circular asks for in it.
    """
    period = read_period(_said(query, "ky")) if _said(query, "ky") else last_closed_quarter(on)
    code = slug or _said(query, "bieu") or "01/XLD"
    unit_id = uuid_in(query, "donvi") or by.unit_id
    if unit_id is None:
        raise Absent
    form = form_of_slug(slug, period) if slug else form_for(code, period)
    return ChosenForm(form, period, unit_id, bool(_said(query, "rieng")))


def read_period(code: str) -> Period:
    try:
        return parse(code)
    except PeriodRefused as error:
        raise Invalid("no-period", error.sentence, "ky") from error
