"""Bà Hoa's contact, and an officer who opens it; a denouncer, and the custodians who keep the keys."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from danvan.people.actions import appoint_custodian, ask_opening, consent, keep, open_for, seal_identity, set_passphrase
from danvan.people.kinds import PlainContact, PlainIdentity, Purpose, Side
from danvan.people.models import Contact, Custodian, IdentityOpening, SealedIdentity
from danvan.units.models import Unit
from tests.world import AT, MAU, Citizen, Officer, World, an_officer

Keeper = Callable[..., Contact]
Opener = Callable[..., PlainContact]


CARD = "096184005500"


@pytest.fixture
def plain(hoa: Citizen) -> PlainContact:
    return PlainContact(name=hoa.name, phone=hoa.phone, email=hoa.email, address=hoa.address, id_number=CARD)


@pytest.fixture
def a_contact(db: None, hoa: Citizen) -> Keeper:
    """Keeps what bà Hoa gave, as read back from the database; other values may be named."""

    def kept(**other: str) -> Contact:
        given = {
            "name": hoa.name,
            "phone": hoa.phone,
            "email": hoa.email,
            "address": hoa.address,
            "id_number": CARD,
        } | other
        contact = keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **given)
        assert contact is not None
        return Contact.objects.get(pk=contact.pk)

    return kept


@pytest.fixture
def opened() -> Opener:
    def opening(contact: Contact, officer: Officer, reason: str = "Gọi báo kết quả") -> PlainContact:
        return open_for(contact_id=contact.id, by=officer.by, reason=reason, unit_id=officer.unit.id, at=AT)

    return opening


PHRASES = {Side.FIRST: "bốn con cò bay ngang sông", Side.SECOND: "một giàn mướp trước hiên nhà"}
"""The passphrases of the custodians of each side."""
DENOUNCER = PlainIdentity(
    name="Tô Ngọc Vân Khánh",
    address="Số nhà 77B, ấp Rạch Gòi, xã Bình An",
    phone="0987123409",
    email="van.khanh.to@thu.example",
    id_number="096184005577",
)
PURPOSE = "Xác minh nhân thân theo Điều 24"
LETTER = b"\x89PNG\r\n\x1a\n" + b"net chu nghieng cua nguoi to cao " * 40

Appointer = Callable[..., Custodian]
Sealer = Callable[..., SealedIdentity]


@pytest.fixture
def binh(world: World) -> Officer:
    """Anh Bình keeps a key of the first side in xã Bình An."""
    return an_officer(name="Phan Quốc Bình", username="binh", unit=world.ubnd_binh_an, title="Công chức tư pháp")


@pytest.fixture
def yen(world: World) -> Officer:
    """Chị Yến keeps a key of the second side in xã Bình An."""
    return an_officer(name="Lâm Hải Yến", username="yen", unit=world.ubnd_binh_an, title="Công chức văn phòng")


@pytest.fixture
def appointed(tu: Officer) -> Appointer:
    """`tu` appoints somebody of his unit, who then sets the passphrase of the side."""

    def custodian(officer: Officer, side: Side, *, by: Officer = tu, phrase: str = "") -> Custodian:
        unit = officer.unit.id
        made = appoint_custodian(unit_id=unit, account_id=officer.account.pk, side=side, by=by.by, at=AT)
        return set_passphrase(custodian_id=made.pk, passphrase=phrase or PHRASES[side], by=officer.by, at=AT)

    return custodian


@pytest.fixture
def custody(appointed: Appointer, binh: Officer, yen: Officer) -> tuple[Custodian, Custodian]:
    """Both sides of xã Bình An stand, one person each."""
    return appointed(binh, Side.FIRST), appointed(yen, Side.SECOND)


@pytest.fixture
def an_identity(world: World) -> Sealer:
    """Seals the denouncer and the letter, taken in by xã Bình An."""

    def sealed(unit: Unit = world.ubnd_binh_an, files: tuple[bytes, ...] = (LETTER,)) -> SealedIdentity:
        made = seal_identity(home_area=MAU, unit_id=unit.id, plain=DENOUNCER, files=files, at=AT)
        return SealedIdentity.objects.get(pk=made.pk)

    return sealed


@pytest.fixture
def asked(nam: Officer) -> Callable[..., IdentityOpening]:
    def asking(identity: SealedIdentity, at: datetime = AT) -> IdentityOpening:
        return ask_opening(identity_id=identity.pk, purpose=PURPOSE, by=nam.by, unit_id=nam.unit.id, at=at)

    return asking


@pytest.fixture
def agree() -> Callable[..., PlainIdentity | None]:
    """A custodian consents with the passphrase of the side, or another one."""

    def agreeing(opening: IdentityOpening, officer: Officer, phrase: str | Side, at: datetime = AT) -> Any:
        typed = PHRASES[phrase] if isinstance(phrase, Side) else phrase
        return consent(opening_id=opening.pk, passphrase=typed, by=officer.by, at=at)

    return agreeing
