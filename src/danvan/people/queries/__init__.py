"""Reading the vault: contacts by key, custodies and their keys, askings, and what was disposed of."""

from danvan.people.queries.contacts import openings_of, times_opened, with_email, with_phone
from danvan.people.queries.custody import custody_for, custody_ready
from danvan.people.queries.disposals import data_requests_of, disposals
from danvan.people.queries.keepers import custody_status
from danvan.people.queries.openings import OpeningShown, letters_of, openings_shown, waiting_for

__all__ = [
    "OpeningShown",
    "custody_for",
    "custody_ready",
    "custody_status",
    "data_requests_of",
    "disposals",
    "letters_of",
    "openings_of",
    "openings_shown",
    "times_opened",
    "waiting_for",
    "with_email",
    "with_phone",
]
