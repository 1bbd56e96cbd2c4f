"""Vietnamese text as keys: one folding for search, one key for sorting.

Both engines index what `fold` returns and order by what `sort_key` returns, so SQLite and PostgreSQL give the same
hits in the same order with their plainest settings (FTS5 `unicode61`, `simple` configuration, binary/C collation).
Neither key is ever shown, stored in place of the text, or used for an audit hash.
"""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary order
PLACE_PREFIXES = (
    "thành phố", "thị trấn", "khu dân cư", "tổ dân phố", "khu phố", "đặc khu", "thị xã", "phường", "huyện", "quận",
    "tỉnh", "thôn", "buôn", "khóm", "làng", "xóm", "bản", "tp.", "tp", "xã", "ấp", "tổ",
)  # fmt: skip

_PRIMARY = {letter: chr(ord("A") + place) if place < 26 else chr(ord("a") + place - 26)
            for place, letter in enumerate(ALPHABET)}  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"\d+|\D+")
_PREFIX = re.compile(rf"(?:{'|'.join(map(re.escape, PLACE_PREFIXES))})\s+(?=\S)")


def nfc(text: str) -> str:
    """The composed form, in which everything is stored: a page or a phone may send the same word decomposed."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Search tokens joined by single spaces: lower case, without marks, đ as d, nothing but letters and digits.

    Punctuation becomes a space because the engines disagree on it (`8.328/8.574`, `05/BC-UBND`); apostrophes vanish so
    that K’Ré, K'Re and KRé meet. Scripts other than Latin keep their vowel signs. Folding twice changes nothing.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", _INVISIBLE.sub("", text))).lower()
    bare = _MARKS.sub("", _APOSTROPHES.sub("", plain)).replace("đ", "d").replace("ð", "d")
    return " ".join(_tokens(nfc(bare)))


def _tokens(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text)
    return "".join(char if _is_token_char(char) else " " for char in text).split()


def _is_token_char(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"


def words(text: str) -> list[str]:
    """The folded tokens of a search box."""
    return fold(text).split()


def sort_key(text: str) -> str:
    """Vietnamese dictionary order (a ă â b … d đ e ê … o ô ơ … u ư …) as a string to compare byte by byte.

    Letters decide first, then tones (word by word, so old and new tone placement are equal), then capitals.
    Runs of digits count as numbers: Phú 2 comes before Phú 10.
    """
    composed = _INVISIBLE.sub("", nfc(text))
    parts = ["".join(_PIECE.findall(word)) for word in _WORD.findall(_APOSTROPHES.sub("", composed))]
    letters = "!".join(_primary(word) for word in parts)
    tones = "".join(_tone(word) for word in parts)
    capitals = "".join("1" if word[0].isupper() else "0" for word in parts)
    return f"{letters} {tones} {capitals}"


def _primary(word: str) -> str:
    return "".join(_number(piece) if piece.isdecimal() else _letters(piece) for piece in _PIECE.findall(word))


def _number(digits: str) -> str:
    plain = str(int(digits)) if len(digits) < 100 else digits[:99]
    return f"{len(plain):02d}{plain}"


def _letters(piece: str) -> str:
    toneless = nfc("".join(char for char in unicodedata.normalize("NFD", piece.lower()) if char not in TONES))
    return "".join(_PRIMARY.get(char) or _PRIMARY.get(_stripped(char), char) for char in toneless.replace("ð", "đ"))


def _stripped(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]


def _tone(word: str) -> str:
    found = [char for char in unicodedata.normalize("NFD", word) if char in TONES]
    return str(TONES.index(found[0]) + 1) if found else "0"


def place_key(name: str) -> str:
    """Sort key of a place name without its kind: Xã An Bình, Phường Bình An, Thị trấn Cái Vồn go by A, B, C."""
    lowered = nfc(name).strip()
    prefix = _PREFIX.match(lowered.lower())
    return sort_key(lowered[prefix.end() :] if prefix else lowered)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of one line, cut between words and marked with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:.–-") + "…"
