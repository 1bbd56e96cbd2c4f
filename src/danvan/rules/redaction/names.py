"""Names of persons: after a title of address, after “tôi tên là”, or a known surname with what follows it.

Places, streets and schools named after persons are left alone where a word in front says what they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from danvan.rules.composed import Composed, composed
from danvan.rules.redaction import lexicon
from danvan.rules.redaction.span import Confidence, Hit, Kind

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_OWN_NAME = re.compile(
    r"(?<!\w)(?:toi ten(?: la)?|ten toi(?: la)?|ten (?:em|chau|con|minh)(?: la)?|(?:toi|em|chau|con|minh|ten) la"
    r"|ho (?:va )?ten(?: la)?|nguoi (?:gui|viet|lam don|ky)|ky ten)(?: \(?chu ho\)?)?"
    r"\s{0,3}[:\-.]{0,3}\s{0,3}(?=[^\W\d_])"
)
_SAME_LIST = re.compile(r"\s*(?:,|;|và|-|–|đến|/|hoặc|với)\s*")
_HOUSE_NUMBER = re.compile(r"(?:\bso|ngu|tru|dia chi|nha)(?: (?:tai|o))?:? \d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)* $")
"""`27 Phan Đình Phùng` after a word of address is a street."""
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    lower: str
    is_capital: bool
    is_shouted: bool
    follows: bool
    """Only spaces of the same line part it from the word before."""


def names_in(read: Composed) -> Iterator[Hit]:
    words = _words(read.text)
    yield from _after_own_name(read, words)
    yield from _after_a_title(read, words)
    yield from _with_a_surname(read, words)


def given_names(read: Composed, names: Sequence[str]) -> Iterator[Hit]:
    """Names the caller knows, whole, with or without accents and capitals."""
    for known in map(_given, names):
        if len(known) > 1:
            whole = r"[\s.]+".join(re.escape(composed(word.lower).flat) for word in known)
            for found in re.finditer(rf"(?<!\w){whole}(?!\w)", read.flat):
                yield Hit(Kind.NAME, *found.span(), Confidence.SURE)


def called_names(read: Composed, names: Sequence[str]) -> Iterator[Hit]:
    """Their last syllable alone, by which people are called, where it has a capital that no sentence gave it."""
    for last in {known[-1].lower.capitalize() for known in map(_given, names) if known}:
        for found in re.finditer(rf"(?<!\w){re.escape(last)}(?!\w)", read.text):
            if not _starts_a_sentence(read.text, found.start()):
                yield Hit(Kind.NAME, *found.span(), Confidence.UNSURE)


def _given(name: str) -> list[Word]:
    words = _words(composed(name).text)
    return words[1:] if len(words) > 1 and words[0].lower in lexicon.ADDRESS else words


def _starts_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t“\"'(-–")
    return not before or before[-1] in ".!?\n:"


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match[0]
        between = text[found[-1].end : match.start()] if found else ""
        follows = bool(between) and between.isspace() and "\n" not in between
        shouted = len(word) > 1 and word.isupper()
        found.append(Word(match.start(), match.end(), word.lower(), word[0].isupper(), shouted, follows))
    return found


def _run(words: Sequence[Word], first: int, most: int = _LONGEST) -> list[Word]:
    """The capitalised words from `first` on that belong together, up to a title or an office."""
    run: list[Word] = []
    for place in range(first, min(first + most, len(words))):
        word = words[place]
        if not word.is_capital or (run and not word.follows) or (run and _is_title(words, place)):
            break
        if run and word.is_shouted != run[0].is_shouted and len(word.lower) > 1:
            break
        run.append(word)
    return run


def _is_title(words: Sequence[Word], place: int) -> bool:
    return any(_phrase(words, place, length) in lexicon.TITLES for length in (1, 2, 3))


def _phrase(words: Sequence[Word], place: int, length: int) -> str:
    phrase = words[place : place + length]
    return " ".join(word.lower for word in phrase) if len(phrase) == length else ""


def _is_place(words: Sequence[Word], place: int) -> int:
    """How many words from here on are a known place or another name that is no private person's."""
    for length in (3, 2):
        if _phrase(words, place, length) in lexicon.NOT_PRIVATE:
            return length
    return 0


def _says_place(words: Sequence[Word], place: int) -> bool:
    """Whether a word in front (past an abbreviation such as THCS) says that a place or a house follows."""
    before = place - 1
    while before >= 0 and words[before + 1].follows and words[before].is_shouted:
        if words[before].lower in lexicon.PLACE_WORDS:
            return True
        before -= 1
    return before >= 0 and words[before + 1].follows and words[before].lower in lexicon.PLACE_WORDS


