"""A PDF made anew from its pages: nothing that runs, nothing inside it, nothing about who made it."""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from danvan.base.errors import Invalid
from danvan.base.papers.pictures import refuse_cards, without_metadata

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

logger = logging.getLogger(__name__)

MOST_PAGES = 100
MOST_OBJECTS = 30_000
MOST_DRAWING = 8_000_000
"""Bytes of unpacked page descriptions; reading a megabyte of them takes a second or so."""
RUNS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/RichMediaExecute"}
CARRIES = {"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"}
ABOUT = ("/Metadata", "/PieceInfo", "/LastModified")
PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group"}
MARK = {"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F"}
"""What is left of a signature field, a note or a stamp: its looks. Links lead nowhere any more."""


def clean_pdf(data: bytes) -> tuple[bytes, str]:
    """The re-made file and the text of its pages, parted by form feeds."""
    try:
        return _remade(data)
    except Invalid:
        raise
    except Exception as error:  # noqa: BLE001 -- a damaged file raises almost anything
        logger.info("pdf not readable: %s", type(error).__name__)
        raise _refused("pdf-broken", _("Tệp PDF bị hỏng hoặc chưa tải lên hết. Hãy chọn lại tệp.")) from None


def _remade(data: bytes) -> tuple[bytes, str]:
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise _refused("pdf-locked", _("Tệp PDF có mật khẩu hoặc bị khóa. Hãy bỏ khóa rồi gửi lại."))
    pictures = _looked_through(reader)
    if len(reader.pages) > MOST_PAGES:
        sentence = _("Tệp PDF có hơn %(most)d trang. Hãy gửi những trang cần thiết.") % {"most": MOST_PAGES}
        raise _refused("pdf-pages", sentence)
    if not reader.pages:
        raise _refused("pdf-empty", _("Tệp PDF không có trang nào."))
    text = _text(reader)
    refuse_cards(pictures)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(_bare(page))
    writer.metadata = None
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue(), text


def _looked_through(reader: "PdfReader") -> list[bytes]:
    """Goes through every object that is reached; says which photos it holds. Cuts out what tells about the maker."""
    pictures: list[bytes] = []
    for number, found in enumerate(_objects(reader)):
        if number > MOST_OBJECTS:
            raise _refused("pdf-large", _("Tệp PDF quá phức tạp. Hãy in ra rồi chụp hoặc quét lại."))
        _refuse_what_acts(found)
        for key in ABOUT:
            found.pop(key, None)
        if found.get("/Subtype") == "/Image" and found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            found._data = without_metadata(found._data)  # noqa: SLF001 -- the packed bytes have no other door
            pictures.append(found._data)  # noqa: SLF001 -- same
    return pictures


def _objects(reader: "PdfReader") -> Iterator[Any]:
    """Every dictionary and stream that the root leads to, each once."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[Any] = [dict.get(reader.trailer, "/Root"), dict.get(reader.trailer, "/Info")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            waiting += dict.values(found)
            yield found
        elif isinstance(found, ArrayObject):
            waiting += list.__iter__(found)


def _refuse_what_acts(found: Any) -> None:
    if found.get("/S") in RUNS or "/JS" in found or "/XFA" in found:
        sentence = _("Tệp PDF có chứa lệnh tự chạy hoặc biểu mẫu động. Hãy in thành PDF thường rồi gửi lại.")
        raise _refused("pdf-runs", sentence)
    if found.get("/Subtype") in CARRIES or "/EF" in found or "/EmbeddedFiles" in found:
        sentence = _("Tệp PDF có tệp khác hoặc phim, âm thanh đính bên trong. Hãy gửi riêng từng tệp.")
        raise _refused("pdf-carries", sentence)


def _text(reader: "PdfReader") -> str:
    """Also what notes and stamps say, which is no part of the page's own text."""
    drawn, pages = 0, []
    for page in reader.pages:
        contents = page.get_contents()
        drawn += len(contents.get_data()) if contents is not None else 0
        if drawn > MOST_DRAWING:
            raise _refused("pdf-large", _("Tệp PDF quá phức tạp. Hãy in ra rồi chụp hoặc quét lại."))
        notes = [str(note.get_object().get("/Contents", "")) for note in page.get("/Annots") or ()]
        pages.append("\n".join([page.extract_text(), *notes]))
    return "\f".join(pages)


def _bare(page: "PageObject") -> "PageObject":
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    notes = [note.get_object() for note in page.get("/Annots") or ()]
    marks = [_only(note, MARK) for note in notes if "/AP" in note and note.get("/Subtype") not in {"/Link", "/Popup"}]
    for key in set(page) - PAGE - {"/Parent"}:
        del page[key]
    if marks:
        page[NameObject("/Annots")] = ArrayObject(DictionaryObject(mark) for mark in marks)
    return page


def _only(note: Any, keys: set[str]) -> dict[Any, Any]:
    return {key: value for key, value in dict.items(note) if key in keys}


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, "photos")
