"""What one reads before a complaint or denunciation, and where urgent things go. Nothing is kept of who asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from danvan.base.clock import today
from danvan.matters.portal.privacy import private
from danvan.matters.queries.sealing import denunciations_taken


def complaint(request: HttpRequest) -> HttpResponse:
    return render(request, "matters/portal/complaint.html")


@private
def denunciation(request: HttpRequest) -> HttpResponse:
    """Sets no cookie, reads none and has no form, so that nothing ties a visitor to this page."""
    return _denunciation(request)


@private
def denunciation_begin(request: HttpRequest) -> HttpResponse:
    """What sending here means, before anything is asked; only where an identity can be sealed."""
    if not denunciations_taken(today()):
        return redirect("matter-denunciation")
    return render(request, "matters/portal/denunciation_begin.html")


def not_sealed(request: HttpRequest) -> HttpResponse:
    """The office of that place cannot seal who denounces: nothing was kept, and the other ways are told."""
    return _denunciation(request, refused=True)


def _denunciation(request: HttpRequest, *, refused: bool = False) -> HttpResponse:
    shown = {"refused": refused, "taken": not refused and denunciations_taken(today())}
    response = render(request, "matters/portal/denunciation.html", shown, status=422 if refused else 200)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def urgent(request: HttpRequest) -> HttpResponse:
    return render(request, "matters/portal/urgent.html")
