"""The lines of the officer's lists. They are fifty to a page, and a template takes longer over them than all else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.matters.kinds import Field
from danvan.matters.queries.rows import Row
from danvan.rules.ledger import RUNNING, State
from danvan.web import badges, wording

CODE = "0"


@dataclass(frozen=True)
class _Same:
    """What is the same on many lines, written once."""

    labels: Sequence[str]
    several_units: bool
    narrowing: str
    made_up: str
    new: str
    address: tuple[str, str]


def matter_lines(rows: Iterable[Row], on: date, several_units: bool, narrowing: str) -> SafeString:
    """One row of the table of matters for each; on a phone each cell says what it is.

    `narrowing` is what the address of the list narrowed to a unit begins with, where it can be.
    """
    labels = [escape(text) for text in (_("Mã"), _("Lĩnh vực"), _("Nơi có việc"), _("Đơn vị giữ"), _("Hạn"),
                                        _("Số lần chuyển"))]  # fmt: skip
    before, _code, after = reverse("matter", args=[CODE]).rpartition(CODE)
    same = _Same(
        labels=labels,
        several_units=several_units,
        narrowing=escape(narrowing),
        made_up=f" {badges.illustration()}",
        new=f" {badges.badge(_('Mới'), 'info', 'inbox')}",
        address=(before, after),
    )
    field_of = cache(lambda field: escape(str(Field(field).label)))
    due_of = cache(lambda due, state: _due(due, state, on))
    return mark_safe("\n".join(  # noqa: S308 -- every value is escaped below
        _line(row, same, field_of(row.field), due_of(row.due, row.state)) for row in rows
    ))  # fmt: skip


def _line(row: Row, same: _Same, field_shown: str, due_shown: str) -> str:
    code, field, place, held, due, hops = same.labels
    before, after = same.address
    shown, few = escape(row.code), "" if row.hops else " no-hops muted"
    href = f"{before}{shown}{after}"
    unit = f'<td class="holder" data-label="{held}">{_holder(row, same)}</td>' if same.several_units else ""
    return (
        f'<tr data-href="{href}">'
        f'<td data-label="{code}" class="nowrap"><a class="code" href="{href}">{shown}</a></td>'
        f'<td data-label="" class="what">{_duty(row)}{escape(row.summary)}{_marks(row, same)}</td>'
        f'<td data-label="{field}">{field_shown}</td>'
        f'<td data-label="{place}">{_place(row)}</td>{unit}'
        f'<td data-label="{due}">{due_shown}</td>'
        f'<td data-label="{hops}" class="num{few}">{row.hops}</td></tr>'
    )


def _duty(row: Row) -> str:
    """What has to be done beside the main stage of a case stands before what the case is about."""
    return f"<b>{escape(row.duty)}</b><br>" if row.duty else ""


def _marks(row: Row, same: _Same) -> str:
    return (same.made_up if row.is_illustration else "") + (same.new if row.is_new else "")


def _place(row: Row) -> str:
    where = f'<br><span class="muted small">{escape(row.place)}</span>' if row.place else ""
    return escape(row.area) + where


def _holder(row: Row, same: _Same) -> str:
    unit = escape(row.unit)
    return f'<a href="{same.narrowing}{row.unit_id}">{unit}</a>' if same.narrowing else unit


def _due(due: date | None, state: str, on: date) -> str:
    day = f'<span class="nowrap">{wording.day(due)}</span><br>' if due else ""
    late = badges.look(wording.lateness(due, on)) if due and state in RUNNING else ""
    return day + late + (badges.look(wording.STATE_LOOKS[State(state)]) if state != State.OPEN else "")
