import base64
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.base import encryption
from danvan.base.encryption import CannotOpen, Keyring, new_key_line, owner_only_file

OLD, NEW = new_key_line(1), new_key_line(2)
RING = Keyring.read(OLD)
ROTATED = Keyring.read(NEW + OLD)
PLACE = "contact.phone:01890000-0000-7063-8000-000000000000"


@given(st.text(), st.text())
def test_what_was_sealed_opens_in_its_own_place(text, place):
    assert RING.open(RING.seal(text, place), place) == text


def test_a_sealed_value_shows_nothing_of_the_text():
    assert b"0912345678" not in RING.seal("0912345678", PLACE)


def test_the_same_text_is_sealed_differently_each_time():
    assert len({RING.seal("0912345678", PLACE) for _ in range(100)}) == 100


def test_a_value_copied_to_another_row_does_not_open():
    with pytest.raises(CannotOpen):
        RING.open(RING.seal("0912345678", PLACE), PLACE.replace("phone", "name"))


@pytest.mark.parametrize("place", range(len(RING.seal("Hoa", PLACE))))
def test_a_value_changed_in_any_byte_does_not_open(place):
    changed = bytearray(RING.seal("Hoa", PLACE))
    changed[place] ^= 1
    with pytest.raises(CannotOpen):
        RING.open(bytes(changed), PLACE)


@pytest.mark.parametrize("length", range(16))
def test_a_value_cut_short_does_not_open(length):
    with pytest.raises(CannotOpen):
        RING.open(RING.seal("Hoa", PLACE)[:length], PLACE)


def test_another_key_of_the_same_number_does_not_open():
    with pytest.raises(CannotOpen):
        Keyring.read(new_key_line(1)).open(RING.seal("Hoa", PLACE), PLACE)


# ------------------------------------------------------------------ changing keys


def test_a_new_key_on_top_seals_and_the_old_one_still_opens():
    assert ROTATED.open(RING.seal("Hoa", PLACE), PLACE) == "Hoa"
    assert ROTATED.seal("Hoa", PLACE)[1] == 2


def test_what_the_new_key_sealed_is_closed_to_the_old_one():
    with pytest.raises(CannotOpen):
        RING.open(ROTATED.seal("Hoa", PLACE), PLACE)


def test_look_ups_find_old_rows_after_a_key_was_added():
    assert ROTATED.look_up("0912345678", "phone") == RING.look_up("0912345678", "phone")


# ------------------------------------------------------------------ look-ups


@given(st.text(), st.text())
def test_two_texts_meet_exactly_when_they_are_equal(one, other):
    assert (RING.look_up(one, "phone") == RING.look_up(other, "phone")) == (one == other)


def test_equal_texts_of_two_contexts_do_not_meet():
    assert RING.look_up("0912345678", "phone") != RING.look_up("0912345678", "pin")


def test_without_the_key_nobody_can_try_numbers_out():
    assert Keyring.read(NEW).look_up("0912345678", "phone") != RING.look_up("0912345678", "phone")


# ------------------------------------------------------------------ reading keys


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        f"1:{base64.b64encode(b'short').decode()}",
        f"256:{base64.b64encode(bytes(32)).decode()}",
        f"-1:{base64.b64encode(bytes(32)).decode()}",
        f"one:{base64.b64encode(bytes(32)).decode()}",
        "1",
    ],
)
def test_a_line_that_is_no_key_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever is wrong with it
        Keyring.read(text)


def test_empty_lines_between_keys_do_not_matter():
    assert Keyring.read(f"\n{NEW}\n\n{OLD}\n") == ROTATED


def test_the_configured_ring_is_the_one_in_use(settings):
    settings.VAULT_KEYS = NEW + OLD
    assert encryption.keyring() == ROTATED


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "vault.key"
    first = owner_only_file(path, OLD)
    assert (first, owner_only_file(path, NEW)) == (OLD, OLD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