def _is_of_a_place(words: Sequence[Word], place: int) -> bool:
    """`quán nhậu Bà Tư`: a form of address with a capital belongs to the house it stands behind."""
    near = place > 1 and words[place].follows and words[place - 1].follows and not words[place - 1].is_capital
    return _says_place(words, place) or (near and words[place - 2].lower in lexicon.PLACE_WORDS)


def _after_own_name(read: Composed, words: Sequence[Word]) -> Iterator[Hit]:
    """`tôi tên là …`: capitals or not, accents or not, if it begins with a surname."""
    at = {word.start: place for place, word in enumerate(words)}
    bare = read.flat == read.text.lower()
    for found in _OWN_NAME.finditer(read.flat):
        place = at.get(found.end())
        if place is None:
            continue
        run = _run(words, place)
        if len(run) > 1 and not _is_title(words, place):
            yield Hit(Kind.NAME, run[0].start, run[-1].end, Confidence.SURE)
        elif _is_surname(words[place], bare=bare):
            middle = place + 1 < len(words) and read.flat[words[place + 1].start : words[place + 1].end] in {
                "thi",
                "van",
            }
            taken = _until_it_stops(words[place + 1 : place + (4 if middle else 3)], read.flat)
            if taken:
                yield Hit(Kind.NAME, words[place].start, taken[-1].end, Confidence.LIKELY)


def _until_it_stops(rest: Sequence[Word], flat: str) -> list[Word]:
    taken: list[Word] = []
    for word in rest:
        if not word.follows or flat[word.start : word.end] in lexicon.AFTER_OWN_NAME:
            break
        taken.append(word)
    return taken


def _is_surname(word: Word, *, bare: bool) -> bool:
    return word.lower in lexicon.SURNAMES or (bare and word.lower in _BARE_SURNAMES)


_BARE_SURNAMES = frozenset(composed(name).flat for name in lexicon.SURNAMES - lexicon.ORDINARY)
_BARE_TITLES = frozenset({"ong", "ba", "anh", "chi"})


def _after_a_title(read: Composed, words: Sequence[Word]) -> Iterator[Hit]:
    bare = read.flat == read.text.lower()
    for place, word in enumerate(words[:-1]):
        known = word.lower in lexicon.ADDRESS
        if not known and not (bare and word.lower in _BARE_TITLES):
            continue
        if _is_place(words, place) or (word.is_capital and _is_of_a_place(words, place)):
            continue
        run = _run(words, place + 1)
        if not run or not words[place + 1].follows or _is_title(words, place + 1) or _is_place(words, place + 1):
            continue
        if len(run) == 1 and (len(run[0].lower) == 1 or (run[0].is_shouted and not word.is_shouted)):
            continue  # an initial, or an abbreviation
        yield Hit(Kind.NAME, run[0].start, run[-1].end, Confidence.SURE if known else Confidence.UNSURE)


def _with_a_surname(read: Composed, words: Sequence[Word]) -> Iterator[Hit]:
    place, place_ended = 0, -1
    while place < len(words):
        known = _is_place(words, place) if words[place].is_capital else 0
        if known:
            place += known
            place_ended = words[place - 1].end
            continue
        run = _run(words, place) if words[place].lower in lexicon.SURNAMES else []
        if not _is_whole_name(words, place, run):
            place += 1
            continue
        in_list = place_ended >= 0 and _SAME_LIST.fullmatch(read.text, place_ended, run[0].start)
        place += len(run)
        numbered = _HOUSE_NUMBER.search(read.flat, max(0, run[0].start - 40), run[0].start)
        if in_list or numbered or _says_place(words, place - len(run)):
            place_ended = run[-1].end
        else:
            yield Hit(Kind.NAME, run[0].start, run[-1].end, _how_sure(words, place - len(run), run))


def _is_whole_name(words: Sequence[Word], place: int, run: Sequence[Word]) -> bool:
    """Not one word of a heading in capitals, and not an ordinary word that happens to begin a sentence."""
    if len(run) < (3 if words[place].lower in lexicon.ORDINARY else 2):
        return False
    after = place + len(run)
    goes_on = after < len(words) and words[after].follows and words[after].is_shouted
    comes_on = place > 0 and words[place].follows and words[place - 1].is_shouted
    return not (run[0].is_shouted and (goes_on or comes_on))


def _how_sure(words: Sequence[Word], place: int, run: Sequence[Word]) -> Confidence:
    """Whoever is named with an office acts in it, which need not be hidden: for a second look."""
    if place > 0 and words[place].follows and words[place - 1].lower in lexicon.OFFICES:
        return Confidence.UNSURE
    if len(run) > 2 and run[1].lower in lexicon.MIDDLE:
        return Confidence.SURE
    return Confidence.LIKELY if len(run) > 2 else Confidence.UNSURE
