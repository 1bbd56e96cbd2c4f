"""The reader attacks: from what is shown, every table that could be behind it is tried."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.rules.suppression import ProtectedTable, Shown, protect_table, protect_tree

LEAST = 3
LARGEST = 9

Table = Sequence[Sequence[int]]


def allowed(shown: Shown, value: int) -> bool:
    if shown.value is not None:
        return value == shown.value
    return 1 <= value < LEAST if shown.text.startswith("<") else value >= LEAST


def allowed_if_marks_say_nothing(shown: Shown, value: int) -> bool:
    return value == shown.value if shown.value is not None else value >= 1


def fits(table: Table, shown: ProtectedTable) -> bool:
    marks = {each.text for row in shown.cells for each in row if each.value is None}
    allow = allowed if any(mark.startswith("<") for mark in marks) else allowed_if_marks_say_nothing
    columns = list(zip(*table, strict=True))
    return (
        all(allow(shown.cells[i][j], table[i][j]) for i in range(len(table)) for j in range(len(columns)))
        and all(allow(total, sum(row)) for total, row in zip(shown.row_totals, table, strict=True))
        and all(allow(total, sum(column)) for total, column in zip(shown.column_totals, columns, strict=True))
        and allow(shown.total, sum(map(sum, table)))
    )


def possible_tables(shown: ProtectedTable) -> Iterator[Table]:
    width = len(shown.cells[0])
    ranges = [[cell.value] if cell.value is not None else range(1, LARGEST + 2) for row in shown.cells for cell in row]
    for values in product(*ranges):
        table = [values[i : i + width] for i in range(0, len(values), width)]
        if fits(table, shown):
            yield table


def cells(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, LARGEST), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@settings(max_examples=60, deadline=None)
@given(cells(2, 2))
def test_no_reader_can_work_out_a_small_count_of_a_table(table: list[list[int]]) -> None:
    shown = protect_table(table, least=LEAST)
    possible = list(possible_tables(shown))
    for i, j in product(range(2), range(2)):
        if 0 < table[i][j] < LEAST:
            assert len({other[i][j] for other in possible}) > 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, LARGEST), min_size=4, max_size=4))
def test_no_reader_can_work_out_a_small_count_of_a_tree(values: list[int]) -> None:
    parents = {"a": "đông", "b": "đông", "c": "tây", "d": "tây", "đông": "tỉnh", "tây": "tỉnh"}
    shown = protect_tree(dict(zip("abcd", values, strict=True)), parents, least=LEAST)
    marks = {each.text for unit, each in shown.items() if unit in "abcd" and each.value is None}
    allow = allowed if any(mark.startswith("<") for mark in marks) else allowed_if_marks_say_nothing
    ranges = [[shown[unit].value] if shown[unit].value is not None else range(1, LARGEST + 2) for unit in "abcd"]
    possible = [
        (a, b, c, d)
        for a, b, c, d in product(*ranges)
        if allow(shown["đông"], a + b) and allow(shown["tây"], c + d) and allow(shown["tỉnh"], a + b + c + d)
        and all(allow(shown[unit], value) for unit, value in zip("abcd", (a, b, c, d), strict=True))
    ]  # fmt: skip
    for place, value in enumerate(values):
        if 0 < value < LEAST:
            assert len({other[place] for other in possible}) > 1


@given(cells(3, 4))
def test_what_is_shown_is_true_and_zero_is_always_shown(table: list[list[int]]) -> None:
    shown = protect_table(table)
    for row, shown_row in zip(table, shown.cells, strict=True):
        for value, each in zip(row, shown_row, strict=True):
            assert each.value in (None, value)
            assert value or each == Shown(0, "0")


def texts(shown: ProtectedTable) -> list[list[str]]:
    body = [
        [*(each.text for each in row), total.text] for row, total in zip(shown.cells, shown.row_totals, strict=True)
    ]
    return [*body, [*(each.text for each in shown.column_totals), shown.total.text]]


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert texts(protect_table([[5, 0], [12, 40]])) == [["5", "0", "5"], ["12", "40", "52"], ["17", "40", "57"]]


def test_one_small_count_takes_the_smallest_possible_company() -> None:
    shown = protect_table([[3, 20, 90], [30, 10, 80], [70, 60, 50]])
    assert texts(shown) == [
        ["<5", "ẩn", "90", "113"],
        ["ẩn", "ẩn", "80", "120"],
        ["70", "60", "50", "180"],
        ["103", "90", "220", "413"],
    ]


def test_two_ones_that_make_two_are_not_given_away_by_their_total() -> None:
    shown = protect_tree({"a": 1, "b": 1, "c": 90}, {"a": "xã", "b": "xã", "c": "xã"})
    assert {unit: each.text for unit, each in shown.items()} == {"a": "<5", "b": "<5", "c": "ẩn", "xã": "92"}


def singled_out(shown: ProtectedTable) -> set[tuple[str, int, int]]:
    """The hidden counts that some combination of sums gives back (elimination over fractions)."""
    height, width = len(shown.cells), len(shown.cells[0])
    sums = [([("cell", i, j) for j in range(width)], ("row", i, 0), shown.row_totals[i]) for i in range(height)] + [
        ([("cell", i, j) for i in range(height)], ("column", j, 0), shown.column_totals[j]) for j in range(width)
    ]
    sums.append(([("row", i, 0) for i in range(height)], ("total", 0, 0), shown.total))
    sums.append(([("column", j, 0) for j in range(width)], ("total", 0, 0), shown.total))
    hidden = {("cell", i, j) for i, row in enumerate(shown.cells) for j, each in enumerate(row) if each.value is None}
    hidden |= {("row", i, 0) for i, each in enumerate(shown.row_totals) if each.value is None}
    hidden |= {("column", j, 0) for j, each in enumerate(shown.column_totals) if each.value is None}
    hidden |= {("total", 0, 0)} if shown.total.value is None else set()
    return lonely([{key: Fraction(1 if key in parts else -1) for key in [*parts, whole] if key in hidden}
                   for parts, whole, _ in sums])  # fmt: skip


def lonely(equations: list[dict[tuple[str, int, int], Fraction]]) -> set[tuple[str, int, int]]:
    reduced: list[tuple[tuple[str, int, int], dict[tuple[str, int, int], Fraction]]] = []

    def take_off(row: dict[tuple[str, int, int], Fraction], key: tuple[str, int, int],
                 other: dict[tuple[str, int, int], Fraction]) -> dict[tuple[str, int, int], Fraction]:  # fmt: skip
        factor = row.get(key, Fraction(0))
        left = {each: row.get(each, Fraction(0)) - factor * other.get(each, Fraction(0)) for each in {*row, *other}}
        return {each: value for each, value in left.items() if value}

    for equation in equations:
        for key, row in reduced:
            equation = take_off(equation, key, row)
        if equation:
            pivot, size = next(iter(equation.items()))
            row = {each: value / size for each, value in equation.items()}
            reduced = [*((key, take_off(other, pivot, row)) for key, other in reduced), (pivot, row)]
    return {key for key, row in reduced if len(row) == 1}


@settings(max_examples=60, deadline=None)
@given(cells(4, 5))
def test_no_combination_of_sums_singles_out_a_small_count(table: list[list[int]]) -> None:
    shown = protect_table(table)
    small = {("cell", i, j) for i, row in enumerate(table) for j, value in enumerate(row) if 0 < value < 5}
    assert not small & singled_out(shown)


def test_two_hidden_blocks_do_not_leave_the_cell_between_them_open() -> None:
    """Every line has two hidden counts, yet the count that joins the blocks would follow from the totals."""
    table = [[2, 2, 9, 9, 9], [2, 2, 1, 9, 9], [9, 9, 2, 2, 9], [9, 9, 2, 2, 9], [9, 9, 9, 9, 9]]
    assert singled_out(protect_table(table)) == set()


def test_a_large_tree_is_protected_quickly_enough_to_publish() -> None:
    leaves = {f"xã {n}": n % 23 for n in range(3321)}
    parents = {unit: f"tỉnh {n % 34}" for n, unit in enumerate(leaves)} | {f"tỉnh {n}": "cả nước" for n in range(34)}
    shown = protect_tree(leaves, parents)
    assert all((shown[unit].value is None) >= (0 < value < 5) for unit, value in leaves.items())


@pytest.mark.parametrize(
    "broken",
    [
        lambda: protect_table([[1, 2], [3]]),
        lambda: protect_table([[-1]]),
        lambda: protect_tree({"xã": 3, "tỉnh": 4}, {"xã": "tỉnh"}),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(broken: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        broken()
