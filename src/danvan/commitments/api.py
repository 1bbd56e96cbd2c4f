"""For machines: due days with their explanation, the rules, and the working calendar. Anybody may ask."""

# ruff: noqa: ARG001 -- ninja hands the request over by its name

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from danvan.base.clock import today
from danvan.commitments.terms import counted, terms
from danvan.commitments.year import year_of

router = Router(tags=["Thời hạn, lịch làm việc"])


@router.get("/due", auth=None, summary="Ngày đến hạn theo một quy tắc, giải thích từng ngày")
def due(
    request: HttpRequest,
    rule: str,
    start: date,
    *,
    remote: bool = False,
    complex: bool = False,  # noqa: A002 -- the name of the parameter
) -> dict[str, Any]:
    return counted(rule, start, remote=remote, complex_=complex).deadline.as_json()


@router.get("/rules", auth=None, summary="Mọi quy tắc thời hạn, kèm nguồn và mức chứng cứ")
def rules(request: HttpRequest, *, past: bool = False) -> list[dict[str, Any]]:
    return [
        term.rule.as_json() | {"subject": term.subject, "evidence_text": term.evidence}
        for term in terms(today())
        if past or not term.is_past
    ]


class DayOut(Schema):
    day: date
    working: bool
    reason: str
    decision: str
    source: str
    status: str


class YearOut(Schema):
    year: int
    decision: str
    is_provisional: bool
    working: int
    days: list[DayOut]


@router.get("/calendar/{year}", auth=None, response=YearOut, summary="Những ngày khác tuần thường của một năm")
def calendar(request: HttpRequest, year: int) -> dict[str, Any]:
    shown = year_of(year)
    days = [
        {"day": s.entry.day, "working": s.is_working, "reason": s.entry.reason, "decision": s.entry.decision,
         "source": s.entry.source, "status": s.entry.status}
        for s in shown.specials
    ]  # fmt: skip
    return {**vars(shown), "days": days}
