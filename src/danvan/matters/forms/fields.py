"""Inputs of our own: a long text that is never cut in silence, photos and papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Invalid
from danvan.base.marked import refuse_marked, refuse_marked_name
from danvan.base.papers import PDF, WORD
from danvan.matters.actions import MAX_CONTENT
from danvan.matters.actions.enclosures import refuse_many
from danvan.rules.text import nfc

TAKEN = f"image/jpeg,image/png,image/webp,{PDF},{WORD},.pdf,.docx"
SHOWN_BACK = 60_000
"""Characters of an over-long text that come back to be shortened; a page must still open on a phone."""


class ManyPictures(forms.FileInput):
    allow_multiple_selected = True


def _pictures_hint() -> str:
    most = {"most": settings.MAX_PHOTOS, "mb": settings.MAX_PHOTO_BYTES // (1024 * 1024)}
    return (
        gettext(
            "Nhiều nhất %(most)d tệp: ảnh, PDF hoặc Word (.docx), mỗi tệp không quá %(mb)d MB. Nơi, ngày chụp và tên "
            "người soạn ẩn trong tệp được xóa. Không gửi ảnh thẻ căn cước và tài liệu có dấu mật."
        )
        % most
    )


class Pictures(forms.FileField):
    """Only the input: each file is judged where it is stored, so that a bad one takes no good one with it."""

    widget = ManyPictures(attrs={"multiple": True, "accept": TAKEN, "data-shrink": True})

    def __init__(self, label: Any = None, hint: Any = None) -> None:
        label, hint = label or _("Ảnh, giấy tờ"), hint or lazy(_pictures_hint, str)()
        super().__init__(label=label, required=False, help_text=hint)


def photos_of(uploads: Sequence[UploadedFile[bytes]], field: str = "photos") -> list[bytes]:
    """What was uploaded in one field; whether each is a photo or paper is judged where it is stored."""
    if len(uploads) > settings.MAX_PHOTOS:
        sentence = gettext("Mỗi lần gửi được nhiều nhất %(most)d tệp. Hãy chọn lại.")
        raise Invalid("photos-many", sentence % {"most": settings.MAX_PHOTOS}, field)
    return [bytes_of(upload, field) for upload in uploads]


def bytes_of(upload: UploadedFile[bytes], field: str = "photos") -> bytes:
    """A file that is too large, or whose name bears a secrecy mark, is not even read; the name goes no further."""
    refuse_marked_name(upload.name or "", field)
    if (upload.size or 0) > settings.MAX_PHOTO_BYTES:
        most = settings.MAX_PHOTO_BYTES // (1024 * 1024)
        sentence = gettext("Tệp lớn hơn %(most)s MB. Hãy chọn tệp nhỏ hơn.")
        raise Invalid("file-too-large", sentence % {"most": most}, field)
    data: bytes = upload.read()
    return data


def evidence_field(ordinal: int) -> Pictures:
    """The files that show the answer to one point, or what was found on it."""
    label = lazy(lambda: gettext("Minh chứng cho mục %(n)d") % {"n": ordinal}, str)()
    most = lazy(lambda: gettext("Ảnh, PDF, Word; nhiều nhất %(most)d tệp.") % {"most": settings.MAX_PHOTOS}, str)()
    return Pictures(label, most)


def evidence_of(uploads: Any, prefix: str) -> dict[int, list[bytes]]:
    """The files of every point for which some came, whether or not the page asked for them."""
    begins = f"{prefix}-evidence-"
    ordinals = [name.removeprefix(begins) for name in uploads or () if name.startswith(begins)]
    known = sorted(int(each) for each in ordinals if each.isascii() and each.isdecimal() and len(each) < 6)
    return _read({n: uploads.getlist(f"{begins}{n}") for n in known})


def _read(hung: Mapping[int, Sequence[UploadedFile[bytes]]]) -> dict[int, list[bytes]]:
    """Read only where all of it together may come in: every point may announce as much as a whole sending."""
    refuse_many({f"evidence-{n}": [each.size or 0 for each in some] for n, some in hung.items()})
    return {n: photos_of(some, f"evidence-{n}") for n, some in hung.items()}


class Words(forms.CharField):
    """One long text, composed and trimmed. The page sets no upper limit itself: a browser would cut a pasted text
    without a word; here it is refused with a sentence and comes back to be shortened.
    """

    widget = forms.Textarea

    def __init__(self, *, label: Any, missing: Any, hint: Any = "", least: int = 0, required: bool = True) -> None:
        super().__init__(label=label, help_text=hint, required=required, error_messages={"required": missing})
        self.least = least
        counted = {"data-counter": True, "minlength": least} if least else {}
        self.widget.attrs |= {"rows": 6, **counted}

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "").replace("\r\n", "\n").replace("\x00", "").strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and len(value) < self.least:
            told = gettext("Mới có %(now)d ký tự. Hãy viết ít nhất %(least)d ký tự để đơn vị hiểu rõ việc.")
            raise forms.ValidationError(told % {"now": len(value), "least": self.least})
        try:
            refuse_marked(value, "")
        except Invalid as error:
            raise forms.ValidationError(error.sentence) from error
        if len(value) > MAX_CONTENT:
            raise forms.ValidationError(_too_long(len(value)))

    def bound_data(self, data: Any, initial: Any) -> Any:
        return super().bound_data(data, initial)[:SHOWN_BACK] if isinstance(data, str) else data


def _too_long(length: int) -> str:
    written, most = (f"{n:_}".replace("_", ".") for n in (length, MAX_CONTENT))
    told = gettext("Nội dung dài %(written)s ký tự, nhiều nhất được %(most)s. Hãy rút gọn.")
    told %= {"written": written, "most": most}
    return told if length <= SHOWN_BACK else told + " " + gettext("Ô dưới đây chỉ giữ lại phần đầu.")


def at_points(points: Sequence[int], uploads: Sequence[UploadedFile[bytes]]) -> dict[int, list[bytes]]:
    """Files of which each is named its point, in the same order; refuses where there are not as many of both."""
    if len(points) != len(uploads):
        sentence = gettext("Có %(files)d tệp minh chứng nhưng ghi %(points)d điểm: mỗi tệp một số điểm, cùng thứ tự.")
        raise Invalid("evidence-points", sentence % {"files": len(uploads), "points": len(points)}, "evidence_points")
    sorted_out: dict[int, list[UploadedFile[bytes]]] = {}
    for point, upload in zip(points, uploads, strict=True):
        sorted_out.setdefault(point, []).append(upload)
    return _read(sorted_out)
