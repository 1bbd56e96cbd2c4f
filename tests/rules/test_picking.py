"""Typing a code instead of choosing from a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.picking import Option, pick

FIELDS = [
    Option("security", "An ninh trật tự", ("at",)),
    Option("land", "Đất đai, nhà ở", ("dd",)),
    Option("roads", "Giao thông, hạ tầng", ("gt",)),
    Option("environment", "Môi trường, vệ sinh", ("mt",)),
]
UNITS = [
    Option("commune", "Công an xã Bình An", ("CA xã Bình An",), rank=0),
    Option("people", "Ủy ban nhân dân xã Bình An", ("UBND xã Bình An",), rank=0),
    Option("province", "Công an tỉnh Mẫu", ("CA tỉnh Mẫu",), rank=1),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("at", "security"),
        ("AT", "security"),
        ("đđ", "land"),
        ("dd", "land"),
        ("antt", "security"),
        ("Đất đai, nhà ở", "land"),
        ("dat dai", "land"),
        ("nha", "land"),
        ("vệ sinh", "environment"),
        ("giao", "roads"),
        ("gi th", "roads"),
    ],
)
def test_a_field_is_meant_by_code_initials_or_words_without_accents(typed, meant):
    assert pick(typed, FIELDS).option.key == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ca", "commune"), ("cong an", "commune"), ("ca tinh", "province"), ("ubnd", "people"), ("uxba", "people")],
)
def test_of_units_that_fit_alike_the_nearest_is_meant(typed, meant):
    assert pick(typed, UNITS).option.key == meant


def test_several_that_fit_alike_are_named_and_none_is_guessed():
    picked = pick("binh an", UNITS)
    assert (picked.option, picked.among) == (None, ("Công an xã Bình An", "Ủy ban nhân dân xã Bình An"))


@pytest.mark.parametrize("typed", ["", "  ", "???", "xyz", "an tự"])
def test_words_that_fit_nothing_mean_nothing(typed):
    picked = pick(typed, FIELDS)
    assert (picked.option, picked.among) == (None, ())


@given(st.sampled_from(FIELDS + UNITS), st.sampled_from(["{}", " {} ", "{}."]))
def test_every_label_means_itself(option, written):
    options = FIELDS if option in FIELDS else UNITS
    assert pick(written.format(option.label.upper()), options).option == option


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(typed):
    picked = pick(typed, FIELDS)
    assert picked.option is None or not picked.among
