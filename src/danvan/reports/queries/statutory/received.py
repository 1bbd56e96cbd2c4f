"""What stands behind the reception columns of form 01/TCD: turns of the register, and sessions recorded in numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, IntegerField, Value

from danvan.base.keyset import Order, Page, Strand, page
from danvan.matters.kinds import LedBy
from danvan.matters.queries.reception_counts import numbers_counted, turns_counted
from danvan.reports.queries.statutory.counting import Scope
from danvan.reports.queries.statutory.receptions import count_receptions
from danvan.reports.queries.tree import members
from danvan.reports.statutory import Column
from danvan.reports.statutory import Value as Figure
from danvan.units.queries import unit_names

COLUMNS = ("unit_id", "place", "of", "people", "things", "many", "is_sum")


@dataclass(frozen=True)
class Received:
    """Lines as day, unit and words; who came is not told."""

    value: Figure
    rows: list[tuple[date, str, str]]
    previous: str | None
    next: str | None


def opened_receptions(column: Column, scope: Scope, after: str, before: str) -> Received:
    """One page of the turns and sessions behind a column, oldest first."""
    units = _units(scope)
    cells = count_receptions([column], units, scope.period).values()
    known = [values[column.key] for values in cells]
    value = sum(x for x in known if x is not None) if None not in known else None
    found = _page(column, units, scope, after, before)
    names = unit_names({row[0] for row in found.rows}, scope.period.last_day, short=True)
    rows = [(row[-1], names.get(row[0], ""), _said(row)) for row in found.rows]
    return Received(value, rows, found.previous, found.next)


def _units(scope: Scope) -> list[UUID]:
    tree = members(scope.unit_id, scope.period.last_day)
    return [scope.unit_id] if scope.own else [member.unit_id for member in tree]


def _page(column: Column, units: list[UUID], scope: Scope, after: str, before: str) -> Page[tuple[Any, ...]]:
    by = (column.where or {}).get("by", LedBy.values)
    turns = turns_counted(units, scope.period).filter(led_by__in=by)
    sessions = numbers_counted(units, scope.period)
    if LedBy.STAFF not in by or LedBy.HEAD not in by:
        sessions = sessions.filter(led_by_head=LedBy.HEAD in by)
    if by == (LedBy.DELEGATED,):
        sessions = sessions.none()
    entered = turns.annotate(
        day=F("received_on"), place=F("number"), of=F("year"), people=F("persons"),
        things=F("cases_first") + F("cases_again"), many=Value(0, IntegerField()),
        is_sum=Value(False, BooleanField()),
    )  # fmt: skip
    summed = sessions.annotate(
        day=F("held_on"), place=F("turns"), of=Value(0, IntegerField()), people=F("persons"), things=F("cases"),
        many=F("groups"), is_sum=Value(True, BooleanField()),
    )  # fmt: skip
    columns = (*COLUMNS, "day")
    return page([Strand(entered), Strand(summed)], columns, tuple, Order("day", "id"), after=after, before=before)


def _said(row: tuple[Any, ...]) -> str:
    _unit, place, of, people, things, many, is_sum, _day = row
    if is_sum:
        return f"Buổi ghi bằng số: {place} lượt, {people} người, {many} đoàn, {things} vụ việc"
    return f"Lượt số {place}/{of}: {people} người, {things} vụ việc"
