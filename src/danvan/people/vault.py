"""The only module that seals and opens a citizen's contact; an import contract names the two that may call it.

Each value is sealed in the context of its own row and column: copied to another row it does not open.
"""

from danvan.base.encryption import keyring
from danvan.people.kinds import PlainContact
from danvan.people.models import Contact
from danvan.people.written import email_key, phone_key

SEALED = ("name", "phone", "email", "address", "id_number")


def seal_contact(contact: Contact, plain: PlainContact) -> None:
    """Fills the sealed columns and the keys; the caller saves. A value not given stays empty, not sealed."""
    for column in SEALED:
        text = getattr(plain, column)
        setattr(contact, column, keyring().seal(text, _context(contact, column)) if text else None)
    contact.phone_key, contact.email_key = phone_key(plain.phone), email_key(plain.email)


def open_contact(contact: Contact) -> PlainContact:
    """Raises `CannotOpen` for a value that was changed, moved, or sealed with a key that is not at hand."""
    return PlainContact(**{column: _opened(contact, column) for column in SEALED})


def _opened(contact: Contact, column: str) -> str:
    sealed = getattr(contact, column)
    return "" if sealed is None else keyring().open(sealed, _context(contact, column))


def _context(contact: Contact, column: str) -> str:
    return f"people.contact.{column}:{contact.id}"
