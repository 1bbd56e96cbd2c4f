"""What narrows the list of matters, as it stands in the address."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danvan.matters.kinds import MEETING_OPINION, REVIEW, Field, Intake, Kind
from danvan.matters.queries.filters import Filters

MONTHS = 36
KINDS = [
    ("", _("Mọi loại")),
    *Kind.choices,
    (MEETING_OPINION, _("Ý kiến ở buổi lắng nghe")),
    (REVIEW, _("Xem xét lại sau khi chưa đồng ý")),
]


class Select(forms.Select):
    """Sixty options on every list: written here, because a template would be rendered for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        del renderer
        shown = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        choices = tuple((str(key), str(label)) for key, label in self.choices)
        return format_html("<select{}>{}</select>", shown, _options(choices, "" if value is None else str(value)))


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Mostly the same as on the page before, and then not written again."""
    return format_html_join(
        "\n", '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key == chosen else "", label) for key, label in choices),
    )  # fmt: skip


def _select(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=Select)


class ListForm(forms.Form):
    """`unit` and `area` come from links and from the type-ahead; `place` is what was typed for the latter."""

    unmarked = True

    q = forms.CharField(
        label=_("Tìm trong nội dung, mã, nơi xảy ra"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w-20", "type": "search", "data-key": "/", "autocomplete": "off"}),
    )
    field = _select(_("Lĩnh vực"), [("", _("Mọi lĩnh vực")), *Field.choices])
    kind = _select(_("Loại"), KINDS)
    intake = _select(_("Nơi nhận"), [("", _("Mọi kênh")), *Intake.choices])
    month = _select(_("Nhận trong tháng"), ())
    place = forms.CharField(
        label=_("Xã, phường có việc"),
        required=False,
        max_length=80,
        widget=forms.TextInput(
            attrs={"class": "w-12", "autocomplete": "off", "data-area-typed": "id_area", "data-formerly": _("trước là")}
        ),
    )
    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    unit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    folder = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, on: date) -> None:
        super().__init__(data)
        months = _months(on.year, on.month, get_language())
        self.fields["month"].choices = [("", _("Mọi tháng")), *months]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What can be read; a value that cannot be is left out, its sentence stands in the form."""
        self.is_valid()
        data = self.cleaned_data
        return Filters(
            field=Field(data["field"]) if data.get("field") else None,
            kind=data.get("kind", ""),
            intake=Intake(data["intake"]) if data.get("intake") else None,
            area_id=data.get("area"),
            unit_id=data.get("unit"),
            month=month_of(data.get("month", "")),
            text=data.get("q", ""),
        )

    @property
    def place_to_find(self) -> str:
        """A place typed where no script turned it into a choice."""
        place: str = self.cleaned_data.get("place", "")
        area: UUID | None = self.cleaned_data.get("area")
        return "" if area else place.strip()


def month_of(text: str) -> date | None:
    """The first day of a month written `2026-11`."""
    return date.fromisoformat(f"{text}-01") if text else None


@lru_cache(maxsize=8)
def _months(year: int, month: int, _language: str | None) -> list[tuple[str, str]]:
    """This month and those before it, as they are called in the language of the page."""
    months = []
    for _count in range(MONTHS):
        name = gettext("Tháng %(month)d/%(year)d") % {"month": month, "year": year}
        months.append((f"{year}-{month:02d}", name))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months
