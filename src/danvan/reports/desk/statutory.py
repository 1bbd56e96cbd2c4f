"""The statutory forms: filled in, as a spreadsheet, and what stands behind each cell."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from danvan.base.clock import today
from danvan.reports.desk.sheets import XLSX
from danvan.reports.forms import chosen_form, read_period
from danvan.reports.national_workbook import national_as_xlsx
from danvan.reports.queries.statutory import filled_for, form_page, national_rows, opened
from danvan.reports.request import OfficerRequest
from danvan.reports.statutory import form_of_slug
from danvan.reports.statutory_workbook import form_as_xlsx


@login_required
def show(request: OfficerRequest) -> HttpResponse:
    choice = chosen_form(request.GET, request.by, today())
    page = form_page(request.by, choice.form, choice.unit_id, choice.period, today(), own=choice.own)
    return render(request, "reports/desk/form.html", {"page": page, "choice": choice})


@login_required
def as_workbook(request: OfficerRequest, slug: str) -> HttpResponse:
    choice = chosen_form(request.GET, request.by, today(), slug)
    filled = filled_for(request.by, choice.form, choice.unit_id, choice.period, own=choice.own)
    name = f'attachment; filename="bieu-{slug}-{choice.period.code}.xlsx"'
    return HttpResponse(form_as_xlsx(filled), XLSX, headers={"Content-Disposition": name})


@login_required
def national(request: OfficerRequest) -> HttpResponse:
    choice = chosen_form(request.GET, request.by, today())
    table = national_rows(request.by, choice.unit_id, choice.period, today())
    name = f'attachment; filename="csdl-quoc-gia-{choice.period.code}.xlsx"'
    return HttpResponse(national_as_xlsx(table), XLSX, headers={"Content-Disposition": name})


@login_required
def cell(request: OfficerRequest, slug: str, unit_id: UUID, period: str, key: str) -> HttpResponse:
    span = read_period(period)
    page = opened(
        request.by, form_of_slug(slug, span), key, unit_id, span, today(), own=bool(request.GET.get("rieng")),
        after=request.GET.get("after", ""), before=request.GET.get("before", ""),
    )  # fmt: skip
    return render(request, "reports/desk/form_cell.html", {"page": page})
