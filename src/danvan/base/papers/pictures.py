"""Pictures inside a paper: what the camera wrote into them is cut out, the pixels stay as they are."""

import io
import struct
from collections.abc import Iterator

from danvan.base.cards import refuse_card

_KEPT_SEGMENTS = {0xE0, 0xEE}
"""JFIF, and Adobe's note on how colours are stored, without which a picture turns blue."""
_TOLD_CHUNKS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
MOST_LOOKED_AT = 20
MOST_PIXELS = 64_000_000


def without_metadata(data: bytes) -> bytes:
    """A JPEG or PNG without notes, places and comments; anything else, or a damaged one, as it is."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return data[:8] + b"".join(_png_chunks(data))
    return data


def refuse_cards(pictures: list[bytes]) -> None:
    """Looks for the code of an identity card in the first pictures of a paper."""
    from PIL import Image, UnidentifiedImageError

    for data in pictures[:MOST_LOOKED_AT]:
        try:
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
                if image.width * image.height > MOST_PIXELS:
                    continue
                image.draft("RGB", (1600, 1600))
                pixels = image.convert("RGB")
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            continue
        refuse_card(pixels)


def _jpeg(data: bytes) -> bytes:
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT_SEGMENTS:
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    return b"".join([*kept, data[place:]])


def _png_chunks(data: bytes) -> Iterator[bytes]:
    place = 8
    while place + 12 <= len(data):
        length = struct.unpack(">I", data[place : place + 4])[0]
        if data[place + 4 : place + 8] not in _TOLD_CHUNKS:
            yield data[place : place + 12 + length]
        place += 12 + length
