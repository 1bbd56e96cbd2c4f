"""“Yêu cầu mở danh tính”: the list, one asking with its log, consent, refusal, and the page that is seen once."""

import base64
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from danvan.base.clock import now
from danvan.base.errors import Refused
from danvan.people import actions
from danvan.people.desk.request import OfficerRequest
from danvan.people.forms import ConsentForm, RefuseForm, add_refusal
from danvan.people.kinds import PlainIdentity
from danvan.people.queries.openings import asking_page, askings, waiting_for

UNPROCESSABLE = 422
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}


@login_required
def show_all(request: OfficerRequest) -> HttpResponse:
    at = now()
    shown = {"askings": askings(request.by, at), "waiting": waiting_for(request.by, at)}
    return render(request, "people/desk/openings.html", shown)


@sensitive_post_parameters()
@sensitive_variables()
@login_required
def show(request: OfficerRequest, opening_id: UUID) -> HttpResponse:
    """One asking; the second consent answers with the identity itself, which no address leads to again."""
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        try:
            plain = actions.consent(
                opening_id=opening_id, passphrase=form.cleaned_data["passphrase"], by=request.by, at=now()
            )
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            return _opened(request, opening_id, plain) if plain else _half(request, opening_id)
    return _page(request, opening_id, form, RefuseForm())


@login_required
@require_POST
def refuse(request: OfficerRequest, opening_id: UUID) -> HttpResponse:
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            actions.refuse(opening_id=opening_id, reason=form.cleaned_data["reason"], by=request.by, at=now())
        except Refused as error:
            add_refusal(form, error.field, error.sentence)
        else:
            messages.success(request, _("Đã từ chối. Không ai mở được theo yêu cầu này nữa."))
            return redirect("opening", opening_id)
    return _page(request, opening_id, ConsentForm(), form)


def _page(request: OfficerRequest, opening_id: UUID, consent: ConsentForm, refusal: RefuseForm) -> HttpResponse:
    shown = {"page": asking_page(opening_id, by=request.by, at=now()), "consent": consent, "refuse": refusal}
    status = UNPROCESSABLE if consent.errors or refusal.errors else 200
    return render(request, "people/desk/opening.html", shown, status=status)


def _half(request: OfficerRequest, opening_id: UUID) -> HttpResponse:
    messages.success(request, _("Đã ghi sự đồng ý của bạn. Bên kia có 24 giờ để đồng ý."))
    return redirect("opening", opening_id)


@sensitive_variables()
def _opened(request: OfficerRequest, opening_id: UUID, plain: PlainIdentity) -> HttpResponse:
    letters = [_letter(number, data) for number, data in enumerate(plain.files, start=1)]
    page = asking_page(opening_id, by=request.by, at=now())
    response = render(request, "people/desk/opened.html", {"plain": plain, "letters": letters, "page": page})
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_variables()
def _letter(number: int, data: bytes) -> dict[str, object]:
    """A letter inside the page itself: it has no address from which it could be fetched again."""
    media_type = next((kind for head, kind in PICTURES.items() if data.startswith(head)), "")
    content = base64.b64encode(data).decode()
    source = f"data:{media_type or 'application/octet-stream'};base64,{content}"
    return {"number": number, "source": source, "is_picture": bool(media_type)}
