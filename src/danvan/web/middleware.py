"""What is done around every view."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from danvan.base.clock import today
from danvan.base.errors import Refused
from danvan.units.access import NOBODY, Actor, acting, holdings_of
from danvan.units.models import Holding

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HOLDING_KEY = "holding"
"""Under this name the session keeps the post a person chose to act in."""
WITH_TEMPORARY_PASSWORD = ("account_change_password", "account_logout", "account_login", "language")
TEMPORARY = Refused("password-temporary", "Hãy đăng nhập trên trang web và đổi mật khẩu tạm trước.")


def chosen_language(get_response: GetResponse) -> GetResponse:
    """Vietnamese unless the visitor chose otherwise here; the language of the browser is only that of the machine."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return middleware


def acting_post(get_response: GetResponse) -> GetResponse:
    """`request.by` is who acts: found at first use, with one query however many posts somebody holds."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.holdings = SimpleLazyObject(lambda: _holdings(request))  # type: ignore[attr-defined]
        request.by = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def private_pages(get_response: GetResponse) -> GetResponse:
    """What a signed-in person saw is kept in no cache, so that “back” after signing out shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        signed_in = SESSION_KEY in request.session
        response = get_response(request)
        if signed_in or SESSION_KEY in request.session:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def own_password(get_response: GetResponse) -> GetResponse:
    """A password that somebody else set opens one page only: the one on which it is changed."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session and request.user.is_authenticated and request.user.password_is_temporary:
            if request.path.startswith("/api/"):
                return JsonResponse(refusal(TEMPORARY), status=TEMPORARY.status)
            if request.path not in {reverse(name) for name in WITH_TEMPORARY_PASSWORD}:
                return redirect("account_change_password")
        return get_response(request)

    return middleware


def refusals(get_response: GetResponse) -> GetResponse:
    """An action that said no becomes a page with its sentence, or JSON for machines; nothing was written.

    So does a database that could not be written to in time: whoever waited is told to try again.
    """

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError):
            error = Busy()
        if not isinstance(error, Refused):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(refusal(error), status=error.status)
        return render(request, f"{error.status}.html", {"sentence": error.sentence}, status=error.status)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


class Busy(Refused):
    """The database was locked or away for longer than anybody should wait."""

    status = 503

    def __init__(self) -> None:
        super().__init__("busy", "Hệ thống đang bận, chưa ghi được gì. Hãy thử lại sau ít phút.")


def refusal(error: Refused) -> dict[str, str]:
    return {"code": error.code, "message": error.sentence, "field": error.field}


def _holdings(request: HttpRequest) -> list[Holding]:
    return holdings_of(request.user, today()) if request.user.is_authenticated else []


def _actor(request: HttpRequest) -> Actor:
    """The post chosen in this session while it is in force, else the first one held in one's own name."""
    holdings: list[Holding] = list(request.holdings)  # type: ignore[attr-defined]
    chosen = request.session.get(HOLDING_KEY) if holdings else None
    return next((acting(one) for one in holdings if one.pk == chosen), acting(holdings[0]) if holdings else NOBODY)
