"""A text composed for reading, with the way back to where each sign stood in the text as given.

Telephones send `ệ` as one sign, some machines as three, and some programs put invisible signs between letters. Rules
read one form; what they find is told in offsets of the text that came in.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_STROKED = str.maketrans("đðĐÐ", "dddd")


@dataclass(frozen=True)
class Composed:
    """`text` is NFC without invisible signs; sign n came from `given[starts[n]:ends[n]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @cached_property
    def flat(self) -> str:
        """Lower case without marks, đ as d: exactly as long as `text`, so that offsets are the same."""
        return "".join(map(_flat, self.text))

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stood in the text as given."""
        return self.starts[start], self.ends[end - 1]


def composed(given: str) -> Composed:
    if unicodedata.is_normalized("NFC", given) and INVISIBLE.isdisjoint(given):
        return Composed(given, tuple(range(len(given))), tuple(range(1, len(given) + 1)))
    signs, starts, ends = [], [], []
    for start, end in _clusters(given):
        for sign in unicodedata.normalize("NFC", "".join(c for c in given[start:end] if c not in INVISIBLE)):
            signs.append(sign)
            starts.append(start)
            ends.append(end)
    return Composed("".join(signs), tuple(starts), tuple(ends))


def _clusters(given: str) -> Iterator[tuple[int, int]]:
    """A base sign with the marks and invisible signs after it."""
    start = 0
    for place, sign in enumerate(given):
        if place > start and not (unicodedata.combining(sign) or sign in INVISIBLE):
            yield start, place
            start = place
    if given:
        yield start, len(given)


def _flat(sign: str) -> str:
    return unicodedata.normalize("NFD", sign.translate(_STROKED))[0].lower()[0]
