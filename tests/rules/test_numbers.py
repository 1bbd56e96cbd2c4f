from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules import numbers
from danvan.rules.numbers import NumberError, group, money, numeral, parse_typed, percent, read, write


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("18.990", "18990"),
        ("1377", "1377"),
        ("05", "5"),
        ("0", "0"),
        ("21.560.000 đồng", "21560000"),
        ("1,982 triệu", "1982000"),
        ("163,4 tỷ đồng", "163400000000"),
        ("41 tỷ 722 triệu đồng", "41722000000"),
        ("1 tỉ 250 triệu 500 nghìn đồng", "1250500000"),
        ("27 ngàn", "27000"),
        ("1,2 nghìn tỷ đồng", "1200000000000"),
        ("13,2 %", "13.2"),
        ("97.13", "97.13"),
        ("97,13%", "97.13"),
        ("100 phần trăm", "100"),
        ("0.500", "0.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("18 990", "18990"),
        ("sáu", "6"),
        ("mười", "10"),
        ("mười lăm", "15"),
        ("hai mươi mốt", "21"),
        ("một trăm linh năm", "105"),
        ("hai nghìn ba trăm", "2300"),
        ("hai nghìn tỷ đồng", "2000000000000"),
        ("ba triệu rưỡi", "3500000"),
        ("Bốn mươi hai", "42"),
    ],
)
def test_numbers_are_read_the_way_they_are_written_in_reports(written: str, value: str) -> None:
    assert read(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "abc", "12.34.56", "1.23.456", "12 hộ", "hai ba", "1e5", "5 triệu 3 tỷ", "năm nay", "-", "9" * 40]
)
def test_what_is_not_one_number_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(NumberError, match="không phải là một số"):
        read(written)


@pytest.mark.parametrize("digits", ["1.2.3", "1,2,3", "1.23.456", "12,345,6", "1.234.5"])
def test_separators_that_group_nothing_are_no_number(digits: str) -> None:
    assert numeral(digits) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_written_reads_back_exactly(value: Decimal) -> None:
    assert parse_typed(write(value)).value == value


@given(st.integers(min_value=0, max_value=10**15))
def test_money_loses_no_dong(amount: int) -> None:
    assert read(money(amount)) == amount


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234.5", "1.234,5"),
        ("97.13", "97,13"),
        ("0", "0"),
        ("-1234567", "-1.234.567"),
        ("10.10", "10,1"),
        ("1E+3", "1.000"),
    ],
)
def test_numbers_are_shown_with_dots_and_a_decimal_comma(value: str, shown: str) -> None:
    assert write(Decimal(value)) == shown


def test_rounding_is_half_up_as_offices_do() -> None:
    assert [write(Decimal(value), 2) for value in ("0.125", "0.135", "2", "97.1308")] == [
        "0,13",
        "0,14",
        "2,00",
        "97,13",
    ]


def test_percentages_money_and_counts_have_their_own_form() -> None:
    assert percent(Decimal("97.1308")) == "97,13%"
    assert group(18990) == "18.990"
    assert [money(amount) for amount in (163_400_000_000, 722_000_000, 650_000, 41_722_000_001)] == [
        "163,4 tỷ đồng", "722 triệu đồng", "650.000 đồng", "41.722.000.001 đồng",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("entered", "value", "echo"),
    [("12.345", "12345", "= 12.345"), ("97,13", "97.13", "= 97,13"), ("-5", "-5", "= -5"),
     (" 1.234,5 ", "1234.5", "= 1.234,5"),
     ("2,5 triệu", "2500000", "= 2.500.000"), (12345, "12345", "= 12.345"), (97.13, "97.13", "= 97,13")],
)  # fmt: skip
def test_a_clear_entry_is_echoed_without_doubt(entered: str | int | float, value: str, echo: str) -> None:
    typed = parse_typed(entered)
    assert (typed.value, typed.echo, typed.doubt, typed.error) == (Decimal(value), echo, "", "")


@pytest.mark.parametrize(
    ("entered", "value", "doubt"),
    [
        ("97.13", "97.13", "Đã hiểu dấu chấm là phần thập phân: 97,13. Nên viết dấu phẩy."),
        ("12.3456", "12.3456", "Đã hiểu dấu chấm là phần thập phân: 12,3456. Nên viết dấu phẩy."),
        ("1,234", "1.234", "Dấu phẩy là phần thập phân: 1,234. Nếu muốn nhập 1.234 thì viết 1.234."),
    ],
)
def test_an_entry_with_two_readings_says_which_was_taken(entered: str, value: str, doubt: str) -> None:
    typed = parse_typed(entered)
    assert (typed.value, typed.doubt) == (Decimal(value), doubt)


@pytest.mark.parametrize("entered", ["12.34.56", "mười hộ", "12 hộ", "--", "1/2", "∞"])
def test_an_entry_that_is_no_number_gets_a_sentence(entered: str) -> None:
    assert parse_typed(entered) == numbers.Typed(
        None, error=f"“{entered}” không phải là một số. Viết như 1.234 hoặc 97,13."
    )


def test_a_blank_entry_is_no_value_and_no_error() -> None:
    assert parse_typed("  ") == numbers.Typed(None)


def test_a_spreadsheet_error_value_is_refused() -> None:
    assert parse_typed(float("nan")).error == "Cần nhập một số."


@given(st.text())
def test_typed_input_never_breaks_the_reader(entered: str) -> None:
    typed = parse_typed(entered)
    assert typed.value is None or typed.value.is_finite()
