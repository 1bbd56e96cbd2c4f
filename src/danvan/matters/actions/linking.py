"""Saying that two matters belong together, and taking it back. Neither is closed, hidden or moved by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.ids import read_code
from danvan.base.once import once
from danvan.matters.access import may_see
from danvan.matters.actions.taking_in import Received, Said, receive
from danvan.matters.kinds import Kind, LinkWhy
from danvan.matters.models import LikenessMark, Matter, MatterLink
from danvan.rules.text import nfc
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

MARKS_KEPT = timedelta(days=180)


@dataclass(frozen=True)
class Link:
    """To which earlier matter a later one belongs, values as typed."""

    original: str
    why: LinkWhy = LinkWhy.DUPLICATE
    reason: str = ""


@transaction.atomic
def link_matters(*, matter_id: UUID, link: Link, by: Actor, at: datetime, key: str = "") -> MatterLink:
    """Links a matter to an earlier one that the actor may see as well, with a reason.

    Refused: without a reason, to itself, a second time, in a circle, across provinces, and any denunciation: that there
    is one must not be told by a link. With `key` a repeated call returns the first link, ended or not.
    """
    require(by, Permission.MATTER_HANDLE)
    matter = _seen(matter_id, by, at)

    def make(link_id: UUID) -> None:
        original = _of_code(link.original, by, at)
        reason = _reason(link.reason)
        _refuse(matter, original)
        MatterLink(id=link_id, home_area=matter.home_area, matter=matter, original=original, why=link.why,
                   reason=reason, linked_by_id=by.post_id, linked_at=at).save(force_insert=True)  # fmt: skip

    guard = f"{by.account_id}:{key}" if key else ""
    link_id, _new = once(home_area=matter.home_area, verb="link", key=guard, at=at, make=make)
    return MatterLink.objects.get(pk=link_id)


def _refuse(matter: Matter, original: Matter) -> None:
    if matter.pk == original.pk:
        raise Invalid("link-itself", "Không thể liên kết một việc với chính nó.", "original")
    if matter.home_area != original.home_area:
        raise Invalid("link-elsewhere", "Chỉ liên kết được các việc trong cùng một tỉnh.", "original")
    if Kind.DENUNCIATION in {matter.kind, original.kind}:
        raise Invalid("link-denunciation", "Không liên kết việc tố cáo với việc khác.", "original")
    standing = MatterLink.objects.select_for_update().filter(home_area=matter.home_area, ended_at=None)
    if standing.filter(matter=matter, original=original).exists():
        raise Refused("linked-already", f"Hai việc này đã được liên kết: {matter.code} và {original.code}.")
    if standing.filter(matter=original, original=matter).exists():
        raise Refused("link-circle", f"Việc {original.code} đã được liên kết theo chiều ngược lại.")


@transaction.atomic
def unlink_matters(*, link_id: UUID, reason: str, by: Actor, at: datetime) -> MatterLink:
    """Ends a link of two matters the actor may see; what was said and by whom stays on record."""
    require(by, Permission.MATTER_HANDLE)
    link = MatterLink.objects.select_for_update().filter(pk=link_id, ended_at=None).first()
    if link is None:
        raise Absent
    _seen(link.matter_id, by, at)
    _seen(link.original_id, by, at)
    link.ended_by_id, link.ended_at, link.ended_reason = by.post_id, at, _reason(reason)
    link.save(update_fields=["ended_by", "ended_at", "ended_reason"])
    return link


def receive_linked(*, said: Said, link: Link | None, by: Actor, at: datetime, key: str = "") -> Received:
    """Takes a matter in and, where the officer has compared and says so, links it: both or neither."""

    def linked(received: Received) -> None:
        if link is not None:
            link_matters(matter_id=received.matter.pk, link=link, by=by, at=at)

    return receive(said=said, by=by, at=at, key=key, then=linked)


def forget_marks(*, at: datetime) -> int:
    """Signatures are for finding what was sent twice within months; older ones go."""
    return LikenessMark.objects.filter(received_on__lt=day_of(at - MARKS_KEPT)).delete()[0]


def _of_code(typed: str, by: Actor, at: datetime) -> Matter:
    home_area, code = read_code(typed) or (0, "")
    found = Matter.objects.select_related("current").filter(home_area=home_area, code=code).first()
    if found is None or not may_see(by, found, found.current, day_of(at)):
        raise Invalid("original-absent", "Không tìm thấy việc có mã này trong các việc bạn được xem.", "original")
    return found


def _seen(matter_id: UUID, by: Actor, at: datetime) -> Matter:
    try:
        matter = Matter.objects.select_related("current").get(pk=matter_id)
    except Matter.DoesNotExist as error:
        raise Absent from error
    if not may_see(by, matter, matter.current, day_of(at)):
        raise Absent
    return matter


def _reason(typed: str) -> str:
    reason = nfc(typed).strip()[:300]
    if not reason:
        raise Invalid("reason-missing", "Hãy ghi lý do, một câu là đủ.", "reason")
    return reason
