"""Sheets and roll-ups as Excel files. What people typed is written as text, never as a formula."""

import io
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from danvan.reports.content import Content
from danvan.reports.indicators import GROUPS, Figure, Group, Indicator
from danvan.reports.kinds import Flag, Standing
from danvan.reports.queries.checks import Finding
from danvan.reports.queries.rollup import Rollup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- a fixed day, so that equal figures give equal files
COUNT, SHARE = "#,##0", '0.00"%"'


def safe(text: str) -> str:
    """Text that stays text even after somebody saves the file as CSV and opens it again."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def sheet_as_xlsx(content: Content) -> bytes:
    made = io.BytesIO()
    with book_of(made) as book:
        page = book.add_worksheet("Biểu")
        title = [content.issuer.name, content.title, f"Kỳ: {content.period.label}", _signed(content)]
        top = _title(book, page, title)
        _header(book, page, top, ("Chỉ tiêu", "Đơn vị tính", "Số liệu", "Cột biểu mẫu"), (58, 14, 14, 26))
        _lines(book, page, top + 1, content)
        page.freeze_panes(top + 1, 0)
    return made.getvalue()


def rollup_as_xlsx(rollup: Rollup, findings: "dict[UUID, list[Finding]]") -> bytes:
    """Indicators down, units across, then one page with what to look at."""
    made = io.BytesIO()
    with book_of(made) as book:
        page = book.add_worksheet("Tổng hợp")
        top = _title(
            book, page, [rollup.root.name, rollup.regime.title, f"Kỳ: {rollup.period.label}", _complete(rollup)]
        )
        names = [f"{row.name} (*)" if row.is_tentative else row.name for row in rollup.rows]
        _header(book, page, top, ("Chỉ tiêu", "Đơn vị tính", "Tổng cộng", *names), (58, 14, 14, *([18] * len(names))))
        _matrix(book, page, top + 1, rollup)
        page.freeze_panes(top + 1, 3)
        notes = book.add_worksheet("Cần xem lại")
        _header(book, notes, 0, ("Cờ", "Ý nghĩa", "Đơn vị", "Nội dung"), (6, 34, 30, 90))
        _write_rows(notes, 1, _findings(rollup, findings))
    return made.getvalue()


@contextmanager
def book_of(made: io.BytesIO) -> "Iterator[Workbook]":
    import xlsxwriter

    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    try:
        yield book
    finally:
        book.close()


def _title(book: "Workbook", page: "Worksheet", lines: Sequence[str]) -> int:
    bold = book.add_format({"bold": True, "font_size": 12})
    for row, line in enumerate(lines):
        page.write_string(row, 0, safe(line), bold if row < 2 else None)
    return len(lines) + 1


def _header(book: "Workbook", page: "Worksheet", row: int, titles: Sequence[str], widths: Sequence[int]) -> None:
    look = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "bg_color": "#F5F4F1"})
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(row, column, safe(title), look)


def _lines(book: "Workbook", page: "Worksheet", top: int, content: Content) -> None:
    group_look, looks = book.add_format({"bold": True}), _looks(book)
    for row, line in enumerate(_rows(content.groups), top):
        page.write_string(row, 0, safe(line.title), group_look if isinstance(line, Group) else None)
        if isinstance(line, Indicator):
            page.write_string(row, 1, line.unit)
            _figure(page, row, 2, content.figure(line.key), looks[line.is_rate])
            page.write_string(row, 3, line.form)


def _rows(groups: Iterable[Group]) -> "Iterator[Group | Indicator]":
    for group in groups:
        yield group
        yield from group.indicators


def _matrix(book: "Workbook", page: "Worksheet", top: int, rollup: Rollup) -> None:
    group_look, looks = book.add_format({"bold": True}), _looks(book)
    for row, line in enumerate(_rows(GROUPS), top):
        if isinstance(line, Group):
            page.write_string(row, 0, line.title, group_look)
        else:
            _matrix_line(page, row, line, rollup, looks[line.is_rate])


def _matrix_line(page: "Worksheet", row: int, line: Indicator, rollup: Rollup, look: Any) -> None:
    page.write_string(row, 0, line.title)
    page.write_string(row, 1, line.unit)
    _figure(page, row, 2, rollup.figure(line.key), look)
    for column, unit in enumerate(rollup.rows, 3):
        _figure(page, row, column, unit.figure(line.key), look)


def _looks(book: "Workbook") -> dict[bool, Any]:
    return {False: book.add_format({"num_format": COUNT}), True: book.add_format({"num_format": SHARE})}


def _figure(page: "Worksheet", row: int, column: int, figure: Figure, look: Any) -> None:
    """A figure nobody knows leaves its cell empty: it is not zero."""
    if figure is not None:
        page.write_number(row, column, float(figure), look)


def _write_rows(page: "Worksheet", row: int, rows: Iterable[Sequence[str]]) -> None:
    for number, cells in enumerate(rows, row):
        for column, text in enumerate(cells):
            page.write_string(number, column, safe(text))


def _findings(rollup: Rollup, findings: "dict[UUID, list[Finding]]") -> "Iterator[Sequence[str]]":
    for one in rollup.returns:
        for finding in findings.get(one.member.unit_id, ()):
            yield finding.flag.value, str(Flag(finding.flag).label), one.member.shown, finding.sentence


def _signed(content: Content) -> str:
    if content.signed is None:
        return "Bản đang lập, chưa ký"
    return (
        f"Đã ký: {content.signed.name}, {content.signed.title}, {content.signed.at}; mã kiểm tra {content.digest[:16]}"
    )


def _complete(rollup: Rollup) -> str:
    found = rollup.completeness
    waiting = [one.member.shown for one in found.missing]
    words = f"Đã ký {found.signed}/{found.due} đơn vị"
    if not waiting:
        return words
    late = sum(one.standing is Standing.OVERDUE for one in found.missing)
    return f"{words}; chưa ký {len(waiting)}, trong đó quá hạn {late} (*): {', '.join(waiting)}"
