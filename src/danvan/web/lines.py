"""The lines of the officer's lists. They are fifty to a page, and a template takes longer over them than all else."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.matters.queries.rows import Row
from danvan.rules.ledger import State
from danvan.web import badges, wording

CODE = "0"


def matter_lines(rows: Iterable[Row], on: date, several_units: bool, narrowing: str) -> SafeString:
    """One row of the table of matters for each; on a phone each cell says what it is.

    `narrowing` is what the address of the list narrowed to a unit begins with, where it can be.
    """
    labels = [escape(text) for text in (_("Mã"), _("Lĩnh vực"), _("Nơi có việc"), _("Đơn vị giữ"), _("Hạn"),
                                        _("Số lần chuyển"))]  # fmt: skip
    before, _code, after = reverse("matter", args=[CODE]).rpartition(CODE)
    start = escape(narrowing)
    return mark_safe("\n".join(  # noqa: S308 -- every value is escaped below
        _line(row, on, labels, f"{before}{escape(row.code)}{after}", _holder(row, start) if several_units else None)
        for row in rows
    ))  # fmt: skip


def _line(row: Row, on: date, labels: Sequence[str], href: str, holder: str | None) -> str:
    code, field, place, held, due, hops = labels
    unit = "" if holder is None else f'<td class="holder" data-label="{held}">{holder}</td>'
    few = "" if row.hops else " no-hops muted"
    return (
        f'<tr data-href="{href}">'
        f'<td data-label="{code}" class="nowrap"><a class="code" href="{href}">{escape(row.code)}</a></td>'
        f'<td data-label="" class="what">{_duty(row)}{escape(row.summary)}{_marks(row)}</td>'
        f'<td data-label="{field}">{escape(row.field_name)}</td>'
        f'<td data-label="{place}">{_place(row)}</td>{unit}'
        f'<td data-label="{due}">{_due(row, on)}</td>'
        f'<td data-label="{hops}" class="num{few}">{row.hops}</td></tr>'
    )


def _duty(row: Row) -> str:
    """What has to be done beside the main stage of a case stands before what the case is about."""
    return f"<b>{escape(row.duty)}</b><br>" if row.duty else ""


def _marks(row: Row) -> str:
    made_up = f" {badges.illustration()}" if row.is_illustration else ""
    return made_up + (f" {badges.badge(_('Mới'), 'info', 'inbox')}" if row.is_new else "")


def _place(row: Row) -> str:
    where = f'<br><span class="muted small">{escape(row.place)}</span>' if row.place else ""
    return escape(row.area) + where


def _holder(row: Row, narrowing: str) -> str:
    return f'<a href="{narrowing}{row.unit_id}">{escape(row.unit)}</a>' if narrowing else escape(row.unit)


def _due(row: Row, on: date) -> str:
    day = f'<span class="nowrap">{wording.day(row.due)}</span><br>' if row.due else ""
    late = badges.look(wording.lateness(row.due, on)) if row.due and row.is_running else ""
    return day + late + (badges.look(wording.STATE_LOOKS[State(row.state)]) if row.state != State.OPEN else "")
