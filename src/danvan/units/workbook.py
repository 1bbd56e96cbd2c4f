"""The spreadsheet of units: an empty one to fill in, and one that comes back with what is wrong in each row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from danvan.units.actions import COLUMNS, Verdict
from danvan.units.kinds import Level, Tree

WIDTHS = (22, 48, 26, 16, 14, 14, 22, 12, 13, 15)
FILLED = 2000
"""Rows for which the template offers its lists."""


def template(units: Iterable[tuple[str, str]], areas: Iterable[tuple[str, str]]) -> bytes:
    """Headed columns with lists to choose from, how to fill them in, and the keys and codes one may name.

    `units` are key and name of what a unit may stand under, `areas` code and name of where it may stand.
    """
    out, book = _book()
    sheet = _headed(book, _("Đơn vị"), COLUMNS)
    for column, choices in ((4, Tree), (5, Level)):
        sheet.data_validation(
            1, column, FILLED, column, {"validate": "list", "source": [str(c.label) for c in choices]}
        )
    _guide(book)
    _listed(book, _("Đơn vị cấp trên"), (_("Mã khóa"), _("Tên")), units)
    _listed(book, _("Địa bàn"), (_("Mã địa bàn"), _("Tên")), areas)
    book.close()
    return out.getvalue()


def with_verdicts(verdicts: Sequence[Verdict]) -> bytes:
    """The rows as they were handed in, each with its sentence in the last column, to be put right."""
    out, book = _book()
    wrong = book.add_format({"bg_color": "#FBEAE9", "text_wrap": True})
    sheet = _headed(book, _("Đơn vị"), (*COLUMNS, _("Lỗi")))
    for number, verdict in enumerate(verdicts, 1):
        for column, cell in enumerate(verdict.cells):
            sheet.write_string(number, column, _shown(cell))
        sheet.write_string(number, len(COLUMNS), verdict.sentence, wrong if verdict.sentence else None)
    sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    book.close()
    return out.getvalue()


def _book() -> tuple[BytesIO, Any]:
    from xlsxwriter import Workbook

    out = BytesIO()
    return out, Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def _headed(book: Any, name: str, columns: Sequence[str]) -> Any:
    head = book.add_format({"bold": True, "bg_color": "#F5F4F1", "border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
    for column, width in enumerate(WIDTHS[: len(columns)]):
        sheet.set_column(column, column, width, book.add_format({"num_format": "@"}))
    return sheet


def _listed(book: Any, name: str, columns: Sequence[str], rows: Iterable[tuple[str, str]]) -> None:
    sheet = _headed(book, name, columns)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)


def _guide(book: Any) -> None:
    sheet = book.add_worksheet(_("Hướng dẫn"))
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    lines = (
        _("Mỗi dòng là một đơn vị. Không đổi tên, thứ tự các cột ở dòng đầu."),
        _("Mã khóa: do bạn đặt, không trùng, không đổi về sau; ví dụ ubnd-xa-binh-an."),
        _("Mã khóa đã có, ngày bắt đầu mới: đơn vị mang tên và cấp trên mới từ ngày đó."),
        _("Mã khóa cấp trên: mã của đơn vị đã có (xem trang “Đơn vị cấp trên”) hoặc của một dòng khác trong tệp này."),
        _("Mã địa bàn: xem trang “Địa bàn”; để trống nếu đơn vị không phụ trách một địa bàn."),
        _("Ngày viết như 01/07/2025. “Đến trước ngày” để trống nếu đơn vị đang hoạt động."),
        _("Nộp tệp ở trang Đơn vị: mỗi dòng được kiểm tra trước, chưa ghi gì cho đến khi bạn bấm Nạp."),
    )
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line)


def _shown(cell: object) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date | datetime) else str(cell)
