"""Icons and badges as HTML; the same few stand on every page, so each is written once."""

from functools import cache, lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.web.icons import ICONS
from danvan.web.wording import Look


@cache
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 -- our own drawings
    )


@lru_cache(maxsize=2048)
def badge(text: str, tone: str = "plain", drawing: str = "", letter: str = "") -> SafeString:
    """`drawing` and `letter` tell it without colour; `tone`: plain info good warn danger. No words, no badge."""
    if not text:
        return SafeString()
    before = (format_html('<b class="badge-letter">{}</b>', letter) if letter else "", icon(drawing) if drawing else "")
    return format_html('<span class="badge {}">{}{}<span>{}</span></span>', tone, *before, text)


def look(shown: Look) -> SafeString:
    return badge(str(shown.text), shown.tone, shown.icon)


def illustration() -> SafeString:
    """Says of something made up for the demonstration that it is."""
    return badge(_("Minh họa"), "plain", "info")
