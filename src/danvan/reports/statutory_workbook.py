"""A statutory form as an Excel file in its official layout: title block, headings one under the other, code row, units
as rows, totals, notes. What people typed is written as text, never as a formula.
"""

import io
from typing import TYPE_CHECKING, Any

from danvan.reports.queries.statutory import Filled
from danvan.reports.statutory import Form, Value
from danvan.reports.statutory.layout import Heading, code_of, depth, headings
from danvan.reports.workbook import book_of, safe

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

UNIT_WIDTH, WIDTH = 34, 11
HEADINGS_FROM = 6
"""The row, from 0, on which the headings begin."""
FIRST_COLUMN = 2
"""Before it stand the line number and the name of the unit."""
COUNT, AMOUNT = "#,##0", "#,##0.######"
EVIDENCE = {
    "P": "đã đọc trong văn bản",
    "S": "theo nguồn dẫn lại văn bản",
    "T": "theo biểu mẫu đang dùng, chưa đối chiếu với phụ lục",
    "M": "chưa có mẫu để đối chiếu",
}


def form_as_xlsx(filled: Filled) -> bytes:
    """The form, and a second page that says what every column counts and whether the sums agree."""
    made = io.BytesIO()
    with book_of(made) as book:
        page = book.add_worksheet(filled.form.code.replace("/", "-"))
        looks = _looks(book)
        _title(page, filled, looks)
        top = HEADINGS_FROM + _headings(page, filled.form, looks)
        bottom = _rows(page, filled, top + 1, looks)
        _notes(page, filled, bottom + 1, looks)
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADINGS_FROM, top)
        page.freeze_panes(top + 1, FIRST_COLUMN)
        _dictionary(book.add_worksheet("Cách đếm"), filled, looks)
    return made.getvalue()


