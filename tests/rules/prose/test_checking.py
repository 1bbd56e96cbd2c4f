"""What a report says of its own figures, and what of it is reported. Every passage is held against the whole checker."""

import random
import time
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.rules.figures import rate
from danvan.rules.numbers import group, write
from danvan.rules.prose import Finding, check, read


def findings(text: str) -> list[Finding]:
    return check(text, read(text))


def messages(text: str) -> list[str]:
    return [finding.message for finding in findings(text)]


PETITIONS = (
    "Năm tháng qua, công an các cấp đã tiếp hơn 7.830 lượt công dân và nhận gần 18.990 đơn; "
    "trong số thuộc thẩm quyền đã giải quyết 8.328/ 8.574 đơn, đạt {rate}."
)


def test_a_wrong_rate_is_stated_and_computed() -> None:
    text = PETITIONS.format(rate="97,23%")
    found = findings(text)
    assert [(each.rule, each.message, each.stated, each.computed) for each in found] == [
        ("rate", "Nêu 97,23% nhưng 8.328/8.574 = 97,13%.", Decimal("97.23"), Decimal("97.13"))
    ]
    assert [text[start:end] for start, end in found[0].spans] == ["8.328", "8.574", "97,23%"]


@pytest.mark.parametrize("stated", ["97,13%", "97,1%", "97%", "hơn 97%", "gần 98%", "khoảng 97%"])
def test_a_right_rounded_or_qualified_rate_is_no_finding(stated: str) -> None:
    assert messages(PETITIONS.format(rate=stated)) == []


FORMS = [
    "đạt {r}% ({a}/{b} đơn).",
    "đã giải quyết {a}/{b} đơn ({r}%).",
    "đã giải quyết {a}/{b} đơn = {r}%.",
    "đã giải quyết {a}/{b} đơn, tương đương {r} %.",
    "đã giải quyết {a}/{b} đơn thuộc thẩm quyền, đạt {r}%, tăng 3,2% so với cùng kỳ.",
    "đã giải quyết {a} đơn/{b} đơn, đạt {r}%.",
    "đã giải quyết {a} trên {b} đơn, đạt {r}%.",
    "đã giải quyết {a} đơn trong tổng số {b} đơn thụ lý (đạt {r}%).",
    "Tỷ lệ giải quyết đạt {r}%, tương ứng {a}/{b} đơn.",
    "Kết quả: {a}/{b} ({r}%).",
    "đã giải quyết {a} / {b} đơn – đạt {r} %.",
    "đã giải quyết {a}/{b} đơn. Đạt tỷ lệ {r}%.",
    "đã giải quyết {a}/{b} đơn (đạt tỷ lệ {r}%, tăng 1,2% so với cùng kỳ).",
    "đạt {r}% kế hoạch ({a}/{b} đơn).",
    "{a} đơn được giải quyết, chiếm {r}% tổng số {b} đơn.",
    "Trong tổng số {b} đơn khiếu nại, đã giải quyết {a} đơn, đạt {r}%.",
    "giải quyết {a}/{b} đơn (khiếu nại và tố cáo), đạt {r}%.",
    "thu được {a}/{b} triệu đồng, đạt {r}% dự toán.",
    "Đơn đã giải quyết\t{a}/{b}\t{r}%",
]


@pytest.mark.parametrize("form", FORMS)
def test_every_way_of_stating_a_rate_is_checked(form: str) -> None:
    assert messages(form.format(a="8.328", b="8.574", r="97,13")) == []
    assert [finding.rule for finding in findings(form.format(a="8.328", b="8.574", r="97,23"))] == ["rate"]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20, deadline=None)
