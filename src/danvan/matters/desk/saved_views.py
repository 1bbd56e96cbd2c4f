"""The lists an officer keeps under names of his own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now
from danvan.base.errors import Refused
from danvan.matters.actions import drop_view, save_view
from danvan.matters.forms.publishing import ViewForm
from danvan.matters.queries.published import views_of
from danvan.units.access import require
from danvan.units.roles import Permission


@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """All of them; and, coming from a list (`?luu=`), a name for that one."""
    require(request.by, Permission.MATTER_READ)  # type: ignore[attr-defined]
    query = request.GET.get("luu", "")[:2_000]
    form = ViewForm(request.POST) if request.method == "POST" else ViewForm(initial={"query": query})
    status = 200
    if form.is_bound and form.is_valid():
        try:
            save_view(**form.cleaned_data, by=request.by, at=now())  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(error.field if error.field == "name" else None, error.sentence)
        else:
            messages.success(request, _("Đã lưu danh sách."))
            return redirect("view-list")
    if form.is_bound:
        status = 422
    context = {"views": views_of(request.by), "form": form, "saving": bool(query) or form.is_bound}  # type: ignore[attr-defined]
    return render(request, "matters/desk/saved_views.html", context, status=status)


@login_required
@require_POST
def drop(request: HttpRequest, view_id: int) -> HttpResponse:
    drop_view(view_id=view_id, by=request.by)  # type: ignore[attr-defined]
    messages.success(request, _("Đã bỏ danh sách."))
    return redirect("view-list")
