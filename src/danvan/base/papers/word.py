"""A .docx made anew from the parts that show: no macros, no embedded objects, no names of those who wrote it."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from danvan.base.errors import Invalid
from danvan.base.papers.pictures import refuse_cards, without_metadata

logger = logging.getLogger(__name__)

MOST_PARTS = 1_000
MOST_UNPACKED = 60_000_000
_SHOWS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?[\w.-]+\.xml(?:\.rels)?|word/(?:theme|charts|diagrams|fonts|media)/"
    r"(?:_rels/)?[\w .-]+"
)
_TELLS = re.compile(r"word/(?:people|commentsIds|commentsExtended|commentsExtensible|webSettings)\.xml")
_TEXT = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_WRITER = re.compile(rb'( w(?:15)?:(?:author|initials|date|userId)=")[^"]*(")')
_RELATION = re.compile(rb"<Relationship\b[^>]*?(?:/>|>\s*</Relationship>)", re.DOTALL)
_TARGET = re.compile(rb'Target="([^"]*)"')
_OVERRIDE = re.compile(rb"<Override\b[^>]*?PartName=\"/([^\"]*)\"[^>]*?(?:/>|>\s*</Override>)", re.DOTALL)


def clean_word(data: bytes) -> tuple[bytes, str]:
    """The re-made file and its text, headers and footers too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _parts(package)
            return _packed(parts), "\f".join(_texts(parts))
    except Invalid:
        raise
    except Exception as error:  # noqa: BLE001 -- a damaged file raises almost anything
        logger.info("docx not readable: %s", type(error).__name__)
        raise _refused("word-broken", _("Tệp Word bị hỏng hoặc chưa tải lên hết. Hãy chọn lại tệp.")) from None


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that show, cleaned. Sizes are judged as stated and again as unpacked: a bomb lies about them."""
    listed = package.infolist()
    names = {part.filename for part in listed}
    if "word/document.xml" not in names:
        raise _refused("paper-unknown", _("Tệp này không phải là văn bản Word (.docx) hoặc PDF."))
    if any(part.flag_bits & 1 for part in listed):
        raise _refused("word-locked", _("Tệp Word có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."))
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise _refused("word-large", _("Tệp Word quá lớn khi mở ra. Hãy lưu thành PDF rồi gửi lại."))
    _refuse_what_acts(package, names)
    kept = sorted(name for name in names if _SHOWS.fullmatch(name) and not _TELLS.fullmatch(name))
    return {name: _clean(name, _unpacked(package, name), set(kept)) for name in kept}


def _refuse_what_acts(package: zipfile.ZipFile, names: set[str]) -> None:
    types = _unpacked(package, "[Content_Types].xml").lower()
    if b"macroenabled" in types or any("vba" in name.lower() for name in names):
        sentence = _("Tệp Word có chứa macro. Hãy lưu thành .docx thường hoặc PDF rồi gửi lại.")
        raise _refused("word-runs", sentence)
    if any(name.startswith(("word/embeddings/", "word/activeX/", "customUI/")) for name in names):
        sentence = _("Tệp Word có tệp khác đính bên trong. Hãy gửi riêng từng tệp, hoặc lưu thành PDF.")
        raise _refused("word-carries", sentence)


def _unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise _refused("word-large", _("Tệp Word quá lớn khi mở ra. Hãy lưu thành PDF rồi gửi lại."))
    return data


def _clean(name: str, data: bytes, kept: set[str]) -> bytes:
    if name.startswith("word/media/"):
        return without_metadata(data)
    if not name.endswith((".xml", ".rels")):
        return data
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refused("word-broken", _("Tệp Word bị hỏng hoặc chưa tải lên hết. Hãy chọn lại tệp."))
    if name.endswith(".rels"):
        return _RELATION.sub(lambda found: found[0] if _leads_to(found[0], name, kept) else b"", data)
    if name == "[Content_Types].xml":
        return _OVERRIDE.sub(lambda found: found[0] if found[1].decode() in kept else b"", data)
    return _WRITER.sub(rb"\1\2", data)


def _leads_to(relation: bytes, name: str, kept: set[str]) -> bool:
    """A link a reader clicks may stay; anything fetched from elsewhere, or left out here, is unhooked."""
    if b'TargetMode="External"' in relation:
        return b"/hyperlink" in relation
    found = _TARGET.search(relation)
    target = found[1].decode() if found else ""
    folder = name.partition("_rels/")[0]
    return (target.removeprefix("/") if target.startswith("/") else folder + target) in kept


def _packed(parts: dict[str, bytes]) -> bytes:
    refuse_cards([data for name, data in parts.items() if name.startswith("word/media/")])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: name != "[Content_Types].xml"):
            package.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _texts(parts: dict[str, bytes]) -> Iterator[str]:
    """One text for each part; paragraphs are lines, tabs part columns."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    signs = {f"{word}tab": "\t", f"{word}br": "\n", f"{word}cr": "\n"}
    for name, data in parts.items():
        if _TEXT.fullmatch(name):
            paragraphs = etree.fromstring(data, parser).iter(f"{word}p")
            yield "\n".join(
                "".join(
                    node.text or "" if node.tag == f"{word}t" else signs.get(node.tag, "") for node in paragraph.iter()
                )
                for paragraph in paragraphs
            )


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, "photos")
