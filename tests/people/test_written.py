"""However a number or an address is typed, it is one; and what cannot be one is told at its field."""

import pytest

from danvan.base.errors import Invalid
from danvan.people.actions import keep
from danvan.people.kinds import Purpose
from danvan.people.models import Contact
from danvan.people.queries import with_email, with_phone
from danvan.people.vault import open_contact
from tests.people.conftest import Keeper
from tests.world import AT, MAU


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
def test_records_are_found_by_number_and_by_address_and_by_nothing_else(a_contact: Keeper) -> None:
    contact, stranger = a_contact(), a_contact(phone="0987654321", email="khac@thu.example")
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
