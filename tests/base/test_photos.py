"""A photo from a citizen is made anew: upright, small, and silent about where and when it was taken."""

import contextlib
import io
import random
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin
from pytest_django import Settings

from danvan.base.errors import Invalid
from danvan.base.photos import Photo, clean_photo

FORMATS = ["JPEG", "PNG", "WEBP"]
RED, BLUE = (220, 30, 30), (30, 30, 220)
SECRETS = (b"10.5N 105.8E", b"Xiaomi 13", b"chup o nha ong Ba", b"http://ns.adobe.com", b"ho so mau")


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", orientation: int = 1) -> bytes:
    """Left half red, right half blue; with a place, a camera, a comment, XMP and a colour profile."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x0110], exif[0x9286] = orientation, "Xiaomi 13", "chup o nha ong Ba"
    exif.get_ifd(0x8825)[1] = "10.5N 105.8E"
    marks: dict[str, object] = {"exif": exif, "xmp": b"<x xmlns='http://ns.adobe.com/xap/1.0/'/>"}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "chup o nha ong Ba")
        marks = {"exif": exif, "pnginfo": text}
    if kind == "JPEG":
        marks["comment"] = "chup o nha ong Ba"
    file = io.BytesIO()
    image.convert(mode).save(file, kind, icc_profile=b"ho so mau", **marks)
    return file.getvalue()


def shown(photo: Photo) -> Image.Image:
    image = Image.open(io.BytesIO(photo.data))
    image.load()
    return image


def refusal(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as refused:
        clean_photo(data)
    assert refused.value.field == "photos"
    return refused.value


@pytest.mark.parametrize("kind", FORMATS)
class TestEveryFormat:
    def test_nothing_but_the_picture_is_kept(self, kind: str) -> None:
        before = a_photo(kind)
        after = clean_photo(before)
        assert [secret for secret in SECRETS if secret in before] != []
        assert [secret for secret in SECRETS if secret in after.data] == []
        image = shown(after)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background",
                                   "duration", "timestamp"}  # fmt: skip

    def test_it_stays_what_it_is_and_says_its_size(self, kind: str) -> None:
        photo = clean_photo(a_photo(kind, (64, 48)))
        assert (photo.media_type, photo.width, photo.height) == (f"image/{kind.lower()}", 64, 48)
        assert (shown(photo).format, shown(photo).size) == (kind, (64, 48))

    @pytest.mark.parametrize(
        ("orientation", "size", "red_at", "blue_at"),
        [
            (1, (40, 20), (5, 10), (35, 10)),
            (2, (40, 20), (35, 10), (5, 10)),
            (3, (40, 20), (35, 10), (5, 10)),
            (6, (20, 40), (10, 5), (10, 35)),
            (8, (20, 40), (10, 35), (10, 5)),
        ],
    )
    def test_it_is_upright(
        self, kind: str, orientation: int, size: tuple[int, int], red_at: tuple[int, int], blue_at: tuple[int, int]
    ) -> None:
        image = shown(clean_photo(a_photo(kind, orientation=orientation))).convert("RGB")
        assert image.size == size
        assert _reddish(image, red_at) and not _reddish(image, blue_at)

    def test_a_large_one_is_made_small_and_keeps_its_shape(self, kind: str) -> None:
        photo = clean_photo(a_photo(kind, (3200, 1000)))
        assert (photo.width, photo.height) == (1600, 500)
        tall = clean_photo(a_photo(kind, (3200, 1000), orientation=6))
        assert (tall.width, tall.height) == (500, 1600)

    def test_one_cut_short_is_refused_wherever_it_is_cut(self, kind: str) -> None:
        whole = a_photo(kind, (300, 300))
        for share in (0.3, 0.6, 0.9):
            assert refusal(whole[: int(len(whole) * share)]).code in {"photo-broken", "photo-unknown"}

    def test_a_damaged_one_is_refused_or_made_anew_and_never_breaks_the_server(self, kind: str) -> None:
        dice, whole = random.Random(7), a_photo(kind, (60, 60))
        for _ in range(300):
            damaged = bytearray(whole)
            for _ in range(dice.randint(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            with contextlib.suppress(Invalid):
                clean_photo(bytes(damaged))


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGB"])
def test_unusual_colours_are_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = shown(clean_photo(a_photo(kind, mode=mode))).convert("RGB")
    assert image.size == (40, 20)


def test_a_telephones_jpeg_with_more_pictures_inside_is_its_first_one() -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), RED).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), BLUE)])
    photo = clean_photo(file.getvalue())
    assert photo.media_type == "image/jpeg"
    assert (shown(photo).format, _reddish(shown(photo), (5, 5))) == ("JPEG", True)


def test_a_see_through_picture_stays_so() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    image = shown(clean_photo(file.getvalue()))
    assert image.getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        (b"", "photo-empty", "Tệp ảnh trống."),
        (b"%PDF-1.7 ...", "photo-unknown", "Tệp này không phải là ảnh JPEG, PNG hoặc WebP."),
        (b"<svg onload=alert(1)>", "photo-unknown", "Tệp này không phải là ảnh JPEG, PNG hoặc WebP."),
        (b"GIF89a" + bytes(40), "photo-unknown", "Tệp này không phải là ảnh JPEG, PNG hoặc WebP."),
        (b"MZ" + bytes(100), "photo-unknown", "Tệp này không phải là ảnh JPEG, PNG hoặc WebP."),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, code: str, sentence: str) -> None:
    assert (refusal(data).code, refusal(data).sentence) == (code, sentence)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_a_photo_of_an_iphone_is_refused_with_what_to_do(brand: bytes) -> None:
    refused = refusal(b"\0\0\0\x18ftyp" + brand + bytes(100))
    assert refused.code == "photo-heic"
    assert "Tương thích nhất" in refused.sentence


def test_too_many_bytes_are_refused_before_anything_is_opened(settings: Settings) -> None:
    settings.MAX_PHOTO_BYTES = 2 * 1024 * 1024
    refused = refusal(bytes(2 * 1024 * 1024 + 1))
    assert (refused.code, refused.sentence) == ("photo-too-large", "Ảnh lớn hơn 2 MB. Hãy chọn ảnh nhỏ hơn.")


@pytest.mark.parametrize("side", [4_900, 12_000, 60_000])
def test_a_small_file_of_very_many_pixels_is_refused_undecoded(side: int) -> None:
    refused = refusal(_bomb(side))
    assert refused.code == "photo-too-many-pixels"
    assert refused.sentence == "Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại."


def _bomb(side: int) -> bytes:
    """A PNG whose head announces `side` × `side` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def _reddish(image: Image.Image, at: tuple[int, int]) -> bool:
    pixel = image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel[0] > 120 > pixel[2]
