"""The spreadsheet is opened again and held against the form, cell by cell."""

import io

import openpyxl
import pytest

from danvan.reports.queries.statutory import fill
from danvan.reports.statutory import all_forms, form_for
from danvan.reports.statutory.layout import depth, headings
from danvan.reports.statutory_workbook import FIRST_COLUMN, HEADINGS_FROM, form_as_xlsx
from tests.reports.statutory.happening import APRIL


def opened(filled):
    return openpyxl.load_workbook(io.BytesIO(form_as_xlsx(filled)))


@pytest.mark.parametrize("code", ["01/XLD", "03/XLD", "01/KQGQ", "01/TCD"])
def test_every_cell_of_the_spreadsheet_is_the_figure_of_the_form(world, everything, code):
    form = form_for(code, APRIL)
    filled = fill(form, world.ubnd_tinh.pk, APRIL)
    page = opened(filled).worksheets[0]
    first = HEADINGS_FROM + depth(form) + 2
    names = [page.cell(first + i, 2).value for i in range(len(filled.lines))]
    assert names == [
        "Ủy ban nhân dân tỉnh Mẫu (trực tiếp)", "Sở Xây dựng tỉnh Mẫu", "Ủy ban nhân dân phường Trung Tâm",
        "Ủy ban nhân dân xã Bình An", "Ủy ban nhân dân xã Phú Lộc",
    ]  # fmt: skip
    rows = [*(line.values for line in filled.lines), filled.total]
    for i, values in enumerate(rows):
        shown = [page.cell(first + i, FIRST_COLUMN + 1 + j).value for j in range(len(form.columns))]
        assert shown == [None if values[c.key] is None else float(values[c.key]) for c in form.columns]
    assert page.cell(first + len(filled.lines), 1).value == "Tổng cộng"


def test_the_title_block_and_the_code_row_are_those_of_the_circular(world, everything):
    form = form_for("01/XLD", APRIL)
    page = opened(fill(form, world.ubnd_binh_an.pk, APRIL)).worksheets[0]
    said = {cell.value for row in page["A1:X5"] for cell in row if cell.value}
    assert said == {
        "Ủy ban nhân dân xã Bình An", "Biểu số: 01/XLD", "(Thông tư 01/2024/TT-TTCP)", "TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN",
        "Kỳ báo cáo: tháng 4/2026 (15/03–14/04/2026)", "(Số liệu tính từ ngày 15/03/2026 đến ngày 14/04/2026)",
    }  # fmt: skip
    codes = [page.cell(HEADINGS_FROM + depth(form) + 1, FIRST_COLUMN + 1 + j).value for j in range(22)]
    assert codes[:8] == ["1=2+3=4+5", "2", "3", "4", "5", "6=8+9+10=11+12+13=14+18", "7", "8"]
    assert (codes[13], codes[17], codes[21]) == ("14=15+16+17", "18=19+20+21", "22")


def test_groups_are_merged_over_their_columns_and_single_columns_over_all_rows(world, everything):
    page = opened(fill(form_for("01/XLD", APRIL), world.ubnd_binh_an.pk, APRIL)).worksheets[0]
    merged = {str(span) for span in page.merged_cells.ranges}
    assert {"H7:W7", "H8:H9", "J8:L8", "P8:S8", "T8:W8", "C7:C9", "A7:A9", "B7:B9", "X7:X9"} <= merged
    assert page["H7"].value == "Đơn đủ điều kiện xử lý"
    assert page["T8"].value == "Không thuộc thẩm quyền"


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: f"{form.code} {form.version}")
def test_the_headings_of_every_form_cover_the_head_without_gaps_or_overlaps(form):
    covered = [
        (each.row + i, each.column + j)
        for each in headings(form)
        for i in range(each.rows)
        for j in range(each.columns)
    ]
    assert sorted(covered) == [(i, j) for i in range(depth(form)) for j in range(len(form.columns))]


def test_the_second_page_says_what_every_column_counts_and_what_adds_up(world, everything):
    form = form_for("04/XLD", APRIL)
    page = opened(fill(form, world.ubnd_binh_an.pk, APRIL)).worksheets[1]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=21)]
    assert [row[0] for row in rows] == list(range(1, 21))
    assert all(row[3] for row in rows)
    checks = {row[1].value: row[2].value for row in page.iter_rows(min_row=24) if row[1].value}
    assert set(checks.values()) == {"khớp"} and len(checks) == 5


def test_a_name_that_looks_like_a_formula_stays_text(world, everything):
    world.ubnd_binh_an.versions.update(name="=1+1")
    page = opened(fill(form_for("02/KQGQ", APRIL), world.ubnd_binh_an.pk, APRIL)).worksheets[0]
    assert page["A1"].value == "'=1+1"
