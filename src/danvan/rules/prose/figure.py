"""What the reader hands out: figures, and findings about them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """One quantity in a text.

    `start`, `end` and `text` cover the numeral with its multiplier (`163,4 tỷ`, `41 tỷ 722 triệu`) and percent sign;
    the qualifier before and the unit after are outside. Offsets are code points of the text that was read.
    `value` has the multiplier applied and keeps the decimals as written. `unit` is the head that is counted in (`lượt`,
    `đồng`, `%`), in lower case; `counted` the fuller phrase (`lượt công dân`), for measures what is measured
    (`đường nông thôn`). Both are None where the text does not say. `qualifier` is written as in the text.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None = None
    counted: str | None = None
    qualifier: str | None = None

    @property
    def number(self) -> int | float:
        return as_number(self.value)


def as_number(value: Decimal) -> int | float:
    """A value as JSON has it: an integer where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True)
class Finding:
    """An identity that does not come out. `spans` are the figures concerned, in the order of the text.

    Rules: `rate` (a/b against x%), `sum` (parts against their whole), `part` (a part above its whole), `change`
    (tăng/giảm against now and before), `repeat` (one fact told with two figures), `denominator` (a question: a column
    of rates that follows another denominator).
    """

    rule: str
    message: str
    stated: Decimal
    computed: Decimal | None
    spans: tuple[tuple[int, int], ...]
