"""Spreadsheets of units as somebody hands them in."""

from io import BytesIO

import openpyxl

from danvan.units.actions import COLUMNS


def sheet(*rows: tuple[object, ...], heads: tuple[str, ...] = COLUMNS) -> bytes:
    book = openpyxl.Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
