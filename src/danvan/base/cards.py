"""Knows an identity card: its picture is sensitive data (Luật 91/2025/QH15), and no matter needs it.

Seen are the QR code that cards carry since 2021 and the machine-readable lines of a text layer. Not seen: a card whose
code is blurred, covered or cut off, an old card without a code (CMND), and the lines where they are part of a picture.
"""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from danvan.base.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

_CODE = re.compile(r"\d{12}\|(?:\d{9}|\d{12})?\|[^|\n]{2,80}\|\d{8}\|")
"""Number, former number, name, day of birth."""
_LINES = re.compile(r"ID ?VNM[0-9A-Z<]{10,}|P[A-Z<]VNM[A-Z<]{8,}")


def refuse_card(image: "Image") -> None:
    """Refuses a picture that shows the code of a card; costs some 20 ms."""
    import zxingcpp

    codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    if any(_CODE.match(code.text) for code in codes):
        raise _card()


def refuse_card_lines(text: str) -> None:
    """Refuses the text layer of a scanned card or passport."""
    if _LINES.search(text) or _CODE.search(text):
        raise _card()


def _card() -> Invalid:
    return Invalid(
        "card",
        _(
            "Đây là ảnh thẻ căn cước hoặc hộ chiếu. Ảnh giấy tờ tùy thân là dữ liệu nhạy cảm (Luật 91/2025/QH15) nên "
            "không nhận và không lưu. Khi cần, cán bộ sẽ xem giấy tờ trực tiếp."
        ),
        "photos",
    )
