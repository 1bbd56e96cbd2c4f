"""A whole number as people write it: 1120, 1.120 or 1 120."""

from typing import Any

from django import forms

from danvan.rules.numbers import parse_typed


class Count(forms.IntegerField):
    """Refuses fractions and words with the sentence that says how it was read."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, **kwargs)
        self.widget.attrs |= {"class": "w-4", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        read = parse_typed(str(value))
        if read.value is None or read.value != int(read.value):
            raise forms.ValidationError(read.error or read.doubt or self.error_messages["invalid"], code="invalid")
        return int(read.value)
