"""Units: adding, changing from a day on, ending, and the closure of their dated trees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from danvan.base.clock import day_of
from danvan.base.errors import Invalid, Refused
from danvan.rules.text import fold, nfc, sort_key
from danvan.rules.trees import Link, Loop, Pair, closure
from danvan.units.access import Actor, areas_in_reach, in_force, require
from danvan.units.actions.log import record
from danvan.units.kinds import AdminVerb, Event, Level, Tree
from danvan.units.models import Holding, Post, Unit, UnitClosure, UnitSuccession, UnitVersion, catalogue_id
from danvan.units.queries import unit_in_force
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

    A key that exists gets a further version when `valid_from` differs, which ends the one before it, and is left alone
    when it does not. Refuses unknown parents and loops; nothing is kept then.
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
    _end_what_is_followed({ids[row.key] for row in rows if row.key in known})
    rebuild_unit_closure()
    return [ids[row.key] for row in rows]


@transaction.atomic
def add_unit(*, facts: UnitFacts, by: Actor, at: datetime) -> UUID:
    """Adds one unit under a unit in sight. Refuses a key that is taken, a parent of another tree or of another time,
    and a place outside the own area.
    """
    row = replace(facts, key=facts.key.strip() or _new_key(facts.name))
    if Unit.objects.filter(key=row.key).exists():
        raise Invalid("key-taken", f"Mã khóa “{row.key}” đã có. Hãy dùng mã khác.", "key")
    _refuse_foreign(row, by, day_of(at))
    (unit_id,) = add_units(facts=[row], by=by)
    record(verb=AdminVerb.UNIT_ADDED, subject=row.name, detail=f"mã khóa {row.key}", unit_id=unit_id, by=by, at=at)
    return unit_id


def _new_key(name: str) -> str:
    """From the name, with a number where the name is not the only one."""
    stem = fold(name).replace(" ", "-")[:70]
    taken = set(Unit.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _refuse_foreign(row: UnitFacts, by: Actor, on: date) -> None:
    if by.is_system:
        return
    parent = Unit.objects.filter(key=row.parent_key).first()
    if parent is None:
        raise Invalid("parent-missing", "Chọn đơn vị cấp trên; đơn vị đứng đầu hệ thống do máy chủ nạp.", "parent_key")
    require(by, Permission.UNIT_MANAGE, parent.id, on)
    _refuse_parent(parent.id, row.tree, row.valid_from or on)
    if row.area_id and not areas_in_reach(by, on).filter(pk=row.area_id).exists():
        raise Invalid("area-elsewhere", "Địa bàn này nằm ngoài địa bàn của đơn vị bạn.", "area")


def _refuse_parent(parent_id: UUID, tree: str, on: date) -> None:
    parent = UnitVersion.objects.filter(in_force(on), unit_id=parent_id).first()
    if parent is None:
        raise Invalid("parent-not-in-force", f"Đơn vị cấp trên không hoạt động vào ngày {on:%d/%m/%Y}.", "parent")
    if parent.tree != tree:
        raise Invalid("other-tree", f"Đơn vị cấp trên thuộc hệ thống {Tree(parent.tree).label}.", "parent")


def require_manager(by: Actor) -> None:
    if not by.is_system:
        require(by, Permission.UNIT_MANAGE)


def _clean(fact: UnitFacts) -> UnitFacts:
    if not fact.key or not nfc(fact.name).strip():
        raise Invalid("unit-unnamed", "Đơn vị phải có mã khóa và tên.", "name")
    if len(fact.key) > 80 or len(nfc(fact.name)) > 160:
        raise Invalid("unit-too-long", "Mã khóa nhiều nhất 80 ký tự, tên nhiều nhất 160 ký tự.", "name")
    if fact.valid_from and fact.valid_to and fact.valid_to <= fact.valid_from:
        raise Invalid("ends-before", "Ngày kết thúc phải sau ngày bắt đầu.", "valid_to")
    return fact


def _version(row: UnitFacts, ids: dict[str, UUID]) -> UnitVersion:
    version = UnitVersion(
        unit_id=ids[row.key],
        tree=row.tree,
        level=row.level,
        parent_id=ids.get(row.parent_key),
        area_id=row.area_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    _call(version, row.name, row.short_name, row.symbol)
    return version


def _call(version: UnitVersion, name: str, short_name: str, symbol: str) -> None:
    version.name = nfc(name).strip()
    version.short_name, version.symbol = nfc(short_name).strip()[:60], nfc(symbol).strip()[:30]
    version.fold, version.sort_key = fold(version.name)[:160], sort_key(version.name)[:400]


def _end_what_is_followed(unit_ids: set[UUID]) -> None:
    """A version lasts no longer than until the next one begins."""
    rows = UnitVersion.objects.filter(unit_id__in=unit_ids).order_by("unit_id", F("valid_from").asc(nulls_first=True))
    for earlier, later in pairwise(rows):
        begins = later.valid_from if earlier.unit_id == later.unit_id else None
        if begins and (earlier.valid_to is None or earlier.valid_to > begins):
            earlier.valid_to = begins
            earlier.save(update_fields=["valid_to"])


def rebuild_unit_closure() -> int:
    """Makes the closure table afresh from the versions; refuses a loop."""
    rows = UnitVersion.objects.values_list("unit_id", "parent_id", "valid_from", "valid_to")
    try:
        pairs: list[Pair[UUID]] = closure(Link(*row) for row in rows)
    except Loop as error:
        raise Invalid("loop", "Đơn vị không thể nằm dưới chính mình hoặc dưới đơn vị trực thuộc.", "parent") from error
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


@dataclass(frozen=True)
class UnitChange:
    """What a unit is called and where it stands from a day on."""

    on: date
    name: str
    short_name: str = ""
    symbol: str = ""
    parent_id: UUID | None = None


@transaction.atomic
def change_unit(*, unit_id: UUID, change: UnitChange, by: Actor, at: datetime) -> None:
    """From that day the unit has another name, or another parent; before it, it stays as it was.

    Where a version begins on that very day it is put right instead. The unit, its tree and its place stay the same.
    """
    if not by.is_system:
        require(by, Permission.UNIT_MANAGE, unit_id, day_of(at))
    old = unit_in_force(unit_id, change.on)
    if not nfc(change.name).strip() or len(nfc(change.name)) > 160:
        raise Invalid("unit-unnamed", "Ghi tên đơn vị, nhiều nhất 160 ký tự.", "name")
    if change.parent_id != old.parent_id:
        _refuse_move(old, change, by, day_of(at))
    before, new = old.name, _from_day(old, change.on)
    new.parent_id = change.parent_id
    _call(new, change.name, change.short_name, change.symbol)
    new.save()
    rebuild_unit_closure()
    detail = f"từ ngày {change.on:%d/%m/%Y}: {new.name}" + ("" if new.name != before else " (giữ tên)")
    record(verb=AdminVerb.UNIT_CHANGED, subject=before, detail=detail, unit_id=unit_id, by=by, at=at)


def _refuse_move(old: UnitVersion, change: UnitChange, by: Actor, on: date) -> None:
    if change.parent_id is None:
        if not by.is_system:
            raise Invalid("parent-missing", "Chọn đơn vị cấp trên.", "parent")
        return
    if not by.is_system:
        require(by, Permission.UNIT_MANAGE, change.parent_id, on)
    _refuse_parent(change.parent_id, old.tree, change.on)


def _from_day(version: UnitVersion, on: date) -> UnitVersion:
    """The version itself where it begins no earlier; else a copy from that day on, and the version ends there."""
    if version.valid_from and version.valid_from >= on:
        return version
    columns = {f.attname: getattr(version, f.attname) for f in UnitVersion._meta.concrete_fields if not f.primary_key}
    version.valid_to = on
    version.save(update_fields=["valid_to"])
    return UnitVersion(**columns | {"valid_from": on})


@transaction.atomic
def end_unit(
    *, unit_id: UUID, successor_id: UUID | None, on: date, event: Event, source: str, by: Actor, at: datetime
) -> None:
    """Ends a unit on a day (the first on which it is no more), in this order: what stands below it moves to the
    successor, its version ends, its posts and holdings end, the taker of its duties is kept.

    Refuses a unit that is not in force, that began on that day, that is to be renamed later, and, without a successor,
    one with units below it. The open commitments are passed on by whoever calls this from above, in the same
    transaction.
    """
    if not by.is_system:
        require(by, Permission.UNIT_MANAGE, unit_id, day_of(at))
    version = unit_in_force(unit_id, on)
    _refuse_end(version, successor_id, on)
    _move_below(version, successor_id, on)
    version.valid_to = on
    version.save(update_fields=["valid_to"])
    begun = Q(valid_from__isnull=True) | Q(valid_from__lt=on)
    posts = Post.objects.filter(in_force(on), begun, unit_id=unit_id)
    Holding.objects.filter(in_force(on), begun, post__unit_id=unit_id).update(valid_to=on)
    posts.update(valid_to=on)
    if successor_id:
        UnitSuccession.objects.create(before_id=unit_id, after_id=successor_id, on=on, event=event, source=source)
    rebuild_unit_closure()
    taker = unit_in_force(successor_id, on).name if successor_id else "không có đơn vị tiếp nhận"
    detail = f"từ ngày {on:%d/%m/%Y}, {Event(event).label}; {taker}; {source}"
    record(verb=AdminVerb.UNIT_ENDED, subject=version.name, detail=detail, unit_id=unit_id, by=by, at=at)


def _refuse_end(version: UnitVersion, successor_id: UUID | None, on: date) -> None:
    if version.valid_from == on:
        raise Invalid("begins-then", f"Đơn vị mới bắt đầu ngày {on:%d/%m/%Y}; hãy chọn ngày sau đó.", "on")
    if UnitVersion.objects.filter(unit_id=version.unit_id, valid_from__gt=on).exists():
        raise Refused("changes-later", "Đơn vị còn một lần đổi tên hoặc chuyển cấp trên sau ngày đó.", "on")
    if successor_id == version.unit_id:
        raise Invalid("own-successor", "Đơn vị không thể tiếp nhận nhiệm vụ của chính mình.", "successor")
    if successor_id:
        _refuse_absent_taker(successor_id, on)


def _refuse_absent_taker(successor_id: UUID, on: date) -> None:
    if not UnitVersion.objects.filter(in_force(on), unit_id=successor_id).exists():
        raise Invalid(
            "successor-not-in-force", f"Đơn vị tiếp nhận không hoạt động vào ngày {on:%d/%m/%Y}.", "successor"
        )


def _move_below(version: UnitVersion, successor_id: UUID | None, on: date) -> None:
    """The units below follow the duties; where the successor is one of them it takes the place of the ended unit."""
    children = UnitVersion.objects.filter(parent_id=version.unit_id).filter(Q(valid_to=None) | Q(valid_to__gt=on))
    for child in children.order_by("sort_key"):
        if successor_id is None:
            told = f"Còn đơn vị trực thuộc ({child.name}, …): hãy chọn đơn vị tiếp nhận."
            raise Invalid("units-below", told, "successor")
        moved = _from_day(child, on)
        moved.parent_id = version.parent_id if moved.unit_id == successor_id else successor_id
        moved.save()
