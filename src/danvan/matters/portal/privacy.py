"""What every page around a code, a PIN or somebody's words has in common: kept in no cache, found by no engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from danvan.base.errors import TooMany

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """No copy stays behind on a shared machine, and error reports carry nothing that was typed."""

    @wraps(view)
    @sensitive_post_parameters()
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return kept_private


def limit(request: HttpRequest, action: str, key: str | None = None) -> None:
    """Counts one more try of this action; refuses in a sentence what comes too often."""
    if not consume(request, action=action, key=key):
        raise TooMany("too-many", _("Đã thử quá nhiều lần. Xin chờ ít lâu rồi thử lại, hoặc nhờ cán bộ ở trụ sở giúp."))
