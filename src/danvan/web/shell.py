"""What stands around every page: whose desk it is, where one may go from here, and the portal's own links."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from danvan.base.clock import today
from danvan.units.access import Actor
from danvan.units.models import Holding
from danvan.units.queries import unit_names
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `g` and `key` lead there. `above`: only for roles that reach the units below. `also`:
    pages that belong under it though their address does not begin with its own.
    """

    title: str | Promise
    name: str
    icon: str
    key: str
    needs: frozenset[Permission]
    above: bool = False
    also: tuple[str, ...] = ()

    def concerns(self, by: Actor) -> bool:
        return any(by.may(permission) for permission in self.needs) and (by.subtree or not self.above)


@dataclass(frozen=True)
class Link:
    title: str | Promise
    href: str
    current: bool
    icon: str = ""
    key: str = ""


P = Permission
DESK = (
    Entry(_("Hôm nay"), "today", "home", "t", frozenset({P.MATTER_READ})),
    Entry(_("Ý kiến"), "matter-inbox", "inbox", "y", frozenset({P.MATTER_READ}), also=("letter-list",)),
    Entry(_("Buổi lắng nghe"), "meeting-list", "people", "l", frozenset({P.MEETING_RUN})),
    Entry(_("Tiếp công dân"), "reception-list", "calendar", "d", frozenset({P.RECEPTION_RECORD})),
    Entry(_("Biểu kỳ"), "sheet-list", "report", "b", frozenset({P.SHEET_READ}), also=("form-show",)),
    Entry(_("Tổng hợp"), "rollup", "sum", "h", frozenset({P.SHEET_READ}), above=True),
    Entry(_("Tổng quan"), "overview", "chart", "q", frozenset({P.SHEET_READ})),
    Entry(_("Đơn vị"), "unit-list", "unit", "v", frozenset({P.UNIT_MANAGE})),
    Entry(_("Tài khoản"), "account-list", "key", "a", frozenset({P.ACCOUNT_MANAGE})),
    Entry(_("Lịch làm việc"), "calendar", "calendar", "c", frozenset({P.CALENDAR_MANAGE})),
    Entry(_("Nhật ký quản trị"), "admin-log", "shield", "n", frozenset({P.AUDIT_READ})),
)
PORTAL = (
    (_("Gửi ý kiến"), "matter-send"),
    (_("Tra cứu"), "matter-track"),
    (_("Lịch tiếp dân"), "reception-units"),
    (_("Đã trả lời"), "answer-list"),
    (_("Số liệu"), "public-figures"),
)
TOOLS = (
    (_("Tính hạn giải quyết"), "due"),
    (_("Tra địa danh cũ, mới"), "area-lookup"),
    (_("Kiểm tra số liệu báo cáo"), "check-report"),
)
"""Open to everybody, and of use to officers too."""


@dataclass
class Desk:
    """The officer's frame; asks for the unit's name only when a page shows it."""

    request: HttpRequest

    @cached_property
    def by(self) -> Actor:
        return self.request.by  # type: ignore[attr-defined,no-any-return]

    @property
    def post(self) -> str:
        return self.by.label

    @property
    def may_audit(self) -> bool:
        return self.by.may(Permission.AUDIT_READ)

    @property
    def posts(self) -> list[Holding]:
        return self.request.holdings  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def unit(self) -> str:
        return unit_names({self.by.unit_id}, today()).get(self.by.unit_id, "") if self.by.unit_id else ""

    @property
    def home(self) -> str:
        return home_of(self.by)

    @cached_property
    def navigation(self) -> list[Link]:
        links = [(entry, reverse(entry.name)) for entry in _shown_to(self.by)]
        under = {reverse(name): href for entry, href in links for name in (entry.name, *entry.also)}
        here = under.get(_nearest(list(under), self.request.path))
        return [Link(entry.title, href, href == here, entry.icon, entry.key) for entry, href in links]


def home_of(by: Actor) -> str:
    """Where somebody begins: the first entry of theirs, or the page that says that no post is in force."""
    return next((reverse(entry.name) for entry in _shown_to(by)), reverse("post-choose"))


def _shown_to(by: Actor) -> list[Entry]:
    return [entry for entry in DESK if entry.concerns(by)]


def _nearest(hrefs: list[str], path: str) -> str:
    """The entry under which a page lies: the longest one that the path begins with."""
    return max((href for href in hrefs if path.startswith(href)), key=len, default="")


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template; whatever costs a query is asked for only by the page that shows it.

    `frame` is the layout of pages that are for everybody: officers stay at their desk on them.
    """
    return {
        "desk": Desk(request),
        "frame": lambda: "web/desk.html" if request.by.role else "web/portal.html",  # type: ignore[attr-defined]
        "public_navigation": SimpleLazyObject(lambda: _links(PORTAL, request.path)),
        "tools": SimpleLazyObject(lambda: _links(TOOLS, request.path)),
        "today": SimpleLazyObject(today),
        "office": settings.OFFICE,
        "HOTLINE": settings.HOTLINE,
    }


def _links(entries: tuple[tuple[Promise, str], ...], path: str) -> list[Link]:
    links = [(title, reverse(name)) for title, name in entries]
    return [Link(title, href, path.startswith(href)) for title, href in links]
