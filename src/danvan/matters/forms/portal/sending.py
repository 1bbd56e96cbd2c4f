"""What somebody types to send an opinion, page by page."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from danvan.base.clock import today
from danvan.base.errors import Refused
from danvan.matters.actions import MAX_POINTS, MIN_CONTENT
from danvan.matters.forms.fields import Pictures, Words
from danvan.matters.kinds import Field, Kind, ReplyBy
from danvan.matters.routing import route
from danvan.people.queries import with_email, with_phone
from danvan.rules.text import nfc
from danvan.units.queries import known_area

COMPLAINT, DENUNCIATION, URGENT = "complaint", "denunciation", "urgent"


def _explained(title: Any, text: Any) -> SafeString:
    return format_html('{}<span class="choice-hint">{}</span>', title, text)


KINDS = [
    (Kind.REFLECTION, _("Phản ánh"), _("Báo một việc đang xảy ra: đường hỏng, rác thải, mất điện, cán bộ lỗi hẹn…")),
    (Kind.RECOMMENDATION, _("Kiến nghị"), _("Đề nghị cơ quan làm một việc, sửa một quy định, gỡ một vướng mắc.")),
    (Kind.OPINION, _("Ý kiến đóng góp"), _("Góp ý, hiến kế, khen việc làm tốt.")),
    (COMPLAINT, _("Khiếu nại"), _("Không đồng ý với một quyết định hoặc việc làm của cơ quan đối với chính mình.")),
    (DENUNCIATION, _("Tố cáo"), _("Báo hành vi vi phạm pháp luật. Có trang riêng để bảo vệ người tố cáo.")),
    (URGENT, _("Việc khẩn cấp"), _("Đang nguy hiểm đến người: tội phạm, cháy, tai nạn, cấp cứu.")),
]


def _choices(rows: list[tuple[Any, Any, Any]]) -> list[tuple[str, SafeString]]:
    return [(value, _explained(title, text)) for value, title, text in rows]


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Ông/Bà muốn gửi điều gì?"),
        choices=lambda: _choices(KINDS),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Hãy chọn một mục."),
            "invalid_choice": _("Hãy chọn một mục trong danh sách."),
        },
    )


class PlaceForm(forms.Form):
    """`typed` is only searched for; `area` is what counts. `wide_too`: something larger than a commune is meant."""

    typed = forms.CharField(
        label=_("Xã, phường nơi có việc"),
        required=False,
        max_length=160,
        help_text=_(
            "Gõ tên có dấu hoặc không dấu; tên huyện, tỉnh, xã cũ cũng tìm được. Nhiều nơi trùng tên thì thêm dấu "
            "phẩy và tên tỉnh, ví dụ: Bình An, An Giang."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "w-20"}),
    )
    area = forms.UUIDField(
        label=_("Nơi có việc"),
        error_messages={
            "required": _("Hãy chọn một nơi trong danh sách."),
            "invalid": _("Hãy chọn một nơi trong danh sách."),
        },
    )
    place = forms.CharField(
        label=_("Chỗ cụ thể"),
        required=False,
        max_length=200,
        help_text=_("Ấp, tổ, tên đường, gần đâu. Ví dụ: cầu Đỏ, ấp 3, cạnh trường mẫu giáo."),
    )

    def clean_area(self) -> UUID:
        """A place that has ended is refused with the names of its successors; so is one nobody answers for."""
        area_id: UUID = self.cleaned_data["area"]
        on: date = today()
        try:
            known_area(area_id, on)
            route(area_id, Field.OTHER, on)
        except Refused as error:
            raise forms.ValidationError(error.sentence) from error
        return area_id

    def clean_place(self) -> str:
        return nfc(self.cleaned_data["place"])


class ContentForm(forms.Form):
    content = Words(
        label=_("Việc gì đã xảy ra, ông/bà mong muốn điều gì?"),
        hint=_("Ai, việc gì, khi nào, đã báo cho ai chưa. Không cần ghi họ tên, số điện thoại ở đây."),
        missing=_("Hãy kể việc, ít nhất một vài câu."),
        least=MIN_CONTENT,
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực"),
        choices=[("", _("Chọn lĩnh vực gần đúng nhất")), *Field.choices],
        help_text=_("Giúp chuyển đúng nơi. Không rõ thì chọn “Lĩnh vực khác”."),
        error_messages={"required": _("Hãy chọn lĩnh vực; không rõ thì chọn “Lĩnh vực khác”.")},
    )
    photos = Pictures()


def _words(label: Any, missing: Any, hint: Any, rows: int) -> Words:
    field = Words(label=label, missing=missing, hint=hint)
    field.widget.attrs["rows"] = rows
    return field


def _typed(label: Any, most: int, hint: Any = "", missing: Any = None, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=missing is not None,
        max_length=most,
        help_text=hint,
        error_messages={"required": missing or ""},
        widget=forms.TextInput(attrs={"class": "w-full", **attrs}),
    )


class DecisionForm(forms.Form):
    """What a complaint is about (Luật Khiếu nại, Điều 8): whose decision or act, which one, known since when."""

    against = _typed(_("Của cơ quan nào?"), 200, _("Ví dụ: Ủy ban nhân dân xã Bình An. Không ghi tên người."),
                     _("Hãy ghi tên cơ quan."))  # fmt: skip
    decision = _words(
        _("Quyết định hoặc việc làm nào?"),
        _("Hãy ghi quyết định hoặc việc làm bị khiếu nại."),
        _("Số, ngày của quyết định nếu có; hoặc cơ quan đã làm gì, ở đâu."),
        3,
    )
    known_on = forms.DateField(
        label=_("Ông/Bà nhận hoặc biết ngày nào?"),
        help_text=_("Ví dụ 05/03/2026. Khiếu nại trong 90 ngày kể từ ngày này."),
        error_messages={"required": _("Hãy ghi ngày nhận hoặc biết."), "invalid": _("Hãy ghi ngày như 05/03/2026.")},
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        kept = dict(initial or {})
        if kept.get("known_on"):
            kept["known_on"] = date.fromisoformat(kept["known_on"])
        super().__init__(data, initial=kept)

    def clean_known_on(self) -> str:
        known_on: date = self.cleaned_data["known_on"]
        if known_on > today():
            raise forms.ValidationError(_("Ngày này không thể ở sau hôm nay."))
        return known_on.isoformat()


class RequestsForm(forms.Form):
    requests = _words(
        _("Ông/Bà yêu cầu giải quyết thế nào?"),
        _("Hãy ghi ít nhất một yêu cầu."),
        _("Mỗi dòng một yêu cầu. Quyết định phải trả lời từng yêu cầu."),
        4,
    )

    def clean_requests(self) -> str:
        requests: str = self.cleaned_data["requests"]
        if len([line for line in requests.splitlines() if line.strip()]) > MAX_POINTS:
            raise forms.ValidationError(_("Nhiều nhất %(most)d yêu cầu."), params={"most": MAX_POINTS})
        return requests


class WhoForm(forms.Form):
    """The law wants a name and an address with a complaint; both lie in the vault."""

    name = _typed(_("Họ và tên"), 120, missing=_("Hãy ghi họ và tên."), autocomplete="name")
    address = _typed(_("Địa chỉ"), 200, missing=_("Hãy ghi địa chỉ."), autocomplete="street-address")


NAMED = [
    ("yes", _("Có, ghi tên và được niêm phong"), _("Được báo kết quả và được bảo vệ theo luật.")),
    ("no", _("Không ghi tên"), _("Nêu rõ người vi phạm và có bằng chứng cụ thể thì vẫn phải được kiểm tra.")),
]


class NamedForm(forms.Form):
    """Named or not; what no name needs is not kept."""

    is_named = forms.ChoiceField(
        label=_("Ông/Bà có ghi tên không?"),
        choices=lambda: _choices(NAMED),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục trong danh sách.")},
    )
    name = _typed(_("Họ và tên"), 120, autocomplete="off")
    address = _typed(_("Địa chỉ"), 200, autocomplete="off")
    phone = _typed(_("Số điện thoại"), 40, autocomplete="off", inputmode="tel")

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        kept = dict(initial or {})
        kept["is_named"] = "" if kept.get("is_named") is None else "yes" if kept["is_named"] else "no"
        super().__init__(data, initial=kept)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "is_named" not in given:
            return given
        given["is_named"] = given["is_named"] == "yes"
        if not given["is_named"]:
            return {"is_named": False, "name": "", "address": "", "phone": ""}
        for name, missing in (("name", _("Hãy ghi họ và tên.")), ("address", _("Hãy ghi địa chỉ."))):
            if name in given and not given[name].strip():
                self.add_error(name, missing)
        return given


REPLY_BY = [
    (ReplyBy.PHONE, _("Gọi điện thoại"), _("Cán bộ gọi khi cần hỏi thêm và khi có trả lời.")),
    (ReplyBy.EMAIL, _("Thư điện tử (e-mail)"), _("Thư báo có tin mới; nội dung trả lời xem ở trang tra cứu.")),
    (ReplyBy.OFFICE, _("Đến trụ sở nhận"), _("Mang theo mã tra cứu và mã PIN.")),
    (ReplyBy.NONE, _("Không cần báo"), _("Ông/Bà tự xem bằng mã tra cứu và mã PIN, không phải để lại gì về mình.")),
]


class ReplyForm(forms.Form):
    reply_by = forms.ChoiceField(
        label=_("Khi có trả lời, báo cho ông/bà bằng cách nào?"),
        choices=lambda: _choices(REPLY_BY),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Hãy chọn một cách."),
            "invalid_choice": _("Hãy chọn một cách trong danh sách."),
        },
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        required=False,
        max_length=40,
        help_text=_("Gửi hộ người khác thì ghi số của người sẽ nghe trả lời."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-12"}),
    )
    email = forms.CharField(
        label=_("Địa chỉ thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.TextInput(
            attrs={"type": "email", "autocomplete": "email", "spellcheck": "false", "class": "w-20"}
        ),
    )
    name = forms.CharField(
        label=_("Tên để xưng hô"),
        required=False,
        max_length=120,
        help_text=_("Ví dụ: bà Hoa. Có thể để trống."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "w-20"}),
    )

    def clean(self) -> dict[str, Any]:
        """The chosen channel needs its address; what no channel needs is not kept."""
        given = self.cleaned_data
        if given.get("reply_by") != ReplyBy.PHONE:
            given["phone"] = ""
        elif self._is_one("phone", with_phone) and not given["phone"].strip():
            self.add_error("phone", _("Hãy ghi số điện thoại để cán bộ gọi."))
        if given.get("reply_by") != ReplyBy.EMAIL:
            given["email"] = ""
        elif self._is_one("email", with_email) and not given["email"].strip():
            self.add_error("email", _("Hãy ghi địa chỉ thư điện tử để nhận thư."))
        if given.get("reply_by") == ReplyBy.NONE:
            given["name"] = ""
        return given

    def _is_one(self, field: str, look_up: Any) -> bool:
        """The vault's own look-up refuses what is no number or address, without asking the database."""
        if field not in self.cleaned_data:
            return False
        try:
            look_up(self.cleaned_data[field])
        except Refused as error:
            self.add_error(field, error.sentence)
            return False
        return True
