"""Reading the vault: contacts by key, custodies and their keys, askings, and what was disposed of."""

from danvan.people.queries.contacts import openings_of, times_opened, with_email, with_phone
from danvan.people.queries.custody import custody_for, custody_ready
from danvan.people.queries.openings import OpeningShown, openings_shown

__all__ = [
    "OpeningShown",
    "custody_for",
    "custody_ready",
    "openings_of",
    "openings_shown",
    "times_opened",
    "with_email",
    "with_phone",
]
