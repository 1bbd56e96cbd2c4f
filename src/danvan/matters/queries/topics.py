"""What the office's own settled matters say about the field of a new one: a suggestion, never a decision."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from danvan.matters.kinds import Field
from danvan.rules.topics import Model, suggest

FILE = "topics.json"


@dataclass(frozen=True)
class SuggestedField:
    """`share`: of a hundred suggestions as sure as this one, so many were right on matters not learned from."""

    field: Field
    share: int
    words: tuple[str, ...]


def suggested_field(content: str) -> SuggestedField | None:
    """Nothing before enough was learned, and nothing where it is not sure enough."""
    found = suggest(_model(), content)
    if found is None or found.topic not in Field.values:
        return None
    return SuggestedField(Field(found.topic), int(found.confidence * 100), found.words)


def topics_file() -> Path:
    return Path(settings.HOME) / FILE


def _model() -> Model | None:
    """As the night left it; read again only after a new night."""
    try:
        written = topics_file().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(topics_file(), written)


@lru_cache(maxsize=1)
def _read(path: Path, written: int) -> Model | None:
    del written
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Model(kept["weights"], kept["rarity"], [(margin, share) for margin, share in kept["sure"]], kept["examples"])
