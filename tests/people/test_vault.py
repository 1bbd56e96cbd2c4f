"""What a citizen gave to be reached is sealed, read only with a reason, and forgotten in time."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from danvan.base.encryption import CannotOpen, new_key_line
from danvan.base.errors import Absent, Invalid, Refused
from danvan.people.access import may_open
from danvan.people.actions import erase_expired, keep, open_for, renew, reseal
from danvan.people.kinds import PlainContact, Purpose
from danvan.people.models import Contact, ContactOpening
from danvan.people.queries import openings_of, times_opened, with_email, with_phone
from danvan.people.vault import open_contact
from danvan.units.access import CITIZEN, NOBODY, Actor, system
from tests.world import AT, MAU, TODAY, Citizen, Officer, World

HOA = PlainContact(
    name="Nguyễn Thị Hoa", phone="0912345678", email="hoa@thu.example", address="Ấp 3, xã Bình An, tỉnh Mẫu"
)
VALUES = (HOA.name, HOA.phone, HOA.email, HOA.address)


def a_contact(hoa: Citizen, **other: str) -> Contact:
    given = {"name": hoa.name, "phone": hoa.phone, "email": hoa.email, "address": hoa.address} | other
    contact = keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **given)
    assert contact is not None
    return Contact.objects.get(pk=contact.pk)


def opened(contact: Contact, officer: Officer, reason: str = "Gọi báo kết quả") -> PlainContact:
    return open_for(contact_id=contact.id, by=officer.by, reason=reason, unit_id=officer.unit.id, at=AT)


@pytest.mark.django_db
class TestKeeping:
    def test_what_was_given_comes_back_to_who_may_read_it(self, hoa: Citizen, nam: Officer) -> None:
        assert opened(a_contact(hoa), nam) == HOA

    def test_no_value_lies_in_the_database_in_the_open(self, hoa: Citizen) -> None:
        contact = a_contact(hoa)
        row = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in Contact.objects.filter(pk=contact.pk).values_list().get()
        )
        assert [value for value in VALUES if value.encode() in row] == []

    def test_who_gives_nothing_leaves_no_record(self) -> None:
        assert keep(home_area=MAU, purpose=Purpose.ANSWER, name=" ", phone="", at=AT) is None
        assert not Contact.objects.exists()

    def test_what_was_not_given_is_empty_and_not_sealed(self) -> None:
        contact = keep(home_area=MAU, purpose=Purpose.ANSWER, phone=HOA.phone, at=AT)
        assert contact is not None
        assert (contact.name, contact.email, contact.address, contact.email_key) == (None, None, None, "")

    def test_a_contact_is_kept_for_180_days(self, hoa: Citizen) -> None:
        assert a_contact(hoa).expires_on == TODAY + timedelta(days=180)

    def test_the_same_person_writing_twice_makes_two_records(self, hoa: Citizen) -> None:
        first, second = a_contact(hoa), a_contact(hoa)
        assert first.pk != second.pk
        assert bytes(first.phone) != bytes(second.phone)

    def test_a_value_copied_into_another_row_or_column_does_not_open(self, hoa: Citizen) -> None:
        first, second = a_contact(hoa), a_contact(hoa)
        second.phone = first.phone
        with pytest.raises(CannotOpen):
            open_contact(second)
        first.address = first.name
        with pytest.raises(CannotOpen):
            open_contact(first)

    def test_nothing_asks_for_ethnicity_religion_or_politics(self) -> None:
        columns = [field.name for field in Contact._meta.get_fields()]
        assert columns == [
            "id", "home_area", "purpose", "expires_on", "name", "phone", "email", "address", "phone_key", "email_key",
            "created_at", "erased_at",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "0912345678"),
        (" 0912 345 678 ", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("０９１２３４５６７８", "0912345678"),
        ("0239 3855 456", "02393855456"),
        ("+855 12 345 678", "+85512345678"),
        ("", ""),
    ],
)
@pytest.mark.django_db
def test_a_number_is_one_number_however_it_is_typed(typed: str, kept: str) -> None:
    contact = keep(home_area=MAU, purpose=Purpose.ANSWER, name="Hoa", phone=typed, at=AT)
    assert contact is not None
    assert open_contact(contact).phone == kept
    assert list(with_phone(kept)) == ([contact] if kept else [])


@pytest.mark.django_db
def test_records_are_found_by_number_and_by_address_and_by_nothing_else(hoa: Citizen) -> None:
    contact, stranger = a_contact(hoa), a_contact(hoa, phone="0987654321", email="khac@thu.example")
    assert list(with_phone("+84 912 345 678")) == [contact]
    assert list(with_email(" HOA@thu.example ")) == [contact]
    assert list(with_email("khac@thu.example")) == [stranger]
    assert list(with_phone("0900000000")) == []
    assert list(with_phone("")) == list(with_email("")) == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "12345", "Số điện thoại chưa đúng"),
        ("phone", "0912 345 67x", "Số điện thoại chưa đúng"),
        ("phone", "19001234", "Số điện thoại chưa đúng"),
        ("phone", "+84 12", "Số điện thoại chưa đúng"),
        ("email", "hoa@", "Địa chỉ thư điện tử chưa đúng"),
        ("email", "hoa@thu.example\nBcc: ai@thu.example", "Địa chỉ thư điện tử chưa đúng"),
        ("email", f"{'h' * 250}@thu.example", "Địa chỉ thư điện tử chưa đúng"),
        ("name", "H" * 121, "Họ tên dài quá 120 ký tự."),
        ("address", "Ấp " * 80, "Địa chỉ dài quá 200 ký tự."),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_right_is_told_at_its_field(field: str, typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **{field: typed})
    assert refusal.value.field == field
    assert refusal.value.sentence.startswith(sentence)
    assert not Contact.objects.exists()


@pytest.mark.django_db
class TestOpening:
    def test_every_reading_stands_in_the_record(self, hoa: Citizen, nam: Officer, tu: Officer) -> None:
        contact, other = a_contact(hoa), a_contact(hoa)
        opened(contact, nam, "Hỏi thêm vị trí cầu")
        opened(contact, tu, "Mời dự đối thoại")
        assert [(o.label, o.post_ref, o.unit_ref, o.reason, o.at) for o in openings_of(contact.id)] == [
            (tu.post.title, tu.post.pk, tu.unit.id, "Mời dự đối thoại", AT),
            (nam.post.title, nam.post.pk, nam.unit.id, "Hỏi thêm vị trí cầu", AT),
        ]
        assert times_opened([contact.id, other.id]) == {contact.id: 2, other.id: 0}

    @pytest.mark.parametrize("reason", ["", "   ", "l" * 201])
    def test_nobody_reads_without_a_reason(self, hoa: Citizen, nam: Officer, reason: str) -> None:
        contact = a_contact(hoa)
        with pytest.raises(Invalid) as refusal:
            opened(contact, nam, reason)
        assert refusal.value.field == "reason"
        assert not ContactOpening.objects.exists()

    def test_only_officers_and_leaders_of_the_holding_unit_read(
        self, request: pytest.FixtureRequest, world: World, hoa: Citizen, nam: Officer, tu: Officer
    ) -> None:
        others = [request.getfixturevalue(name).by for name in ("mai", "thu", "lan", "sau", "kim", "vu", "ben")]
        contact, may = a_contact(hoa), []
        for by in [nam.by, tu.by, *others, CITIZEN, NOBODY, system("đêm")]:
            allowed = may_open(by, world.ubnd_binh_an.id, TODAY)
            may.append((by, allowed))
            assert _reads(contact, by, world) == allowed
        assert [by for by, allowed in may if allowed] == [nam.by, tu.by]
        assert ContactOpening.objects.count() == 2

    def test_a_contact_that_is_not_there_is_told_as_absent(self, world: World, nam: Officer) -> None:
        with pytest.raises(Absent):
            open_for(contact_id=uuid4(), by=nam.by, reason="Gọi", unit_id=world.ubnd_binh_an.id, at=AT)

    def test_a_contact_that_does_not_open_leaves_no_reading(self, hoa: Citizen, nam: Officer) -> None:
        contact = a_contact(hoa)
        Contact.objects.filter(pk=contact.pk).update(phone=bytes(contact.phone)[:-1] + b"\0")
        with pytest.raises(Refused) as refusal:
            opened(contact, nam)
        assert refusal.value.code == "contact-does-not-open"
        assert not ContactOpening.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_never_undone_by_the_transaction_around_it(hoa: Citizen, nam: Officer) -> None:
    contact = a_contact(hoa)
    with pytest.raises(RuntimeError), transaction.atomic():
        opened(contact, nam)


def _reads(contact: Contact, by: Actor, world: World) -> bool:
    try:
        plain = open_for(contact_id=contact.id, by=by, reason="Gọi", unit_id=world.ubnd_binh_an.id, at=AT)
    except (Absent, Refused):
        return False
    return plain == HOA


@pytest.mark.django_db
class TestForgetting:
    def test_on_its_day_a_contact_is_emptied_and_the_readings_stay(self, hoa: Citizen, nam: Officer) -> None:
        contact = a_contact(hoa)
        opened(contact, nam)
        assert erase_expired(at=AT + timedelta(days=179)) == 0
        assert erase_expired(at=AT + timedelta(days=180)) == 1
        contact.refresh_from_db()
        sealed = (contact.name, contact.phone, contact.email, contact.address)
        assert (*sealed, contact.phone_key, contact.email_key) == (None, None, None, None, "", "")
        assert openings_of(contact.id).count() == 1
        assert list(with_phone(hoa.phone)) == []

    def test_an_erased_contact_says_when_it_was_erased(self, hoa: Citizen, nam: Officer) -> None:
        contact = a_contact(hoa)
        erase_expired(at=AT + timedelta(days=180))
        with pytest.raises(Refused) as refusal:
            opened(contact, nam)
        assert refusal.value.sentence == "Thông tin liên hệ đã được xóa ngày 08/09/2026 vì hết thời hạn lưu."

    def test_a_running_matter_renews_its_contact_and_never_shortens_it(self, hoa: Citizen) -> None:
        running, other = a_contact(hoa), a_contact(hoa)
        later = AT + timedelta(days=170)
        assert renew(contact_ids=[running.id], at=later) == 1
        assert renew(contact_ids=[running.id], at=AT) == 0
        assert erase_expired(at=AT + timedelta(days=180)) == 1
        assert Contact.objects.get(erased_at__isnull=True).pk == running.pk
        assert renew(contact_ids=[other.id], at=AT + timedelta(days=181)) == 0

    def test_the_database_itself_refuses_an_erased_contact_with_values(self, hoa: Citizen) -> None:
        contact = a_contact(hoa)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=contact.pk).update(erased_at=AT)


@pytest.mark.django_db
class TestNewKeys:
    def test_after_resealing_the_old_key_opens_nothing_and_is_not_needed(
        self, hoa: Citizen, settings: Settings
    ) -> None:
        old, new = new_key_line(1), new_key_line(2)
        settings.VAULT_KEYS = old
        contacts = [a_contact(hoa) for _ in range(3)]
        settings.VAULT_KEYS = new + old
        assert reseal(by=system("đổi khóa")) == 3
        for contact in contacts:
            contact.refresh_from_db()
            assert bytes(contact.phone)[1] == 2
            assert open_contact(contact) == HOA
        assert with_phone(hoa.phone).count() == 3
        settings.VAULT_KEYS = new
        assert [open_contact(contact) for contact in contacts] == [HOA, HOA, HOA]
        reseal(by=system("đổi khóa"))
        assert with_phone(hoa.phone).count() == 3

    def test_only_the_machine_reseals(self, nam: Officer, vu: Officer) -> None:
        for by in (nam.by, vu.by, CITIZEN):
            with pytest.raises(Refused):
                reseal(by=by)

    def test_an_erased_contact_stays_erased(self, hoa: Citizen) -> None:
        a_contact(hoa)
        erase_expired(at=AT + timedelta(days=180))
        assert reseal(by=system("đổi khóa")) == 0


class TestSilence:
    """Nothing that prints, logs, copies or fails says what a contact holds."""

    @pytest.mark.parametrize("shown", [repr, str, format, "{!r:>60}".format, lambda c: f"{c} {[c]} {{'c': {c!r}}}"])
    def test_an_opened_contact_prints_nothing(self, shown: Callable[[object], str]) -> None:
        assert _leaks(shown(HOA)) == []

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_an_opened_contact_cannot_be_pickled(self, protocol: int) -> None:
        for thing in (HOA, [HOA], {"c": HOA}):
            with pytest.raises(TypeError) as error:
                pickle.dumps(thing, protocol)
            assert _leaks(str(error.value)) == []

    def test_an_opened_contact_cannot_be_copied_or_written_as_json(self) -> None:
        with pytest.raises(TypeError):
            copy.copy(HOA)
        with pytest.raises(TypeError) as error:
            json.dumps(HOA)
        assert _leaks(str(error.value)) == []

    @pytest.mark.parametrize("field", ["name", "phone", "email", "address"])
    @pytest.mark.django_db
    def test_a_refused_value_is_nowhere_in_the_error(self, field: str) -> None:
        secret = "bí mật của bà Hoa " * 20
        with pytest.raises(Invalid) as refusal:
            keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **{field: secret})
        assert "bí mật" not in _everything_in(refusal.value)

    @pytest.mark.django_db
    def test_a_row_prints_and_serialises_only_what_is_sealed(self, hoa: Citizen) -> None:
        contact = a_contact(hoa)
        for shown in (repr(contact), str(contact), repr(contact.__dict__), serializers.serialize("json", [contact])):
            assert _leaks(shown) == []
        assert _leaks(pickle.dumps(contact)) == []

    @pytest.mark.django_db
    def test_the_log_at_its_most_talkative_is_silent(
        self, hoa: Citizen, nam: Officer, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG, "django.db.backends"), CaptureQueriesContext(connection):
            contact = a_contact(hoa)
            opened(contact, nam)
            with_phone(hoa.phone).count()
        assert caplog.records
        assert _leaks(caplog.text) == []

    @pytest.mark.django_db
    def test_an_error_while_opening_carries_no_value(self, hoa: Citizen, nam: Officer) -> None:
        contact = a_contact(hoa)
        Contact.objects.filter(pk=contact.pk).update(address=b"\1\1 hong")
        with pytest.raises(Refused) as refusal:
            opened(contact, nam)
        assert _leaks(_everything_in(refusal.value)) == []


def _leaks(shown: str | bytes) -> list[str]:
    whole = shown if isinstance(shown, bytes) else shown.encode()
    forms = {value: (value.encode(), value.encode("unicode_escape")) for value in VALUES}
    return [value for value, written in forms.items() if any(form in whole for form in written)]


def _everything_in(error: BaseException | None) -> str:
    """The error, what it was raised from and while, their arguments, attributes and pickles."""
    parts = []
    while error is not None:
        parts += [repr(error), repr(error.args), repr(vars(error)), "".join(traceback.format_exception(error))]
        parts.append(str(pickle.dumps(error.args)))
        error = error.__cause__ or error.__context__
    return "\n".join(parts)
