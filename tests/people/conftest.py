"""Bà Hoa's contact, and an officer who opens it."""

from collections.abc import Callable

import pytest

from danvan.people.actions import keep, open_for
from danvan.people.kinds import PlainContact, Purpose
from danvan.people.models import Contact
from tests.world import AT, MAU, Citizen, Officer

Keeper = Callable[..., Contact]
Opener = Callable[..., PlainContact]


@pytest.fixture
def plain(hoa: Citizen) -> PlainContact:
    return PlainContact(name=hoa.name, phone=hoa.phone, email=hoa.email, address=hoa.address)


@pytest.fixture
def a_contact(db: None, hoa: Citizen) -> Keeper:
    """Keeps what bà Hoa gave, as read back from the database; other values may be named."""

    def kept(**other: str) -> Contact:
        given = {"name": hoa.name, "phone": hoa.phone, "email": hoa.email, "address": hoa.address} | other
        contact = keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **given)
        assert contact is not None
        return Contact.objects.get(pk=contact.pk)

    return kept


@pytest.fixture
def opened() -> Opener:
    def opening(contact: Contact, officer: Officer, reason: str = "Gọi báo kết quả") -> PlainContact:
        return open_for(contact_id=contact.id, by=officer.by, reason=reason, unit_id=officer.unit.id, at=AT)

    return opening
