"""What is not taken in on this page, and where it goes instead. Nothing is kept of who asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.matters.portal.privacy import private


def complaint(request: HttpRequest) -> HttpResponse:
    return render(request, "matters/portal/complaint.html")


@private
def denunciation(request: HttpRequest) -> HttpResponse:
    """Sets no cookie, reads none and has no form, so that nothing ties a visitor to this page."""
    response = render(request, "matters/portal/denunciation.html")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def urgent(request: HttpRequest) -> HttpResponse:
    return render(request, "matters/portal/urgent.html")
