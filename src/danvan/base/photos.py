"""Photos from people: made anew from their pixels, so that where, when and with what they were taken stays behind."""

import io
import logging
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from danvan.base.cards import refuse_card
from danvan.base.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

logger = logging.getLogger(__name__)

LONGEST_SIDE = 1600
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
"""A JPEG is shrunk while it is decoded; the others first lie in memory whole."""
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SEVERAL_IN_ONE = {"MPO": "JPEG"}
"""What many telephones call JPEG is the picture followed by others of itself; the first one is meant."""
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_one_at_a_time = threading.Lock()
"""Decoding takes up to some 400 MB; small machines have room for one."""


@dataclass(frozen=True)
class Photo:
    data: bytes
    media_type: str
    width: int
    height: int


def clean_photo(data: bytes) -> Photo:
    """The photo upright, at most 1.600 pixels long, with no metadata; refuses at the field `photos`.

    Refused: an empty or too large file, HEIC, anything else than JPEG, PNG or WebP, too many pixels, a file cut short,
    the picture of an identity card.
    """
    if not data:
        raise _refused("photo-empty", _("Tệp ảnh trống."))
    if len(data) > settings.MAX_PHOTO_BYTES:
        most = settings.MAX_PHOTO_BYTES // (1024 * 1024)
        raise _refused("photo-too-large", _("Ảnh lớn hơn %(most)s MB. Hãy chọn ảnh nhỏ hơn.") % {"most": most})
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise _refused(
            "photo-heic",
            _(
                "Chưa nhận được ảnh HEIC của iPhone. Hãy vào Cài đặt › Camera › Định dạng, chọn “Tương thích nhất” rồi "
                "chụp lại, hoặc chụp màn hình tấm ảnh và gửi ảnh chụp màn hình."
            ),
        )
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd metadata, which is thrown away
        return _remade(data)


def _remade(data: bytes) -> Photo:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
            kind = SEVERAL_IN_ONE.get(str(image.format), str(image.format))
            _refuse_bomb(image, MOST_PIXELS[kind])
            fresh = _upright_and_small(image, kind)
    except Image.DecompressionBombError:
        raise _refused("photo-too-many-pixels", _("Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại.")) from None
    except UnidentifiedImageError:
        sentence = _("Tệp này không phải là ảnh JPEG, PNG hoặc WebP.")
        raise _refused("photo-unknown", sentence) from None
    except Exception as error:  # noqa: BLE001 -- a damaged file makes the decoders raise almost anything
        logger.info("photo not readable: %s", type(error).__name__)
        sentence = _("Tệp ảnh bị hỏng hoặc chưa tải lên hết. Hãy chọn lại ảnh.")
        raise _refused("photo-broken", sentence) from None
    refuse_card(fresh)
    return _saved(fresh, kind)


def _refuse_bomb(image: "Image", most: int) -> None:
    """Before a single pixel is decoded."""
    from PIL import Image

    if image.width * image.height > most:
        raise Image.DecompressionBombError


def _upright_and_small(image: "Image", kind: str) -> "Image":
    """Fresh pixels without any of the comments, profiles and marks that stick to an opened image."""
    from PIL import Image, ImageOps

    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    see_through = kind != "JPEG" and (image.has_transparency_data or "A" in image.getbands())
    mode = "RGBA" if see_through else "RGB"
    pixels = image if image.mode == mode else image.convert(mode)
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    ImageOps.exif_transpose(pixels, in_place=True)
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    return fresh


def _saved(image: "Image", kind: str) -> Photo:
    file = io.BytesIO()
    image.save(file, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return Photo(file.getvalue(), MEDIA_TYPES[kind], image.width, image.height)


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(code, sentence, "photos")
