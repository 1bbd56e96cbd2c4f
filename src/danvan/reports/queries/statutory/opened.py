"""What stands behind a cell of a form: the very letters, cases or receptions that were counted, by the same predicate.

What an actor may not open stays in the list, so that the list has as many lines as the cell says, without its content.
Nobody who denounced is named anywhere in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from danvan.base.counting import counting
from danvan.base.errors import Absent
from danvan.base.keyset import SIZE, Cursor
from danvan.matters.access import visible
from danvan.matters.models import Letter, Matter
from danvan.reports.access import require_figures
from danvan.reports.queries.statutory.counting import RECEPTIONS, Scope, amount, as_day, condition, rows_of
from danvan.reports.queries.statutory.received import opened_receptions
from danvan.reports.queries.statutory.rows import name_of, with_rows
from danvan.reports.queries.tree import Member, members
from danvan.reports.statutory import Column, Form, Value
from danvan.rules.periods import Period
from danvan.units.access import Actor
from danvan.units.models import Unit
from danvan.units.queries import unit_names

OF_LETTERS = ("letters", "handled-letters")


@dataclass(frozen=True)
class Behind:
    """One line behind a cell. `matters`: code and summary of what this actor may open; empty where there is nothing."""

    on: date
    unit: str
    title: str
    matters: tuple[tuple[str, str], ...] = ()
    amount: Value = None


@dataclass(frozen=True)
class Opened:
    """One page of what a cell was counted from; `value` is the whole cell."""

    form: Form
    column: Column
    root: Member
    period: Period
    own: bool
    value: Value
    rows: list[Behind]
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True)
class _Row:
    id: UUID
    on: date
    unit_id: UUID
    amount: Value


def opened(
    by: Actor, form: Form, key: str, unit_id: UUID, period: Period, on: date, *, own: bool = False, after: str = "",
    before: str = "",
) -> Opened:  # fmt: skip
    """One page of the lines behind a cell, oldest first, for whoever may see the figure; a fixed number of statements.

    A column that nobody can fill has no lines.
    """
    require_figures(by, unit_id, period)
    column = form.by_key.get(key)
    if column is None:
        raise Absent
    root = members(unit_id, period.last_day)[0]
    head = (form, column, root, period, own)
    if not column.source:
        return Opened(*head, None, [])
    scope = Scope(unit_id, period, own)
    if column.source == RECEPTIONS:
        found = opened_receptions(column, scope, after, before)
        lines = [Behind(day, name, title) for day, name, title in found.rows]
        return Opened(*head, found.value, lines, found.previous, found.next)
    value, rows, previous, following = _page(column, scope, after, before)
    return Opened(*head, value, _told(rows_of(column)[0], rows, by, on), previous, following)


def _page(column: Column, scope: Scope, after: str, before: str) -> tuple[Value, list[_Row], str | None, str | None]:
    cursor = Cursor.read(after or before) if after or before else None
    backwards = bool(before and not after)
    value, found = _fetched(column, scope, cursor, backwards)
    rows, more = found[:SIZE], len(found) > SIZE
    if backwards:
        rows.reverse()
    has_previous, has_next = (more, bool(rows)) if backwards else (cursor is not None and bool(rows), more)
    return value, rows, _cursor(rows[0]) if has_previous else None, _cursor(rows[-1]) if has_next else None


def _cursor(row: _Row) -> str:
    return str(Cursor(row.on, row.id))


def _fetched(column: Column, scope: Scope, cursor: Cursor | None, backwards: bool) -> tuple[Value, list[_Row]]:
    """The whole cell and one page of it in one statement; the cell is told even where the page is empty."""
    source, where = rows_of(column)
    beginning, name = with_rows(source), name_of(source)
    wanted, order = condition(where), "DESC" if backwards else "ASC"
    beyond = f"AND (came, id) {'<' if backwards else '>'} (%(day)s, %(id)s)" if cursor else ""
    whole = f"SUM({column.sum})" if column.sum else "COUNT(*)"
    given = column.sum or "1"
    text = f"""{beginning}
        SELECT w.whole, p.id, p.came, p.member_id, p.given
        FROM (SELECT {whole} AS whole FROM {name} WHERE {wanted}) w
        LEFT JOIN (SELECT id, came, member_id, {given} AS given FROM {name} WHERE {wanted} {beyond}
                   ORDER BY came {order}, id {order} LIMIT {SIZE + 1}) p ON 1 = 1
        ORDER BY p.came {order}, p.id {order}"""  # noqa: S608 -- our own files; what was chosen comes as a parameter
    given_cursor = {"day": cursor.day, "id": _stored(cursor.id)} if cursor else {}
    with counting() as statement:
        statement.execute(text, scope.parameters | given_cursor)
        rows = statement.fetchall()
    figure = amount(rows[0][0] or 0, column.scale) if column.is_amount else int(rows[0][0] or 0)
    return figure, [_row(column, row) for row in rows if row[1] is not None]


def _stored(key: UUID) -> Any:
    return Unit._meta.pk.get_db_prep_value(key, connection)


def _row(column: Column, row: tuple[Any, ...]) -> _Row:
    _whole, key, came, unit, given = row
    told = amount(given, column.scale) if column.sum else None
    return _Row(UUID(str(key)), as_day(came), UUID(str(unit)), told)


def _told(source: str, rows: list[_Row], by: Actor, on: date) -> list[Behind]:
    of_letters = source in OF_LETTERS
    letters = Letter.objects.in_bulk([row.id for row in rows]) if of_letters else {}
    matters = _matters([row.id for row in rows], by, on, of_letters=of_letters)
    names = unit_names({row.unit_id for row in rows} | {each.unit_id for each in letters.values()}, on, short=True)
    return [
        Behind(row.on, names.get(row.unit_id, ""), _title(letters.get(row.id), names), tuple(matters[row.id]),
               row.amount)
        for row in rows
    ]  # fmt: skip


def _title(letter: Letter | None, names: dict[UUID, str]) -> str:
    """The number of a letter in its register; a case is told by its matters."""
    if letter is None:
        return ""
    book = names.get(letter.unit_id)
    number = f"Đơn số {letter.number}/{letter.year}"
    return f"{number}, sổ của {book}" if book else number


def _matters(ids: Iterable[UUID], by: Actor, on: date, *, of_letters: bool) -> dict[UUID, list[tuple[str, str]]]:
    """What this actor may open of some letters or cases; one query. A plain matter stands for itself."""
    keys = list(ids)
    wanted = Q(letter_id__in=keys) if of_letters else Q(case_id__in=keys) | Q(pk__in=keys, case_id__isnull=True)
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = Matter.objects.filter(visible(by, on), wanted).order_by("letter_id", "part", "id")
    counted = F("letter_id") if of_letters else Coalesce("case_id", "id")
    for key, code, summary in rows.annotate(counted=counted).values_list("counted", "code", "summary"):
        found[key].append((code, summary))
    return found
