"""Official reports made of sheets."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.base.official import RENDERINGS, Paper
from danvan.reports.access import require_own
from danvan.reports.actions import issue
from danvan.reports.documents import draft_paper, issued_paper, usual_head
from danvan.reports.forms import PaperForm
from danvan.reports.queries import sheet_page
from danvan.reports.request import OfficerRequest
from danvan.units.roles import Permission


@login_required
def compose(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    page = sheet_page(request.by, sheet_id, today())
    require_own(request.by, Permission.REPORT_COMPOSE, page.sheet)
    if request.method != "POST":
        form = PaperForm(initial=vars(usual_head(page.content, today())))
        return render(request, "reports/desk/compose.html", {"page": page, "form": form})
    form = PaperForm(request.POST)
    doubts = form.doubts() if form.is_valid() and "confirmed" not in request.POST else []
    if form.is_valid() and not doubts:
        try:
            issue(sheet_id=sheet_id, head=form.head(), by=request.by, at=now())
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
        else:
            messages.success(request, _("Đã lưu báo cáo. Tải tệp ở danh sách bên cạnh."))
            return redirect("sheet", sheet_id)
    context = {"page": page, "form": form, "doubts": doubts}
    return render(request, "reports/desk/compose.html", context, status=422)


@login_required
def draft(request: OfficerRequest, sheet_id: UUID, kind: str) -> HttpResponse:
    return _rendered(draft_paper(request.by, sheet_id, today()), kind)


@login_required
def paper(request: OfficerRequest, paper_id: UUID, kind: str) -> HttpResponse:
    return _rendered(issued_paper(request.by, paper_id), kind)


def _rendered(paper: Paper, kind: str) -> HttpResponse:
    if kind not in RENDERINGS:
        raise Http404
    media_type, render_as = RENDERINGS[kind]
    name = f'attachment; filename="bao-cao-{paper.issued_on:%Y-%m-%d}.{kind}"'
    return HttpResponse(render_as(paper), media_type, headers={"Content-Disposition": name})
