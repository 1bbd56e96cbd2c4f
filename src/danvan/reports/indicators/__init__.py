"""The dictionary of indicators: one small module for each group.

A figure is drawn from the records; a total or a rate is computed from drawn figures each time it is shown. What is
stored in a sealed sheet are drawn figures only.
"""

from collections.abc import Mapping
from decimal import Decimal

from danvan.reports.indicators.identities import CARRY_OVERS, IDENTITIES, CarryOver, Identity
from danvan.reports.indicators.indicator import Aggregation, Group, Indicator
from danvan.reports.indicators.meetings import MEETINGS
from danvan.reports.indicators.opinions import OPINIONS
from danvan.reports.indicators.petitions import PETITIONS, REVIEWS
from danvan.reports.indicators.receptions import RECEPTIONS
from danvan.reports.indicators.sources import Ratio, Total
from danvan.rules.figures import rate

__all__ = [
    "CARRY_OVERS", "GROUPS", "IDENTITIES", "INDICATORS", "Aggregation", "CarryOver", "Figure",
    "Group", "Identity", "Indicator", "computed", "drawn_keys", "full_title",
]  # fmt: skip

GROUPS: tuple[Group, ...] = (MEETINGS, OPINIONS, RECEPTIONS, PETITIONS, REVIEWS)
INDICATORS: dict[str, Indicator] = {each.key: each for group in GROUPS for each in group.indicators}

Figure = int | Decimal | None
"""A count, a rate in percent, or None where it is not known or there is nothing to divide by."""


def drawn_keys() -> tuple[str, ...]:
    return tuple(key for key, each in INDICATORS.items() if each.is_drawn)


def full_title(key: str) -> str:
    """`Ý kiến đóng góp: Đã trả lời`, for where a figure stands alone."""
    group = next(each for each in GROUPS if any(one.key == key for one in each.indicators))
    return f"{group.title}: {INDICATORS[key].title}"


def computed(key: str, values: Mapping[str, int], dictionary: Mapping[str, Indicator] = INDICATORS) -> Figure:
    """The figure of any indicator from the drawn ones; a sum with an unknown part is unknown, not smaller."""
    source = dictionary[key].source
    if isinstance(source, Ratio):
        part, whole = (computed(name, values, dictionary) for name in (source.numerator, source.denominator))
        return None if part is None or whole is None else rate(part, whole)
    if isinstance(source, Total):
        parts = [computed(name, values, dictionary) for name in (*source.plus, *source.minus)]
        signed = [part if i < len(source.plus) else -part for i, part in enumerate(parts) if part is not None]
        return None if len(signed) < len(parts) else sum(signed)
    return values.get(key)
