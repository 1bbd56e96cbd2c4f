"""Hiding small counts so that nobody can be picked out of a published table, nor worked out by subtraction.

A count from 1 to `least - 1` is shown as `<5`; zero is shown, for it points at nobody. Hiding it alone is not enough:
its row, its column or its parent gives it back. So further counts are withheld (`ẩn`) until every small count could
still have been another number for a reader who knows all shown counts, this rule, and that counts are whole numbers.

Sums are the nodes of a network and counts its edges, each between the two sums it stands in (or the outside). Another
table fits what is shown exactly when a hidden count can move by one around a cycle of hidden counts that all have room
to move. Starting from the true table we look for such a cycle, and pay for missing links by withholding shown counts,
the smallest first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count as numbering

OUTSIDE = "outside"
WITHHELD = "ẩn"


@dataclass(frozen=True)
class Shown:
    """What may be published for one count. `value` is None when hidden, and then `text` says which way."""

    value: int | None
    text: str


@dataclass(eq=False)
class _Count:
    """Adds to the sum `into`, takes from the sum `out_of`."""

    value: int
    into: Hashable
    out_of: Hashable
    least: int
    hidden: bool = False

    @property
    def small(self) -> bool:
        return 0 < self.value < self.least

    def room(self, step: int) -> bool:
        """Whether a reader, who sees from the mark which range a hidden count is in, must allow for value + step."""
        moved = self.value + step
        return 1 <= moved < self.least if self.small else self.least <= moved

    def shown(self) -> Shown:
        if not self.hidden:
            return Shown(self.value, str(self.value))
        return Shown(None, f"<{self.least}" if self.small else WITHHELD)


@dataclass
class _Network:
    least: int
    counts: dict[Hashable, _Count] = field(default_factory=dict)
    beside: dict[Hashable, list[_Count]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: Hashable, value: int, *, into: Hashable, out_of: Hashable) -> None:
        if value < 0:
            raise ValueError("Số đếm không thể âm.")
        added = self.counts[key] = _Count(value, into, out_of, self.least, hidden=0 < value < self.least)
        self.beside[into].append(added)
        self.beside[out_of].append(added)

    def protect(self) -> dict[Hashable, Shown]:
        for exposed in [each for each in self.counts.values() if each.small]:
            cycle = self._cheapest_cycle(exposed)
            if cycle is None:
                return self._everything_withheld()
            for each in cycle:
                each.hidden = True
        return {key: each.shown() for key, each in self.counts.items()}

    def _everything_withheld(self) -> dict[Hashable, Shown]:
        """The last resort: under one mark for all, each count could be larger together with every sum it stands in."""
        return {key: Shown(None, WITHHELD) if each.value else each.shown() for key, each in self.counts.items()}

    def _cheapest_cycle(self, exposed: _Count) -> list[_Count] | None:
        ways = [self._path(exposed.into, exposed.out_of, exposed)] if exposed.room(+1) else []
        if exposed.room(-1):
            ways.append(self._path(exposed.out_of, exposed.into, exposed))
        found = [way for way in ways if way is not None]
        return min(found, key=lambda way: way[:2])[2] if found else None

    def _path(self, start: Hashable, goal: Hashable, without: _Count) -> "tuple[int, int, list[_Count]] | None":
        """Cost, number of links and links of the cheapest way to pass one unit on from `start` to `goal`."""
        order, done = numbering(), set()
        queue: list[tuple[int, int, int, Hashable, list[_Count]]] = [(0, 0, next(order), start, [])]
        while queue:
            cost, length, _, node, path = heappop(queue)
            if node == goal:
                return cost, length, path
            if node in done:
                continue
            done.add(node)
            for link, following in self._links(node, without):
                price = 0 if link.hidden else link.value
                heappush(queue, (cost + price, length + 1, next(order), following, [*path, link]))
        return None

    def _links(self, node: Hashable, without: _Count) -> Iterator[tuple[_Count, Hashable]]:
        for link in self.beside[node]:
            if link is without or not link.value:
                continue
            if link.out_of == node and link.room(+1):
                yield link, link.into
            elif link.into == node and link.room(-1):
                yield link, link.out_of


@dataclass(frozen=True)
class ProtectedTable:
    cells: list[list[Shown]]
    row_totals: list[Shown]
    column_totals: list[Shown]
    total: Shown


def protect_table(cells: Sequence[Sequence[int]], *, least: int = 5) -> ProtectedTable:
    """A table that will be published with its row totals, column totals and grand total."""
    width = len(cells[0]) if cells else 0
    if any(len(row) != width for row in cells):
        raise ValueError("Các hàng của bảng phải dài bằng nhau.")
    network = _Network(least)
    for i, row in enumerate(cells):
        for j, value in enumerate(row):
            network.add((i, j), value, into=("row", i), out_of=("column", j))
        network.add(("row", i), sum(row), into="rows", out_of=("row", i))
    for j in range(width):
        network.add(("column", j), sum(row[j] for row in cells), into=("column", j), out_of="columns")
    network.add("total", sum(map(sum, cells)), into="columns", out_of="rows")
    shown = network.protect()
    return ProtectedTable(
        cells=[[shown[i, j] for j in range(width)] for i in range(len(cells))],
        row_totals=[shown["row", i] for i in range(len(cells))],
        column_totals=[shown["column", j] for j in range(width)],
        total=shown["total"],
    )


def protect_tree(
    leaves: Mapping[Hashable, int], parents: Mapping[Hashable, Hashable], *, least: int = 5
) -> dict[Hashable, Shown]:
    """Counts of the lowest units, to be published together with the sum of every unit above them.

    `parents` leads from each unit to the one above; a unit without an entry is a top. A unit that has units below it
    is their sum and may not bring a count of its own.
    """
    inner = set(parents.values())
    if inner & set(leaves):
        raise ValueError("Đơn vị cấp trên là tổng của cấp dưới, không có số riêng.")
    sums: dict[Hashable, int] = dict(leaves)
    for leaf, value in leaves.items():
        above = parents.get(leaf)
        while above is not None:
            sums[above] = sums.get(above, 0) + value
            above = parents.get(above)
    network = _Network(least)
    for unit, value in sums.items():
        network.add(unit, value, into=parents.get(unit, OUTSIDE), out_of=unit if unit in inner else OUTSIDE)
    return network.protect()
