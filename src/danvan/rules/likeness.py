"""How alike two opinions are, whatever became of accents, letters and some of the words on the way.

A signature of few numbers finds candidates by index; letters and words then decide. Twice sent, half copied and typed
anew are found; that two people write of the same thing in words of their own is not.
"""

from zlib import crc32

from danvan.rules.text import fold

ALIKE = 0.80
"""From here on two texts are shown side by side: measured in `bench/likeness`, a person decides."""
GRAM = 5
KEPT = 16
SHARED = 2
"""Numbers two signatures must share to be looked at."""
_READ = 4_000
_TYPED_SHORT = {
    "ko": "khong", "k": "khong", "hok": "khong", "kg": "khong", "dc": "duoc", "ng": "nguoi", "mn": "moi nguoi",
    "vs": "voi", "j": "gi", "r": "roi", "cx": "cung", "trc": "truoc", "nc": "nuoc", "bn": "bao nhieu",
    "ntn": "nhu the nao", "ubnd": "uy ban nhan dan", "tp": "thanh pho",
}  # fmt: skip


def normal(text: str) -> str:
    """Folded words, what is typed short written out; only ever compared, never shown."""
    return " ".join(_TYPED_SHORT.get(word, word) for word in fold(text).split())[:_READ]


def signature(text: str) -> tuple[int, ...]:
    """The smallest hashes of runs of five letters: two texts share about as many as they share runs.

    Signed 32-bit numbers, the same on every machine and for ever: they are kept in the database.
    """
    read = normal(text)
    runs = {read[place : place + GRAM] for place in range(max(1, len(read) - GRAM + 1))} if read else set()
    return tuple(sorted(crc32(run.encode()) - 2**31 for run in runs)[:KEPT])


def alike(one: str, other: str) -> float:
    """From 0 to 1: letters in order, and words in any order, where one may hold the other."""
    from rapidfuzz import fuzz

    left, right = normal(one), normal(other)
    return (fuzz.ratio(left, right) + fuzz.token_set_ratio(left, right)) / 200
