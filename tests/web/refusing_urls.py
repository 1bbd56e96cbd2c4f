"""The product's addresses, and a few that refuse or break, to see what becomes of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from danvan.base.errors import Absent, Forbidden, Invalid, Refused, TooMany
from danvan.web import urls

handler400 = urls.handler400
REFUSALS = {
    "forbidden": Forbidden(),
    "elsewhere": Forbidden("Chỉ đơn vị lập biểu mới làm được việc này.", "not-own-unit"),
    "absent": Absent(),
    "late": Refused("too-late", "Việc đã được trả lời."),
    "wrong": Invalid("wrong-day", "Ngày không đúng.", "day"),
    "often": TooMany("too-many", "Xin chờ 10 phút rồi thử lại."),
}


def refuse(_request: HttpRequest, name: str) -> HttpResponse:
    raise REFUSALS[name]


def forbid(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def fall(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


urlpatterns = [
    *urls.urlpatterns,
    path("refuse/<name>/", refuse),
    path("api/refuse/<name>/", refuse),
    path("forbid/", forbid),
    path("fall/", fall),
    path("read/", read),
]
