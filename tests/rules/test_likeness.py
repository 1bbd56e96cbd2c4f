"""The same letter sent again is found, whatever happened to it on the way; another letter is not taken for it."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.likeness import ALIKE, KEPT, SHARED, alike, normal, signature
from danvan.rules.text import fold

BRIDGE = (
    "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm. Bà con đã báo trưởng ấp "
    "nhưng chưa thấy ai đến xem. Đề nghị Ủy ban nhân dân xã sửa trước mùa mưa."
)
RUBBISH = (
    "Xe thu gom rác không vào hẻm 45 đã mười ngày, rác chất đống trước cổng trường mẫu giáo, mùi hôi bay khắp xóm. "
    "Đề nghị công ty môi trường tăng số chuyến."
)


def with_typos(text, share=0.06):
    chance = random.Random(7)
    return "".join(chance.choice("abcdegh") if c.isalpha() and chance.random() < share else c for c in text)


def with_words_dropped(text):
    return " ".join(word for place, word in enumerate(text.split()) if place % 7 != 3)


CHANGES = {
    "no accents": fold,
    "capitals": str.upper,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "typos": with_typos,
    "words dropped": with_words_dropped,
    "words added": lambda text: f"Kính gửi lãnh đạo xã. {text} Xin cảm ơn.",
    "typed short": lambda text: text.replace("Ủy ban nhân dân", "UBND").replace("chưa", "ko"),
    "without accents, with typos, words dropped": lambda text: with_typos(with_words_dropped(fold(text))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_letter_sent_again_is_found(name):
    again = CHANGES[name](BRIDGE)
    assert len(set(signature(BRIDGE)) & set(signature(again))) >= SHARED
    assert alike(BRIDGE, again) >= ALIKE


def test_another_letter_is_another_letter():
    assert alike(BRIDGE, RUBBISH) < 0.6


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_between_none_and_whole(one, other):
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == pytest.approx(alike(other, one), abs=0.02)


@given(st.text(min_size=1))
def test_a_text_is_wholly_like_itself(text):
    assert alike(text, text) == 1 or normal(text) == ""


@given(st.text())
def test_a_signature_is_small_and_fits_a_column(text):
    kept = signature(text)
    assert len(kept) <= KEPT and all(-(2**31) <= number < 2**31 for number in kept)
    assert kept == signature(unicodedata.normalize("NFD", text))


def test_signatures_stay_what_they_are_because_they_are_kept():
    assert signature("Cầu Đỏ gãy") == signature("cau do gay")
    assert signature("cau do") == (-1773452866, 1514171844)
