"""What one line of the dictionary says."""

from dataclasses import dataclass
from enum import StrEnum

from danvan.reports.indicators.sources import Ratio, Source, Total


class Aggregation(StrEnum):
    """How the values of several periods become one; over units every figure but a rate is added."""

    SUM = "sum"
    FIRST = "first"
    LAST = "last"
    RATE = "rate"


AGGREGATION_NAMES = {
    Aggregation.SUM: "cộng các kỳ",
    Aggregation.FIRST: "lấy kỳ đầu",
    Aggregation.LAST: "lấy kỳ cuối",
    Aggregation.RATE: "tính lại từ tử số và mẫu số",
}


@dataclass(frozen=True)
class Indicator:
    """`counted` says what exactly is counted and when; `form` names the column of a statutory form where one is known;
    `part_of` the indicator it is a part of (“trong đó”). Read back from a signed sheet a drawn figure has no source.
    """

    key: str
    title: str
    unit: str
    counted: str
    source: Source | None
    aggregation: Aggregation = Aggregation.SUM
    form: str = ""
    part_of: str = ""

    @property
    def aggregation_name(self) -> str:
        return AGGREGATION_NAMES[self.aggregation]

    @property
    def is_rate(self) -> bool:
        return isinstance(self.source, Ratio)

    @property
    def is_drawn(self) -> bool:
        """Whether it is read from the records and kept in a sealed sheet; totals and rates are computed from these."""
        return not isinstance(self.source, Ratio | Total)


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    note: str
    indicators: tuple[Indicator, ...]
