"""Where it happened, as an officer types it: the name of a commune of today or of once."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.base.clock import day_of
from danvan.matters.queries.places import places_to_choose
from danvan.units.queries import area_named


class PlacedForm(forms.Form):
    """`area` is the place that counts; `place_typed` is searched for where no script filled it in."""

    place_typed = forms.CharField(
        label=_("Xã, phường nơi có việc"),
        help_text=_("Tên nay hoặc tên cũ, có dấu hay không dấu."),
        max_length=120,
        error_messages={"required": _("Hãy ghi xã, phường nơi có việc.")},
        widget=forms.TextInput(
            attrs={
                "class": "w-full",
                "autocomplete": "off",
                "data-area-typed": "id_area",
                "data-formerly": _("trước là"),
            }
        ),
    )
    area = forms.UUIDField(required=False, widget=forms.HiddenInput)
    chosen = forms.UUIDField(required=False)

    def __init__(self, data: Any = None, *, at: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.at = at
        self.choices_of_place: list[Any] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("place_typed"):
            self._settle_place(data)
        return data

    def _settle_place(self, data: dict[str, Any]) -> None:
        """A place chosen among several; else the one filled in, where the typed name still is its name."""
        on = data.get("received_on") or day_of(self.at)
        if data.get("chosen"):
            data["area"] = data["chosen"]
        elif not data.get("area") or area_named(data["area"], on) != data["place_typed"]:
            self._find_place(data, on)

    def _find_place(self, data: dict[str, Any], on: date) -> None:
        """One place of that name is taken; several are offered to choose from."""
        found = places_to_choose(data["place_typed"], on)
        communes = [choice for choice in found.shown if not choice.is_wide]
        if len(communes) == 1:
            data["area"] = communes[0].area_id
            return
        self.choices_of_place = communes
        told = now("Có nhiều nơi tên như vậy, hãy chọn một nơi.") if communes else now("Không tìm thấy xã, phường này.")
        self.add_error("place_typed", told)
