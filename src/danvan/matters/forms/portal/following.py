"""What somebody types to follow a matter and to say something about it."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.matters.forms.fields import Pictures, Words
from danvan.matters.kinds import Settled


class PinInput(forms.PasswordInput):
    """Read while it is typed and never shown back: the page may stand open on somebody else's machine."""

    input_type = "text"


class Pin(forms.CharField):
    def to_python(self, value: Any) -> str:
        return "".join(_plain(super().to_python(value)).split())


def _plain(typed: Any) -> str:
    """Letters and digits in their ordinary form, whatever keyboard they came from."""
    return unicodedata.normalize("NFKC", typed or "")


class TrackForm(forms.Form):
    code = forms.CharField(
        label=_("Mã tra cứu"),
        max_length=40,
        help_text=_("In trên phiếu, ví dụ DV92-7K3M-92QFH. Chữ hoa hay thường, có gạch hay không đều được."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "w-20"}
        ),
        error_messages={"required": _("Hãy ghi mã tra cứu.")},
    )
    pin = Pin(
        label=_("Mã PIN"),
        max_length=20,
        help_text=_("6 chữ số đi cùng mã tra cứu."),
        widget=PinInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "w-8"}),
        error_messages={"required": _("Hãy ghi mã PIN.")},
    )

    def clean_code(self) -> str:
        return _plain(self.cleaned_data["code"])


class AddForm(forms.Form):
    text = Words(
        label=_("Ông/Bà muốn bổ sung điều gì?"),
        hint=_("Việc mới xảy ra thêm, chi tiết còn thiếu, hoặc sửa lại điều đã viết."),
        missing=_("Hãy ghi điều muốn bổ sung."),
    )
    photos = Pictures()


class AnswerQuestionForm(forms.Form):
    text = Words(label=_("Trả lời của ông/bà"), missing=_("Hãy ghi câu trả lời."))
    photos = Pictures()


class WithdrawForm(forms.Form):
    text = Words(
        label=_("Vì sao ông/bà rút?"),
        hint=_("Ví dụ: việc đã được giải quyết, hoặc đã gửi nhầm."),
        missing=_("Hãy ghi lý do, một câu là đủ."),
    )


class EraseForm(forms.Form):
    reason = Words(
        label=_("Vì sao ông/bà muốn xóa?"),
        hint=_("Ví dụ: không muốn được gọi nữa."),
        missing=_("Hãy ghi lý do, một câu là đủ."),
    )


SCORES = [
    ("5", _("5 – Rất hài lòng")),
    ("4", _("4 – Hài lòng")),
    ("3", _("3 – Bình thường")),
    ("2", _("2 – Không hài lòng")),
    ("1", _("1 – Rất không hài lòng")),
]


class VerdictForm(forms.Form):
    settled = forms.ChoiceField(
        label=_("Việc đã được giải quyết chưa?"),
        choices=[(Settled.YES, _("Rồi")), (Settled.PARTLY, _("Được một phần")), (Settled.NO, _("Chưa"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy cho biết việc đã được giải quyết chưa.")},
    )
    score = forms.ChoiceField(
        label=_("Ông/Bà có hài lòng với cách đơn vị tiếp nhận và trả lời không?"),
        choices=SCORES,
        required=False,
        widget=forms.RadioSelect,
    )
    text = Words(
        label=_("Điều ông/bà muốn nói thêm"),
        hint=_("Nếu chọn “Được một phần” hoặc “Chưa”: điều gì còn chưa được giải quyết?"),
        missing="",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What is not settled needs a reason: it goes to the office as the new question."""
        given = self.cleaned_data
        if given.get("settled") in {Settled.PARTLY, Settled.NO} and given.get("text") == "":
            self.add_error("text", _("Hãy cho biết điều gì còn chưa được giải quyết."))
        return given

    @property
    def score_given(self) -> int | None:
        return int(self.cleaned_data["score"]) if self.cleaned_data.get("score") else None
