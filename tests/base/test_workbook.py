"""A workbook is looked at before it is believed."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from danvan.base import workbook
from danvan.base.errors import Invalid
from danvan.base.workbook import read_workbook

EMPTY_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def made(fill=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    return saved(book)


def saved(book) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet is that XML."""
    packed = BytesIO()
    with ZipFile(BytesIO(made())) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = xml.encode() if info.filename == "xl/worksheets/sheet1.xml" else old.read(info)
            new.writestr(info.filename, part)
    return packed.getvalue()


def rows_of(cells: str) -> str:
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'


def refusal(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as found:
        read_workbook(data)
    assert found.value.field == "file"
    return found.value


def test_values_are_read_and_formulas_noticed():
    def fill(sheet):
        sheet.append(["Nội dung", "Số"])
        sheet.append(["Đường hỏng", "=1+1"])

    sheet = read_workbook(made(fill)).sheets[0]
    assert sheet.rows[0] == ["Nội dung", "Số"]
    assert sheet.rows[1][0] == "Đường hỏng"
    assert sheet.formulas == {(1, 1)}


def test_the_last_result_of_a_formula_is_its_value():
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2x</v></c></row>'
    sheet = read_workbook(with_sheet(rows_of(cells))).sheets[0]
    assert (sheet.rows, sheet.formulas) == ([[2.0, "2x"]], {(0, 0), (0, 1)})


def test_merged_cells_have_their_value_everywhere():
    def fill(sheet):
        sheet["A1"], sheet["B1"], sheet["B2"], sheet["B3"] = "12/03/2026", "Một", "Hai", "Ba"
        sheet.merge_cells("A1:A3")

    sheet = read_workbook(made(fill)).sheets[0]
    assert sheet.rows == [["12/03/2026", "Một"], ["12/03/2026", "Hai"], ["12/03/2026", "Ba"]]
    assert sheet.unrolled == {(1, 0), (2, 0)}


def test_hidden_sheets_are_named_and_not_read():
    book = openpyxl.Workbook()
    book.active.title = "Ý kiến"
    for name, state in (("Nháp", "hidden"), ("Sâu", "veryHidden"), ("Thêm", "visible")):
        book.create_sheet(name).sheet_state = state
    read = read_workbook(saved(book))
    assert ([sheet.name for sheet in read.sheets], read.hidden) == (["Ý kiến", "Thêm"], ["Nháp", "Sâu"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"<html>", "not-xlsx"),
        (b"%PDF-1.7", "not-xlsx"),
        (b"PK\x03\x04 and nothing more", "broken-workbook"),
        (EMPTY_OLE, "old-excel"),
        (EMPTY_OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"x" * (workbook.MAX_BYTES + 1), "file-large"),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(data, code):
    assert refusal(data).code == code


def test_another_kind_of_zip_is_no_workbook():
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert refusal(packed.getvalue()).code == "not-xlsx"


def test_a_file_cut_short_or_damaged_is_refused():
    whole = made(lambda sheet: sheet.append(["Đường hỏng"] * 50))
    assert refusal(whole[:-40]).code == "broken-workbook"
    for place in range(60, len(whole) - 200, max(1, len(whole) // 40)):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            read_workbook(damaged)
        except Invalid:
            continue


def test_a_bomb_is_refused_by_what_it_declares():
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (workbook.MAX_UNPACKED + 1))
    assert refusal(packed.getvalue()).code == "unpacks-large"


def test_a_bomb_that_lies_about_its_size_is_refused_by_what_it_becomes(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    content = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = content.compress(b" " * 5_000_000) + content.flush()
    name, declared = b"xl/workbook.xml", 10
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), declared, len(name), 0) + name
    central = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), declared, len(name),
                          0, 0, 0, 0, 0, 0) + name  # fmt: skip
    start = len(local) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), start, 0)
    assert refusal(local + packed + central + end).code == "unpacks-large"


@pytest.mark.parametrize(
    "far",
    [
        '<c r="XFD1"><v>1</v></c>',
        '<c r="A1048576"><v>1</v></c>',
        '<c r="A1048576"><!-- unseen --><v>1</v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><x:v>1</x:v></x:c>',
        '<c s=">" r="XFD1048576"><v>1</v></c>',
        "<c><v>1</v></c>",
        '<c r="&#65;1048576"><v>1</v></c>',
    ],
)
def test_two_cells_far_apart_are_no_table(far):
    cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>'
    assert refusal(with_sheet(rows_of(cells))).code in {"rows-many", "columns-many", "foreign-workbook"}


def test_empty_cells_with_a_format_far_below_do_no_harm():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="0"/><c r="B1048576"></c></row>'
    assert read_workbook(with_sheet(rows_of(cells))).sheets[0].rows == [[1.0]]


def test_merging_the_whole_sheet_over_and_over_is_refused_not_computed(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_UNROLLED", 1000)
    merges = '<mergeCell ref="A1:J10"/>' * 200
    cells = "".join(f'<row r="{n}"><c r="J{n}"><v>1</v></c></row>' for n in range(1, 11))
    xml = rows_of(cells).replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")
    assert refusal(with_sheet(xml)).code == "merged-many"


def test_more_rows_than_a_file_may_hold_are_refused():
    def fill(sheet):
        for number in range(workbook.MAX_ROWS + workbook.HEADROOM + 1):
            sheet.append([number])

    assert refusal(made(fill)).code == "rows-many"