@given(
    whole=st.integers(min_value=40, max_value=30_000), share=st.integers(min_value=30, max_value=99), seed=st.integers()
)
def test_one_wrong_digit_in_a_rate_is_always_found_and_a_right_rate_never(
    form: str, whole: int, share: int, seed: int
) -> None:
    part = max(13, whole * share // 100)
    right = rate(part, whole)
    assert right is not None
    written = write(right, 2)
    place = random.Random(seed).choice([place for place in (0, 1, 3) if written[place] != ","])
    wrong = written[:place] + str((int(written[place]) + 4) % 10) + written[place + 1 :]
    assert messages(form.format(a=group(part), b=group(whole), r=written)) == []
    assert len(findings(form.format(a=group(part), b=group(whole), r=wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "khởi tố 19 vụ/36 bị can, chiếm 45% số án",
        "tiếp 866 lượt/964 lượt người, đạt 90% kế hoạch",
        "họp ngày 7/8, đạt 90% thành phần",
        "1.084 xã/233 huyện/44 tỉnh tham gia, đạt 75%",
        "5/7 chỉ tiêu đạt 100%",
        "53/54 xã có tỷ lệ tiêm chủng đạt 95,2%",
        "12/15 xã đạt trên 95% hộ tham gia",
        "45/50 hộ thoát nghèo, tỷ lệ hộ nghèo còn 5,2%",
        "thu 238/316 triệu đồng, bằng 105% so với cùng kỳ",
        "8.328/8.574 đơn (97,13%), đạt 102% kế hoạch",
        "tiếp 1.200 lượt, giải quyết 1.150 hồ sơ, đạt 93,1%",
    ],
)
def test_a_slash_that_is_no_rate_is_left_alone(text: str) -> None:
    assert messages(text) == []


def test_the_mistyped_term_is_named_where_the_text_gives_it_away() -> None:
    assert messages("Trong 1.250 đơn nhận được, giải quyết 1.100/1.350 đơn, đạt 88%.") == [
        "Nêu 88% nhưng 1.100/1.350 = 81,48%. Với 1.250 (nêu ở chỗ khác) thì đúng; kiểm tra lại số 1.350."
    ]


def test_a_column_of_rates_on_another_denominator_gets_one_question() -> None:
    text = "Trong 905 đại biểu có nam 480 người (55,1%), nữ 425 người (48,9%)."
    assert [(finding.rule, finding.message) for finding in findings(text)] == [
        (
            "denominator",
            "Các phần cộng đúng 905 nhưng cả 2 tỷ lệ đều lệch (nêu 55,1%, tính trên 905 là 53,04%). Mẫu số là gì?",
        )
    ]
    assert messages("Trong 905 đại biểu có nam 480 người (53,04%), nữ 425 người (46,96%).") == []


def test_one_rate_off_its_column_is_a_wrong_rate() -> None:
    assert messages("Trong 905 đại biểu có nam 480 người (53,04%), nữ 425 người (47,96%).") == [
        "Nêu 47,96% nhưng 425/905 = 46,96%."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("212 hộ (gồm 120 hộ ở thôn trên, 64 hộ ở thôn dưới, 18 hộ khác)", "120 + 64 + 18 = 202"),
        ("1.536 đơn (tồn đầu kỳ 40 đơn, tiếp nhận mới 1.486 đơn)", "40 + 1.486 = 1.526"),
        ("221 đơn (196 khiếu nại, 26 tố cáo)", "196 + 26 = 222"),
        ("nhận 163 đơn, gồm khiếu nại 48, tố cáo 15, phản ánh 90; đã chuyển 20 đơn", "48 + 15 + 90 = 153"),
        ("155 người (53 người chết, 102 người mất tích), gồm: Bảo Yên 109, Sa Pa 8, Bắc Hà 28", "109 + 8 + 28 = 145"),
        ("khiếu nại 212 đơn, tố cáo 88 đơn, tổng cộng 310 đơn", "212 + 88 = 300"),
        ("120 đại biểu (85 nam, 45 nữ)", "85 + 45 = 130"),
    ],
)
def test_parts_that_do_not_make_their_whole_are_added_up(text: str, message: str) -> None:
    assert [finding.rule for finding in findings(text)] == ["sum"]
    assert message in messages(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "212 hộ (gồm 120 hộ ở thôn trên, 74 hộ ở thôn dưới, 18 hộ khác)",
        "nhận 153 đơn, gồm khiếu nại 48, tố cáo 15, phản ánh 90; đã chuyển 20 đơn",
        "khiếu nại 212 đơn, tố cáo 88 đơn, tổng cộng 300 đơn",
        "5 vụ (13 bị can, 2 người chết)",
        "120 hộ (450 khẩu, 200 lao động)",
        "12 lượt đoàn (241 lượt người)",
        "120 hộ (trong đó 80 hộ nghèo, 30 hộ cận nghèo)",
        "200 đảng viên, trong đó 120 đồng chí nữ, 110 đồng chí dưới 40 tuổi",
        "52 mô hình (tiêu biểu 12 mô hình kinh tế, 8 mô hình an ninh)",
        "tổng thiệt hại 27,87 tỷ đồng (1,51 tỷ đồng về lúa, 26,35 tỷ đồng về nhà)",
        "28.648 ha (182,2 ha ở xã trên, 28.466 ha ở xã dưới)",
        "thu gần 500 triệu đồng (hơn 300 triệu đồng từ quỹ, khoảng 180 triệu đồng từ dân)",
    ],
)
def test_lists_that_close_or_never_claimed_to_are_left_alone(text: str) -> None:
    assert messages(text) == []


