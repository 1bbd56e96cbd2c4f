"""“Đưa bản đã che vào vụ việc”: a custodian who saw a letter hands its stripped copy to the handlers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from danvan.base.clock import now
from danvan.base.errors import Refused
from danvan.matters.actions import release_letter
from danvan.matters.forms.fields import bytes_of
from danvan.matters.forms.releasing import ReleaseForm
from danvan.people.access import require_release
from danvan.people.queries.openings import letters_of


@login_required
@sensitive_post_parameters()
def release(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    by, at = request.by, now()  # type: ignore[attr-defined]
    require_release(by, identity_id, at)
    form = ReleaseForm(request.POST or None, request.FILES or None, letters=letters_of(identity_id))
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        number = int(form.cleaned_data["number"])
        try:
            stripped = bytes_of(form.cleaned_data["photos"])
            release_letter(identity_id=identity_id, number=number, stripped=stripped, by=by, at=at)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            status = error.status
        else:
            messages.success(request, _("Đã đưa bản đã che của tệp %(n)s vào vụ việc.") % {"n": number})
            return redirect("letter-release", identity_id)
    return render(request, "matters/desk/release.html", {"form": form}, status=status)
