"""A session is recorded by its turns or by its numbers, never both: whoever writes one claims the day for it.

What the head received and what others received are sessions of their own. The unit is locked, so that two who write at
once do not miss each other; figures hold to the same rule once more (`queries.reception_counts`).
"""

from datetime import date
from uuid import UUID

from danvan.base.errors import Refused
from danvan.matters.kinds import LedBy
from danvan.matters.models import Reception, ReceptionDay
from danvan.units.models import Unit


def claim_for_turns(unit_id: UUID, on: date, led_by: LedBy) -> None:
    """Inside the transaction of the caller; refuses a session that stands in numbers."""
    _lock(unit_id)
    by_head = led_by == LedBy.HEAD
    if ReceptionDay.objects.filter(unit_id=unit_id, held_on=on, led_by_head=by_head).exists():
        raise Refused(
            "session-in-numbers",
            f"Buổi tiếp ngày {on:%d/%m/%Y} đã ghi bằng số tổng. Một buổi chỉ ghi một cách: xóa buổi ghi bằng số trước, "
            "rồi ghi từng lượt.",
        )


def claim_for_numbers(unit_id: UUID, on: date, *, led_by_head: bool) -> None:
    """Inside the transaction of the caller; refuses a session whose turns stand in the register."""
    _lock(unit_id)
    turns = Reception.objects.filter(unit_id=unit_id, received_on=on, struck_at__isnull=True)
    same = turns.filter(led_by=LedBy.HEAD) if led_by_head else turns.exclude(led_by=LedBy.HEAD)
    if same.exists():
        raise Refused(
            "session-in-register",
            f"Ngày {on:%d/%m/%Y} đã ghi từng lượt trong sổ tiếp công dân, số tổng được cộng từ đó. Không ghi thêm "
            "bằng số.",
        )


def _lock(unit_id: UUID) -> None:
    Unit.objects.select_for_update().get(pk=unit_id)
