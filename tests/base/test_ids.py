import re
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.base.ids import (
    CODE_ALPHABET,
    MAX_HOME_AREA,
    area_of,
    first_id_after,
    new_code,
    new_id,
    new_pin,
    read_code,
)
from tests.world import AT

SHARDS = st.integers(0, MAX_HOME_AREA)


@given(SHARDS)
def test_an_id_says_where_its_row_lives(shard):
    assert area_of(new_id(shard)) == shard


@given(SHARDS)
def test_an_id_is_a_uuid_of_version_7(shard):
    made = new_id(shard)
    assert (made.version, made.variant) == (7, uuid4().variant)


@pytest.mark.parametrize("shard", [-1, MAX_HOME_AREA + 1])
def test_a_shard_code_that_does_not_fit_twelve_bits_is_refused(shard):
    with pytest.raises(ValueError, match="outside"):
        new_id(shard)


def test_ids_sort_by_the_moment_they_were_made(frozen):
    earlier = new_id(MAX_HOME_AREA)
    frozen.shift(0.001)
    assert earlier < new_id(0)


def test_ids_of_one_moment_differ(frozen):
    assert len({new_id(7) for _ in range(1000)}) == 1000


def test_ids_of_one_moment_sort_as_they_were_made(frozen):
    made = [new_id(7) for _ in range(100)]
    assert made == sorted(made)


def test_the_first_id_after_a_millisecond_parts_the_ids_made_by_then_from_the_later_ones(frozen):
    before = new_id(MAX_HOME_AREA)
    frozen.shift(0.001)
    after = new_id(0)
    assert before < first_id_after(int(AT.timestamp() * 1000)) <= after


# ------------------------------------------------------------------ public codes


def test_a_code_is_grouped_so_that_it_can_be_read_aloud():
    assert re.fullmatch(rf"DV42-[{CODE_ALPHABET}]{{4}}-[{CODE_ALPHABET}]{{5}}", new_code(42))


def test_no_letter_of_a_code_is_taken_for_another():
    assert not set("01OILUZ") & set(CODE_ALPHABET)


@given(SHARDS)
def test_a_code_is_read_back(shard):
    code = new_code(shard)
    assert read_code(code) == (shard, code)


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", ""), lambda c: f"  {c[2:]}. "],
)
def test_a_code_may_be_typed_carelessly(typed):
    code = new_code(42)
    assert read_code(typed(code)) == (42, code)


@given(SHARDS, st.integers(0, 8), st.sampled_from(CODE_ALPHABET))
def test_one_mistyped_character_is_noticed(shard, place, other):
    code = new_code(shard)
    head, body = code.split("-", 1)
    letters = body.replace("-", "")
    mistyped = letters[:place] + other + letters[place + 1 :]
    assert read_code(f"{head}-{mistyped}") == ((shard, code) if mistyped == letters else None)


@given(SHARDS, st.integers(0, 6))
def test_two_neighbours_changed_about_are_noticed(shard, place):
    code = new_code(shard)
    head, body = code.split("-", 1)
    letters = body.replace("-", "")
    swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
    assert (read_code(f"{head}-{swapped}") is None) == (swapped != letters)


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_it_is_not(typed):
    found = read_code(typed)
    assert found is None or read_code(found[1]) == found


@pytest.mark.parametrize(
    "typed", ["", "DV", "DV42", "DV42-7K3M", "DV99999-7K3M-92QFH", "DV²²-7K3M-92QFH", "DV-7K3M-92QFH"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None


def test_codes_and_pins_do_not_come_back():
    assert len({new_code(1) for _ in range(500)}) == 500
    assert len({new_pin() for _ in range(500)}) > 490


def test_a_pin_has_six_digits():
    assert all(re.fullmatch(r"\d{6}", new_pin()) for _ in range(200))
