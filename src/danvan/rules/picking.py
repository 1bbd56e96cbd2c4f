"""Which entry of a list somebody means who types a code, the first letters, or words without accents."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from danvan.rules.text import fold

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Option(Generic[K]):
    """`aliases` are codes and short names; of several that fit alike the one of the lowest `rank` is meant."""

    key: K
    label: str
    aliases: tuple[str, ...] = ()
    rank: int = 0

    @cached_property
    def folded(self) -> tuple[str, ...]:
        return tuple(fold(name) for name in (self.label, *self.aliases))


@dataclass(frozen=True)
class Picked(Generic[K]):
    """`option` is None where nothing fits, or where several do; then `among` names them."""

    option: Option[K] | None
    among: tuple[str, ...] = ()


def pick(typed: str, options: Sequence[Option[K]]) -> Picked[K]:
    """The option meant by what was typed, the surest way of reading first.

    A whole label or alias comes before initials (`antt`), these before the beginnings of words in a row (`dat d`).
    """
    needle = fold(typed)
    if not needle:
        return Picked(None)
    for fits in (_is_name, _is_initials, _begins_words):
        found = [option for option in options if any(fits(needle, name) for name in option.folded)]
        nearest = [option for option in found if option.rank == min(each.rank for each in found)]
        if len(nearest) == 1:
            return Picked(nearest[0])
        if nearest:
            return Picked(None, tuple(option.label for option in nearest))
    return Picked(None)


def _is_name(needle: str, name: str) -> bool:
    return needle == name


def _is_initials(needle: str, name: str) -> bool:
    return len(needle) > 1 and needle == "".join(word[0] for word in name.split())


def _begins_words(needle: str, name: str) -> bool:
    typed, words = needle.split(), name.split()
    starts = range(len(words) - len(typed) + 1)
    return any(all(words[i + n].startswith(part) for n, part in enumerate(typed)) for i in starts)
