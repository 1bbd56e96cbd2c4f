"""Reporting for machines: the same actions and queries as the pages, one call each."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from danvan.base.clock import now, today
from danvan.reports.actions import accept, answer_check, correct, sign
from danvan.reports.checking import MAX_FILE, MAX_TEXT, checked_file, limit
from danvan.reports.content import Content
from danvan.reports.indicators import GROUPS, INDICATORS
from danvan.reports.kinds import Basis
from danvan.reports.models import Sheet
from danvan.reports.prose import Checked, check_text
from danvan.reports.queries import (
    content_of,
    facts_page,
    printed_figures,
    rollup_page,
    sheet_seen_by,
    sheets_page,
)
from danvan.reports.regimes import all_regimes, period_of, regime
from danvan.units.access import Actor

router = Router(tags=["Báo cáo"])


class OfficerRequest(HttpRequest):
    by: Actor


class IndicatorOut(Schema):
    key: str
    group: str
    title: str
    unit: str
    counted: str
    aggregation: str
    form: str
    part_of: str


class RegimeOut(Schema):
    key: str
    title: str
    basis: str
    frequency: str
    cut_off: str
    send_by: str
    receiver: str
    means: str


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
    next: str


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


class Text(Schema):
    text: str = Field(max_length=MAX_TEXT)


@router.get("/indicators", response=list[IndicatorOut], auth=None, summary="Từ điển chỉ tiêu")
def indicators(request: HttpRequest) -> list[dict[str, str]]:  # noqa: ARG001 -- ninja goes by the name
    return [
        {"key": each.key, "group": group.key, "title": each.title, "unit": each.unit, "counted": each.counted,
         "aggregation": each.aggregation.value, "form": each.form, "part_of": each.part_of}
        for group in GROUPS for each in group.indicators
    ]  # fmt: skip


@router.get("/regimes", response=list[RegimeOut], auth=None, summary="Chế độ báo cáo")
def regimes(request: HttpRequest) -> list[dict[str, str]]:  # noqa: ARG001 -- ninja goes by the name
    return [
        {"key": each.key, "title": each.title, "basis": each.basis, "frequency": each.kind.value,
         "cut_off": each.cut_off, "send_by": each.send_by, "receiver": each.receiver, "means": each.means}
        for each in all_regimes()
    ]  # fmt: skip


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


class RowOut(Schema):
    unit_id: UUID
    name: str
    standing: str
    tentative: bool
    values: dict[str, Decimal | int | None]


class RollupOut(Schema):
    unit_id: UUID
    regime: str
    period: str
    due: int
    signed: int
    missing: list[str]
    late: list[str]
    total: dict[str, Decimal | int | None]
    rows: list[RowOut]


@router.get("/rollup", response=RollupOut, summary="Tổng hợp theo cây đơn vị của kỳ")
def roll_up(
    request: OfficerRequest, unit: UUID, period: str, regime_key: str = "DV-T", basis: Basis = Basis.LATEST
) -> dict[str, Any]:
    rules = regime(regime_key)
    found = rollup_page(request.by, unit, rules, period_of(rules, period), today(), basis).rollup
    complete = found.completeness
    return {
        "unit_id": unit, "regime": rules.key, "period": found.period.code, "due": complete.due,
        "signed": complete.signed, "missing": [one.member.name for one in complete.missing],
        "late": [one.member.name for one in complete.late],
        "total": {key: found.figure(key) for key in INDICATORS},
        "rows": [
            {"unit_id": row.unit_id, "name": row.head.member.name, "standing": row.head.standing,
             "tentative": row.is_tentative, "values": {key: row.figure(key) for key in INDICATORS}}
            for row in found.rows
        ],
    }  # fmt: skip


class FactOut(Schema):
    on: date
    code: str
    text: str
    count: int


class FactsOut(Schema):
    total: int
    next: str
    rows: list[FactOut]


@router.get("/facts", response=FactsOut, summary="Những gì đứng sau một số liệu của một đơn vị")
def facts(
    request: OfficerRequest, indicator: str, unit: UUID, period: str, regime_key: str = "DV-T", after: str = ""
) -> dict[str, Any]:
    span = period_of(regime(regime_key), period)
    found = facts_page(request.by, indicator, unit, span, today(), after=after)
    return {"total": found.total, "next": found.next, "rows": [vars(fact) for fact in found.rows]}


class PrintedOut(Schema):
    label: str
    value: Decimal
    qualifier: str
    unit: str
    place: str
    period: str
    source: str
    source_date: date | None
    ok: bool | None
    message: str


@router.get("/published-figures", response=list[PrintedOut], auth=None, summary="Số liệu đã công bố")
def published(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 -- ninja goes by the name
    return [
        {"label": each.figure.label, "value": each.value, "qualifier": each.figure.qualifier, "unit": each.figure.unit,
         "place": each.figure.place, "period": each.figure.period, "source": each.figure.source,
         "source_date": each.figure.source_date, "ok": each.verdict.ok if each.verdict else None,
         "message": each.verdict.message if each.verdict else ""}
        for each in printed_figures()
    ]  # fmt: skip


class FigureOut(Schema):
    start: int
    end: int
    text: str
    value: int | float
    unit: str | None
    counted: str | None
    qualifier: str | None


class FindingOut(Schema):
    rule: str
    message: str
    stated: int | float
    computed: int | float | None
    spans: list[list[int]]


class CheckedOut(Schema):
    """Offsets are code points of `text`, end excluded; nothing of it is kept."""

    file: str
    text: str
    figures: list[FigureOut]
    findings: list[FindingOut]
    notice: str = ""


@router.post("/check-report", response=CheckedOut, auth=None, summary="Kiểm tra số liệu trong một văn bản")
def check_report(request: HttpRequest, body: Text) -> Checked:
    limit(request)
    return check_text(body.text)


@router.post("/check-report/file", response=CheckedOut, auth=None, summary="Kiểm tra số liệu trong tệp .docx, .txt")
def check_report_file(request: HttpRequest, file: File[UploadedFile]) -> Checked:
    limit(request)
    return checked_file(file.name or "", file.read(MAX_FILE + 1))
