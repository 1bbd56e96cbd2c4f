"""The small dated world every test may stand in, and the people who live there.

Tỉnh Mẫu has two communes and a ward, made on 01/07/2025 when xã Bình Cũ went into xã Bình An. The trees of the
government, the Party and the police stand side by side. Tỉnh Bạn is there so that there is something to leak.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import AutoField, Model
from pytest_django.plugin import DjangoDbBlocker

from danvan.rules.text import fold, place_key
from danvan.units.access import CITIZEN, Actor, acting
from danvan.units.kinds import Confidence, Event, Level, Tree
from danvan.units.models import (
    Account,
    Area,
    AreaClosure,
    AreaSuccession,
    AreaVersion,
    Holding,
    HomeArea,
    Post,
    Unit,
    UnitClosure,
    UnitSuccession,
    UnitVersion,
)
from danvan.units.roles import ROLES

NAMESPACE = UUID("6f0f2d5e-3c9b-4f57-9a53-6f6d2f1f7a01")
MERGED = date(2025, 7, 1)
AT = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
"""Thursday 12/03/2026, nine in the morning in Vietnam: no holiday near."""
TODAY = date(2026, 3, 12)
MAU, BAN = 99, 98
"""Shard codes of the two provinces."""
PASSWORD = "con-duong-lang-2026"


@dataclass(frozen=True)
class Citizen:
    name: str
    phone: str
    email: str
    address: str
    by: Actor = CITIZEN


@dataclass(frozen=True)
class Officer:
    account: Account
    holding: Holding

    @property
    def name(self) -> str:
        return self.account.full_name

    @property
    def post(self) -> Post:
        return self.holding.post

    @property
    def unit(self) -> Unit:
        return self.holding.post.unit

    @property
    def by(self) -> Actor:
        """What the actions take."""
        return acting(self.holding)


@dataclass(frozen=True)
class World:
    tinh_mau: Area
    xa_binh_an: Area
    xa_phu_loc: Area
    phuong_trung_tam: Area
    xa_binh_cu: Area
    tinh_ban: Area
    xa_ben: Area

    ubnd_tinh: Unit
    so_xay_dung: Unit
    ubnd_binh_an: Unit
    ubnd_phu_loc: Unit
    ubnd_trung_tam: Unit
    ubnd_binh_cu: Unit
    tinh_uy: Unit
    ban_dan_van: Unit
    dang_uy_binh_an: Unit
    cong_an_tinh: Unit
    cong_an_binh_an: Unit
    ubnd_tinh_ban: Unit
    ubnd_xa_ben: Unit


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside stands for all tests of a fixture's scope and is taken out after the last of them."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def an_area(
    *,
    name: str,
    prefix: str = "Xã",
    level: Level = Level.COMMUNE,
    code: str = "00000",
    parent: Area | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Area:
    full_name = f"{prefix} {name}"
    area = Area.objects.create(id=uuid5(NAMESPACE, f"area {full_name} {valid_from}"), key=f"{code}@{valid_from}")
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    AreaVersion.objects.create(
        area=area,
        level=level,
        code=code,
        prefix=prefix,
        name=name,
        full_name=full_name,
        parent=parent,
        fold=fold(full_name),
        sort_key=place_key(full_name),
        **dates,
    )
    _put_under(AreaClosure, area, parent, dates)
    return area


def a_unit(
    *,
    name: str,
    area: Area | None,
    tree: Tree = Tree.GOVERNMENT,
    level: Level = Level.COMMUNE,
    parent: Unit | None = None,
    short_name: str = "",
    symbol: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Unit:
    key = f"{name} {area.key if area else ''} {valid_from}"
    unit = Unit.objects.create(id=uuid5(NAMESPACE, f"unit {key}"), key=key[:80])
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    UnitVersion.objects.create(
        unit=unit,
        tree=tree,
        level=level,
        name=name,
        short_name=short_name,
        symbol=symbol,
        parent=parent,
        area=area,
        fold=fold(name),
        sort_key=place_key(name),
        **dates,
    )
    _put_under(UnitClosure, unit, parent, dates)
    return unit


def _put_under(closure: Any, child: Area | Unit, parent: Area | Unit | None, dates: dict[str, date | None]) -> None:
    """The pairs of `child` with itself and with everything above its parent. Ancestors must be at least as old."""
    rows = [closure(ancestor=child, descendant=child, depth=0, **dates)]
    above = closure.objects.filter(descendant=parent) if parent else ()
    rows += [closure(ancestor_id=pair.ancestor_id, descendant=child, depth=pair.depth + 1, **dates) for pair in above]
    closure.objects.bulk_create(rows)


def an_officer(
    *,
    name: str,
    unit: Unit,
    role: str = "officer",
    title: str = "",
    username: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Officer:
    """Somebody with an account (password `PASSWORD`) who holds one post of that role in that unit."""
    account = Account.objects.create(
        username=username or f"u{Account.objects.count() + 1}",
        full_name=name,
        email=f"{username}@coquan.example" if username else "",
        password=_password_hash(),
    )
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    post = Post.objects.create(unit=unit, title=title or ROLES[role].title, role=role, **dates)
    return Officer(account=account, holding=Holding.objects.create(account=account, post=post, **dates))


def taker_in(world: World) -> Officer:
    return an_officer(name="Trần Văn Nam", username="nam", unit=world.ubnd_binh_an)


def leader(world: World) -> Officer:
    title = "Chủ tịch UBND xã Bình An"
    return an_officer(name="Lê Văn Tư", username="tu", unit=world.ubnd_binh_an, role="leader", title=title)


def a_delegation(*, of: Officer, to: Officer, valid_from: date, valid_to: date, reason: str = "Đi công tác") -> Officer:
    """`to` sits in the post of `of` for a while; returns `to` acting in that post."""
    holding = Holding.objects.create(
        account=to.account,
        post=of.post,
        on_behalf_of=of.holding,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return Officer(account=to.account, holding=holding)


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)


def build() -> World:
    """Writes the world down. Row by row once in a run; later worlds are the same rows, one statement a table."""
    if _written is None:
        return _first()
    world, rows = deepcopy(_written)
    for model, of_model in rows.items():
        model._default_manager.bulk_create(of_model)
    return world


_written: tuple[World, dict[type[Model], list[Model]]] | None = None
_TABLES = (Area, AreaVersion, AreaClosure, AreaSuccession, HomeArea, Unit, UnitVersion, UnitClosure, UnitSuccession)


def _first() -> World:
    global _written  # noqa: PLW0603 - one world for the whole run
    assert not Area.objects.exists(), "the world comes before anything that is added to it"
    areas = _areas()
    made: dict[str, Any] = {**areas, **_government(areas), **_others(areas)}
    world = World(**made)
    rows: dict[type[Model], list[Model]] = {model: list(model._default_manager.order_by("pk")) for model in _TABLES}
    for row in (row for of_model in rows.values() for row in of_model):
        if isinstance(row._meta.pk, AutoField):
            row.pk = None
        row._state.adding = True
    _written = deepcopy((world, rows))
    return world


def _areas() -> dict[str, Area]:
    tinh_mau = an_area(name="Mẫu", prefix="Tỉnh", level=Level.PROVINCE, code="99")
    tinh_ban = an_area(name="Bạn", prefix="Tỉnh", level=Level.PROVINCE, code="98")
    HomeArea.objects.bulk_create([HomeArea(shard=MAU, area=tinh_mau), HomeArea(shard=BAN, area=tinh_ban)])
    new: dict[str, Any] = {"parent": tinh_mau, "valid_from": MERGED}
    areas = {
        "tinh_mau": tinh_mau,
        "xa_binh_an": an_area(name="Bình An", code="99001", **new),
        "xa_phu_loc": an_area(name="Phú Lộc", code="99002", **new),
        "phuong_trung_tam": an_area(name="Trung Tâm", prefix="Phường", code="99003", **new),
        "xa_binh_cu": an_area(name="Bình Cũ", code="99101", parent=tinh_mau, valid_to=MERGED),
        "tinh_ban": tinh_ban,
        "xa_ben": an_area(name="Bến", code="98001", parent=tinh_ban, valid_from=MERGED),
    }
    AreaSuccession.objects.create(
        before=areas["xa_binh_cu"],
        after=areas["xa_binh_an"],
        on=MERGED,
        event=Event.MERGE,
        share=1,
        default=True,
        source="dữ liệu thử",
        confidence=Confidence.RESOLUTION,
    )
    return areas


def _government(areas: dict[str, Area]) -> dict[str, Unit]:
    tinh = a_unit(
        name="Ủy ban nhân dân tỉnh Mẫu", area=areas["tinh_mau"], level=Level.PROVINCE, short_name="UBND tỉnh Mẫu"
    )
    tinh_ban = a_unit(name="Ủy ban nhân dân tỉnh Bạn", area=areas["tinh_ban"], level=Level.PROVINCE)

    def commune(place: str, area: str, parent: Unit = tinh, **dates: Any) -> Unit:
        dates = dates or {"valid_from": MERGED}
        return a_unit(
            name=f"Ủy ban nhân dân {place}", short_name=f"UBND {place}", area=areas[area], parent=parent, **dates
        )

    units = {
        "ubnd_tinh": tinh,
        "so_xay_dung": a_unit(name="Sở Xây dựng tỉnh Mẫu", area=areas["tinh_mau"], level=Level.PROVINCE, parent=tinh),
        "ubnd_binh_an": commune("xã Bình An", "xa_binh_an"),
        "ubnd_phu_loc": commune("xã Phú Lộc", "xa_phu_loc"),
        "ubnd_trung_tam": commune("phường Trung Tâm", "phuong_trung_tam"),
        "ubnd_binh_cu": commune("xã Bình Cũ", "xa_binh_cu", valid_to=MERGED),
        "ubnd_tinh_ban": tinh_ban,
        "ubnd_xa_ben": commune("xã Bến", "xa_ben", parent=tinh_ban),
    }
    UnitSuccession.objects.create(
        before=units["ubnd_binh_cu"], after=units["ubnd_binh_an"], on=MERGED, event=Event.MERGE, source="dữ liệu thử"
    )
    return units


def _others(areas: dict[str, Area]) -> dict[str, Unit]:
    top: dict[str, Any] = {"area": areas["tinh_mau"], "level": Level.PROVINCE}
    below: dict[str, Any] = {"area": areas["xa_binh_an"], "valid_from": MERGED}
    tinh_uy = a_unit(name="Tỉnh ủy Mẫu", tree=Tree.PARTY, **top)
    cong_an = a_unit(name="Công an tỉnh Mẫu", tree=Tree.POLICE, **top)
    return {
        "tinh_uy": tinh_uy,
        "ban_dan_van": a_unit(name="Ban Tuyên giáo và Dân vận Tỉnh ủy Mẫu", tree=Tree.PARTY, parent=tinh_uy, **top),
        "dang_uy_binh_an": a_unit(name="Đảng ủy xã Bình An", tree=Tree.PARTY, parent=tinh_uy, **below),
        "cong_an_tinh": cong_an,
        "cong_an_binh_an": a_unit(name="Công an xã Bình An", tree=Tree.POLICE, parent=cong_an, **below),
    }
