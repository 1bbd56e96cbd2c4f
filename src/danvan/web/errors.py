"""Answers to requests that never reach a view."""

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_LARGE = 413


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django calls too much data a bad request; people are told what it was."""
    status = TOO_LARGE if isinstance(exception, RequestDataTooBig | TooManyFilesSent) else 400
    return render(request, f"{status}.html", status=status)
