"""The REST root: who calls, and one shape for every refusal. The description is at /api/v1/openapi.json."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.security.session import SessionAuth

from danvan.base.clock import today
from danvan.base.errors import Refused
from danvan.commitments.api import router as commitments
from danvan.matters.api import as_citizen, open_router
from danvan.matters.api import router as matters
from danvan.reports.api import router as reports
from danvan.units.access import Actor, acting_by_token
from danvan.units.api import router as units
from danvan.web.middleware import refusal


class Session(SessionAuth):
    """An officer's own browser; writes carry the CSRF token like any form."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        return super().__call__(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, _key: str | None) -> Actor | None:
        return request.by if request.by.role else None  # type: ignore[attr-defined]


class Bearer(HttpBearer):
    """A machine's token: one query, and good only as long as its holding, post, unit and account are."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        by = acting_by_token(hashlib.sha256(token.encode()).hexdigest(), today())
        if by is None:
            raise AuthenticationError
        request.by = by  # type: ignore[attr-defined]
        return by


api = NinjaAPI(
    title="danvan",
    version="1",
    description="Lắng nghe → chuyển đúng nơi → trả lời → báo cáo → học hỏi.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    auth=[Bearer(), Session()],
)
api.add_router("", commitments)
api.add_router("", matters)
api.add_router("", open_router, auth=[Bearer(), Session(), as_citizen])
api.add_router("", units)
api.add_router("", reports)


def _answer(request: HttpRequest, status: int, code: str, message: str, field: str = "") -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, "field": field}, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return api.create_response(request, refusal(error), status=error.status)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first wrong field, in words; `loc` begins with where the value came from, which no one typed."""
    first: dict[str, Any] = error.errors[0]
    field = ".".join(str(part) for part in first["loc"][2:] or first["loc"][1:])
    return _answer(request, 422, "invalid", _sentence(first), field)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return _answer(request, 401, "not-signed-in", _("Cần đăng nhập, hoặc mã truy cập không còn hiệu lực."))


@api.exception_handler(Http404)
def absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _answer(request, 404, "absent", _("Không tìm thấy, hoặc không có quyền xem."))


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, "bad-request", _("Yêu cầu không hợp lệ."))


_PROBLEMS = (
    ("missing", gettext_lazy("Thiếu thông tin này.")),
    ("string_too_short", gettext_lazy("Cần ít nhất %(min_length)s ký tự.")),
    ("string_too_long", gettext_lazy("Nhiều nhất %(max_length)s ký tự.")),
    ("date", gettext_lazy("Ngày không đúng; viết như 2026-07-01.")),
    ("int", gettext_lazy("Cần một con số.")),
    ("float", gettext_lazy("Cần một con số.")),
    ("decimal", gettext_lazy("Cần một con số.")),
    ("enum", gettext_lazy("Chỉ nhận một trong các giá trị: %(expected)s.")),
    ("literal", gettext_lazy("Chỉ nhận một trong các giá trị: %(expected)s.")),
    ("greater", gettext_lazy("Con số nằm ngoài khoảng cho phép.")),
    ("less", gettext_lazy("Con số nằm ngoài khoảng cho phép.")),
    ("json", gettext_lazy("Nội dung gửi lên không phải JSON.")),
    ("", gettext_lazy("Giá trị không hợp lệ.")),
)
"""Beginnings of pydantic's names of problems; the first that fits is told."""


def _sentence(problem: dict[str, Any]) -> str:
    """One sentence for what the schema found, with the limit that was passed."""
    found = next(sentence for beginning, sentence in _PROBLEMS if problem["type"].startswith(beginning))
    return str(found % problem.get("ctx", {}))
