"""Receptions of citizens for form 01/TCD: the one place where the forms read them."""

from collections.abc import Iterable
from uuid import UUID

from danvan.matters.kinds import LedBy
from danvan.matters.queries.reception_counts import ByLeader, ReceptionCounts, numbers_counted, reception_counts
from danvan.reports.statutory import Column, Value
from danvan.rules.periods import Period

SPLIT = {
    "cases_first": "cases_unsplit",
    "cases_again": "cases_unsplit",
    "group_persons": "groups_unsplit",
    "group_cases_first": "groups_unsplit",
    "group_cases_again": "groups_unsplit",
}
"""What only the register tells, and what says how much was recorded without it."""


def count_receptions(columns: Iterable[Column], units: Iterable[UUID], period: Period) -> dict[UUID, dict[str, Value]]:
    """The reception columns of each unit. What numbers recorded for a whole session leave open is None: whether a case
    came again, who came in groups, whether a session was held by delegation.
    """
    ids, listed = list(units), list(columns)
    found = reception_counts(ids, period)
    summed = set(numbers_counted(ids, period).filter(led_by_head=False).values_list("unit_id", flat=True))
    return {
        unit: {each.key: _figure(each, found[unit], delegation_known=unit not in summed) for each in listed}
        for unit in ids
    }


def _figure(column: Column, found: ByLeader, *, delegation_known: bool) -> Value:
    by = [LedBy(name) for name in (column.where or {}).get("by", LedBy.values)]
    if by == [LedBy.DELEGATED] and not delegation_known:
        return None
    counts: ReceptionCounts = sum((found[who] for who in by), ReceptionCounts())
    if column.sum in SPLIT and getattr(counts, SPLIT[column.sum]):
        return None
    figure: int = getattr(counts, column.sum)
    return figure
