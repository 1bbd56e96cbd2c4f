"""Papers from people: PDF and Word beside photos, re-made without what tells who wrote them and without what can act.

The name of the sender's file is never kept. Re-made papers have lost their digital signature; the paper itself is to be
shown where a signature matters. A stamp or a card inside a scanned page is seen only as far as `base.cards` says.
"""

import threading
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from danvan.base.cards import refuse_card_lines
from danvan.base.errors import Invalid
from danvan.base.marked import refuse_marked
from danvan.base.papers.pdf import clean_pdf
from danvan.base.papers.word import clean_word
from danvan.base.photos import Photo, clean_photo

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", WORD: "docx", "image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp"}

_one_at_a_time = threading.Lock()
"""Reading a paper may take seconds and much memory; small machines have room for one."""


@dataclass(frozen=True)
class Paper:
    data: bytes
    media_type: str
    width: None = None
    height: None = None


Enclosure = Photo | Paper


def clean_enclosure(data: bytes) -> Enclosure:
    """A photo or paper as it may be kept; refuses at the field `photos`.

    Refused: what `clean_photo` refuses, a secrecy mark or an identity card, a PDF that is encrypted, runs something or
    carries files, Word with macros, embedded objects or in the old form, and whatever is too large to read safely.
    """
    if len(data) > settings.MAX_PHOTO_BYTES:
        most = settings.MAX_PHOTO_BYTES // (1024 * 1024)
        raise Invalid("file-too-large", _("Tệp lớn hơn %(most)s MB. Hãy chọn tệp nhỏ hơn.") % {"most": most}, "photos")
    if b"%PDF-" in data[:1024]:
        return _paper(data, PDF)
    if data.startswith(b"PK\x03\x04"):
        return _paper(data, WORD)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        sentence = _("Tệp Word đời cũ (.doc) hoặc có mật khẩu. Hãy mở ra, bỏ mật khẩu, lưu thành .docx hoặc PDF.")
        raise Invalid("word-old", sentence, "photos")
    try:
        return clean_photo(data)
    except Invalid as error:
        if error.code != "photo-unknown":
            raise
        sentence = _("Tệp này không phải là ảnh JPEG, PNG, WebP, cũng không phải PDF hoặc Word (.docx).")
        raise Invalid(error.code, sentence, "photos") from None


def media_type_of(data: bytes) -> str:
    """Of what `clean_enclosure` made: one of its five kinds."""
    return {b"%P": PDF, b"PK": WORD, b"\x89P": "image/png", b"RI": "image/webp"}.get(data[:2], "image/jpeg")


def file_name(media_type: str, number: int) -> str:
    """The neutral name under which an enclosure is handed out: `anh-1.jpeg`, `giay-to-2.pdf`."""
    stem = "anh" if media_type.startswith("image/") else "giay-to"
    return f"{stem}-{number}.{ENDINGS.get(media_type, 'bin')}"


def _paper(data: bytes, media_type: str) -> Paper:
    with _one_at_a_time:
        clean, text = clean_pdf(data) if media_type == PDF else clean_word(data)
    refuse_marked(text, "photos")
    refuse_card_lines(text)
    return Paper(clean, media_type)
