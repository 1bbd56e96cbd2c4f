"""The words of `data/names.toml` as sets."""

import tomllib
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent.parent / "data" / "names.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in _DATA[name].split(",") if phrase.strip())


SURNAMES = _set("surnames")
ORDINARY = _set("ordinary")
MIDDLE = _set("middle")
ADDRESS = _set("address")
OFFICES = _set("offices")
TITLES = _set("titles")
NOT_PRIVATE = _set("places") | _set("not_persons")
PLACE_WORDS = _set("place_words")
AFTER_OWN_NAME = _set("after_own_name")
