"""What is about to be sent, to be read once more: each line with the page that changes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from danvan.base.errors import Refused
from danvan.matters.kinds import Field, Kind, ReplyBy
from danvan.matters.portal.draft import Draft
from danvan.matters.routing import route
from danvan.units.queries import area_named


@dataclass(frozen=True)
class Line:
    label: str | Promise
    value: str | Promise
    href: str


def summary_of(draft: Draft, on: date) -> list[Line]:
    rows = (
        (_("Loại"), Kind(draft.kind).label, "matter-send"),
        (_("Nơi có việc"), area_named(UUID(draft.area_id), on), "matter-send-place"),
        (_("Chỗ cụ thể"), draft.place, "matter-send-place"),
        (_("Nội dung"), draft.content, "matter-send-content"),
        (_("Lĩnh vực"), Field(draft.field or Field.OTHER).label, "matter-send-content"),
        (_("Báo cho ông/bà"), ReplyBy(draft.reply_by).label, "matter-send-reply"),
        (_("Số điện thoại"), draft.phone, "matter-send-reply"),
        (_("Địa chỉ thư điện tử"), draft.email, "matter-send-reply"),
        (_("Tên để xưng hô"), draft.name, "matter-send-reply"),
    )
    lines = [Line(label, value, reverse(page)) for label, value, page in rows if value]
    return [*lines, Line(_("Nơi sẽ giải quyết"), _answering(draft, on), "")]


def _answering(draft: Draft, on: date) -> str:
    """Who would get it today and why; that nobody would is told in the same place."""
    try:
        return route(UUID(draft.area_id), Field(draft.field or Field.OTHER), on).why
    except Refused as error:
        return error.sentence
