"""What could lead to a person is proposed for hiding; what only says where the trouble is stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.redaction import Confidence, Kind, Span, propose, redacted

PHONES = [
    "0912345678", "0912.345.678", "0912 345 678", "091 234 56 78", "0912-345-678", "+84912345678", "+84 912 345 678",
    "(+84) 912 345 678", "84912345678", "024 3825 1234", "0235.3851.234", "(0235) 3 851 234", "01234567890",
    "o912345678", "o9l2345678".replace("l", "1"),
    "không chín một hai ba bốn năm sáu bảy tám", "khong chin mot hai, ba bon nam sau bay tam",
]  # fmt: skip


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in propose(text, names)]


@pytest.mark.parametrize("phone", PHONES)
def test_a_telephone_number_is_found_however_it_is_written(phone):
    assert found(f"Xin gọi cho tôi {phone}, cảm ơn.") == [(Kind.PHONE, phone)]


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("thư hoa.nguyen-62@gmail.com nhé", Kind.EMAIL, "hoa.nguyen-62@gmail.com"),
        ("thư hoa(at)gmail.com", Kind.EMAIL, "hoa(at)gmail.com"),
        ("thư hoa [at] thu.com.vn", Kind.EMAIL, "hoa [at] thu.com.vn"),
        ("CCCD số 092085001234", Kind.CITIZEN_ID, "092085001234"),
        ("căn cước: 092 085 001 234", Kind.CITIZEN_ID, "092 085 001 234"),
        ("Số 092085001234 của tôi", Kind.CITIZEN_ID, "092085001234"),
        ("chứng minh nhân dân 362 145 879", Kind.CITIZEN_ID, "362 145 879"),
        ("hộ chiếu B1234567", Kind.PASSPORT, "B1234567"),
        ("STK: 0071000123456 VCB", Kind.ACCOUNT, "0071000123456"),
        ("số tài khoản của tôi tại Agribank là 1903 6688 9900 11", Kind.ACCOUNT, "1903 6688 9900 11"),
        ("thẻ 4111 1111 1111 1111 bị trừ tiền", Kind.ACCOUNT, "4111 1111 1111 1111"),
        ("xe 65C-123.45 chở đất", Kind.PLATE, "65C-123.45"),
        ("biển số 43-b1 957.05", Kind.PLATE, "43-b1 957.05"),
        ("xe máy 29MĐ1-123.45", Kind.PLATE, "29MĐ1-123.45"),
        ("nhà ở số 12/3 đường Lê Lợi", Kind.ADDRESS, "số 12/3"),
        ("số nhà 88/2A, ngõ 5", Kind.ADDRESS, "số nhà 88/2A, ngõ 5"),
        ("ở kiệt 45 bị ngập", Kind.ADDRESS, "kiệt 45"),
        ("thửa đất số 125, tờ bản đồ số 12", Kind.ADDRESS, "thửa đất số 125, tờ bản đồ số 12"),
        ("ngụ 27 Phan Đình Phùng", Kind.ADDRESS, "27"),
        ("bà Hoa đã báo", Kind.NAME, "Hoa"),
        ("cháu Nguyễn Hoàng Gia Bảo bị ngã", Kind.NAME, "Nguyễn Hoàng Gia Bảo"),
        ("Võ Thị Lành chưa nhận tiền", Kind.NAME, "Võ Thị Lành"),
        ("tôi tên là lê văn tám", Kind.NAME, "lê văn tám"),
        ("toi la nguyen van an o day", Kind.NAME, "nguyen van an"),
        ("Người gửi: TRẦN THỊ TƯ", Kind.NAME, "TRẦN THỊ TƯ"),
        ("ông K’Brếu và", Kind.NAME, "K’Brếu"),
    ],
)
def test_what_leads_to_a_person_is_found(text, kind, hidden):
    assert found(text) == [(kind, hidden)]


@pytest.mark.parametrize(
    "text",
    [
        "Thu 20.000.000 đồng, 3.257/1.692 vụ, 8.328/8.574 đơn, đạt 97,13%.",
        "Công văn 0912345678/UBND ngày 03-04-2025 10 giờ; Nghị quyết số 12 và 42/NQ-HĐND.",
        "Tổng đài 1022, 1900 9095, 18001166.",
        "Đèn ấp 3, tổ 5, khóm 2 hỏng; đường 30/4 ngập.",
        "Đường Võ Văn Kiệt, Huỳnh Thúc Kháng và Trần Hưng Đạo",
        "Trường THCS Nguyễn Du, phường Nguyễn An Ninh, chợ Bà Chiểu, cầu Ông Lãnh",
        "Hà Nội, Hà Tĩnh, Đồng Tháp, Cao Bằng và Thái Bình",
        "Ông Chủ tịch, bà Bí thư, anh Công an xã",
        "Cao tốc Bắc Nam; Lê thê suốt 3 năm",
        "20m2 12345, lớp 5A2, QL1A, Km 12+300",
        "mất 15.000.000 đồng trong tài khoản",
        "ông A. và bà B",
    ],
)
def test_what_says_only_where_and_how_much_stays(text):
    assert found(text) == []


def test_the_sender_is_found_by_the_whole_name_and_by_how_she_is_called():
    text = "NGUYEN THI HOA gửi; mọi người gọi tôi là Hoa, vườn có hoa."
    assert found(text, "bà Nguyễn Thị Hoa") == [(Kind.NAME, "NGUYEN THI HOA"), (Kind.NAME, "Hoa")]


def test_who_acts_in_an_office_is_for_a_second_look():
    (span,) = propose("đồng chí Trần Quốc Bảo đã trả lời")
    assert span.confidence == Confidence.UNSURE


def test_hiding_says_what_stood_there():
    text = "Tôi là Nguyễn Thị Hoa, 0912345678."
    assert redacted(text, propose(text)) == "Tôi là [tên người], [số điện thoại]."


def test_spans_a_person_drew_across_each_other_are_hidden_together():
    spans = [Span(Kind.NAME, 4, 8, Confidence.SURE), Span(Kind.PHONE, 6, 12, Confidence.SURE)]
    assert redacted("abc defghijklmno", spans) == "abc [tên người]lmno"


VIETNAMESE = st.text(
    st.sampled_from("aàảạăâbcdđeêghiklmnoôơprstuưvxyÔNHA 0912345678./-:@\u200b\u0301\u0323\nTrầnThịsốnhàông")
)


@given(VIETNAMESE)
def test_spans_are_apart_in_order_and_inside_the_text(text):
    last = 0
    for span in propose(text):
        assert last <= span.start < span.end <= len(text)
        last = span.end


@given(
    st.lists(
        st.sampled_from([*PHONES, "bà Hoa", "số nhà 12", "Trần Văn Lực", "hoa@thu.vn", "cầu Đỏ", "gãy,"]), max_size=8
    )
)
def test_composed_and_decomposed_text_lose_the_same_words(parts):
    text = " ".join(parts)
    apart = unicodedata.normalize("NFD", text)
    hidden = redacted(apart, propose(apart))
    assert unicodedata.normalize("NFC", hidden) == redacted(text, propose(text))


@given(st.lists(st.sampled_from([*PHONES, "bà Hoa", "số nhà 12", "STK 0071000123456", "cầu Đỏ gãy"]), max_size=6))
def test_what_was_hidden_needs_no_hiding_again(parts):
    text = "; ".join(parts)
    shown = redacted(text, propose(text))
    assert found(shown) == []


def test_an_invisible_sign_hides_nothing_from_us():
    text = "gọi 0912\u200b345\u200b678 nhé"
    assert found(text) == [(Kind.PHONE, "0912\u200b345\u200b678")]


def test_a_long_text_is_read_in_little_time():
    assert propose("a" * 20_000) == ()
    assert propose("1 " * 10_000) == ()
    assert propose("Nguyễn " * 3_000) != ()
