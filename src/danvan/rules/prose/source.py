"""The text as the reader works on it, and the way back to the text as it was given.

Offsets must fit what the caller holds: a file's decoded text, perhaps decomposed (NFD), with zero-width characters,
non-breaking spaces or hoà for hòa. Only what the rules look at is evened out, and every position keeps its origin.
"""

import re
import unicodedata
from dataclasses import dataclass

from danvan.rules.prose.lexicon import older_tones

_SPACES = dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\r\u000b", " ")
_SAME_LENGTH = str.maketrans({**_SPACES, "\u000c": "\n", "Ð": "Đ", "ð": "đ", "−": "-", "‐": "-", "‑": "-"})
_UNEVEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]|.[\u0300-\u036f]+", re.DOTALL)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_WRAPPED = re.compile(r"(?<=[^\W_])[ \t]*\n(?=[^\W\d_])|(?<=,)[ \t]*\n(?=[^\W_])")


@dataclass(frozen=True)
class Source:
    """`text` to read, and where each of its characters began in the original (None: at the same place)."""

    text: str
    origins: list[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end]


def prepare(original: str) -> Source:
    text, origins = original, None
    if not original.isascii() and _UNEVEN.search(original):
        text, origins = _composed(original)
    return Source(_unwrapped(older_tones(text.translate(_SAME_LENGTH))), origins)


def _composed(original: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    origins: list[int] = []
    last = 0
    for found in _UNEVEN.finditer(original):
        pieces.append(original[last : found.start()])
        origins.extend(range(last, found.start()))
        piece = "" if found[0] in _INVISIBLE else unicodedata.normalize("NFC", found[0])
        pieces.append(piece)
        origins.extend([found.start()] * len(piece))
        last = found.end()
    pieces.append(original[last:])
    origins.extend(range(last, len(original) + 1))
    return "".join(pieces), origins


def _unwrapped(text: str) -> str:
    """Joins lines that only the width of a page broke: the next one goes on in lower case."""
    return _WRAPPED.sub(lambda found: found[0] if text[found.end()].isupper() else " " * len(found[0]), text)
