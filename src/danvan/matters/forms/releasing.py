"""What a custodian gives when handing out a stripped copy."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _


class ReleaseForm(forms.Form):
    number = forms.ChoiceField(label=_("Bản che của tệp nào"), widget=forms.RadioSelect)
    photos = forms.FileField(
        label=_("Ảnh đã che tên và nét chữ"),
        help_text=_("Ảnh JPG, PNG hoặc WebP. Ảnh được làm lại, không còn thông tin ẩn; tên tệp không được giữ."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Hãy chọn ảnh đã che.")},
    )

    def __init__(self, *args: Any, letters: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(n), now("Tệp %(n)s") % {"n": n}) for n in range(1, letters + 1)]
        self.fields["number"].choices = choices  # type: ignore[attr-defined]
        self.fields["number"].error_messages["required"] = now("Hãy chọn tệp.")
        if letters == 1:
            self.fields["number"].initial = "1"
