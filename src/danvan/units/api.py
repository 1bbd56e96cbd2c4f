"""For machines: places of any day, and the trees of units. Nothing of persons stands here, so anybody may ask."""

# ruff: noqa: ARG001 -- ninja hands the request over by its name

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from danvan.base.clock import today
from danvan.units import catalogue
from danvan.units.access import NOBODY
from danvan.units.kinds import Tree
from danvan.units.queries import directory, lookup

router = Router(tags=["Địa danh, đơn vị"])
Typed = Annotated[str, Field(min_length=2, max_length=160)]


class CalledOut(Schema):
    name: str
    level: str
    code: str
    within: str
    valid_from: date | None
    valid_to: date | None


class EdgeOut(Schema):
    area_id: UUID
    name: str
    on: date
    event: str
    share: Decimal | None
    is_default: bool
    can_be_added: bool
    source: str
    confidence: str


class FoundOut(Schema):
    area_id: UUID
    called: CalledOut
    is_there: bool
    became: list[EdgeOut]


class AreasOut(Schema):
    on: date
    areas: list[FoundOut]
    are_more: bool
    data_version: str
    known_until: date


class AreaOut(Schema):
    area_id: UUID
    on: date
    called: CalledOut
    is_there: bool
    versions: list[CalledOut]
    became: list[EdgeOut]
    came_from: list[EdgeOut]
    aliases: list[str]


@router.get("/areas", auth=None, response=AreasOut, summary="Địa danh theo tên hoặc mã, vào một ngày")
def areas(request: HttpRequest, q: Typed, on: date | None = None) -> dict[str, object]:
    day = on or today()
    found, are_more = lookup.look_up(q, day)
    data = catalogue.read_data_version()
    return {
        "on": day,
        "areas": found,
        "are_more": are_more,
        "data_version": data.version,
        "known_until": data.known_until,
    }


@router.get("/areas/{area_id}", auth=None, response=AreaOut, summary="Một địa danh: các bản, từ đâu đến, nay là gì")
def area(request: HttpRequest, area_id: UUID, on: date | None = None) -> lookup.Dossier:
    return lookup.dossier(area_id, on or today())


class NodeOut(Schema):
    unit_id: UUID
    name: str
    level: str
    below: int
    children: list["NodeOut"]


class UnitFoundOut(Schema):
    unit_id: UUID
    name: str
    tree: str
    within: str
    valid_to: date | None
    is_there: bool


class VersionOut(Schema):
    name: str
    short_name: str
    symbol: str
    tree: str
    level: str
    parent_id: UUID | None
    area_id: UUID | None
    valid_from: date | None
    valid_to: date | None


class SucceededOut(Schema):
    unit_id: UUID
    name: str
    on: date
    event: str
    source: str


class UnitOut(Schema):
    unit_id: UUID
    key: str
    on: date
    is_there: bool
    below: int
    versions: list[VersionOut]
    became: list[SucceededOut]
    came_from: list[SucceededOut]


@router.get("/units", auth=None, response=list[NodeOut], summary="Hai tầng của một hệ thống đơn vị vào một ngày")
def units(
    request: HttpRequest, tree: Tree = Tree.GOVERNMENT, under: UUID | None = None, on: date | None = None
) -> list[directory.Node]:
    return directory.tree_on(tree, on or today(), under)


@router.get("/units/search", auth=None, response=list[UnitFoundOut], summary="Đơn vị theo tên, vào một ngày")
def search(request: HttpRequest, q: Typed, on: date | None = None) -> list[directory.UnitFound]:
    return directory.units_called(q, on or today())


@router.get("/units/{unit_id}", auth=None, response=UnitOut, summary="Một đơn vị: các bản và ai tiếp nhận nhiệm vụ")
def unit(request: HttpRequest, unit_id: UUID, on: date | None = None) -> dict[str, object]:
    shown = directory.unit_dossier(unit_id, NOBODY, on or today(), today())
    return {**vars(shown), "versions": [named.version for named in shown.versions]}
