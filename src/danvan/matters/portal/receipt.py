"""The page with code and PIN, and the same on paper and as a text file."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danvan.base.clock import day_of, now
from danvan.base.handed_out import handed_out
from danvan.matters.portal.clock import Clock, clock_of
from danvan.matters.portal.privacy import private
from danvan.matters.queries.tracking import Tracked, tracked
from danvan.outreach.queries import tracking_link

RECEIPT = "received"
"""Under this name the session keeps which matter was sent, and its PIN."""


@dataclass(frozen=True)
class Slip:
    """What the citizen takes home."""

    story: Tracked
    pin: str = field(repr=False)

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.story, self.story.matter.received_on)

    @property
    def link(self) -> str:
        return tracking_link(self.story.matter.code)

    @property
    def qr(self) -> SafeString:
        """Leads to the form that asks for the PIN; the PIN itself is in no link."""
        drawn = segno.make(self.link, error="m", micro=False)
        title = _("Mã QR mở trang tra cứu")
        return mark_safe(drawn.svg_inline(border=2, omitsize=True, svgclass="qr slip-qr", title=title))  # noqa: S308 -- drawn here


def _slip(request: HttpRequest, at: datetime) -> Slip | None:
    given = handed_out(request, RECEIPT, at)
    return Slip(tracked(UUID(given.about), day_of(at)), given.secret) if given else None


def _gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Mã PIN chỉ hiện trong 30 phút sau khi gửi. Có mã tra cứu và mã PIN thì xem việc ở đây."))
    return redirect("matter-track")


@private
def received(request: HttpRequest) -> HttpResponse:
    shown = _slip(request, now())
    return render(request, "matters/portal/received.html", {"slip": shown}) if shown else _gone(request)


@private
def slip(request: HttpRequest) -> HttpResponse:
    shown = _slip(request, now())
    return render(request, "matters/portal/slip.html", {"slip": shown}) if shown else _gone(request)


@private
def slip_text(request: HttpRequest) -> HttpResponse:
    shown = _slip(request, now())
    if shown is None:
        return _gone(request)
    text = render_to_string("matters/portal/slip.txt", {"slip": shown}, request)
    response = HttpResponse(text.replace("\n", "\r\n"), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="phieu-tra-cuu.txt"'
    return response
