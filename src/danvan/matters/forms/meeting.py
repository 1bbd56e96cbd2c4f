"""The head of a listening meeting, and the rows of its grid as they come from a form or from the page's script."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Invalid
from danvan.matters.actions.meetings import Head
from danvan.matters.actions.rows import MOST_ROWS, SavedRow, TypedRow
from danvan.matters.forms.count import Count
from danvan.matters.kinds import Field
from danvan.matters.models import Meeting
from danvan.matters.queries.review import Typing, unnamed

CELLS = ("content", "field", "hamlet", "unit", "answer")
SPARE_ROWS = 10


class HeadForm(forms.Form):
    title = forms.CharField(label=_("Tên buổi"), max_length=200, widget=forms.TextInput(attrs={"class": "w-full"}))
    held_on = forms.DateField(
        label=_("Ngày họp"),
        help_text=_("Viết như 21/08/2026."),
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    began = forms.TimeField(
        label=_("Bắt đầu lúc"),
        required=False,
        help_text=_("Viết như 7:30."),
        widget=forms.TimeInput(attrs={"class": "w-8", "autocomplete": "off"}, format="%H:%M"),
    )
    attendance = Count(label=_("Số người dự"), required=False, help_text=_("Chỉ ghi số, có thể ghi sau."))
    area = forms.TypedChoiceField(label=_("Địa bàn"), coerce=UUID)
    place = forms.CharField(label=_("Nơi tổ chức"), max_length=200, widget=forms.TextInput(attrs={"class": "w-full"}))
    chair = forms.CharField(
        label=_("Chức danh người chủ trì"),
        max_length=160,
        help_text=_("Chỉ chức danh, không ghi họ tên. Ví dụ: Trưởng Công an xã."),
        widget=forms.TextInput(attrs={"class": "w-full"}),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, areas: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["key"].initial = str(uuid4())

    def head(self) -> Head:
        """What was typed; the conclusion is written elsewhere and stays."""
        data = self.cleaned_data
        return Head(
            title=data["title"],
            held_on=data["held_on"],
            place=data["place"],
            area_id=data["area"],
            chair=data["chair"],
            attendance=data["attendance"] or 0,
            began=data["began"],
        )


def head_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting's head as the form shows it."""
    return {
        "title": meeting.title,
        "held_on": meeting.held_on,
        "began": meeting.began,
        "attendance": meeting.attendance or None,
        "area": meeting.area_id,
        "place": meeting.place,
        "chair": meeting.chair,
    }


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(
        label=_("Kết luận của người chủ trì"),
        required=False,
        max_length=4000,
        help_text=_("Ghi vào biên bản."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "w-full"}),
    )


def rows_from_json(body: bytes) -> tuple[str, list[TypedRow]]:
    """Who writes, and the rows; refuses what the page's own script would never send."""
    try:
        sent = json.loads(body)
        return str(sent.get("writer", "")), [_row(row) for row in sent["rows"][: MOST_ROWS + 1]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid("rows-unread", now("Không đọc được các dòng vừa gửi. Hãy tải lại trang."), "rows") from error


def rows_from_post(post: Mapping[str, str]) -> list[TypedRow]:
    """The rows of the form without a script, in the order in which they stand."""
    total = post.get("row-TOTAL_FORMS", "")
    numbers = range(min(int(total), MOST_ROWS)) if total.isascii() and total.isdigit() else range(0)
    names = ("key", "version", "position", *CELLS)
    return [_row({name: post.get(f"row-{n}-{name}", "") for name in names}) for n in numbers]


def _row(sent: Mapping[str, Any]) -> TypedRow:
    return TypedRow(
        key=str(sent["key"]),
        version=_number(sent.get("version")),
        position=_number(sent.get("position")),
        **{name: str(sent.get(name) or "") for name in CELLS},
    )


def _number(sent: Any) -> int:
    text = str(sent or 0)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def shown_rows(typing: Typing, *, spare: int = SPARE_ROWS, told: Sequence[tuple[TypedRow, SavedRow]] = ()) -> list[Any]:
    """The rows of the grid: what is kept, then what could not be kept as it was typed, then empty ones."""
    refused = {typed.key: (typed, saved) for typed, saved in told if saved.status in {"wrong", "conflict"}}
    errors = {saved.key: saved.errors for _typed, saved in told}
    shown = [
        _as_typed(*refused.pop(row.key)) if row.key in refused else _as_kept(typing, row, errors.get(row.key))
        for row in typing.rows
    ]
    shown += [_as_typed(typed, saved) for typed, saved in refused.values()]
    last = max((row["position"] for row in shown), default=0)
    return shown + [
        {"key": str(uuid4()), "version": 0, "position": last + n, "errors": {}} for n in range(1, spare + 1)
    ]


def _as_kept(typing: Typing, row: Any, errors: dict[str, str] | None) -> dict[str, Any]:
    cells = cells_of(typing, row)
    found = errors if errors is not None else unnamed(typing, row.field_typed, row.unit_typed)
    return {**cells, "key": row.key, "version": row.version, "position": row.position, "errors": found}


def _as_typed(typed: TypedRow, saved: SavedRow) -> dict[str, Any]:
    errors = dict(saved.errors)
    if saved.status == "conflict" and saved.row:
        told = now("Người khác vừa sửa dòng này thành “%(theirs)s”. Gửi lại để giữ nội dung của bạn.")
        errors["content"] = told % {"theirs": saved.row.content}
    version = saved.row.version if saved.row else 0
    cells = {name: getattr(typed, name) for name in CELLS}
    return {**cells, "key": typed.key, "version": version, "position": typed.position, "errors": errors}


def cells_of(typing: Typing, row: Any) -> dict[str, str]:
    """A kept row as it stands in the cells; `hint` is who answers where no unit is named."""
    route = None if row.answered_by_id or row.unit_typed else typing.route_of(row.field)
    return {
        "content": row.content,
        "field": str(Field(row.field).label) if row.field else row.field_typed,
        "hamlet": row.hamlet,
        "unit": typing.names.get(row.answered_by_id, "") if row.answered_by_id else row.unit_typed,
        "answer": row.answer,
        "hint": route.unit.name if route else "",
    }
