"""The words of `data/lexicon.toml` as sets. Loaded once; keys are lower case with the older tone placement (`hòa`)."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "lexicon.toml"
_NEWER_TONES = re.compile(r"(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<![qQ])[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W_])")
_MARKED = {"o": "òóỏõọ", "u": "ùúủũụ", "O": "ÒÓỎÕỌ", "U": "ÙÚỦŨỤ"}
_PLACES = {
    char: place for row in ("àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ", "ÀÁẢÃẠ", "ÈÉẺẼẸ", "ỲÝỶỸỴ") for place, char in enumerate(row)
}
_BARE = dict(zip("àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ", "aaaaaeeeeeyyyyyAAAAAEEEEEYYYYY", strict=True))


def older_tones(text: str) -> str:
    """`hoà`, `uỷ` as `hòa`, `ủy`; as many characters as before, so offsets stay."""
    return _NEWER_TONES.sub(lambda found: _moved(found[0]), text)


def _moved(pair: str) -> str:
    return _MARKED[pair[0]][_PLACES[pair[1]]] + _BARE[pair[1]]


def _phrases(written: str) -> list[str]:
    return [older_tones(" ".join(phrase.split())) for phrase in written.split(",") if phrase.strip()]


def _set(written: str) -> frozenset[str]:
    return frozenset(_phrases(written))


def _longest(phrases: Iterable[str]) -> int:
    return max(phrase.count(" ") + 1 for phrase in phrases)


_DATA = tomllib.loads(_FILE.read_text(encoding="utf-8"))

CLASS_OF = {phrase: kind for kind, written in _DATA["units"].items() for phrase in _phrases(written)}
LONGEST_UNIT = _longest(CLASS_OF)
MEASURES = frozenset({"money", "length", "area", "volume", "mass", "power", "share"})

FUNCTION = _set(_DATA["words"]["function"])
VERBS = _set(_DATA["words"]["verb"])
SLOGAN = _set(_DATA["words"]["slogan"])
COMPOUNDS = _set(_DATA["words"]["compound"])
BODIES = _set(_DATA["words"]["body"])
VAGUE = _set(_DATA["words"]["vague"])
STOPS = FUNCTION | VERBS

ALWAYS_LABELS = _set(_DATA["labels"]["always"])
MOSTLY_LABELS = _set(_DATA["labels"]["mostly"])
TITLES = _set(_DATA["labels"]["titles"])
EACH = _set(_DATA["labels"]["each"])
FURNITURE = _set(_DATA["labels"]["furniture"])
TEMPORAL = _set(_DATA["labels"]["temporal"])

PARTIES = _set(_DATA["spelled"]["parties"])
MEASURING = _set(_DATA["spelled"]["measuring"])
BEFORE_FIVE = _set(_DATA["spelled"]["before_five"]) | MEASURING
NOT_BEFORE = _set(_DATA["spelled"]["not_before"])

QUALIFIERS = _set(_DATA["qualifiers"]["words"])
QUALIFIERS_AFTER = _set(_DATA["qualifiers"]["after"])
COMPARING = _set(_DATA["qualifiers"]["comparing"])
