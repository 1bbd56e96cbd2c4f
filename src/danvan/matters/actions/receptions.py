"""Recording reception days in numbers; who came and what about stands in the register, not here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid
from danvan.base.once import once
from danvan.matters.access import receptions_visible, require_record
from danvan.matters.actions.sessions import claim_for_numbers
from danvan.matters.models import ReceptionDay
from danvan.rules.text import nfc
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_unit, unit_in_force
from danvan.units.roles import Permission

BACK = timedelta(days=2 * 366)
MOST = 100_000


@dataclass(frozen=True)
class SessionNumbers:
    """The numbers of one session, each a unit of count of its own (TT 01/2024/TT-TTCP, 01/TCD).

    A turn is one person or group received; a group is a turn of many people; one person may bring several cases.
    """

    held_on: date
    turns: int
    persons: int
    cases: int
    groups: int = 0
    led_by_head: bool = False
    source: str = ""
    is_illustration: bool = False


@transaction.atomic
def record_reception(*, reception: SessionNumbers, by: Actor, at: datetime, key: str = "") -> ReceptionDay:
    """Records a session of the actor's own unit; a unit may hold several on a day. With `key` a repeated call records
    nothing more. A session to which nobody came is recorded with zeros: it counts as held. Refuses a day whose turns
    stand in the register one by one.
    """
    require(by, Permission.RECEPTION_RECORD)
    if by.unit_id is None:
        raise Absent
    unit_id, columns = by.unit_id, _checked(reception, by.unit_id, at)
    claim_for_numbers(unit_id, reception.held_on, led_by_head=reception.led_by_head)
    home_area = shard_of_unit(unit_id, reception.held_on)

    def make(made: UUID) -> None:
        row = ReceptionDay(id=made, home_area=home_area, unit_id=unit_id, recorded_by_id=by.post_id, recorded_at=at,
                           is_illustration=reception.is_illustration, **columns)  # fmt: skip
        row.save(force_insert=True)

    guard = f"{by.account_id}:{key}" if key else ""
    made, _new = once(home_area=home_area, verb="reception", key=guard, at=at, make=make)
    return ReceptionDay.objects.get(pk=made)


@transaction.atomic
def correct_reception(*, reception_id: UUID, reception: SessionNumbers, by: Actor, at: datetime) -> ReceptionDay:
    """Puts right what was recorded; who did it last and when is kept with it."""
    row = _own(reception_id, by, at)
    claim_for_numbers(row.unit_id, reception.held_on, led_by_head=reception.led_by_head)
    for name, value in _checked(reception, row.unit_id, at).items():
        setattr(row, name, value)
    row.recorded_by_id, row.recorded_at = by.post_id, at
    row.save()
    return row


@transaction.atomic
def remove_reception(*, reception_id: UUID, by: Actor, at: datetime) -> None:
    _own(reception_id, by, at).delete()


def _own(reception_id: UUID, by: Actor, at: datetime) -> ReceptionDay:
    visible = ReceptionDay.objects.select_for_update().filter(receptions_visible(by, day_of(at)), pk=reception_id)
    row = visible.first()
    if row is None:
        raise Absent
    require_record(by, row)
    return row


def _checked(reception: SessionNumbers, unit_id: UUID, at: datetime) -> dict[str, object]:
    today, r = day_of(at), reception
    if not today - BACK <= r.held_on <= today:
        raise Invalid("held-when", "Ngày tiếp phải trong hai năm qua và không ở sau hôm nay.", "held_on")
    unit_in_force(unit_id, r.held_on)
    for name in ("turns", "persons", "groups", "cases"):
        if not 0 <= getattr(r, name) <= MOST:
            raise Invalid("number", "Phải từ 0 đến 100.000.", name)
    if r.persons < r.turns:
        raise Invalid(
            "persons-few", f"{r.turns} lượt thì ít nhất {r.turns} người: mỗi lượt có ít nhất một người.", "persons"
        )
    if r.turns == 0 and r.persons:
        raise Invalid("turns-none", "Có người được tiếp thì phải có ít nhất một lượt.", "turns")
    if r.groups > r.turns:
        raise Invalid("groups-many", "Mỗi đoàn là một lượt, nên số đoàn không thể nhiều hơn số lượt.", "groups")
    if r.turns == 0 and r.cases:
        raise Invalid("cases-none", "Không có lượt nào thì không có vụ việc.", "cases")
    source = nfc(r.source).replace("\x00", "").strip()
    if len(source) > 160:
        raise Invalid("source-long", "Nhiều nhất 160 ký tự.", "source")
    return {"held_on": r.held_on, "turns": r.turns, "persons": r.persons, "groups": r.groups, "cases": r.cases,
            "led_by_head": r.led_by_head, "source": source}  # fmt: skip
