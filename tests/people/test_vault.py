"""What a citizen gave to be reached is sealed, read only with a reason, and forgotten in time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from danvan.base.encryption import CannotOpen, new_key_line
from danvan.base.errors import Absent, Invalid, Refused
from danvan.people.access import may_open
from danvan.people.actions import contacts, erase_expired, keep, open_for, renew, reseal
from danvan.people.kinds import PlainContact, Purpose
from danvan.people.models import Contact, ContactOpening
from danvan.people.queries import openings_of, times_opened, with_phone
from danvan.people.vault import open_contact
from danvan.units.access import CITIZEN, NOBODY, Actor, system
from tests.people.conftest import Keeper, Opener
from tests.world import AT, BAN, MAU, TODAY, Citizen, Officer, World


def sealed(contact: Contact) -> bytes:
    assert contact.phone is not None
    return bytes(contact.phone)


@pytest.mark.django_db
class TestKeeping:
    def test_what_was_given_comes_back_to_who_may_read_it(
        self, nam: Officer, a_contact: Keeper, opened: Opener, plain: PlainContact
    ) -> None:
        assert opened(a_contact(), nam) == plain

    def test_no_value_lies_in_the_database_in_the_open(self, a_contact: Keeper, plain: PlainContact) -> None:
        contact = a_contact()
        row = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in Contact.objects.filter(pk=contact.pk).values_list().get()
        )
        assert [value for value in vars(plain).values() if value.encode() in row] == []

    def test_who_gives_nothing_leaves_no_record(self) -> None:
        assert keep(home_area=MAU, purpose=Purpose.ANSWER, name=" ", phone="", at=AT) is None
        assert not Contact.objects.exists()

    def test_what_was_not_given_is_empty_and_not_sealed(self, hoa: Citizen) -> None:
        contact = keep(home_area=MAU, purpose=Purpose.ANSWER, phone=hoa.phone, at=AT)
        assert contact is not None
        assert (contact.name, contact.email, contact.address, contact.id_number, contact.email_key) == (
            None, None, None, None, ""
        )  # fmt: skip

    def test_a_contact_is_kept_for_180_days(self, a_contact: Keeper) -> None:
        assert a_contact().expires_on == TODAY + timedelta(days=180)

    def test_the_same_person_writing_twice_makes_two_records(self, a_contact: Keeper) -> None:
        first, second = a_contact(), a_contact()
        assert first.pk != second.pk
        assert sealed(first) != sealed(second)

    def test_a_value_copied_into_another_row_or_column_does_not_open(self, a_contact: Keeper) -> None:
        first, second = a_contact(), a_contact()
        second.phone = first.phone
        with pytest.raises(CannotOpen):
            open_contact(second)
        first.address = first.name
        with pytest.raises(CannotOpen):
            open_contact(first)

    def test_nothing_asks_for_ethnicity_religion_or_politics(self) -> None:
        columns = [field.name for field in Contact._meta.get_fields()]
        assert columns == [
            "id", "home_area", "purpose", "expires_on", "name", "phone", "email", "address", "id_number", "phone_key",
            "email_key", "created_at", "erased_at",
        ]  # fmt: skip


@pytest.mark.django_db
class TestOpening:
    def test_every_reading_stands_in_the_record(
        self, nam: Officer, tu: Officer, a_contact: Keeper, opened: Opener
    ) -> None:
        contact, other = a_contact(), a_contact()
        opened(contact, nam, "Hỏi thêm vị trí cầu")
        opened(contact, tu, "Mời dự đối thoại")
        assert [(o.label, o.post_ref, o.unit_ref, o.reason, o.at) for o in openings_of(contact.id)] == [
            (tu.post.title, tu.post.pk, tu.unit.id, "Mời dự đối thoại", AT),
            (nam.post.title, nam.post.pk, nam.unit.id, "Hỏi thêm vị trí cầu", AT),
        ]
        assert times_opened([contact.id, other.id]) == {contact.id: 2, other.id: 0}

    @pytest.mark.parametrize("reason", ["", "   ", "l" * 201])
    def test_nobody_reads_without_a_reason(self, nam: Officer, reason: str, a_contact: Keeper, opened: Opener) -> None:
        contact = a_contact()
        with pytest.raises(Invalid) as refusal:
            opened(contact, nam, reason)
        assert refusal.value.field == "reason"
        assert not ContactOpening.objects.exists()

    def test_only_officers_and_leaders_of_the_holding_unit_read(
        self, request: pytest.FixtureRequest, world: World, nam: Officer, tu: Officer, a_contact: Keeper
    ) -> None:
        others = [request.getfixturevalue(name).by for name in ("mai", "thu", "lan", "sau", "kim", "vu", "ben")]
        everybody = [nam.by, tu.by, *others, CITIZEN, NOBODY, system("đêm")]
        contact = a_contact()
        assert [by for by in everybody if _reads(contact, by, world)] == [nam.by, tu.by]
        assert [by for by in everybody if may_open(by, world.ubnd_binh_an.id, TODAY)] == [nam.by, tu.by]
        assert ContactOpening.objects.count() == 2

    def test_a_contact_that_is_not_there_is_told_as_absent(self, world: World, nam: Officer) -> None:
        with pytest.raises(Absent):
            open_for(contact_id=uuid4(), by=nam.by, reason="Gọi", unit_id=world.ubnd_binh_an.id, at=AT)

    def test_a_contact_that_does_not_open_leaves_no_reading(
        self, nam: Officer, a_contact: Keeper, opened: Opener
    ) -> None:
        contact = a_contact()
        Contact.objects.filter(pk=contact.pk).update(phone=sealed(contact)[:-1] + b"\0")
        with pytest.raises(Refused) as refusal:
            opened(contact, nam)
        assert refusal.value.code == "contact-does-not-open"
        assert not ContactOpening.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_never_undone_by_the_transaction_around_it(
    nam: Officer, a_contact: Keeper, opened: Opener
) -> None:
    contact = a_contact()
    with pytest.raises(RuntimeError), transaction.atomic():
        opened(contact, nam)


def _reads(contact: Contact, by: Actor, world: World) -> bool:
    try:
        return bool(open_for(contact_id=contact.id, by=by, reason="Gọi", unit_id=world.ubnd_binh_an.id, at=AT))
    except Refused:
        return False


@pytest.mark.django_db
class TestForgetting:
    def test_on_its_day_a_contact_is_emptied_and_the_readings_stay(
        self, hoa: Citizen, nam: Officer, a_contact: Keeper, opened: Opener
    ) -> None:
        contact = a_contact()
        opened(contact, nam)
        assert erase_expired(at=AT + timedelta(days=179)) == 0
        assert erase_expired(at=AT + timedelta(days=180)) == 1
        contact.refresh_from_db()
        left = (contact.name, contact.phone, contact.email, contact.address, contact.id_number, contact.phone_key,
                contact.email_key)  # fmt: skip
        assert left == (None, None, None, None, None, "", "")
        assert openings_of(contact.id).count() == 1
        assert list(with_phone(hoa.phone)) == []

    def test_an_erased_contact_says_when_it_was_erased(self, nam: Officer, a_contact: Keeper, opened: Opener) -> None:
        contact = a_contact()
        erase_expired(at=AT + timedelta(days=180))
        with pytest.raises(Refused) as refusal:
            opened(contact, nam)
        assert refusal.value.sentence == "Thông tin liên hệ đã được xóa ngày 08/09/2026 vì hết thời hạn lưu."

    def test_a_running_matter_renews_its_contact_and_never_shortens_it(self, a_contact: Keeper) -> None:
        running, other = a_contact(), a_contact()
        later = AT + timedelta(days=170)
        assert renew(contact_ids=[running.id], at=later) == 1
        assert renew(contact_ids=[running.id], at=AT) == 0
        assert erase_expired(at=AT + timedelta(days=180)) == 1
        assert Contact.objects.get(erased_at__isnull=True).pk == running.pk
        assert renew(contact_ids=[other.id], at=AT + timedelta(days=181)) == 0

    def test_the_database_itself_refuses_an_erased_contact_with_values(self, a_contact: Keeper) -> None:
        contact = a_contact()
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=contact.pk).update(erased_at=AT)


@pytest.mark.django_db
class TestNewKeys:
    def test_after_resealing_the_old_key_opens_nothing_and_is_not_needed(
        self, hoa: Citizen, settings: Settings, a_contact: Keeper, plain: PlainContact
    ) -> None:
        old, new = new_key_line(1), new_key_line(2)
        settings.VAULT_KEYS = old
        contacts = [a_contact() for _ in range(3)]
        settings.VAULT_KEYS = new + old
        assert reseal(by=system("đổi khóa")) == 3
        for contact in contacts:
            contact.refresh_from_db()
            assert sealed(contact)[1] == 2
            assert open_contact(contact) == plain
        assert with_phone(hoa.phone).count() == 3
        settings.VAULT_KEYS = new
        assert [open_contact(contact) for contact in contacts] == [plain] * 3
        reseal(by=system("đổi khóa"))
        assert with_phone(hoa.phone).count() == 3

    def test_only_the_machine_reseals(self, nam: Officer, vu: Officer) -> None:
        for by in (nam.by, vu.by, CITIZEN):
            with pytest.raises(Refused):
                reseal(by=by)

    def test_every_province_is_resealed_whatever_the_size_of_a_batch(
        self, a_contact: Keeper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contacts, "BATCH", 2)
        for _ in range(5):
            a_contact()
        keep(home_area=BAN, purpose=Purpose.ANSWER, name="Bền", at=AT)
        assert reseal(by=system("đổi khóa")) == 6

    def test_an_erased_contact_stays_erased(self, a_contact: Keeper) -> None:
        a_contact()
        erase_expired(at=AT + timedelta(days=180))
        assert reseal(by=system("đổi khóa")) == 0
