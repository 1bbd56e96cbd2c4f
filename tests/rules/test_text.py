import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.text import fold, nfc, place_key, shorten, sort_key, words

VIETNAMESE = st.text(
    st.sampled_from("aàảãáạăằâấbcdđeèêếghiìklmnoòôốơớpqrstuùưứvxyỳ AĂÂĐÊÔƠƯ0123456789 .,/-’'\u0300\u0323\u200b\u00a0")
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đường", "duong"),
        ("TRẬT TỰ", "trat tu"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ngọc"), "nguyen thi ngoc"),
        ("Ðắk Lắk", "dak lak"),
        ("Điểu K’Ré", "dieu kre"),
        ("K'Re", "kre"),
        ("  hai\u00a0khoảng\t trắng ", "hai khoang trang"),
        ("vô\u200bhình", "vohinh"),
        ("8.328/8.574 đơn, đạt 97,13%", "8 328 8 574 don dat 97 13"),
        ("05/BC-UBND", "05 bc ubnd"),
        ("12 km²", "12 km2"),
        ("", ""),
    ],
)
def test_folding_leaves_only_plain_tokens(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("old", "new"), [("hoà bình", "hòa bình"), ("Vị Thuỷ", "Vị Thủy"), ("uỷ ban", "ủy ban")])
def test_old_and_new_tone_placement_fold_alike(old: str, new: str) -> None:
    assert fold(old) == fold(new)


def test_folding_keeps_khmer_vowel_signs() -> None:
    assert fold("សួស្តី") == "សួស្តី"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folded_vietnamese_is_ascii_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == " ".join(words(text))
    assert folded.replace(" ", "").isalnum() or folded == ""


@given(VIETNAMESE)
def test_composed_and_decomposed_input_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))


@pytest.mark.parametrize("typed", ["đường", "duong", "DUONG", "Ðường", unicodedata.normalize("NFD", "đường")])
def test_every_way_of_typing_finds_the_road_in_full_text_search(typed: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table lines using fts5(body)")
    base.executemany("insert into lines values (?)", [(fold("Sửa Đường liên xã"),), (fold("Trật tự, hoà giải"),)])
    found = base.execute("select rowid from lines where lines match ?", (f'"{fold(typed)}"',)).fetchall()
    assert found == [(1,)]


def test_names_sort_in_dictionary_order() -> None:
    ordered = [
        "An",
        "Ăn",
        "Ân",
        "Ba",
        "Du",
        "Dừ",
        "Dương",
        "Đà Nẵng",
        "Đồng Tháp",
        "E",
        "Ê",
        "O",
        "Ô",
        "Ơ",
        "U",
        "Ư",
        "Y",
    ]
    assert sorted(ordered[::-1], key=sort_key) == ordered


def test_tones_break_ties_in_dictionary_order() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "mã lực"]
    assert sorted(ordered[::-1], key=sort_key) == ordered


def test_letters_of_the_whole_name_come_before_tones() -> None:
    assert sorted(["Hòa Bình", "Hoa An"], key=sort_key) == ["Hoa An", "Hòa Bình"]
    assert sorted(["Hoa Bình", "Hòa An"], key=sort_key) == ["Hòa An", "Hoa Bình"]


def test_numbers_in_names_sort_as_numbers() -> None:
    ordered = ["Phú 2", "Phú 10", "Phú 010a", "Phú An"]
    assert sorted(ordered[::-1], key=sort_key) == ordered


def test_a_shorter_name_comes_before_the_longer_one_that_starts_with_it() -> None:
    ordered = ["Tân", "Tân An", "Tân An Hội", "Tân Bình", "Tâng"]
    assert sorted(ordered[::-1], key=sort_key) == ordered


def test_tone_placement_does_not_split_a_name_in_two_places() -> None:
    assert sort_key("Hoà") == sort_key("Hòa")


@given(VIETNAMESE, VIETNAMESE)
def test_the_key_orders_the_same_as_bytes_and_as_characters(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (sort_key(one).encode() < sort_key(other).encode())


def test_places_sort_without_their_kind() -> None:
    ordered = [
        "Xã An Bình",
        "Phường Bình An",
        "Thị trấn Cái Vồn",
        "TP. Cần Thơ",
        "Xã Đông Hòa",
        "Phường 2",
        "phường 10",
    ]
    assert sorted(ordered[::-1], key=place_key) == ["Phường 2", "phường 10", *ordered[:5]]


def test_a_name_that_is_only_its_kind_keeps_it() -> None:
    assert place_key("Xã") == sort_key("Xã")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("Sửa cầu", 20, "Sửa cầu"), ("Đề nghị sửa đường liên xã", 16, "Đề nghị sửa…"), ("aaaaaaaaaa", 5, "aaaa…")],
)
def test_shortening_cuts_between_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
