"""What is about to be sent, to be read once more: each line with the page that changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Refused
from danvan.matters.kinds import FORMAL, Field, Kind, ReplyBy
from danvan.matters.portal.draft import Draft
from danvan.matters.routing import route
from danvan.units.queries import area_named

Row = tuple[str | Promise, str | Promise, str]


@dataclass(frozen=True)
class Line:
    label: str | Promise
    value: str | Promise
    href: str


def summary_of(draft: Draft, on: date) -> list[Line]:
    rows: tuple[Row, ...] = (
        (_("Loại"), Kind(draft.kind).label, "matter-send"),
        (_("Nơi có việc"), area_named(UUID(draft.area_id), on), "matter-send-place"),
        (_("Chỗ cụ thể"), draft.place, "matter-send-place"),
        (_("Cơ quan bị khiếu nại"), draft.against, "matter-send-decision"),
        (_("Quyết định, việc làm bị khiếu nại"), draft.decision, "matter-send-decision"),
        (_("Nhận hoặc biết ngày"), _day(draft.known_on), "matter-send-decision"),
        (_("Nội dung"), draft.content, "matter-send-content"),
        (_("Yêu cầu"), draft.requests, "matter-send-requests"),
        (_("Lĩnh vực"), Field(draft.field or Field.OTHER).label, "matter-send-content"),
        *_of_sender(draft),
    )
    lines = [Line(label, value, reverse(page)) for label, value, page in rows if value and page in draft.path]
    return [*lines, Line(_("Nơi sẽ giải quyết"), _answering(draft, on), "")]


def _of_sender(draft: Draft) -> Iterator[Row]:
    if draft.is_denunciation:
        named = _("Có, niêm phong") if draft.is_named else _("Không")
        yield _("Ghi tên"), named, "matter-send-named"
    else:
        yield _("Báo cho ông/bà"), ReplyBy(draft.reply_by).label, "matter-send-reply"
    asked = "matter-send-named" if draft.is_denunciation else "matter-send-reply"
    yield _("Số điện thoại"), draft.phone, asked
    if not draft.is_denunciation:
        yield _("Địa chỉ thư điện tử"), draft.email, asked
    if Kind(draft.kind) not in FORMAL:
        yield _("Tên để xưng hô"), draft.name, asked
        return
    page = asked if draft.is_denunciation else "matter-send-who"
    yield _("Họ và tên"), draft.name, page
    yield _("Địa chỉ"), draft.address, page


def _day(kept: str) -> str:
    return f"{date.fromisoformat(kept):%d/%m/%Y}" if kept else ""


def _answering(draft: Draft, on: date) -> str:
    """Who would get it today and why; that nobody would is told in the same place."""
    try:
        return route(UUID(draft.area_id), Field(draft.field or Field.OTHER), on).why
    except Refused as error:
        return error.sentence
