"""Figures for machines: the dictionary, roll-ups, what stands behind a figure, and what was printed elsewhere."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from danvan.base.clock import today
from danvan.reports.indicators import GROUPS, INDICATORS
from danvan.reports.kinds import Basis
from danvan.reports.queries import facts_page, printed_figures, rollup_page
from danvan.reports.regimes import all_regimes, period_of, regime
from danvan.reports.request import OfficerRequest

router = Router(tags=["Báo cáo"])


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
    is_illustration: bool


class FactsOut(Schema):
    total: int
    next: str | None
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
