"""The spreadsheet of opinions: an empty one to fill in, and a filled one back with its verdicts."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from danvan.matters.kinds import FIELD_CODES, Field, SheetColumn
from danvan.matters.queries.opinion_sheet import VERDICT, ReadRow, ReadSheet
from danvan.matters.queries.sheet_places import Lists

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FILLED_ROWS = 2000
WIDTHS = {
    SheetColumn.HELD_ON: 12,
    SheetColumn.TITLE: 34,
    SheetColumn.PLACE: 24,
    SheetColumn.AREA: 20,
    SheetColumn.CHAIR: 24,
    SheetColumn.ATTENDANCE: 10,
    SheetColumn.CONTENT: 60,
    SheetColumn.FIELD: 22,
    SheetColumn.HAMLET: 16,
    SheetColumn.UNIT: 28,
    SheetColumn.ANSWER: 44,
    SheetColumn.ANSWERED_ON: 12,
}
GUIDE = (
    ("Mỗi dòng là một ý kiến.", "Một tệp chứa được nhiều hội nghị. Tối đa 10.000 dòng."),
    ("Ngày họp, Tên hội nghị", "Bắt buộc. Để trống cả hai thì dòng thuộc hội nghị của dòng trên."),
    ("Nơi tổ chức", "Để trống thì lấy tên xã, phường."),
    ("Xã, phường", "Địa bàn của hội nghị. Đơn vị cấp xã để trống được. Tên trước sắp xếp được hiểu theo tên nay."),
    ("Chức danh chủ trì", "Chỉ ghi chức danh, không ghi họ tên."),
    ("Số người dự", "Chỉ ghi số. Hệ thống không lưu danh sách người dự."),
    ("Nội dung ý kiến", "Bắt buộc. Không ghi họ tên, số điện thoại của người nêu."),
    ("Lĩnh vực", "Chọn trong danh sách, hoặc gõ mã: {codes}."),
    ("Cơ quan trả lời", "Để trống thì hệ thống chọn theo địa bàn và lĩnh vực."),
    ("Trả lời tại chỗ", "Có nội dung thì ý kiến được ghi là đã trả lời."),
    ("Ngày trả lời", "Để trống thì là ngày họp."),
    ("Sau khi nộp", "Hệ thống kiểm tra từng dòng trước khi nạp và trả lại tệp có thêm cột “Lỗi”."),
)


def template(lists: Lists) -> bytes:
    """An empty workbook: frozen headings, lists to choose from, a page of guidance, the codes on a hidden page."""
    file = BytesIO()
    book = _workbook(file)
    sheet = book.add_worksheet("Ý kiến")
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E3ECF5", "border": 1}
    )
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for index, column in enumerate(SheetColumn):
        sheet.write_string(0, index, str(column.label), heading)
        style = day if column in {SheetColumn.HELD_ON, SheetColumn.ANSWERED_ON} else plain
        sheet.set_column(index, index, WIDTHS[column], style)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    _guide(book)
    _choices(book, sheet, lists)
    book.close()
    return file.getvalue()


def _workbook(file: BytesIO) -> Any:
    from xlsxwriter import Workbook

    return Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def _guide(book: Any) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    codes = ", ".join(f"{code} = {field.label}" for field, code in FIELD_CODES.items())
    for number, (what, how) in enumerate(GUIDE):
        sheet.write_string(number, 0, what, bold)
        sheet.write_string(number, 1, how.format(codes=codes), plain)


def _choices(book: Any, sheet: Any, lists: Lists) -> None:
    """Labels with their codes on a hidden page; a code may be typed instead, so a foreign word only warns."""
    codes = book.add_worksheet("Danh mục")
    codes.hide()
    fields = [(str(field.label), FIELD_CODES[field]) for field in Field]
    groups = ((SheetColumn.FIELD, fields), (SheetColumn.UNIT, lists.units), (SheetColumn.AREA, lists.areas))
    for place, (column, pairs) in enumerate(groups):
        codes.write_row(0, place * 2, [str(column.label), f"Mã {str(column.label).lower()}"])
        for number, pair in enumerate(pairs, 1):
            codes.write_row(number, place * 2, pair)
        codes.set_column(place * 2 + 1, place * 2 + 1, None, None, {"hidden": True})
        if pairs:
            letter = "ACE"[place]
            at = list(SheetColumn).index(column)
            source = f"='Danh mục'!${letter}$2:${letter}${len(pairs) + 1}"
            sheet.data_validation(1, at, FILLED_ROWS, at, {
                "validate": "list", "source": source, "error_type": "warning",
                "error_title": "Không có trong danh sách",
                "error_message": "Có thể gõ mã hoặc một phần tên; hệ thống sẽ kiểm tra khi nộp.",
            })  # fmt: skip
    _limits(sheet)


def _limits(sheet: Any) -> None:
    for column in (SheetColumn.HELD_ON, SheetColumn.ANSWERED_ON):
        at = list(SheetColumn).index(column)
        sheet.data_validation(1, at, FILLED_ROWS, at, {
            "validate": "date", "criteria": "between", "minimum": date(2015, 1, 1), "maximum": date(2100, 1, 1),
            "error_type": "warning", "error_title": "Chưa đúng ngày", "error_message": "Viết như 21/08/2026.",
        })  # fmt: skip
    at = list(SheetColumn).index(SheetColumn.ATTENDANCE)
    sheet.data_validation(1, at, FILLED_ROWS, at, {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100_000, "error_type": "warning",
        "error_title": "Chưa đúng số người", "error_message": "Chỉ ghi một số nguyên.",
    })  # fmt: skip


def with_verdicts(read: ReadSheet) -> bytes:
    """The same rows at the same places, values only, with a last column that says what is wrong with each."""
    file, sheet = BytesIO(), read.sheet
    book = _workbook(file)
    page = book.add_worksheet(sheet.name[:31])
    styles = _Styles(book)
    told = {row.number: row for row in read.rows}
    last = max(len(row) for row in sheet.rows)
    for index, row in enumerate(sheet.rows):
        verdict = told.get(index + 1)
        tone = _tone(verdict)
        for column, value in enumerate(row):
            _write(page, index, column, value, styles, tone)
        if verdict and (verdict.errors or verdict.warnings or verdict.is_known):
            page.write_string(index, last, _words(verdict), styles.text(tone))
    page.write_string(read.headings.row, last, VERDICT, styles.heading)
    page.set_column(0, last - 1, 22)
    page.set_column(last, last, 70)
    page.freeze_panes(read.headings.row + 1, 0)
    book.close()
    return file.getvalue()


def _tone(row: ReadRow | None) -> str:
    return "wrong" if row and row.errors else "look" if row and row.warnings else ""


def _words(row: ReadRow) -> str:
    known = ["Đã nạp trước đây nên bỏ qua."] if row.is_known else []
    return "\n".join([*row.errors, *(f"Lưu ý – {warning}" for warning in row.warnings), *known])


class _Styles:
    """Formats by tone; a text that begins like a formula is marked as text, so that it never becomes one."""

    def __init__(self, book: Any) -> None:
        fills = {"": {}, "wrong": {"bg_color": "#FBE3E1"}, "look": {"bg_color": "#FFF3CD"}}
        base = {"text_wrap": True, "valign": "top"}
        self.heading = book.add_format({"bold": True, "bg_color": "#E3ECF5", "border": 1})
        self._text = {tone: book.add_format(base | fill) for tone, fill in fills.items()}
        self._guarded = {tone: book.add_format(base | fill | {"quote_prefix": True}) for tone, fill in fills.items()}
        self._days = {tone: book.add_format(base | fill | {"num_format": "dd/mm/yyyy"}) for tone, fill in fills.items()}
        self._times = {tone: book.add_format(base | fill | {"num_format": "hh:mm"}) for tone, fill in fills.items()}

    def text(self, tone: str, value: str = "") -> Any:
        return (self._guarded if value.startswith(FORMULA_STARTS) else self._text)[tone]

    def of(self, value: Any, tone: str) -> Any:
        return (self._days if isinstance(value, date) else self._times)[tone]


def _write(page: Any, row: int, column: int, value: Any, styles: _Styles, tone: str) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value, styles.text(tone))
    elif isinstance(value, int | float):
        page.write_number(row, column, value, styles.text(tone))
    elif isinstance(value, date | datetime | time):
        page.write_datetime(row, column, value, styles.of(value, tone))
    elif value not in {None, ""}:
        page.write_string(row, column, str(value)[:32_000], styles.text(tone, str(value)))
