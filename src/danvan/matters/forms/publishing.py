"""Words for everybody, and a list's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.matters.actions import ToPublish
from danvan.matters.forms.fields import Words
from danvan.matters.kinds import Field


class PublishForm(forms.Form):
    question = Words(
        label=_("Người dân hỏi, phản ánh điều gì"),
        hint=_("Viết lại ngắn gọn cho mọi người đọc. Không để lại điều gì chỉ đến người gửi hoặc người khác."),
        missing=_("Hãy ghi nội dung công khai."),
    )
    answer = Words(label=_("Cơ quan trả lời"), missing=_("Hãy ghi nội dung công khai."))
    confirmed = forms.BooleanField(
        label=_("Tôi đã đọc toàn bộ hai ô trên; không còn thông tin chỉ đến người gửi hoặc một người dân nào."),
        required=False,
    )

    def words(self) -> ToPublish:
        data = self.cleaned_data
        return ToPublish(question=data["question"], answer=data["answer"], confirmed=data["confirmed"])


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao gỡ?"),
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do gỡ, một câu là đủ.")},
        widget=forms.TextInput(attrs={"class": "w-full", "autocomplete": "off"}),
    )


class AnswerSearchForm(forms.Form):
    unmarked = True

    q = forms.CharField(
        label=_("Tìm trong câu hỏi và câu trả lời"),
        required=False,
        max_length=120,
        help_text=_("Gõ có dấu hoặc không dấu."),
        widget=forms.TextInput(attrs={"class": "w-20", "type": "search", "autocomplete": "off"}),
    )
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=[("", _("Mọi lĩnh vực")), *Field.choices])


class ViewForm(forms.Form):
    name = forms.CharField(
        label=_("Tên danh sách"),
        max_length=60,
        error_messages={"required": _("Hãy đặt tên cho danh sách.")},
        help_text=_("Ví dụ: Đất đai quá hạn."),
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off"}),
    )
    query = forms.CharField(widget=forms.HiddenInput, max_length=2_000)
