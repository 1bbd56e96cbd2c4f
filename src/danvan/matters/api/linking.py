"""Matters that look alike, for machines: found, linked and unlinked as on the page."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Header, Router, Schema
from pydantic import Field

from danvan.base.clock import now, today
from danvan.base.errors import Absent
from danvan.matters.actions import MAX_CONTENT, Link, link_matters, unlink_matters
from danvan.matters.api.shapes import REFUSALS, ApiRequest
from danvan.matters.kinds import LinkWhy
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.likeness import Candidate, candidates, links_of

linking_router = Router(tags=["Việc giống nhau"])


class CandidateOut(Schema):
    """`score`: how much the two texts have in common, in hundredths."""

    code: str
    content: str
    received_on: date
    state: str
    unit: str
    score: int


class LinkOut(Schema):
    """As seen from the matter asked for: `is_earlier` where the other was sent before. Its `code` is empty where the
    caller may not see it.
    """

    id: UUID
    code: str
    is_earlier: bool
    why: str
    reason: str
    at: datetime
    post: str
    ended_at: datetime | None
    ended_reason: str


class AlikeOut(Schema):
    candidates: list[CandidateOut]
    links: list[LinkOut]


class CompareIn(Schema):
    content: str = Field(min_length=1, max_length=MAX_CONTENT)
    area_id: UUID


class LinkIn(Schema):
    original: str = Field(max_length=40, description="Mã việc gửi trước")
    why: LinkWhy = LinkWhy.DUPLICATE
    reason: str = Field(max_length=300, description="Vì sao hai việc này thuộc về nhau, một câu")


class EndIn(Schema):
    reason: str = Field(max_length=300)


@linking_router.post("/matters-alike", response={200: list[CandidateOut], **REFUSALS},
                     summary="Trước khi ghi một việc: những việc giống nó ở cùng nơi, trong 90 ngày")  # fmt: skip
def compare(request: ApiRequest, body: CompareIn) -> list[dict[str, Any]]:
    """Nothing is written. Only what the caller may see is found."""
    return _shown(candidates(content=body.content, area_id=body.area_id, by=request.by, on=today()))


@linking_router.get("/matters/{code}/links", response={200: AlikeOut, **REFUSALS},
                    summary="Các việc giống việc này, và những liên kết đã có")  # fmt: skip
def alike(request: ApiRequest, code: str) -> dict[str, Any]:
    return _alike(request, detail(code=code, by=request.by, on=today()))


@linking_router.post("/matters/{code}/links", response={200: AlikeOut, **REFUSALS},
                     summary="Liên kết với một việc gửi trước")  # fmt: skip
def link(
    request: ApiRequest, code: str, body: LinkIn, idempotency_key: Annotated[str, Header(max_length=200)] = ""
) -> dict[str, Any]:
    """Both keep their sender, clock and answer. Sent again under the same key, it links no second time."""
    found = detail(code=code, by=request.by, on=today())
    said = Link(original=body.original, why=body.why, reason=body.reason)
    link_matters(matter_id=found.matter.pk, link=said, by=request.by, at=now(), key=idempotency_key)
    return _alike(request, found)


@linking_router.post("/matters/{code}/links/{link_id}/end", response={200: AlikeOut, **REFUSALS},
                     summary="Bỏ một liên kết; lần liên kết vẫn được ghi lại")  # fmt: skip
def unlink(request: ApiRequest, code: str, link_id: UUID, body: EndIn) -> dict[str, Any]:
    found = detail(code=code, by=request.by, on=today())
    if all(each.link_id != link_id for each in links_of(found.matter, request.by, today())):
        raise Absent
    unlink_matters(link_id=link_id, reason=body.reason, by=request.by, at=now())
    return _alike(request, found)


def _alike(request: ApiRequest, found: Detail) -> dict[str, Any]:
    matter, on = found.matter, today()
    rows = candidates(content=matter.content, area_id=matter.area_id, by=request.by, on=on, before=matter.received_on,
                      leave_out=matter.pk)  # fmt: skip
    links = [
        {"id": each.link_id, "code": each.code, "is_earlier": each.is_earlier, "why": each.why, "reason": each.reason,
         "at": each.at, "post": each.post, "ended_at": each.ended_at, "ended_reason": each.ended_reason}
        for each in links_of(matter, request.by, on)
    ]  # fmt: skip
    return {"candidates": _shown(rows), "links": links}


def _shown(rows: list[Candidate]) -> list[dict[str, Any]]:
    return [
        {"code": row.code, "content": row.content, "received_on": row.received_on, "state": row.state.value,
         "unit": row.holder, "score": row.score}
        for row in rows
    ]  # fmt: skip
