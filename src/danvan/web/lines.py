"""The lines of the officer's lists. They are many to a page, and a template takes longer over them than all else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.matters.kinds import Field
from danvan.matters.queries.inbox import counted
from danvan.matters.queries.rows import Row
from danvan.matters.queries.today import UnitLoad
from danvan.rules.ledger import RUNNING, State
from danvan.web import badges, charts, wording

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


def load_lines(loads: Sequence[UnitLoad], inbox: str) -> SafeString:
    """One row of the table of units for each: what is late, a bar beside it, and what is nearly due."""
    labels = [escape(text) for text in (_("Đơn vị"), _("Trễ hạn"), _("Sắp đến hạn"))]
    most = max((load.late for load in loads), default=0)
    return mark_safe("\n".join(_load(load, labels, escape(inbox), most) for load in loads))  # noqa: S308 -- escaped


def _load(load: UnitLoad, labels: Sequence[str], inbox: str, most: int) -> str:
    unit, too_late, nearly_due = labels
    name = escape(load.name)

    def number(folder: str, many: int) -> str:
        address = f"{inbox}?folder={folder}&amp;unit={load.unit_id}"
        said = f'<span class="visually-hidden"> {name}</span>'
        return f'<a href="{address}">{counted(many)}{said}</a>' if many else counted(many)

    return (
        f'<tr><td data-label="{unit}">{name}</td>'
        f'<td class="num" data-label="{too_late}">{number("late", load.late)}</td>'
        f'<td class="load-bar" data-label="">{cell_bar(load.late, most)}</td>'
        f'<td class="num" data-label="{nearly_due}">{number("soon", load.soon)}</td></tr>'
    )


def cell_bar(value: float | None, largest: float) -> SafeString:
    """A bar beside a figure; the figure itself says what the bar does."""
    length = charts.bar("", value, largest).length
    return mark_safe(  # noqa: S308 -- a number
        '<svg class="cell-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{length}" height="10"/></svg>'
    )
