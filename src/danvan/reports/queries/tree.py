"""Which units stood below another when a period ended: a report is made over the tree as it was."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Absent
from danvan.reports.regimes import Regime
from danvan.units.access import in_force
from danvan.units.models import UnitClosure, UnitVersion


@dataclass(frozen=True)
class Member:
    """One unit of a tree on a day. `branch` is the child of the root through which it hangs; the root is its own."""

    unit_id: UUID
    name: str
    short_name: str
    level: str
    tree: str
    area_id: UUID | None
    parent_id: UUID | None
    depth: int
    branch: UUID

    @property
    def shown(self) -> str:
        return self.short_name or self.name

    def owes(self, regime: Regime) -> bool:
        return regime.asks(self.tree, self.level, has_parent=self.parent_id is not None)


def members(root: UUID, on: date) -> list[Member]:
    """The root first, then branch by branch in Vietnamese order, each with its head first; three queries.

    Refuses a root that was not in force on that day, told as absent.
    """
    depth = dict(UnitClosure.objects.filter(in_force(on), ancestor_id=root).values_list("descendant_id", "depth"))
    children = [unit for unit, steps in depth.items() if steps == 1]
    branch = dict(
        UnitClosure.objects.filter(in_force(on), ancestor_id__in=children).values_list("descendant_id", "ancestor_id")
    )
    rows = UnitVersion.objects.filter(in_force(on), unit_id__in=list(depth)).order_by("sort_key", "unit_id")
    found = [_member(row, depth[row.unit_id], branch.get(row.unit_id, root)) for row in rows]
    place = {member.unit_id: i for i, member in enumerate(found)}
    if root not in place:
        raise Absent
    place[root] = -1
    return sorted(found, key=lambda one: (place.get(one.branch, len(place)), one.depth, place[one.unit_id]))


def _member(row: UnitVersion, depth: int, branch: UUID) -> Member:
    return Member(row.unit_id, row.name, row.short_name, row.level, row.tree, row.area_id, row.parent_id, depth, branch)
