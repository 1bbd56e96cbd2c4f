"""The statutory forms for machines: the same JSON as `danvan form --json`."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from danvan.reports.forms import read_period
from danvan.reports.queries.statutory import as_data, filled_for
from danvan.reports.request import OfficerRequest
from danvan.reports.statutory import all_forms, form_for

router = Router(tags=["Báo cáo"])


@router.get("/forms", response=list[dict[str, Any]], auth=None, summary="Biểu mẫu thống kê và từng cột của chúng")
def forms(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 -- ninja goes by the name
    return [
        {"form": form.code, "version": form.version, "title": form.title, "basis": form.basis,
         "valid_from": str(form.valid_from), "valid_to": form.valid_to and str(form.valid_to),
         "evidence": form.evidence, "source": form.source,
         "columns": [
             {"key": each.key, "number": each.number, "title": each.full_title, "unit": each.unit,
              "counted": each.counted, "unknown": each.unknown}
             for each in form.columns
         ]}
        for form in all_forms()
    ]  # fmt: skip


@router.get("/forms/{slug}", response=dict[str, Any], summary="Một biểu của một đơn vị trong một kỳ")
def filled_form(request: OfficerRequest, slug: str, unit: UUID, period: str, own: bool = False) -> dict[str, Any]:  # noqa: FBT002 -- a parameter of the address
    span = read_period(period)
    return as_data(filled_for(request.by, form_for(slug, span), unit, span, own=own))
