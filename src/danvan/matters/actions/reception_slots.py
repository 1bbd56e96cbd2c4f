"""The calendar of reception: planning days, publishing them, calling one off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.marked import refuse_marked
from danvan.matters.access import require_keep_calendar, slots_visible
from danvan.matters.kinds import LedBy, Occasion
from danvan.matters.models import ReceptionSlot
from danvan.rules.text import nfc
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_unit, unit_in_force
from danvan.units.roles import Permission

AHEAD = timedelta(days=400)
MOST_DAYS = 60
MOST_REASON = 300


@dataclass(frozen=True)
class SlotSaid:
    """Hours on several days at one place; `who` is a title."""

    days: Sequence[date]
    starts: time
    ends: time
    place: str
    who: str
    led_by: LedBy = LedBy.HEAD
    occasion: Occasion = Occasion.PERIODIC
    is_illustration: bool = False


@transaction.atomic
def plan_slots(*, said: SlotSaid, by: Actor, at: datetime) -> list[ReceptionSlot]:
    """Plans the days for the actor's own unit; a day already planned at that hour for that person is left as it is.

    Nothing is shown to the public before `publish_slots`. Refuses days that have passed or lie too far ahead, hours
    that end before they begin, and an unplanned reception: that one is not announced.
    """
    require(by, Permission.RECEPTION_RECORD)
    if by.unit_id is None:
        raise Absent
    place, who = _checked(said, by.unit_id, day_of(at))
    known = set(
        ReceptionSlot.objects.filter(
            unit_id=by.unit_id, on__in=said.days, starts=said.starts, who=who, cancelled_at__isnull=True
        ).values_list("on", flat=True)
    )
    return ReceptionSlot.objects.bulk_create(
        ReceptionSlot(home_area=shard_of_unit(by.unit_id, on), unit_id=by.unit_id, on=on, starts=said.starts,
                      ends=said.ends, place=place, who=who, led_by=said.led_by, occasion=said.occasion,
                      planned_by_id=by.post_id, planned_at=at, is_illustration=said.is_illustration)
        for on in sorted(set(said.days) - known)
    )  # fmt: skip


@transaction.atomic
def publish_slots(*, slot_ids: Iterable[UUID], by: Actor, at: datetime) -> int:
    """Shows planned days to the public; those already shown or called off are left as they are."""
    rows = list(ReceptionSlot.objects.select_for_update().filter(slots_visible(by, day_of(at)), pk__in=list(slot_ids)))
    if not rows:
        raise Absent
    for row in rows:
        require_keep_calendar(by, row)
    waiting = [row for row in rows if row.published_at is None and row.cancelled_at is None]
    for row in waiting:
        row.published_at = at
        row.save(update_fields=["published_at"])
    return len(waiting)


@transaction.atomic
def cancel_slot(*, slot_id: UUID, reason: str, by: Actor, at: datetime) -> ReceptionSlot:
    """Calls a day off, with the reason that the public reads where it was published.

    Refuses a day that has passed, one on which turns stand in the register, and a second calling off.
    """
    row = ReceptionSlot.objects.select_for_update().filter(slots_visible(by, day_of(at)), pk=slot_id).first()
    if row is None:
        raise Absent
    require_keep_calendar(by, row)
    reason = reason_of(reason)
    if row.cancelled_at is not None:
        raise Refused("slot-cancelled", "Buổi này đã hủy trước đó.")
    if row.on < day_of(at):
        raise Refused("slot-past", "Ngày này đã qua nên không hủy được nữa.")
    if row.receptions.filter(home_area=row.home_area, struck_at__isnull=True).exists():
        raise Refused("slot-used", "Buổi này đã tiếp công dân: trong sổ có lượt của buổi.")
    row.cancelled_at, row.reason = at, reason
    row.save(update_fields=["cancelled_at", "reason"])
    return row


def reason_of(typed: str) -> str:
    reason = " ".join(nfc(typed).replace("\x00", "").split())
    if not reason:
        raise Invalid("reason-missing", "Hãy ghi lý do.", "reason")
    if len(reason) > MOST_REASON:
        raise Invalid("reason-long", f"Lý do dài quá {MOST_REASON} ký tự.", "reason")
    refuse_marked(reason, "reason")
    return reason


def _checked(said: SlotSaid, unit_id: UUID, today: date) -> tuple[str, str]:
    if not said.days:
        raise Invalid("days-none", "Hãy chọn ít nhất một ngày.", "days")
    if len(said.days) > MOST_DAYS:
        raise Invalid("days-many", f"Mỗi lần lập nhiều nhất {MOST_DAYS} ngày.", "days")
    for on in said.days:
        if not today <= on <= today + AHEAD:
            raise Invalid(
                "day-when", f"Ngày {on:%d/%m/%Y} đã qua hoặc quá xa: lập từ hôm nay đến 400 ngày tới.", "days"
            )
        unit_in_force(unit_id, on)
    if said.ends <= said.starts:
        raise Invalid("hours", "Giờ kết thúc phải sau giờ bắt đầu.", "ends")
    if said.occasion == Occasion.UNPLANNED:
        raise Invalid("unplanned", "Tiếp đột xuất thì không có lịch; ghi thẳng vào sổ.", "occasion")
    place, who = (" ".join(nfc(text).replace("\x00", "").split()) for text in (said.place, said.who))
    if not place or len(place) > 200:
        raise Invalid("place", "Hãy ghi nơi tiếp, nhiều nhất 200 ký tự.", "place")
    if not who or len(who) > 160:
        raise Invalid("who", "Hãy ghi chức danh người tiếp, nhiều nhất 160 ký tự; không ghi họ tên.", "who")
    return place, who
