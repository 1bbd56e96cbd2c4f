"""Sheets of the own unit, and of those below for whoever co-ordinates."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Absent, Forbidden, Refused
from danvan.reports.access import require_own
from danvan.reports.actions import accept, answer_check, correct, draw_up, sign
from danvan.reports.forms import AnswerForm, ReasonForm, chosen
from danvan.reports.kinds import Scope
from danvan.reports.queries import content_of, sheet_page, sheet_seen_by, sheets_page
from danvan.reports.request import OfficerRequest
from danvan.reports.workbook import sheet_as_xlsx
from danvan.units.access import require
from danvan.units.roles import Permission

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def listing(request: OfficerRequest) -> HttpResponse:
    require(request.by, Permission.SHEET_READ)
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    rows, page = sheets_page(request.by, today(), **cursors)
    context = {"rows": rows, "page": page, "choice": chosen(request.GET, request.by, today()),
               "may_draw": request.by.may(Permission.SHEET_PREPARE)}  # fmt: skip
    return render(request, "reports/desk/sheets.html", context)


@login_required
@require_POST
def draw(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.POST, request.by, today())
    scope = Scope.SUBTREE if request.POST.get("phamvi") == Scope.SUBTREE else Scope.OWN
    sheet = draw_up(regime=choice.regime, period=choice.period, scope=scope, by=request.by, at=now())
    return redirect("sheet", sheet.id)


@login_required
def show(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    return _shown(request, sheet_id)


def _shown(request: OfficerRequest, sheet_id: UUID, status: int = 200, **forms: object) -> HttpResponse:
    context = {"page": sheet_page(request.by, sheet_id, today()), "reason_form": ReasonForm(), **forms}
    return render(request, "reports/desk/sheet.html", context, status=status)


@login_required
@require_POST
def explain(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    require_own(request.by, Permission.SHEET_PREPARE, sheet_seen_by(request.by, sheet_id))
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_check(sheet_id=sheet_id, by=request.by, at=now(), **form.cleaned_data)
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
        else:
            messages.success(request, _("Đã ghi giải trình."))
            return redirect("sheet", sheet_id)
    return _shown(request, sheet_id, 422, answer_form=form)


@login_required
@require_POST
def put_name(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    try:
        sign(sheet_id=sheet_id, seen=request.POST.get("seen", ""), by=request.by, at=now())
    except (Absent, Forbidden):
        raise
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Đã ký biểu. Số liệu từ nay giữ nguyên."))
    return redirect("sheet", sheet_id)


@login_required
@require_POST
def draw_again(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    require_own(request.by, Permission.SHEET_PREPARE, sheet_seen_by(request.by, sheet_id))
    form = ReasonForm(request.POST)
    if form.is_valid():
        sheet = correct(sheet_id=sheet_id, reason=form.cleaned_data["reason"], by=request.by, at=now())
        return redirect("sheet", sheet.id)
    return _shown(request, sheet_id, 422, reason_form=form)


@login_required
@require_POST
def take_in(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    accept(sheet_id=sheet_id, by=request.by, at=now())
    messages.success(request, _("Đã tiếp nhận biểu."))
    return redirect("sheet", sheet_id)


@login_required
def as_workbook(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    content = content_of(sheet_seen_by(request.by, sheet_id), today())
    return HttpResponse(sheet_as_xlsx(content), XLSX, headers=_named(f"bieu-{content.regime}-{content.period.code}"))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
