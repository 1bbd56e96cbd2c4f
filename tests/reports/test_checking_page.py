"""Anybody may have the figures of a report checked; nothing is kept of it."""

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

WRONG = "Trong kỳ tiếp nhận 8.574 đơn, đã giải quyết 8.328/8.574 đơn, đạt 97,23%."
RIGHT = WRONG.replace("97,23%", "97,13%")


def a_docx(text: str) -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


@pytest.fixture
def page(client: Client, db: None) -> Client:
    return client


def test_a_slip_is_told_first_and_marked_in_the_text(page: Client) -> None:
    shown = page.post("/kiem-tra-bao-cao/", {"text": WRONG})
    assert shown.status_code == 200
    assert "1 chỗ chưa khớp" in shown.text and "97,13%" in shown.text
    assert shown.text.index("chỗ chưa khớp") < shown.text.index("Văn bản và các số liệu")
    assert '<mark class="wrong">97,23%' in shown.text


def test_a_text_that_comes_out_is_told_so(page: Client) -> None:
    assert "không thấy chỗ nào chưa khớp" in page.post("/kiem-tra-bao-cao/", {"text": RIGHT}).text


def test_a_word_file_and_a_text_file_are_read_alike(page: Client) -> None:
    for name, data in (("bao-cao.docx", a_docx(WRONG)), ("bao-cao.txt", WRONG.encode())):
        shown = page.post("/kiem-tra-bao-cao/", {"file": SimpleUploadedFile(name, data)})
        assert "1 chỗ chưa khớp" in shown.text, name


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Hãy dán văn bản hoặc chọn một tệp."),
        ({"text": "x" * 60_001}, "dài quá 60.000 ký tự"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "Chỉ đọc được tệp .docx và .txt."),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04 hong")}, "Tệp Word bị hỏng"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * (2 * 1024 * 1024 + 1))}, "Tệp lớn quá 2 MB."),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 60_001)}, "dài quá 60.000 ký tự"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(page: Client, data: dict[str, object], sentence: str) -> None:
    shown = page.post("/kiem-tra-bao-cao/", data)
    assert (shown.status_code, sentence in shown.text) == (422, True)


def test_what_was_written_is_shown_as_text_and_never_run(page: Client) -> None:
    shown = page.post("/kiem-tra-bao-cao/", {"text": "<script>alert(1)</script> 5 đơn"})
    assert "<script>alert" not in shown.text and "&lt;script&gt;alert" in shown.text


def test_nothing_is_stored(page: Client) -> None:
    def rows() -> int:
        with connection.cursor() as cursor:
            tables = [t for t in connection.introspection.table_names(cursor) if t != "cache"]
            counts = []
            for table in tables:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 -- names come from the database
                counts.append(cursor.fetchone()[0])
            return sum(counts)

    before = rows()
    page.post("/kiem-tra-bao-cao/", {"text": WRONG})
    assert rows() == before


def test_too_many_checks_have_to_wait(page: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "report_check": "2/m/ip"}
    codes = [page.post("/kiem-tra-bao-cao/", {"text": RIGHT}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
