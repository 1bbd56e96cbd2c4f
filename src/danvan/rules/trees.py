"""Dated trees: every pair of ancestor and descendant with the days between which it stood.

`None` as a start means since before our records, as an end still. Intervals are half-open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True)
class Link(Generic[K]):
    """A node stood under a parent (or under none) during an interval."""

    node: K
    parent: K | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Pair(Generic[K]):
    ancestor: K
    descendant: K
    depth: int
    start: date | None
    end: date | None


class Loop(ValueError):
    """A node would be its own ancestor."""


def closure(links: Iterable[Link[K]]) -> list[Pair[K]]:
    """All pairs, each node with itself at depth 0; touching intervals of one pair are joined.

    Refuses a loop. Deeper than `MAX_DEPTH` counts as one.
    """
    by_node: dict[K, list[Link[K]]] = {}
    for link in links:
        by_node.setdefault(link.node, []).append(link)
    pairs = [pair for link in (x for found in by_node.values() for x in found) for pair in _upwards(link, by_node)]
    return _joined(pairs)


MAX_DEPTH = 12


def _upwards(link: Link[K], by_node: dict[K, list[Link[K]]]) -> Iterator[Pair[K]]:
    yield Pair(link.node, link.node, 0, link.start, link.end)
    frontier = [(link.parent, link.start, link.end)]
    for depth in range(1, MAX_DEPTH + 2):
        following = []
        for parent, start, end in frontier:
            if parent is None:
                continue
            if depth > MAX_DEPTH:
                raise Loop(f"{link.node} is its own ancestor, or the tree is deeper than {MAX_DEPTH}")
            for above in by_node.get(parent, ()):
                if both := overlap((start, end), (above.start, above.end)):
                    yield Pair(parent, link.node, depth, *both)
                    following.append((above.parent, *both))
        frontier = following


def overlap(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None] | None:
    """The common part of two half-open intervals, None where they share no day."""
    start = max((s for s in (one[0], other[0]) if s is not None), default=None)
    end = min((e for e in (one[1], other[1]) if e is not None), default=None)
    return None if start is not None and end is not None and start >= end else (start, end)


def _joined(pairs: list[Pair[K]]) -> list[Pair[K]]:
    groups: dict[tuple[K, K, int], list[Pair[K]]] = {}
    for pair in pairs:
        groups.setdefault((pair.ancestor, pair.descendant, pair.depth), []).append(pair)
    return [joined for group in groups.values() for joined in _merged(group)]


def _merged(group: list[Pair[K]]) -> list[Pair[K]]:
    ordered = sorted(group, key=lambda p: p.start or date.min)
    merged = [ordered[0]]
    for pair in ordered[1:]:
        last = merged[-1]
        if last.end is None or (pair.start or date.min) <= last.end:
            end = None if last.end is None or pair.end is None else max(last.end, pair.end)
            merged[-1] = Pair(last.ancestor, last.descendant, last.depth, last.start, end)
        else:
            merged.append(pair)
    return merged
