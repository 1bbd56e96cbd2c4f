"""A sentence kept apart from the language it is said in, so that a page can say it in another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Union

Say = Callable[[str], str]
"""Gives a sentence in a language; `str` leaves it Vietnamese."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`sentence` is Vietnamese and may name its `parts` as `%(part)s`; a part that is a phrase is said likewise."""

    sentence: str
    parts: Mapping[str, Union["Phrase", str, int]] = field(default_factory=dict)

    def said(self, say: Say) -> str:
        if not self.parts:
            return say(self.sentence) if self.sentence else ""
        filled = {name: part.said(say) if isinstance(part, Phrase) else part for name, part in self.parts.items()}
        return say(self.sentence) % filled

    def __str__(self) -> str:
        return self.said(str)
