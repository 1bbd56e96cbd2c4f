"""A stamped paper is known by its stamp; a letter about a lost password is not turned away."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.secrecy import Secrecy, secrecy_mark, secrecy_mark_in_name

SECRET, TOP, HIGHEST = Secrecy.SECRET, Secrecy.TOP_SECRET, Secrecy.HIGHEST

STAMPED = [
    ("MẬT", SECRET),
    ("Mật", SECRET),
    ("M Ậ T", SECRET),
    ("[ MẬT ]", SECRET),
    ("T Ố I   M Ậ T", TOP),
    ("TỐI MẬT", TOP),
    ("Tuyệt mật", HIGHEST),
    ("TUYỆT MẬT", HIGHEST),
    ("TUYET MAT", HIGHEST),
    ("CÔNG AN TỈNH MẪU\nTỐI MẬT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", TOP),
    ("UBND XÃ BÌNH AN     MẬT     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SECRET),
    ("Số: 05-BC/TU\tMẬT", SECRET),
    ("Độ mật: Tối mật", TOP),
    ("Mức độ mật: MẬT", SECRET),
    ("(Độ mật: Tuyệt mật)", HIGHEST),
    ("trang một\n" * 40 + "\fMẬT\nKẾ HOẠCH", SECRET),
    ("dòng\n" * 40 + "TỐI MẬT\nphụ lục", TOP),
    ("M\u200bẬT", SECRET),
]
OPEN = [
    "Tôi quên mật khẩu dịch vụ công.",
    "Mật khẩu\nkhông vào được",
    "MẬT ĐỘ XÂY DỰNG",
    "MẬT\nĐỘ DÂN SỐ",
    "SỔ ĐĂNG KÝ VĂN BẢN\nĐỘ\nMẬT",
    "BẢO MẬT THÔNG TIN",
    "BÍ\nMẬT NHÀ NƯỚC",
    "Đề nghị giữ bí mật họ tên tôi.",
    "Công văn ấy đóng dấu Mật nên tôi không được xem.",
    "hồ sơ có dấu TỐI MẬT thì gửi đâu?",
    "Sản phẩm:\n- Mật\n- Sáp ong",
    "Mật ong rừng U Minh",
    "Độ mật:",
    "Độ mật: không",
    "Mật độ: 300 người/km2",
    "SECRET",
    "Top secret",
    "mật",
    "chim mật\nmật\nong",
    "MAT",
    "TOI MAT",
    "thân mật",
    "",
]


@pytest.mark.parametrize(("text", "mark"), STAMPED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_stamp_is_seen(text, mark, form):
    assert secrecy_mark(unicodedata.normalize(form, text)) == mark


@pytest.mark.parametrize("text", OPEN)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_that_only_sound_like_one_are_let_through(text, form):
    assert secrecy_mark(unicodedata.normalize(form, text)) is None


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("MẬT.pdf", SECRET),
        ("[MẬT] kế hoạch.docx", SECRET),
        ("KH 05 (Mật).pdf", SECRET),
        ("KH 05 MẬT.pdf", SECRET),
        ("MẬT_KH_05.pdf", SECRET),
        ("Tối mật - phương án.docx", TOP),
        ("bao-cao-TUYET-MAT.pdf", HIGHEST),
        ("tuyệt_mật.pdf", HIGHEST),
        ("PHỤ LỤC TUYỆT MẬT.pdf", HIGHEST),
        ("mật khẩu.docx", None),
        ("MẬT KHẨU.docx", None),
        ("mật độ dân số.pdf", None),
        ("bí mật.pdf", None),
        ("bí-mật.pdf", None),
        ("BẢO MẬT.pdf", None),
        ("toi mat vi.pdf", None),
        ("kham_MAT.jpg", None),
        ("mật ong.jpg", None),
        ("secret.pdf", None),
        ("", None),
    ],
)
def test_a_file_name_shows_a_mark_as_a_part_of_its_own(name, mark):
    assert secrecy_mark_in_name(name) == mark
    assert secrecy_mark_in_name(unicodedata.normalize("NFD", name)) == mark


@given(
    st.text(st.sampled_from("abcđêm ật khẩuMẬT\n\t.:"), max_size=60),
    st.sampled_from(["MẬT", "TỐI MẬT", "T U Y Ệ T M Ậ T"]),
)
def test_a_stamp_on_a_line_of_its_own_is_seen_whatever_surrounds_it(around, stamp):
    """Between lines that end and begin a sentence, so that nothing makes it half of a broken heading."""
    assert secrecy_mark(f"{around}\nHết câu.\n{stamp}\nPhần tiếp.\n{around}") is not None


@given(st.text())
def test_any_text_is_read_without_a_fault(text):
    assert secrecy_mark(text) in {None, *Secrecy}
    assert secrecy_mark_in_name(text) in {None, *Secrecy}
