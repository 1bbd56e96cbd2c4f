"""What an officer types with an act of a procedure: the fields its row of the table needs, and the day of its paper."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.base.ids import read_code
from danvan.matters.actions import Done
from danvan.matters.forms.desk import unit_field
from danvan.matters.forms.fields import Pictures, Words, evidence_field, evidence_of, photos_of
from danvan.matters.kinds import Category, Figure, Finding, Outcome, Reason
from danvan.matters.models import Point
from danvan.matters.queries.case import CasePanel
from danvan.matters.queries.detail import Detail
from danvan.matters.queries.handing_over import Receivers
from danvan.matters.queries.letters import case_of_code
from danvan.rules.clock import complexity_criteria
from danvan.rules.papers import named_papers_of
from danvan.rules.procedure import DENUNCIATIONS, ActRule, Procedure

TEXTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "accept": (_("Nội dung thụ lý"), _("Người gửi đọc được.")),
    "accept-denunciation": (_("Nội dung thụ lý"), _("Người tố cáo và người bị tố cáo đọc được phần của mình.")),
    "refuse": (_("Vì sao không thụ lý"), _("Người gửi đọc được nguyên văn.")),
    "guide": (_("Hướng dẫn người gửi"), _("Gửi đến đâu, cần giấy tờ gì. Người gửi đọc được nguyên văn.")),
    "transfer": (_("Lý do chuyển"), _("Đơn vị nhận và người gửi đều đọc được.")),
    "forward": (_("Lý do chuyển"), _("Người gửi đọc được.")),
    "check": (_("Thông tin có nội dung tố cáo cần kiểm tra"), ""),
    "join": (_("Vì sao là cùng một vụ việc"), ""),
    "verify": (_("Nội dung giao xác minh"), _("Chỉ các đơn vị thấy.")),
    "report": (_("Kết quả xác minh"), _("Chỉ các đơn vị thấy.")),
    "ask": (
        _("Câu hỏi cho người gửi"),
        _("Người gửi trả lời bằng mã và PIN. Hạn vẫn chạy trong khi chờ."),
    ),
    "invite": (_("Mời ai, ngày giờ, ở đâu"), _("Người gửi đọc được.")),
    "dialogue": (_("Diễn biến và kết quả đối thoại"), _("Người gửi đọc được. Người vắng mặt thì ghi rõ lý do.")),
    "extend": (_("Lý do gia hạn"), _("Người gửi đọc được lý do này.")),
    "suspend": (_("Căn cứ tạm đình chỉ"), _("Ngày tạm đình chỉ không tính vào thời hạn.")),
    "suspend-denunciation": (_("Căn cứ tạm đình chỉ"), _("Ngày tạm đình chỉ không tính vào thời hạn.")),
    "continue": (_("Vì sao tiếp tục"), ""),
    "terminate": (_("Căn cứ đình chỉ"), _("Người gửi đọc được.")),
    "withdraw-part": (_("Ghi theo đơn hoặc biên bản rút"), ""),
    "withdraw": (_("Ghi theo đơn hoặc biên bản rút"), _("Ngày, số văn bản, người gửi đã ký.")),
    "keep-on": (_("Vì sao vẫn giải quyết"), _("Có dấu hiệu vi phạm pháp luật, hoặc người rút bị đe dọa, mua chuộc.")),
    "decide": (_("Nội dung quyết định"), _("Người gửi đọc được nguyên văn.")),
    "conclude": (_("Nội dung kết luận"), _("Không ghi điều gì cho biết người tố cáo là ai.")),
    "send": (_("Đã gửi cho ai, bằng cách nào"), ""),
    "publish": (_("Cách công khai"), _("Niêm yết, công bố tại cuộc họp, đăng trên trang thông tin.")),
    "execute": (_("Văn bản thi hành"), ""),
    "re-base": (_("Căn cứ áp dụng quy định khác"), _("Đồng hồ được tính lại từ ngày đầu của bước này.")),
}
REASONS = {
    ("refuse", False): (Reason.INTERNAL, Reason.NO_EFFECT, Reason.NO_CAPACITY, Reason.REPRESENTATIVE, Reason.UNSIGNED,
                        Reason.LATE, Reason.SECOND_DECIDED, Reason.NOT_CONTINUED, Reason.COURT, Reason.OTHER),
    ("refuse", True): (Reason.ANONYMOUS, Reason.NOT_NEW, Reason.NO_BASIS, Reason.OTHER),
    ("terminate", False): (Reason.NO_OBJECT, Reason.DEATH, Reason.COURT, Reason.OTHER),
    ("terminate", True): (Reason.NO_OBJECT, Reason.DEATH, Reason.NOT_NEW, Reason.OTHER),
}  # fmt: skip
"""The lawful reasons of an act, for complaints and for denunciations."""
OF_SECOND = (Outcome.UPHELD, Outcome.CHANGED)
OPEN = _("Bản quét có chữ ký, ảnh, PDF, Word. Người gửi xem được.")
INSIDE = _("Bản quét có chữ ký, ảnh, PDF, Word. Chỉ các đơn vị thấy.")
RECORDED = frozenset({"verify", "report", "ask", "invite", "dialogue"})
"""What is written down on the way, apart from what leads on."""
NEXT = frozenset({"accept", "accept-denunciation", "decide", "conclude", "continue", "notify", "send", "publish"})
SELDOM = frozenset({"withdraw-part", "withdraw", "keep-on", "restore-part", "re-base", "join", "terminate"})


class ActForm(forms.Form):
    """One act. `seen` is how many steps of the main clock the officer had in front of them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, rule: ActRule, panel: CasePanel, points: list[Point], receivers: Receivers = (), data: Any = None,
        files: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(data, prefix=rule.key, initial={"seen": panel.main.clock.steps_taken})
        self.rule, self.panel, self.uploads = rule, panel, files
        self.points = [point for point in points if point.withdrawn_on is None]
        self.withdrawn = [point for point in points if point.withdrawn_on is not None]
        for name, field in self._fields(receivers):
            self.fields[name] = field

    def _fields(self, receivers: Receivers) -> Iterator[tuple[str, forms.Field]]:
        needs = self.rule.needs
        yield "on", _day(_("Ngày văn bản") if self.rule.paper or "number" in needs else _("Ngày làm"))
        if "number" in needs:
            yield "number", _line(_("Số, ký hiệu văn bản"), "w-12", 60, _("Hãy ghi số, ký hiệu văn bản."))
            yield "signer", _signer(self.panel.signer)
        yield from self._towards(receivers)
        yield from self._judged()
        if "place" in needs:
            yield "place", _line(_("Nơi niêm yết, đăng tải"), "w-full", 200, _("Hãy ghi nơi niêm yết hoặc đăng tải."))
        if "until" in needs:
            yield "until", _day(_("Niêm yết, đăng đến hết ngày"), _("Hãy ghi ngày hết niêm yết, đăng tải."))
        if self.rule.key == "re-base":
            yield from self._of_law()
        label, hint = TEXTS.get(self.rule.key, (_("Nội dung"), ""))
        text = Words(label=label, hint=hint, missing=_("Hãy ghi nội dung hoặc lý do."))
        text.widget.attrs["rows"] = 5 if self.points and "findings" in needs else 3
        yield "text", text
        yield "files", Pictures(_("Văn bản, biên bản kèm theo"), INSIDE if self.rule.inside else OPEN)
        if "outcome" in needs:
            for figure in Figure:
                yield f"figure-{figure}", _amount(figure.label)

    def _towards(self, receivers: Receivers) -> Iterator[tuple[str, forms.Field]]:
        """To whom it goes, into which case, by how many days."""
        needs = self.rule.needs
        if "addressee" in needs:
            yield "addressee", _line(_("Cơ quan có thẩm quyền"), "w-full", 200, _("Hãy ghi cơ quan có thẩm quyền."))
        if "unit" in needs:
            yield "unit", unit_field(receivers)
        if "case" in needs:
            yield "case", _line(_("Mã vụ việc nhập vào"), "w-20", 40, _("Hãy ghi mã của vụ việc để nhập vào."))
        if "days" in needs:
            yield "days", _days()

    def _judged(self) -> Iterator[tuple[str, forms.Field]]:
        """Reasons, contents and results: what the law lets one choose from."""
        needs, procedure = self.rule.needs, self.panel.procedure
        if "reason" in needs:
            reasons = REASONS[self.rule.key, procedure in DENUNCIATIONS]
            yield "reason", _choice(_("Lý do theo luật"), reasons, _("Hãy chọn lý do theo luật."))
        if "points" in needs:
            shown = self.withdrawn if self.rule.key == "restore-part" else self.points
            yield "points", _points(shown)
        if "findings" in needs:
            for point in self.points:
                label = f"{point.ordinal}. {point.request}"
                yield f"finding-{point.ordinal}", _choice(label, Finding, _("Nội dung này chưa có kết luận riêng."))
                yield f"evidence-{point.ordinal}", evidence_field(point.ordinal)
        if "outcome" in needs:
            second = procedure == Procedure.SECOND_COMPLAINT
            outcomes = OF_SECOND if second else [each for each in Outcome if each not in OF_SECOND]
            yield "outcome", _choice(_("Kết quả chung"), outcomes, _("Hãy chọn kết quả giải quyết."))

    def _of_law(self) -> Iterator[tuple[str, forms.Field]]:
        yield "rule_on", _day(_("Theo luật có hiệu lực ngày"), hint=_("Bỏ trống: giữ quy định đang áp dụng."))
        remote = forms.BooleanField(label=_("Vùng sâu, vùng xa, đi lại khó khăn"), required=False)
        remote.initial = self.panel.case.is_remote
        yield "is_remote", remote
        yield "criteria", criteria_field(self.panel.criteria)

    @property
    def title(self) -> str:
        return self.rule.label

    @property
    def papers(self) -> list[tuple[str, str]]:
        return named_papers_of(self.rule.key)

    @property
    def is_record(self) -> bool:
        return self.rule.key in RECORDED

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("figure-")]

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith("figure-")]

    def clean_case(self) -> UUID:
        """The code of another case of the same unit; whether it may take this one in, the act itself says."""
        code = read_code(self.cleaned_data["case"])
        case_id = case_of_code(code, self.panel.case.holder_id) if code else None
        if case_id is None:
            raise forms.ValidationError(_("Đơn vị không giữ vụ việc nào có mã này."))
        return case_id

    def done(self) -> Done:
        data = self.cleaned_data
        judged = [point.ordinal for point in self.points if f"finding-{point.ordinal}" in data]
        return Done(
            text=data.get("text", ""),
            on=data.get("on"),
            number=data.get("number", ""),
            signer=data.get("signer", ""),
            addressee=data.get("addressee", ""),
            place=data.get("place", ""),
            until=data.get("until"),
            unit_id=data.get("unit"),
            case_id=data.get("case"),
            days=data.get("days") or 0,
            reason=data.get("reason", ""),
            outcome=data.get("outcome", ""),
            points=tuple(int(each) for each in data.get("points", ())),
            findings={each: Finding(data[f"finding-{each}"]) for each in judged},
            figures={each: data[f"figure-{each}"] for each in Figure if data.get(f"figure-{each}")},
            rule_on=data.get("rule_on"),
            is_remote=data.get("is_remote"),
            criteria=frozenset(data["criteria"]) if "criteria" in data else None,
            files=photos_of(self.uploads.getlist(self.add_prefix("files")), "files") if self.uploads else (),
            evidence=evidence_of(self.uploads, self.rule.key),
        )

    @property
    def has_lost_files(self) -> bool:
        """A browser shows no file again that was chosen before a refusal."""
        return bool(self.uploads)

    def field_for(self, name: str) -> str | None:
        """Where a refusal of the act is shown; None: above the form."""
        first = next((each for each in self.fields if each.startswith("finding-")), None)
        return first if name == "findings" else name if name in self.fields else None

    def typed(self) -> list[tuple[str, str]]:
        """What was typed so far, to be kept in sight where the act itself is no longer possible."""
        return [(str(each.label), each.data) for each in self
                if not each.is_hidden and isinstance(each.data, str) and each.data]  # fmt: skip


