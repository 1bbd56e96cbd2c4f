"""Sheets for machines: reading, explaining, signing, correcting, taking in."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from danvan.base.clock import now, today
from danvan.reports.actions import accept, answer_check, correct, sign
from danvan.reports.content import Content
from danvan.reports.models import Sheet
from danvan.reports.queries import content_of, sheet_seen_by, sheets_page
from danvan.reports.request import OfficerRequest

router = Router(tags=["Báo cáo"])


class SheetOut(Schema):
    id: UUID
    unit_id: UUID
    unit: str
    scope: str
    regime: str
    period: str
    version: int
    state: str
    due: date | None
    signed_on: date | None
    standing: str


class SheetPageOut(Schema):
    rows: list[SheetOut]
    next: str | None


class SheetDetail(Schema):
    """`fingerprint` goes back with the signature; `content` is exactly what a reader sees, frozen once signed."""

    id: UUID
    state: str
    digest: str
    fingerprint: str
    content: dict[str, Any]
    computed: dict[str, Decimal | int | None]


class Seen(Schema):
    fingerprint: str


class Answer(Schema):
    finding: str
    text: str


class Reason(Schema):
    reason: str


@router.get("/sheets", response=SheetPageOut, summary="Danh sách biểu trong tầm xem")
def sheets(request: OfficerRequest, after: str = "") -> dict[str, Any]:
    rows, page = sheets_page(request.by, today(), after=after)
    return {"rows": [_listed(row.sheet, row.unit, row.standing) for row in rows], "next": page.next}


def _listed(sheet: Sheet, unit: str, standing: str) -> dict[str, Any]:
    return {
        "id": sheet.id, "unit_id": sheet.unit_id, "unit": unit, "scope": sheet.scope, "regime": sheet.regime,
        "period": sheet.period, "version": sheet.version, "state": sheet.state, "due": sheet.due,
        "signed_on": sheet.signed_on, "standing": standing,
    }  # fmt: skip


@router.get("/sheets/{sheet_id}", response=SheetDetail, summary="Một biểu")
def sheet(request: OfficerRequest, sheet_id: UUID) -> dict[str, Any]:
    found = sheet_seen_by(request.by, sheet_id)
    return _detail(found, content_of(found, today()))


def _detail(sheet: Sheet, content: Content) -> dict[str, Any]:
    return {
        "id": sheet.id, "state": sheet.state, "digest": sheet.digest, "fingerprint": content.fingerprint,
        "content": content.as_data(), "computed": {key: content.figure(key) for key in content.dictionary},
    }  # fmt: skip


@router.post("/sheets/{sheet_id}/sign", response=SheetDetail, summary="Ký biểu")
def sign_sheet(request: OfficerRequest, sheet_id: UUID, body: Seen) -> dict[str, Any]:
    signed = sign(sheet_id=sheet_id, seen=body.fingerprint, by=request.by, at=now())
    return _detail(signed, content_of(signed, today()))


@router.post("/sheets/{sheet_id}/answers", response=SheetDetail, summary="Giải trình một cảnh báo")
def explain(request: OfficerRequest, sheet_id: UUID, body: Answer) -> dict[str, Any]:
    answer_check(sheet_id=sheet_id, finding=body.finding, text=body.text, by=request.by, at=now())
    return sheet(request, sheet_id)


@router.post("/sheets/{sheet_id}/correct", response=SheetDetail, summary="Lập lại bản mới")
def correct_sheet(request: OfficerRequest, sheet_id: UUID, body: Reason) -> dict[str, Any]:
    new = correct(sheet_id=sheet_id, reason=body.reason, by=request.by, at=now())
    return _detail(new, content_of(new, today()))


@router.post("/sheets/{sheet_id}/accept", response=SheetDetail, summary="Tiếp nhận biểu của đơn vị trực thuộc")
def accept_sheet(request: OfficerRequest, sheet_id: UUID) -> dict[str, Any]:
    accept(sheet_id=sheet_id, by=request.by, at=now())
    return sheet(request, sheet_id)
