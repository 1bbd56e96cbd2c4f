"""The rows for the national database as an Excel file; text stays text."""

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.reports.queries.statutory import NationalTable
from danvan.reports.workbook import book_of, safe

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def national_as_xlsx(table: NationalTable) -> bytes:
    made = io.BytesIO()
    with book_of(made) as book:
        page = book.add_worksheet("Vụ việc")
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, title in enumerate(table.titles):
            page.set_column(column, column, 60 if title.startswith("Tóm tắt") else 18)
            page.write_string(0, column, title, head)
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells):
                _write(page, row, column, cell, day)
        page.freeze_panes(1, 1)
        notes = book.add_worksheet("Ghi chú")
        for row, note in enumerate(table.notes):
            notes.write_string(row, 0, note)
    return made.getvalue()


def _write(page: "Worksheet", row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, int):
        page.write_number(row, column, cell)
    elif cell is not None:
        page.write_string(row, column, safe(cell))
