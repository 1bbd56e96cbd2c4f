"""Reports as files: what is read, what is refused, and that offsets fit the text that comes back."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from danvan.reports.prose import Unreadable, check_file, check_text, read_file

LINE = "Đã giải quyết 8.328/8.574 đơn, đạt 97,23%."


def word(*, paragraphs: tuple[str, ...] = (), rows: tuple[tuple[str, ...], ...] = (), after: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_paragraph(after)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rezipped(data: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, content if part.filename == name else old.read(part.filename))
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_files_are_read_in_every_unicode_encoding(encoding: str) -> None:
    assert read_file(LINE.encode(encoding), "bao-cao.txt") == read_file(LINE.encode(), "bao-cao.txt")


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    odd = "hoà\u0300 \u00a0 a\r\nb\rc"
    assert read_file(odd.encode(), "a.txt").text == "hoà\u0300 \u00a0 a\nb\nc"


def test_an_old_encoding_is_read_with_a_notice() -> None:
    old = b"C\xf4ng an xa\xde \xf0a\xde nh\xe2\xf2n 12 \xf0\xf5n"  # ã and ậ are letters with a tone mark after them
    reading = read_file(old, "cu.txt")
    assert (reading.text, "Windows-1258" in reading.notice) == ("Công an xã đã nhận 12 đơn", True)
    assert "Windows-1258" in check_file("cu.txt", old).get("notice", "")


def test_a_word_file_is_read_in_document_order_with_its_tables() -> None:
    data = word(paragraphs=("Mở đầu", LINE), rows=(("Đơn vị", "Số đơn"), ("Xã An Hòa", "64")), after="Hết")
    assert read_file(data, "a.docx").text == f"Mở đầu\n{LINE}\nĐơn vị\tSố đơn\nXã An Hòa\t64\nHết"


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE, encoding="utf-8")
    assert read_file(tmp_path / "a.txt", "a.txt").text == LINE


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    data = word(paragraphs=("giữ",))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    run = '<w:r><w:t xml:space="preserve">'
    changed = body.replace(
        "<w:r><w:t>giữ",
        f"<w:ins>{run}thêm </w:t></w:r></w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:r><w:t>giữ",
    )
    assert read_file(rezipped(data, "word/document.xml", changed.encode()), "a.docx").text.strip() == "thêm giữ"


def test_an_outside_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("999 hộ", encoding="utf-8")
    data = word(paragraphs=("chỗ",))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    hostile = body.replace("<w:document", f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document', 1)
    hostile = hostile.replace(">chỗ<", ">&e;<")
    assert "999" not in read_file(rezipped(data, "word/document.xml", hostile.encode()), "a.docx").text


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = rezipped(word(paragraphs=("a",)), "word/document.xml", b" " * 120_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(Unreadable, match="quá lớn"):
        read_file(bomb, "bom.docx")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "Chỉ đọc được"),
        (b"\xd0\xcf\x11\xe0 old word", "Chỉ đọc được"),
        (b"PK\x03\x04 broken", "hỏng"),
        (word(paragraphs=("a",))[:900], "hỏng"),
        (rezipped(word(paragraphs=("a",)), "word/document.xml", b"<not-closed"), "hỏng"),
        (b"\xff\xfe\x00", "hỏng"),
        (b"a\x00b", "không phải là văn bản"),
        (b"x" * (33 * 1024 * 1024), "lớn quá 32 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_file(data, "tep.bin")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Không tìm thấy"):
        read_file(tmp_path / "khong-co.txt", "khong-co.txt")
    with pytest.raises(Unreadable, match="Không mở được"):
        read_file(tmp_path, "thu-muc")


def test_a_checked_text_tells_figures_and_findings_with_offsets_into_it() -> None:
    checked = check_text(LINE, "a.txt")
    assert list(checked) == ["file", "text", "figures", "findings"]
    assert checked["figures"] == [
        {"start": 14, "end": 19, "text": "8.328", "value": 8328, "unit": "đơn", "counted": "đơn", "qualifier": None},
        {"start": 20, "end": 25, "text": "8.574", "value": 8574, "unit": "đơn", "counted": "đơn", "qualifier": None},
        {"start": 35, "end": 41, "text": "97,23%", "value": 97.23, "unit": "%", "counted": None, "qualifier": None},
    ]
    assert checked["findings"] == [
        {
            "rule": "rate",
            "message": "Nêu 97,23% nhưng 8.328/8.574 = 97,13%.",
            "stated": 97.23,
            "computed": 97.13,
            "spans": [[14, 19], [20, 25], [35, 41]],
        }
    ]


def test_a_table_in_word_is_checked_along_its_rows() -> None:
    rows = (("Đơn vị", "Tổng số đơn", "Đã giải quyết", "Tỷ lệ (%)"), ("Xã A", "64", "58", "90,63"),
            ("Xã B", "83", "76", "91,57"), ("Xã C", "50", "45", "80,00"))  # fmt: skip
    checked = check_file("a.docx", word(rows=rows))
    assert [finding["message"] for finding in checked["findings"]] == ["Nêu 80,00% nhưng 45/50 = 90%."]
