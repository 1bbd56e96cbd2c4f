"""Adding up: the matrix, what stands behind a figure, and dealing with those who have not signed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.reports.actions import accept_signed, urge_missing
from danvan.reports.desk.sheets import XLSX
from danvan.reports.forms import Chosen, UrgeForm, chosen
from danvan.reports.queries import figure_page, rollup_page
from danvan.reports.request import OfficerRequest
from danvan.reports.workbook import rollup_as_xlsx
from danvan.units.access import require
from danvan.units.roles import Permission


@login_required
def matrix(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.GET, request.by, today())
    page = rollup_page(request.by, choice.unit_id, choice.regime, choice.period, today(), choice.basis,
                       choice.group)  # fmt: skip
    initial = {"text": _("Đề nghị ký biểu kỳ %(period)s trong hôm nay.") % {"period": choice.period.label}}
    context = {"page": page, "choice": choice, "urge_form": UrgeForm(initial=initial)}
    return render(request, "reports/desk/rollup.html", context)


@login_required
def as_workbook(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.GET, request.by, today())
    page = rollup_page(request.by, choice.unit_id, choice.regime, choice.period, today(), choice.basis)
    name = f'attachment; filename="tong-hop-{choice.regime.key}-{choice.period.code}.xlsx"'
    return HttpResponse(rollup_as_xlsx(page.rollup, page.findings), XLSX, headers={"Content-Disposition": name})


@login_required
def figure(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.GET, request.by, today())
    page = figure_page(
        request.by, request.GET.get("chitieu", ""), choice.unit_id, choice.regime, choice.period, today(),
        after=request.GET.get("after", ""), before=request.GET.get("before", ""),
    )  # fmt: skip
    return render(request, "reports/desk/figure.html", {"page": page, "choice": choice})


@login_required
@require_POST
def take_in_all(request: OfficerRequest) -> HttpResponse:
    choice = chosen(request.POST, request.by, today())
    count = accept_signed(regime=choice.regime, period=choice.period, by=request.by, at=now())
    messages.success(request, ngettext("Đã tiếp nhận %(n)d biểu.", "Đã tiếp nhận %(n)d biểu.", count) % {"n": count})
    return _back(choice)


@login_required
@require_POST
def urge(request: OfficerRequest) -> HttpResponse:
    require(request.by, Permission.MATTER_SUPERVISE)
    choice, form = chosen(request.POST, request.by, today()), UrgeForm(request.POST)
    page = rollup_page(request.by, choice.unit_id, choice.regime, choice.period, today(), choice.basis)
    if form.is_valid():
        units = [one.member.unit_id for one in page.rollup.completeness.missing]
        count = urge_missing(unit_ids=units, regime=choice.regime, period=choice.period, by=request.by, at=now(),
                             text=form.cleaned_data["text"])  # fmt: skip
        messages.success(
            request, ngettext("Đã đôn đốc %(n)d đơn vị.", "Đã đôn đốc %(n)d đơn vị.", count) % {"n": count}
        )
        return _back(choice)
    context = {"page": page, "choice": choice, "urge_form": form}
    return render(request, "reports/desk/rollup.html", context, status=422)


def _back(choice: Chosen) -> HttpResponse:
    return redirect(f"{reverse('rollup')}?{urlencode(choice.query)}")
