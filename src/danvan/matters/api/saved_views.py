"""The lists an officer keeps under names, for machines that act for him."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from danvan.base.clock import now
from danvan.matters.actions import drop_view, save_view
from danvan.matters.api.shapes import REFUSALS, ApiRequest
from danvan.matters.queries.published import views_of
from danvan.units.access import require
from danvan.units.roles import Permission

view_router = Router(tags=["Danh sách đã lưu"])


class ViewIn(Schema):
    name: str = Field(max_length=60)
    query: str = Field(max_length=2_000, description="Phần sau dấu ? của địa chỉ danh sách, như folder=late&field=land")


class ViewOut(Schema):
    """`query` is what of it is kept: how the list is narrowed, not the page one stood on."""

    id: int
    name: str
    query: str
    saved_at: datetime


@view_router.get("/views", response={200: list[ViewOut], **REFUSALS}, summary="Các danh sách đã lưu của mình")
def views(request: ApiRequest) -> list[Any]:
    require(request.by, Permission.MATTER_READ)
    return views_of(request.by)


@view_router.post("/views", response={200: ViewOut, **REFUSALS}, summary="Lưu một danh sách dưới một tên")
def save(request: ApiRequest, body: ViewIn) -> Any:
    """An equal name is written over, so that sending it twice keeps one."""
    return save_view(name=body.name, query=body.query, by=request.by, at=now())


@view_router.delete("/views/{view_id}", response={204: None, **REFUSALS}, summary="Bỏ một danh sách đã lưu")
def drop(request: ApiRequest, view_id: int) -> Status[None]:
    drop_view(view_id=view_id, by=request.by)
    return Status(204, None)
