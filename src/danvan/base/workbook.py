"""Reading a workbook (.xlsx) that somebody hands in, without trusting it.

Looked at before the reader is let near it: what the file really is, how large it becomes when unpacked, and how far
its cells lie apart, because two cells in opposite corners are a small file and an endless table.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from danvan.base.errors import Invalid

MAX_BYTES = 12 * 1024 * 1024
MAX_UNPACKED = 96 * 1024 * 1024
MAX_PARTS = 1000
MAX_ROWS = 10_000
HEADROOM = 20
"""Rows a title may take above the table."""
MAX_COLUMNS = 200
MAX_UNROLLED = 500_000
_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])([^>]*)>(?!\s*</)(\s*<(?:[\w.-]+:)?f\b)?")
"""A cell with something in it; what is inside is left to the reader, except that a formula is noticed."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LOCAL_HEADER = struct.Struct("<4s22xHH")


@dataclass(frozen=True)
class Sheet:
    """One visible sheet. `rows[0]` is row 1 of the file. `formulas` and `unrolled` hold (row, column) from 0."""

    name: str
    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    unrolled: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Workbook:
    sheets: list[Sheet]
    hidden: list[str] = field(default_factory=list)


def read_workbook(data: bytes) -> Workbook:
    """The visible sheets, values only: a formula gives its last result, a merged cell its value in each of its cells.

    Refuses at field "file", with a sentence that says what to do: too large (as sent, or unpacked), not .xlsx, locked
    with a password, broken, more than 10.000 rows or 200 columns.
    """
    _look_at(data)
    parts = _parts(data)
    if "xl/workbook.xml" not in parts:
        raise _refused("not-xlsx", "Tệp này không phải bảng tính .xlsx. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
    found = {part: _formulas(xml) for part, xml in parts.items() if b"sheetData" in xml}
    formulas = {name: found.get(part, frozenset()) for name, part in _parts_of_sheets(parts).items()}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        kinds = {each.name: each.visible for each in book.sheets_metadata}
        shown = [name for name in book.sheet_names if kinds.get(name) == SheetVisibleEnum.Visible]
        sheets = [_sheet(book, name, formulas[name]) for name in shown]
    except CalamineError as error:
        raise _broken() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own way of giving up; it derives from nothing else
            raise _broken() from error
        raise
    return Workbook(sheets, [name for name in book.sheet_names if name not in shown])


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, "file")


def _broken() -> Invalid:
    return _refused("broken-workbook", "Tệp bị hỏng nên không đọc được. Hãy mở bằng Excel, lưu lại rồi nộp.")


def _look_at(data: bytes) -> None:
    if not data:
        raise _refused("empty-file", "Tệp rỗng.")
    if len(data) > MAX_BYTES:
        raise _refused("file-large", f"Tệp lớn quá {MAX_BYTES // 1024 // 1024} MB. Hãy tách thành nhiều tệp.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _refused("locked", "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi nộp lại.")
        raise _refused("old-excel", "Tệp .xls đời cũ. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
    if not data.startswith(b"PK"):
        raise _refused("not-xlsx", "Tệp này không phải bảng tính .xlsx. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.")


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part unpacked and counted as it really is, whatever its header declares; only XML of the book is kept."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (BadZipFile, ValueError, struct.error, NotImplementedError, UnicodeDecodeError) as error:
        raise _broken() from error
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _too_large()
    kept, room = {}, MAX_UNPACKED
    for info in infos:
        content = _unpacked(data, info, room)
        room -= len(content)
        if (info.filename.startswith("xl/") and info.filename.endswith((".xml", ".rels"))) or b"sheetData" in content:
            kept[info.filename] = content
    return kept


def _too_large() -> Invalid:
    return _refused("unpacks-large", "Tệp này khi mở ra quá lớn nên không được nhận. Hãy tách thành nhiều tệp nhỏ hơn.")


def _unpacked(data: bytes, info: ZipInfo, room: int) -> bytes:
    start = info.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or info.flag_bits & 1:
        raise _broken()
    _signature, name, extra = _LOCAL_HEADER.unpack(header)
    begin = start + 30 + name + extra
    packed = data[begin : begin + info.compress_size]
    if info.compress_type == 0:
        return packed
    if info.compress_type != zlib.DEFLATED:
        raise _broken()
    stream = zlib.decompressobj(-15)
    try:
        content = stream.decompress(packed, room + 1)
    except zlib.error as error:
        raise _broken() from error
    if len(content) > room or stream.unconsumed_tail:
        raise _too_large()
    return content


def _parts_of_sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """The part in which each sheet lies, by the sheet's name."""
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in _elements(_RELATION, parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    return {
        each.get("name", ""): "xl/" + targets.get(each.get("r:id"), "").removeprefix("/xl/")
        for each in _elements(_SHEET, parts["xl/workbook.xml"])
    }


def _elements(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[str, str]]:
    for found in pattern.finditer(xml):
        yield {
            name.decode(): unescape((double or single).decode(errors="replace"))
            for name, double, single in _ATTRIBUTE.findall(found[1])
        }


def _formulas(xml: bytes) -> frozenset[tuple[int, int]]:
    """Where formulas stand. Refuses cells so far out that the table between them would not fit into memory."""
    found = set()
    if b"\x00" in xml:
        raise _broken()
    for cell in _CELL.finditer(xml):
        if cell[1].endswith(b"/"):
            continue
        reference = _REFERENCE.search(cell[1])
        if reference is None:
            raise _refused("foreign-workbook", "Tệp do một chương trình lạ tạo ra. Hãy mở bằng Excel rồi lưu lại.")
        row, column = int(reference[2]), _column(reference[1])
        if row > MAX_ROWS + HEADROOM:
            raise _refused(
                "rows-many", f"Tệp có chữ ở dòng {row}; mỗi tệp nhiều nhất 10.000 dòng. Hãy tách thành nhiều tệp."
            )
        if column > MAX_COLUMNS:
            raise _refused(
                "columns-many", f"Tệp có chữ ở cột {reference[1].decode()}, quá xa bảng. Hãy xóa các ô thừa."
            )
        if cell[2]:
            found.add((row - 1, column - 1))
    return frozenset(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(book: CalamineWorkbook, name: str, formulas: frozenset[tuple[int, int]]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Any]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    unrolled: dict[tuple[int, int], Any] = {}
    room = MAX_UNROLLED
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        inside = [
            (row, column)
            for row in range(top, min(bottom + 1, len(rows)))
            for column in range(left, min(right + 1, len(rows[row])))
        ]
        room -= len(inside) + 1
        if room < 0:
            raise _refused("merged-many", "Tệp có quá nhiều ô gộp. Hãy bỏ gộp ô rồi nộp lại.")
        if inside and rows[top][left] != "":
            unrolled |= dict.fromkeys(inside[1:], rows[top][left])
    for (row, column), value in unrolled.items():
        rows[row][column] = value
    return Sheet(name, rows, formulas, frozenset(unrolled))
