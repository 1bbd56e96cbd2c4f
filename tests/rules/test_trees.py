"""The closure says of every day what walking up the tree that day would say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules.trees import Link, Loop, closure, overlap

DAY = date(2025, 1, 1)
NODES = "abcdef"


def on(day: int) -> date:
    return DAY + timedelta(days=day)


@st.composite
def dated_trees(draw: st.DrawFn) -> list[Link[str]]:
    """Every node hangs under an earlier letter or under none, in consecutive intervals, perhaps ending."""
    links = []
    for rank, node in enumerate(NODES):
        cuts = sorted(draw(st.sets(st.integers(1, 40), max_size=2)))
        starts: list[date | None] = [None, *map(on, cuts)]
        ends: list[date | None] = [*map(on, cuts), draw(st.sampled_from([None, on(50)]))]
        for start, end in zip(starts, ends, strict=True):
            parent = draw(st.sampled_from([None, *NODES[:rank]]))
            links.append(Link(node, parent, start, end))
    return links


def holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def walked_up(links: list[Link[str]], node: str, day: date) -> list[str]:
    found: list[str] = []
    here: str | None = node
    while here is not None:
        version = next((x for x in links if x.node == here and holds(x.start, x.end, day)), None)
        if version is None:
            return found
        found.append(here)
        here = version.parent
    return found


@given(dated_trees(), st.integers(0, 60))
def test_the_closure_agrees_with_walking_up_on_any_day(links, offset):
    day = on(offset)
    pairs = {(p.ancestor, p.descendant, p.depth) for p in closure(links) if holds(p.start, p.end, day)}
    walked = {(above, node, depth) for node in NODES for depth, above in enumerate(walked_up(links, node, day))}
    assert pairs == walked


@given(dated_trees())
def test_no_pair_stands_twice_on_one_day(links):
    pairs = closure(links)
    for offset in range(0, 60, 7):
        standing = [(p.ancestor, p.descendant, p.depth) for p in pairs if holds(p.start, p.end, on(offset))]
        assert sorted(standing) == sorted(set(standing))


def test_touching_intervals_of_a_pair_are_one():
    links = [Link("a", None, None, None), Link("b", "a", None, on(5)), Link("b", "a", on(5), None)]
    assert [(p.start, p.end) for p in closure(links) if (p.ancestor, p.descendant) == ("a", "b")] == [(None, None)]


def test_a_loop_is_refused():
    with pytest.raises(Loop):
        closure([Link("a", "b", None, None), Link("b", "a", None, None)])


def test_overlap_is_half_open():
    assert overlap((on(1), on(5)), (on(5), on(9))) is None
    assert overlap((None, on(5)), (on(4), None)) == (on(4), on(5))
