"""What templates may say; built in everywhere, so that no template loads it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.rules.clock import Line as ClockLine
from danvan.rules.ledger import State
from danvan.rules.phrase import Phrase
from danvan.web import badges, charts, wording
from danvan.web.lines import cell_bar, load_lines, matter_lines

register = template.Library()
register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("day", wording.day)
register.filter("day_words", wording.day_words)
register.filter("moment", wording.moment)


@register.filter
def plain(value: object) -> str:
    """A year, an id or an attribute: no separators between its digits."""
    return str(value)


@register.filter
def said(told: Phrase | ClockLine) -> str:
    """What the rules say, in the language of the page."""
    return told.said(_)


@register.filter
def is_figure(columns: list[dict[str, Any]], index: int) -> bool:
    return bool(columns[index].get("number"))


Line = tuple[str, str, str]


register.simple_tag(badges.icon)
register.simple_tag(cell_bar)
register.simple_tag(load_lines)
register.simple_tag(matter_lines)


@register.simple_tag
def badge(text: str, tone: str = "plain", icon: str = "", letter: str = "") -> SafeString:
    """`icon` and `letter` tell it without colour; `tone`: plain info good warn danger."""
    return badges.badge(str(text), tone, icon, letter)


@register.simple_tag
def state(value: str) -> SafeString:
    return badges.look(wording.STATE_LOOKS[State(value)])


@register.simple_tag
def lateness(due: date | None, on: date, stopped_on: date | None = None) -> SafeString:
    """Nothing where nothing is due; `on` is today, `stopped_on` the day on which the clock stopped, if it did."""
    if due is None:
        return SafeString()
    return badges.look(wording.lateness(due, stopped_on or on, is_over=stopped_on is not None))


@register.simple_tag
def illustration(is_illustration: bool) -> SafeString:
    """Nothing where it is real."""
    return badges.illustration() if is_illustration else SafeString()


@register.inclusion_tag("web/parts/error_summary.html")
def errors(*sources: Any) -> dict[str, list[Line]]:
    return {"errors": [line for source in sources if source for line in _lines(source)]}


@register.simple_tag
def errors_in(*sources: Any) -> str:
    """What the title of a page begins with when something on it must be put right."""
    return _("Lỗi: ") if any(list(_lines(source)) for source in sources if source) else ""


Rows = Iterable[tuple[str, float | None]]


@register.inclusion_tag("web/parts/bars.html")
def bars(rows: Rows, title: str, conclusion: str = "", unit: str = "") -> dict[str, Any]:
    return {"bars": charts.bars(rows), "title": title, "conclusion": conclusion, "unit": unit}


@register.inclusion_tag("web/parts/columns.html")
def columns(rows: Rows, title: str, conclusion: str = "", unit: str = "") -> dict[str, Any]:
    return {"bars": charts.bars(rows), "title": title, "conclusion": conclusion, "unit": unit}


def _lines(source: Any) -> Iterator[Line]:
    """The id of a field, its label and the sentence that stands there; no id where it concerns the whole."""
    if isinstance(source, BaseFormSet):
        yield from (("", "", str(sentence)) for sentence in source.non_form_errors())
        for form in source.forms:
            yield from _lines(form)
    elif isinstance(source, BaseForm):
        yield from (("", "", str(sentence)) for sentence in source.non_field_errors())
        for field in source:
            anchor = field.id_for_label or f"{field.auto_id}_0"
            yield from ((anchor, str(field.label).rstrip("?:"), str(sentence)) for sentence in field.errors)
    else:
        yield from (("", "", str(sentence)) for sentence in ([source] if isinstance(source, str) else source))
