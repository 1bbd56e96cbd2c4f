"""Units: adding, ending, and the closure of their dated trees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from danvan.base.errors import Invalid, Refused
from danvan.rules.text import fold, nfc, sort_key
from danvan.rules.trees import Link, Pair, closure
from danvan.units.access import Actor, in_force, require
from danvan.units.kinds import Event, Level, Tree
from danvan.units.models import Holding, Post, Unit, UnitClosure, UnitSuccession, UnitVersion, catalogue_id
from danvan.units.roles import Permission


@dataclass(frozen=True)
class UnitFacts:
    """What is known of a unit from a day on."""

    key: str
    name: str
    tree: Tree
    level: Level
    short_name: str = ""
    symbol: str = ""
    parent_key: str = ""
    area_id: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def add_units(*, facts: Iterable[UnitFacts], by: Actor) -> list[UUID]:
    """Adds units, parents before children in any order, and rebuilds the closure once.

    A key that exists gets a further version when `valid_from` differs, and is left alone when it does not.
    Refuses unknown parents and loops; nothing is kept then.
    """
    require_manager(by)
    rows = [_clean(fact) for fact in facts]
    ids = {row.key: catalogue_id("unit", row.key) for row in rows}
    known = dict(Unit.objects.values_list("key", "id"))
    for row in rows:
        if row.parent_key and row.parent_key not in ids and row.parent_key not in known:
            raise Invalid("unknown-parent", f"Không có đơn vị cấp trên “{row.parent_key}”.", "parent_key")
    Unit.objects.bulk_create([Unit(id=i, key=k) for k, i in ids.items()], ignore_conflicts=True)
    ids |= known
    there = set(UnitVersion.objects.values_list("unit_id", "valid_from"))
    UnitVersion.objects.bulk_create(
        [_version(row, ids) for row in rows if (ids[row.key], row.valid_from) not in there], batch_size=500
    )
    rebuild_unit_closure()
    return [ids[row.key] for row in rows]


def require_manager(by: Actor) -> None:
    if not by.is_system:
        require(by, Permission.UNIT_MANAGE)


def _clean(fact: UnitFacts) -> UnitFacts:
    if not fact.key or not nfc(fact.name).strip():
        raise Invalid("unit-unnamed", "Đơn vị phải có mã khóa và tên.", "name")
    return fact


def _version(row: UnitFacts, ids: dict[str, UUID]) -> UnitVersion:
    name = nfc(row.name).strip()
    return UnitVersion(
        unit_id=ids[row.key],
        tree=row.tree,
        level=row.level,
        name=name,
        short_name=nfc(row.short_name).strip(),
        symbol=row.symbol,
        parent_id=ids.get(row.parent_key),
        area_id=row.area_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        fold=fold(name)[:160],
        sort_key=sort_key(name)[:400],
    )


def rebuild_unit_closure() -> int:
    """Makes the closure table afresh from the versions; refuses a loop."""
    rows = UnitVersion.objects.values_list("unit_id", "parent_id", "valid_from", "valid_to")
    pairs: list[Pair[UUID]] = closure(Link(*row) for row in rows)
    UnitClosure.objects.all().delete()
    UnitClosure.objects.bulk_create(
        [
            UnitClosure(ancestor_id=p.ancestor, descendant_id=p.descendant, depth=p.depth, valid_from=p.start,
                        valid_to=p.end)
            for p in pairs
        ],
        batch_size=2000,
    )  # fmt: skip
    return len(pairs)


@transaction.atomic
def end_unit(*, unit_id: UUID, successor_id: UUID | None, on: date, event: Event, source: str, by: Actor) -> None:
    """Ends a unit on a day: its version, its posts and their holdings end with it; the taker of its duties is kept.

    The open commitments are passed on by whoever calls this from above, in the same transaction.
    """
    require_manager(by)
    versions = UnitVersion.objects.filter(in_force(on), unit_id=unit_id)
    if not versions.update(valid_to=on):
        raise Refused("unit-not-in-force", f"Đơn vị không hoạt động vào ngày {on:%d/%m/%Y}.")
    posts = Post.objects.filter(in_force(on), unit_id=unit_id)
    Holding.objects.filter(in_force(on), post__in=posts).update(valid_to=on)
    posts.update(valid_to=on)
    if successor_id:
        UnitSuccession.objects.create(before_id=unit_id, after_id=successor_id, on=on, event=event, source=source)
    rebuild_unit_closure()
