"""Nothing that prints, logs, copies or fails says what a contact holds."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.base.errors import Invalid, Refused
from danvan.people.actions import keep
from danvan.people.kinds import PlainContact, Purpose
from danvan.people.models import Contact
from danvan.people.queries import with_phone
from tests.people.conftest import CARD, Keeper, Opener
from tests.world import AT, MAU, Citizen, Officer

HOA = PlainContact(
    name="Nguyễn Thị Hoa",
    phone="0912345678",
    email="hoa@thu.example",
    address="Ấp 3, xã Bình An, tỉnh Mẫu",
    id_number=CARD,
)
VALUES = (HOA.name, HOA.phone, HOA.email, HOA.address, HOA.id_number)


@pytest.mark.parametrize("shown", [repr, str, format, "{!r:>60}".format, lambda c: f"{c} {[c]}"])
def test_an_opened_contact_prints_nothing(shown: Callable[[object], str]) -> None:
    assert _leaks(shown(HOA)) == []


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_opened_contact_cannot_be_pickled(protocol: int) -> None:
    for thing in (HOA, [HOA], {"c": HOA}):
        with pytest.raises(TypeError) as error:
            pickle.dumps(thing, protocol)
        assert _leaks(str(error.value)) == []


def test_an_opened_contact_cannot_be_copied_or_written_as_json() -> None:
    with pytest.raises(TypeError):
        copy.copy(HOA)
    with pytest.raises(TypeError) as error:
        json.dumps(HOA)
    assert _leaks(str(error.value)) == []


@pytest.mark.parametrize("field", ["name", "phone", "email", "address", "id_number"])
@pytest.mark.django_db
def test_a_refused_value_is_nowhere_in_the_error(field: str) -> None:
    secret = "bí mật của bà Hoa " * 20
    with pytest.raises(Invalid) as refusal:
        keep(home_area=MAU, purpose=Purpose.ANSWER, at=AT, **{field: secret})
    assert "bí mật" not in _everything_in(refusal.value)


def test_a_row_prints_and_serialises_only_what_is_sealed(a_contact: Keeper) -> None:
    contact = a_contact()
    for shown in (repr(contact), str(contact), repr(contact.__dict__), serializers.serialize("json", [contact])):
        assert _leaks(shown) == []
    assert _leaks(pickle.dumps(contact)) == []


def test_the_log_at_its_most_talkative_is_silent(
    hoa: Citizen, nam: Officer, caplog: pytest.LogCaptureFixture, a_contact: Keeper, opened: Opener
) -> None:
    with caplog.at_level(logging.DEBUG, "django.db.backends"), CaptureQueriesContext(connection):
        contact = a_contact()
        opened(contact, nam)
        with_phone(hoa.phone).count()
    assert caplog.records
    assert _leaks(caplog.text) == []


def test_an_error_while_opening_carries_no_value(nam: Officer, a_contact: Keeper, opened: Opener) -> None:
    contact = a_contact()
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
