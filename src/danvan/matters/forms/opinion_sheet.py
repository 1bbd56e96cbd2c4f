"""Handing in a spreadsheet, and saying which of its columns is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.matters.kinds import SheetColumn
from danvan.matters.queries.sheet_headings import Headings

XLSX = ".xlsx,.xlsm,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp bảng tính"),
        help_text=_("Tệp .xlsx, nhiều nhất 10.000 dòng. Nộp xong mới chỉ kiểm tra, chưa ghi gì."),
        error_messages={
            "required": _("Hãy chọn tệp."),
            "empty": _("Tệp rỗng."),
            "missing": _("Hãy chọn tệp."),
        },
        widget=forms.FileInput(attrs={"accept": XLSX}),
    )


class ColumnsForm(forms.Form):
    """One list for each of our columns: which heading of the file it is."""

    def __init__(self, data: Any, *, headings: Headings) -> None:
        super().__init__(data)
        words = [word for word in dict.fromkeys(headings.words) if word]
        choices = [("", _("– không có –")), *((word, word) for word in words)]
        for column in SheetColumn:
            at = headings.columns.get(column)
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column in headings.missing,
                initial=headings.words[at] if at is not None else "",
            )

    def meant(self, words: Sequence[str]) -> dict[str, SheetColumn | None]:
        """What each heading of the file means; a heading nobody chose means nothing."""
        chosen = {self.cleaned_data[column.value]: column for column in SheetColumn if self.cleaned_data[column.value]}
        return {word: chosen.get(word) for word in words if word}