class DescribeForm(forms.Form):
    """What is known of a case, put right before it is accepted."""

    category = forms.ChoiceField(label=_("Thuộc loại nào trong biểu"), choices=Category.choices)
    subject = forms.CharField(
        label=_("Về việc gì"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "w-full"})
    )
    is_remote = forms.BooleanField(label=_("Vùng sâu, vùng xa, đi lại khó khăn"), required=False)

    def __init__(self, panel: CasePanel, data: Any = None) -> None:
        case = panel.case
        begun = {"category": case.category, "subject": case.subject, "is_remote": case.is_remote}
        super().__init__(data, prefix="describe", initial=begun)
        self.fields["criteria"] = criteria_field(panel.criteria)


class OpeningForm(forms.Form):
    purpose = forms.CharField(
        label=_("Mở danh tính để làm gì?"),
        max_length=200,
        help_text=_("Hai người giữ khóa và nhật ký đọc được câu này. Không ghi tên ai."),
        error_messages={"required": _("Ghi mục đích mở danh tính.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )


def case_forms(panel: CasePanel, found: Detail, receivers: Receivers, more: Mapping[str, Any]) -> dict[str, Any]:
    """The forms of a case for its page; `more` holds the one that failed, with what was typed."""
    failed: ActForm | None = more.get("act")
    acts = [
        failed if failed and failed.rule == rule else ActForm(rule, panel, found.points, receivers)
        for rule in panel.open
    ]
    shown = {
        "panel": panel,
        "onward": sorted((form for form in acts if not form.is_record), key=_rank),
        "recorded": [form for form in acts if form.is_record],
        "describe_form": more.get("describe") or DescribeForm(panel),
        "opening_form": more.get("opening") or OpeningForm(),
    }
    if failed and failed.rule not in panel.open:
        shown["left_over"] = failed.typed()
    return shown


def _rank(form: ActForm) -> int:
    """What mostly comes next stands first, what ends or changes the case otherwise last."""
    return 0 if form.rule.key in NEXT else 2 if form.rule.key in SELDOM else 1


def criteria_field(ticked: Any = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Tiêu chí phức tạp"),
        required=False,
        choices=list(complexity_criteria().items()),
        initial=list(ticked),
        help_text=_("Một tiêu chí: phức tạp. Với tố cáo, từ hai tiêu chí: đặc biệt phức tạp."),
        widget=forms.CheckboxSelectMultiple,
    )


def _day(label: Any, missing: Any = None, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=missing is not None,
        help_text=hint if missing or hint else _("Bỏ trống: hôm nay."),
        error_messages={"required": missing or "", "invalid": _("Hãy ghi ngày như 05/03/2026.")},
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )


def _line(label: Any, size: str, most: int, missing: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=missing is not None,
        error_messages={"required": missing or ""},
        widget=forms.TextInput(attrs={"class": size, "autocomplete": "off"}),
    )


def _signer(usual: str) -> forms.CharField:
    field = _line(_("Người ký"), "w-20", 120)
    field.initial = usual
    field.help_text = _("Chỉ họ tên: in dưới chức danh người đứng đầu. Ký thay: KT. Chủ tịch, Phó Chủ tịch, Lê Văn B.")
    return field


def _days() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Gia hạn thêm (ngày)"),
        min_value=1,
        max_value=365,
        error_messages={"required": _("Hãy ghi số ngày gia hạn."), "invalid": _("Hãy ghi một con số.")},
        widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )


def _choice(label: Any, values: Any, missing: Any) -> forms.ChoiceField:
    choices = [("", _("Chọn")), *((value, value.label) for value in values)]
    return forms.ChoiceField(label=label, choices=choices, error_messages={"required": missing})


def _points(shown: list[Point]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Nội dung nào"),
        choices=[(point.ordinal, f"{point.ordinal}. {point.request}") for point in shown],
        error_messages={"required": _("Hãy chọn nội dung.")},
        widget=forms.CheckboxSelectMultiple,
    )


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-12", "inputmode": "decimal", "autocomplete": "off"}),
    )
