"""Publishing an answer: the words with every proposal hidden already, read by a person, seen once more, then out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.matters.actions import publish_answer, withdraw_answer
from danvan.matters.forms.publishing import PublishForm, WithdrawForm
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.published import draft_of, publication_of
from danvan.units.access import require
from danvan.units.roles import Permission


@login_required
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Sent without the mark, the page comes back with what is still found; with it, the answer is out."""
    require(request.by, Permission.MATTER_HANDLE)  # type: ignore[attr-defined]
    found = detail(code=code, by=request.by, on=today())  # type: ignore[attr-defined]
    if request.method != "POST":
        begun = {"question": draft_of(found.matter.content).hidden, "answer": draft_of(found.answer).hidden}
        return _page(request, found, PublishForm(initial=begun))
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            publish_answer(matter_id=found.matter.pk, words=form.words(), by=request.by, at=now())  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
            return _page(request, found, form, error.status)
        messages.success(request, _("Đã công khai. Mọi người đọc được ở trang Đã trả lời."))
        return redirect("matter-publish", found.matter.code)
    return _page(request, found, form, 422)


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = detail(code=code, by=request.by, on=today())  # type: ignore[attr-defined]
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, found, PublishForm(), 422, form)
    withdraw_answer(matter_id=found.matter.pk, reason=form.cleaned_data["reason"], by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("Đã gỡ khỏi trang công khai."))
    return redirect("matter-publish", found.matter.code)


def _page(
    request: HttpRequest, found: Detail, form: PublishForm, status: int = 200, withdrawing: WithdrawForm | None = None
) -> HttpResponse:
    context = {
        "found": found,
        "form": form,
        "withdraw_form": withdrawing or WithdrawForm(),
        "withdrawing": withdrawing,
        "published": publication_of(found.matter),
        "texts": [
            (_("Lời người gửi"), draft_of(found.matter.content).pieces),
            (_("Câu trả lời"), draft_of(found.answer).pieces),
        ],
    }
    if form.is_bound:
        typed = [form.data.get("question", ""), form.data.get("answer", "")]
        context["still"] = [piece for text in typed for piece in draft_of(text).pieces if piece.kind]
    return render(request, "matters/desk/publish.html", context, status=status)
