"""Following a matter: code and PIN open it for half an hour, in this browser only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base import files
from danvan.base.clock import day_of, now
from danvan.base.errors import Absent
from danvan.base.handed_out import take_back
from danvan.base.ids import read_code
from danvan.base.papers.shown import shown
from danvan.matters.forms.portal import TrackForm
from danvan.matters.portal.carried import carried_in, carry
from danvan.matters.portal.clock import clock_of
from danvan.matters.portal.following import following
from danvan.matters.portal.grants import grant, granted, revoke_all, token_for
from danvan.matters.portal.privacy import limit, private
from danvan.matters.portal.receipt import RECEIPT
from danvan.matters.portal.timeline import timeline
from danvan.matters.queries.tracking import matter_for, photo_of, tracked

UNPROCESSABLE = 422


@private
def look_up(request: HttpRequest, code: str = "") -> HttpResponse:
    """Asks for code and PIN. A wrong code and a wrong PIN are answered alike; tries are counted for each code and for
    each address.
    """
    if request.method == "POST":
        return _tried(request, TrackForm(request.POST))
    if token := token_for(request, code[:40], now()):
        return redirect("matter-story", token)
    return render(request, "matters/portal/track.html", {"form": TrackForm(initial={"code": code[:40]})})


def _tried(request: HttpRequest, form: TrackForm) -> HttpResponse:
    if form.is_valid():
        code, pin = form.cleaned_data["code"], form.cleaned_data["pin"]
        limit(request, "matter_track", (read_code(code) or (0, code.lower()))[1])
        try:
            token = grant(request, matter_for(code, pin), now())
        except Absent as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(carry(request, token) or "matter-story", token)
    context = {"form": form, "carried": carried_in(request)}
    return render(request, "matters/portal/track.html", context, status=UNPROCESSABLE)


@private
def story(request: HttpRequest, token: str) -> HttpResponse:
    at = now()
    try:
        found = tracked(granted(request, token, at), day_of(at))
    except Absent:
        return _over(request)
    followed = following(found.matter, day_of(at))
    context = {
        "followed": followed,
        "story": found,
        "token": token,
        "lines": timeline(found),
        "clock": clock_of(found, day_of(at)),
    }
    return render(request, "matters/portal/story.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Trang này tự khóa sau 30 phút không dùng. Xin nhập lại mã tra cứu và mã PIN."))
    return redirect("matter-track")


@private
def photo(request: HttpRequest, token: str, number: int) -> HttpResponse:
    found = photo_of(granted(request, token, now()), number)
    with files.open(found.digest) as file:
        return shown(file.read(), found.media_type, number)


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Nothing that was opened here stays open on this machine."""
    revoke_all(request)
    take_back(request, RECEIPT)
    if not request.session.keys():
        request.session.flush()
    messages.success(request, _("Đã thoát. Trên máy này không còn mở được việc vừa xem nếu không có mã PIN."))
    return redirect("matter-track")