def _looks(book: "Workbook") -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 11}
    cell = base | {"border": 1, "valign": "vcenter"}
    looks = {
        "plain": base,
        "wrapped": base | {"text_wrap": True, "valign": "top"},
        "bold": base | {"bold": True},
        "title": base | {"bold": True, "font_size": 14, "align": "center"},
        "centred": base | {"align": "center", "italic": True},
        "head": cell | {"bold": True, "align": "center", "text_wrap": True},
        "code": cell | {"italic": True, "align": "center", "font_size": 9},
        "name": cell | {"text_wrap": True},
        "place": cell | {"align": "center"},
        "count": cell | {"num_format": COUNT},
        "amount": cell | {"num_format": AMOUNT},
        "sum-name": cell | {"bold": True},
        "sum-count": cell | {"bold": True, "num_format": COUNT},
        "sum-amount": cell | {"bold": True, "num_format": AMOUNT},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _title(page: "Worksheet", filled: Filled, looks: dict[str, Any]) -> None:
    form, last = filled.form, FIRST_COLUMN + len(filled.form.columns) - 1
    page.write_string(0, 0, safe(filled.root.name), looks["bold"])
    page.write_string(0, last - 1, f"Biểu số: {form.code}", looks["bold"])
    page.write_string(1, last - 1, f"({form.basis})", looks["plain"])
    page.merge_range(2, 0, 2, last, form.title.upper(), looks["title"])
    page.merge_range(3, 0, 3, last, f"Kỳ báo cáo: {filled.period.label}", looks["centred"])
    page.merge_range(4, 0, 4, last, f"(Số liệu tính từ ngày {filled.period.span.replace('–', ' đến ngày ')})",
                     looks["centred"])  # fmt: skip


def _headings(page: "Worksheet", form: Form, looks: dict[str, Any]) -> int:
    """Writes the headings and the code row; returns on which row below the first the code row stands."""
    rows = depth(form)
    both = [Heading("TT", 0, -2, rows, 1), Heading("Đơn vị", 0, -1, rows, 1)]
    for each in (*both, *headings(form)):
        top, left = HEADINGS_FROM + each.row, FIRST_COLUMN + each.column
        if each.rows == each.columns == 1:
            page.write_string(top, left, each.text, looks["head"])
        else:
            page.merge_range(top, left, top + each.rows - 1, left + each.columns - 1, each.text, looks["head"])
    page.set_column(0, 0, 5)
    page.set_column(1, 1, UNIT_WIDTH)
    page.set_column(FIRST_COLUMN, FIRST_COLUMN + len(form.columns) - 1, WIDTH)
    page.set_row(HEADINGS_FROM + rows - 1, 60)
    page.write_string(HEADINGS_FROM + rows, 0, "", looks["code"])
    page.write_string(HEADINGS_FROM + rows, 1, "MS", looks["code"])
    for place, column in enumerate(form.columns):
        page.write_string(HEADINGS_FROM + rows, FIRST_COLUMN + place, code_of(form, column), looks["code"])
    return rows


def _rows(page: "Worksheet", filled: Filled, top: int, looks: dict[str, Any]) -> int:
    """One row a unit, then the total; returns the row below."""
    for place, line in enumerate(filled.lines):
        name = f"{line.member.name} (trực tiếp)" if line.is_own and len(filled.lines) > 1 else line.member.name
        page.write_number(top + place, 0, place + 1, looks["place"])
        page.write_string(top + place, 1, safe(name), looks["name"])
        _figures(page, top + place, filled.form, line.values, looks, "")
    bottom = top + len(filled.lines)
    page.merge_range(bottom, 0, bottom, 1, "Tổng cộng", looks["sum-name"])
    _figures(page, bottom, filled.form, filled.total, looks, "sum-")
    return bottom + 1


def _figures(
    page: "Worksheet", row: int, form: Form, values: dict[str, Value], looks: dict[str, Any], sum_: str
) -> None:
    """A figure nobody knows leaves its cell empty: it is not zero."""
    for place, column in enumerate(form.columns, FIRST_COLUMN):
        value, look = values[column.key], looks[f"{sum_}{'amount' if column.is_amount else 'count'}"]
        if value is None:
            page.write_blank(row, place, None, look)
        else:
            page.write_number(row, place, float(value), look)


def _notes(page: "Worksheet", filled: Filled, top: int, looks: dict[str, Any]) -> None:
    form = filled.form
    unknown = [str(column.number) for column in form.columns if filled.total[column.key] is None]
    lines = ["Ghi chú:", *(f"- {note}" for note in form.notes)]
    if unknown:
        lines.append(f"- Cột không theo dõi, hoặc không theo dõi đủ: {', '.join(unknown)}.")
    lines.append(f"- Nguồn của mẫu: {form.source} ({EVIDENCE[form.evidence]})")
    for row, line in enumerate(lines, top):
        page.write_string(row, 0, line, looks["bold" if row == top else "plain"])


def _dictionary(page: "Worksheet", filled: Filled, looks: dict[str, Any]) -> None:
    for place, (title, width) in enumerate((("Cột", 6), ("Tên cột", 52), ("Đơn vị tính", 13), ("Đếm gì", 90))):
        page.set_column(place, place, width)
        page.write_string(0, place, title, looks["head"])
    for row, column in enumerate(filled.form.columns, 1):
        page.write_number(row, 0, column.number, looks["place"])
        said = column.counted if not column.unknown else f"{column.counted} {column.unknown}"
        for place, text in enumerate((column.full_title, column.unit, said), 1):
            page.write_string(row, place, text, looks["wrapped"])
    _checks(page, filled, len(filled.form.columns) + 2, looks)


def _checks(page: "Worksheet", filled: Filled, top: int, looks: dict[str, Any]) -> None:
    words = {True: "khớp", False: "không khớp", None: "không kiểm tra được"}
    page.write_string(top, 1, "Đẳng thức in trên biểu", looks["bold"])
    for row, each in enumerate(filled.checked, top + 1):
        page.write_string(row, 1, each.identity.printed, looks["plain"])
        page.write_string(row, 2, words[each.holds], looks["plain"])
        page.write_string(row, 3, each.identity.note, looks["wrapped"])
    for row, (part, whole) in enumerate(filled.exceeding, top + 1 + len(filled.checked)):
        page.write_string(row, 1, f"Cột {part.number} lớn hơn cột {whole.number}", looks["plain"])
        page.write_string(row, 2, words[False], looks["plain"])
