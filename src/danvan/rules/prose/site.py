"""A number where it stands: the words before it and what it seems to count."""

from dataclasses import dataclass

from danvan.rules.prose.grammar import Numeral
from danvan.rules.prose.units import Noun


@dataclass(frozen=True, slots=True)
class Site:
    """`before` are the words and signs left of the number in its line or cell, `lowered` the same in lower case."""

    text: str
    number: Numeral
    before: list[str]
    lowered: list[str]
    noun: Noun | None

    @property
    def last(self) -> str:
        return self.lowered[-1] if self.lowered else ""

    @property
    def is_known(self) -> bool:
        """Whether a listed unit follows."""
        return self.noun is not None and self.noun.kind is not None

    @property
    def is_certain(self) -> bool:
        """Whether a percent sign, a multiplier or a measure makes it a quantity."""
        return self.number.percent or self.number.scaled or (self.noun is not None and self.noun.is_measure)
