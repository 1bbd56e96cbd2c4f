"""Reports somebody wrote, as files: their text, the figures in it and what does not add up.

Nothing is stored and no database is needed. A file is data from outside: a document that refers to other files, that
unpacks to more than it should or that is broken is refused with a sentence, never half read.
"""

import codecs
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from danvan.base.errors import Invalid
from danvan.rules.prose import Figure, Finding, check, read
from danvan.rules.prose.figure import as_number

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_UNPACKED = 96 * 1024 * 1024
MOST_PARTS = 2_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_OLD_ENCODING = "Tệp không ở bảng mã Unicode; đã đọc theo bảng mã Windows-1258. Xin xem lại dấu tiếng Việt."


class Unreadable(Invalid):
    """The file cannot be read; the sentence says what to send instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__("unreadable", sentence, "file")


@dataclass(frozen=True)
class Reading:
    """The text of a file; `notice` is a sentence where the reader had to guess."""

    text: str
    notice: str = ""


class FigureRow(TypedDict):
    start: int
    end: int
    text: str
    value: int | float
    unit: str | None
    counted: str | None
    qualifier: str | None


class FindingRow(TypedDict):
    rule: str
    message: str
    stated: int | float
    computed: int | float | None
    spans: list[list[int]]


class Checked(TypedDict):
    """What `danvan check-report --json` prints; offsets are code points of `text`, end excluded."""

    file: str
    text: str
    figures: list[FigureRow]
    findings: list[FindingRow]
    notice: NotRequired[str]


def check_file(name: str, source: Path | bytes) -> Checked:
    """Reads and checks a file, on disk or uploaded; raises `Unreadable`."""
    reading = read_file(source, name)
    checked = check_text(reading.text, name)
    if reading.notice:
        checked["notice"] = reading.notice
    return checked


def check_text(text: str, name: str = "") -> Checked:
    figures = read(text)
    findings = check(text, figures)
    return {
        "file": name,
        "text": text,
        "figures": [_figure_row(figure) for figure in figures],
        "findings": [_finding_row(finding) for finding in findings],
    }


def _figure_row(figure: Figure) -> FigureRow:
    return {
        "start": figure.start,
        "end": figure.end,
        "text": figure.text,
        "value": figure.number,
        "unit": figure.unit,
        "counted": figure.counted,
        "qualifier": figure.qualifier,
    }


def _finding_row(finding: Finding) -> FindingRow:
    return {
        "rule": finding.rule,
        "message": finding.message,
        "stated": as_number(finding.stated),
        "computed": None if finding.computed is None else as_number(finding.computed),
        "spans": [list(span) for span in finding.spans],
    }


def read_file(source: Path | bytes, name: str) -> Reading:
    """The plain text of a `.txt` or `.docx`, told apart by what is inside.

    Line ends become line feeds; nothing else of a text file is touched, so offsets stay those of its decoded text.
    """
    data = _loaded(source)
    if data.startswith(b"PK\x03\x04"):
        return Reading(_word_text(data))
    if data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise Unreadable("Chỉ đọc được tệp văn bản (.txt) và Word (.docx). Xin mở tệp bằng Word và lưu lại dạng .docx.")
    text, notice = _decoded(data)
    if "\0" in text:
        raise Unreadable(f"Tệp {name or 'này'} không phải là văn bản.")
    return Reading(text.replace("\r\n", "\n").replace("\r", "\n"), notice)


def _loaded(source: Path | bytes) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > LARGEST_FILE:
            raise Unreadable(f"Tệp lớn quá {LARGEST_FILE // 1024 // 1024} MB.")
        return source if isinstance(source, bytes) else source.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("Không tìm thấy tệp.") from error
    except OSError as error:
        raise Unreadable("Không mở được tệp.") from error


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ""
            except UnicodeDecodeError as error:
                raise Unreadable("Tệp bị hỏng: bảng mã ghi ở đầu tệp không khớp nội dung.") from error
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")), _OLD_ENCODING


def _word_text(data: bytes) -> str:
    """Paragraphs and table rows in document order; cells are parted by tabs, deleted text is left out."""
    _refuse_bombs(data)
    from docx import Document

    try:
        body = Document(io.BytesIO(data)).element.body
    except Exception as error:  # the library raises whatever it stumbles over
        raise Unreadable("Tệp Word bị hỏng hoặc không phải là .docx.") from error
    return "\n".join(_lines(body))


def _refuse_bombs(data: bytes) -> None:
    """Judges by the sizes the archive declares, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("Tệp Word bị hỏng.") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("Tệp Word giải nén ra quá lớn nên không được đọc.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("Tệp Word đặt mật khẩu. Xin bỏ mật khẩu rồi gửi lại.")


def _lines(block: Any) -> Iterator[str]:
    for child in block:
        if child.tag == f"{_WORD}p":
            yield _paragraph(child)
        elif child.tag == f"{_WORD}tbl":
            for row in child.iter(f"{_WORD}tr"):
                yield "\t".join(" ".join(line for line in _lines(cell) if line) for cell in row.iter(f"{_WORD}tc"))
        elif child.tag in {f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml"}:
            yield from _lines(child)


def _paragraph(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_WORD}noBreakHyphen"):
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.getparent().tag == f"{_WORD}r":
            pieces.append({"tab": "\t", "noBreakHyphen": "-"}.get(node.tag.removeprefix(_WORD), "\n"))
    return "".join(pieces)
