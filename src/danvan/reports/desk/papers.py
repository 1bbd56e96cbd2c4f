"""Official reports made of sheets."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.reports.actions import issue
from danvan.reports.desk.request import OfficerRequest
from danvan.reports.documents import as_docx, as_pdf, draft_paper, issued_paper, usual_head
from danvan.reports.documents.paper import Paper
from danvan.reports.forms import PaperForm
from danvan.reports.queries import sheet_page

RENDERINGS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", as_pdf),
}


@login_required
def compose(request: OfficerRequest, sheet_id: UUID) -> HttpResponse:
    page = sheet_page(request.by, sheet_id, today())
    form = PaperForm(
        request.POST if request.method == "POST" else None, initial=vars(usual_head(page.content, today()))
    )
    if form.is_bound and form.is_valid():
        try:
            issue(sheet_id=sheet_id, head=form.head(), by=request.by, at=now())
        except Refused as error:
            form.add_error(error.field or None, error.sentence)
        else:
            messages.success(request, _("Đã lưu báo cáo. Tải tệp ở danh sách bên dưới."))
            return redirect("sheet", sheet_id)
    return render(request, "reports/desk/compose.html", {"page": page, "form": form},
                  status=422 if form.errors else 200)  # fmt: skip


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
