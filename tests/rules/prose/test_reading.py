"""Which numbers of a report are figures, and what each of them says."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.rules.prose import Figure, read


def shown(text: str) -> list[tuple[str, int | float, str | None]]:
    return [(figure.text, figure.number, figure.unit) for figure in read(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("tiếp 7.830 lượt công dân", [("7.830", 7830, "lượt")]),
        ("còn 1377 đơn và 05 vụ việc", [("1377", 1377, "đơn"), ("05", 5, "vụ việc")]),
        ("giải quyết 8.328/ 8.574 đơn", [("8.328", 8328, "đơn"), ("8.574", 8574, "đơn")]),
        ("đạt 97,13%, tăng 13,2 %", [("97,13%", 97.13, "%"), ("13,2 %", 13.2, "%")]),
        ("đạt 97.13% và 12 phần trăm", [("97.13%", 97.13, "%"), ("12 phần trăm", 12, "%")]),
        ("trị giá 163,4 tỷ đồng", [("163,4 tỷ", 163_400_000_000, "đồng")]),
        ("thu 41 tỷ 722 triệu đồng", [("41 tỷ 722 triệu", 41_722_000_000, "đồng")]),
        ("chi 21.560.000 đồng và 650.000đ", [("21.560.000", 21_560_000, "đồng"), ("650.000", 650_000, "đồng")]),
        ("1,982 triệu lượt, 27 ngàn lượt", [("1,982 triệu", 1_982_000, "lượt"), ("27 ngàn", 27_000, "lượt")]),
        ("sửa 120km đường, 21.091đơn", [("120", 120, "km"), ("21.091", 21091, "đơn")]),
        ("12 km², 300 m2 đất, 4,5 ha", [("12", 12, "km²"), ("300", 300, "m2"), ("4,5", 4.5, "ha")]),
        ("từ 50 đến 60 triệu đồng", [("50", 50_000_000, "đồng"), ("60 triệu", 60_000_000, "đồng")]),
        ("5-7%", [("5", 5, "%"), ("7%", 7, "%")]),
        ("14-16 học sinh", [("14", 14, "học sinh"), ("16", 16, "học sinh")]),
        ("sáu tập thể và năm cá nhân", [("sáu", 6, "tập thể"), ("năm", 5, "cá nhân")]),
        ("hai mươi lăm hộ", [("hai mươi lăm", 25, "hộ")]),
        ("1,250 thẻ", [("1,250", 1250, "thẻ")]),
        ("giúp dân 368. 800 ngày công", [("368. 800", 368_800, "ngày công")]),
        ("trên 2, 4 tỷ đồng", [("2, 4 tỷ", 2_400_000_000, "đồng")]),
        ("phân loại: khiếu nại 17, tố cáo 5.", [("17", 17, None), ("5", 5, None)]),
        ("27 sự cố, gồm Bắc Ninh 2, Hà Nội 1", [("27", 27, "sự cố"), ("2", 2, "sự cố"), ("1", 1, "sự cố")]),
        ("tặng 2 Bằng khen, 4 Cờ thi đua", [("2", 2, "bằng khen"), ("4", 4, "cờ thi đua")]),
        ("phạt 3 năm tù, 10 ngày làm việc", [("3", 3, "năm"), ("10", 10, "ngày làm việc")]),
        ("tăng 2,5 điểm %", [("2,5", 2.5, "điểm %")]),
        ("TIẾP 120 LƯỢT CÔNG DÂN", [("120", 120, "lượt")]),
        ("số người nghiện là 329", [("329", 329, None)]),
        ("hơn 600 ĐVTN", [("600", 600, "đvtn")]),
    ],
)
def test_figures_are_read_with_their_value_and_unit(
    text: str, figures: list[tuple[str, int | float, str | None]]
) -> None:
    assert shown(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 05 tháng 02 năm 2026, sáng 7/3, chiều 16-4, từ 5-15.6, trước 30/4, 03-24/9/2020",
        "từ ngày 20 đến 22-8, ngày 25 và 26-3, tháng 1.2014, quý 2/2025, 3/2024",
        "giai đoạn 2022-2026, nhiệm kỳ 2020 - 2025, năm học 2024-2025, năm 2023, 2024",
        "lúc 8 giờ 30, 14:35, 7h30, từ 22h đến 5h, 19:06:24, 10:13 AM (GMT+7)",
        "Báo cáo số 84/BC-TTT, 42/NQ-HĐND, 521/2005/QĐ-TTg, 05-CT/TU, 399-QĐ/TW, Số: 06/2024/QĐ-UBND",
        "Nghị quyết số 27, Chỉ thị 05, Kết luận 120, các Quyết định 217, 218, Đề án 06, Luật số 10/2022/QH15",
        "Điều 5, khoản 2 và 3, điểm a khoản 1 Điều 18, mục 4",
        "Trung đoàn 3, Sư đoàn 5, Quân khu 9, Bệnh viện Quân y 103, Đồn Biên phòng 736",
        "quận 1, khu phố 4, tổ 86, Cụm thi đua số 2, Ban Chỉ đạo 138, ấp 1, 2, 3, Văn Lâm 2, phường 25",
        "Quốc lộ 61, đường ĐH 11, Quảng trường 16-4, Km 27+500, cột mốc 728/1",
        "thứ 6, lần thứ 5, khóa XII, đợt 2, mũi 3, lớp 9, hạng 3",
        'mô hình “3 chung”, "4 cùng", “Phiên chợ 0 đồng”, “ngôi nhà 100 đồng”',
        "phương châm 4 tại chỗ, 3 sẵn sàng, 6 rõ",
        "18 tuổi, từ 18-30 tuổi, sinh năm 1990, huy hiệu 30 năm tuổi Đảng",
        "Covid-19, COVID-19, 5G, 4.0, H5N1, tổ 12a, tàu BĐ 97258 TS",
        "đường dây nóng 0293.3878.114, 0912 345 678, tổng đài 1022, ĐT: 0235.3812345",
        "www.xa24.gov.vn, ubnd2025@tinh.gov.vn, https://a.vn/bai-123.html",
        "trực 24/24, quá 2/3 thời gian, tỷ lệ 1/500, mô hình 2 cấp",
        "Lượt xem: 911",
        "2,786 comments",
        "6 tháng đầu năm, 5 tháng qua, sau 3 năm thực hiện, kỷ niệm 70 năm, trong 15 ngày, trong thời gian 2 ngày",
        "hàng chục ngàn lượt người, hàng vạn hộ, hàng tỷ đồng, vài chục hộ",
        "hai bên, ba cơ quan, trong năm người dân, một số hộ, hai cấp",
        "1. Công tác tuyên truyền",
        "nhiệm vụ: (1) nâng cao; (2) đổi mới",
        "2.1 Kết quả",
        "thửa đất số 125, tờ bản đồ số 12",
        "các ấp: Phú Mỹ 1, Tân An 3",
    ],
)  # fmt: skip
def test_dates_papers_names_and_slogans_are_no_figures(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("hơn 7.830 lượt", "hơn"),
        ("Gần 530 tổ", "Gần"),
        ("khoảng 1.000 tỷ đồng", "khoảng"),
        ("đạt trên 95%", "trên"),
        ("ước đạt 1.200 tấn", "ước đạt"),
        ("không dưới 10 hộ", "không dưới"),
        ("từ 5 hộ trở lên", "trở lên"),
        ("cao hơn 3,2%", None),
        ("8 trên 9 xã", None),
        ("360 hội nghị", None),
    ],
)
def test_a_qualifier_is_kept_as_written(text: str, qualifier: str | None) -> None:
    assert read(text)[0].qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        ("30.460 lượt cán bộ, chiến sĩ tham gia", "lượt", "lượt cán bộ"),
        ("368.800 ngày công lao động tu sửa", "ngày công", "ngày công lao động"),
        ("4.430 hộ dân; xây", "hộ", "hộ dân"),
        ("1.350 km đường nông thôn, thủy lợi", "km", "đường nông thôn"),
        ("530 Tổ bảo vệ an ninh trật tự với", "tổ", "tổ bảo vệ an ninh trật tự"),
        ("123 vụ tai nạn giao thông, giảm", "vụ", "vụ tai nạn giao thông"),
        ("số tiền 33,5 triệu đồng", "đồng", "số tiền"),
        ("12 máy cày của hợp tác xã", "máy", "máy cày"),
        ("45 thiết bị bay được trang bị", "thiết bị", "thiết bị bay"),
        ("đạt 97,13%", "%", None),
        ("100% hội viên phụ nữ tham gia", "%", "hội viên phụ nữ"),
    ],
)
def test_the_unit_is_the_head_and_the_counted_phrase_is_fuller(text: str, unit: str, counted: str | None) -> None:
    figure = read(text)[0]
    assert (figure.unit, figure.counted) == (unit, counted)


def test_a_phrase_nobody_listed_is_still_a_unit() -> None:
    assert shown("thu 17 tổ ong, 9 ống nhòm") == [("17", 17, "tổ"), ("9", 9, "ống nhòm")]


def test_a_heading_gives_its_column_unit_and_multiplier() -> None:
    table = "STT\tĐơn vị\tSố đơn\tTỷ lệ (%)\tKinh phí (triệu đồng)\n1\tXã An Hòa\t64\t90,63\t12,5\n"
    assert shown(table) == [("64", 64, "đơn"), ("90,63", 90.63, "%"), ("12,5", 12_500_000, "đồng")]


ARTICLE = (
    "Sáng 4/1, hai đơn vị sơ kết chương trình giai đoạn 2022-2026.\r\n"
    "Toàn tỉnh có gần 530 tổ với hơn 2.000 thành viên; hoà giải 644/707 vụ (đạt 91,09%).\n"
)


def spoken(figures: list[Figure]) -> list[tuple[int | float, str | None, str | None]]:
    return [(figure.number, figure.unit, figure.qualifier) for figure in figures]


def test_offsets_fit_the_text_as_it_was_given() -> None:
    assert [ARTICLE[figure.start : figure.end] for figure in read(ARTICLE)] == ["530", "2.000", "644", "707", "91,09%"]


def test_decomposed_text_with_invisible_characters_is_read_alike_and_keeps_its_own_offsets() -> None:
    odd = unicodedata.normalize("NFD", ARTICLE).replace(" tổ ", "\u00a0tổ\u200b ").replace("644", "\u200b644")
    figures = read(odd)
    assert spoken(figures) == spoken(read(ARTICLE))
    assert [odd[figure.start : figure.end] for figure in figures] == [figure.text for figure in figures]
    assert [figure.text.strip("\u200b") for figure in figures] == ["530", "2.000", "644", "707", "91,09%"]


def test_lines_that_the_page_broke_are_read_through() -> None:
    assert shown("đã tiếp nhận 2.680\ný kiến của nhân dân") == [("2.680", 2680, "ý kiến")]


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,/%-() \n\tđơnhộtỷkmĐAa“”")))
def test_any_text_is_read_and_every_figure_stands_where_it_says(text: str) -> None:
    figures = read(text)
    assert [text[figure.start : figure.end] for figure in figures] == [figure.text for figure in figures]
    assert [figure.start for figure in figures] == sorted({figure.start for figure in figures})


@pytest.mark.parametrize("piece", ["1.", "12/15 hộ, ", "(5 hộ ", "5-", "hai ba ", "a@", "“5 hộ ", "5\t", " "])
def test_reading_time_grows_with_the_length_of_the_text_and_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        read(text)
        return time.process_time() - started

    assert seconds(24_000) < 12 * max(seconds(6_000), 0.02)