def test_a_part_above_its_whole_is_reported() -> None:
    assert messages("xảy ra 12 vụ, trong đó 15 vụ do trẻ em gây ra") == ["Phần 15 vụ lớn hơn tổng 12 vụ."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.340 đơn, so với cùng kỳ tăng 118 đơn (năm 2024 có 1.212 đơn)", "Nêu chênh lệch 118 đơn nhưng 1.340 − 1.212 = 128."),
        ("phát hiện 726 vụ, tăng 103 vụ (18,5%) so với cùng kỳ", "Nêu 18,5% nhưng từ 623 đến 726 tăng 16,53%."),
        ("án hình sự 437 vụ, tăng 8,8% so với 398 vụ năm 2024", "Nêu 8,8% nhưng từ 398 đến 437 tăng 9,8%."),
        ("giảm từ 845 vụ xuống còn 790 vụ (giảm 7,51%)", "Nêu 7,51% nhưng từ 845 đến 790 giảm 6,51%."),
        ("hộ nghèo giảm từ 7,4% xuống còn 4,3%, giảm 3,2%", "Nêu chênh lệch 3,2% nhưng 7,4 − 4,3 = 3,1."),
        ("số đơn tăng 82,5% (3.257/1.692 đơn)", "Nêu 82,5% nhưng từ 1.692 đến 3.257 tăng 92,49%."),
        ("tăng 3,3 lần (10.302/4.429 lượt)", "Nêu 3,3 lần nhưng 10.302/4.429 = 2,33 lần."),
    ],
)  # fmt: skip
def test_a_change_that_does_not_come_out_is_reported(text: str, message: str) -> None:
    assert messages(text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "1.340 đơn, tăng 128 đơn (10,56%) so với cùng kỳ (1.212 đơn)",
        "giảm từ 845 vụ xuống còn 790 vụ, giảm 6,51%",
        "hộ nghèo giảm từ 7,4% xuống còn 4,3%, giảm 3,1%",
        "tăng 2,3 lần (10.302/4.429 lượt)",
        "số đơn tăng 92,5% (3.257/1.692 đơn)",
        "giải quyết 12 vụ; số vụ mới phát sinh giảm 5 vụ (10%)",
        "xảy ra 12 vụ, làm chết 5 người, bị thương 9 người, giảm 3 vụ (20%), giảm 1 người chết (16,67%)",
    ],
)
def test_a_change_that_comes_out_is_left_alone(text: str) -> None:
    assert messages(text) == []


def test_one_fact_told_with_two_figures_is_reported() -> None:
    text = "Giúp dân 368.800 ngày công lao động\nCác đơn vị đã giúp dân 386.800 ngày công lao động."
    assert [finding.rule for finding in findings(text)] == ["repeat"]


def test_the_same_words_about_another_year_are_another_fact() -> None:
    assert messages("Năm 2023 giúp dân 368.800 ngày công lao động. Năm 2024 giúp dân 386.800 ngày công lao động.") == []


TABLE = (
    "Đơn vị\tTổng số đơn\tĐã giải quyết\tTỷ lệ (%)\n"
    "Xã An Hòa\t64\t58\t90,63\nXã Bình Mỹ\t83\t76\t91,57\nXã Cẩm Sơn\t50\t45\t{rate}\nTổng cộng\t{total}\t179\t90,86\n"
)


def test_a_table_that_adds_up_is_left_alone() -> None:
    assert messages(TABLE.format(rate="90,00", total=197)) == []


def test_a_table_is_checked_along_its_rows_and_down_its_columns() -> None:
    assert messages(TABLE.format(rate="80,00", total=197)) == ["Nêu 80,00% nhưng 45/50 = 90%."]
    assert "Nêu tổng 199 đơn nhưng các phần cộng lại 64 + 83 + 50 = 197." in messages(
        TABLE.format(rate="90,00", total=199)
    )


def test_spans_of_decomposed_text_fit_it() -> None:
    text = unicodedata.normalize("NFD", PETITIONS.format(rate="97,23%"))
    assert [text[start:end] for start, end in findings(text)[0].spans] == ["8.328", "8.574", "97,23%"]


@pytest.mark.parametrize(
    "piece",
    ["gồm 5 hộ, 6 hộ ", "12/15 hộ, đạt 81%, ", "tăng 5 hộ (5%) so với 7 hộ ", "trong đó 5 hộ, 6 hộ ", "5\t6\t7\n"],
)
def test_checking_time_grows_with_the_length_of_the_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        figures = read(text)
        started = time.process_time()
        check(text, figures)
        return time.process_time() - started

    assert seconds(24_000) < 12 * max(seconds(6_000), 0.02)


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,/%() \n\tđơnhộgồmtăngđạt")))
def test_any_text_is_checked_without_breaking(text: str) -> None:
    assert all(finding.message.endswith((".", "?")) for finding in findings(text))
