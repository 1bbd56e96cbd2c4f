"""What happens to the duties of a unit that ends."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Invalid
from danvan.commitments import ledger
from danvan.commitments.actions.steps import Given, append
from danvan.commitments.models import Commitment
from danvan.commitments.queries import open_at, steps_of
from danvan.rules import ledger as rules
from danvan.units.access import Actor, system
from danvan.units.actions import end_unit
from danvan.units.kinds import Event
from danvan.units.models import UnitSuccession


@transaction.atomic
def end_unit_and_pass_on(
    *, unit_id: UUID, successor_id: UUID | None, on: date, event: Event, source: str, by: Actor, at: datetime
) -> int:
    """Ends a unit and passes what it still owes to the one that takes over, or does neither.

    Where the end lies ahead nothing is passed on yet: the night shift does so when the day has come. Refuses to end a
    unit without a successor while it owes anything. Returns how many commitments went over.
    """
    if successor_id is None and open_at(unit_id):
        raise Invalid("still-owes", "Đơn vị còn việc chưa xong: hãy chọn đơn vị tiếp nhận.", "successor")
    end_unit(unit_id=unit_id, successor_id=successor_id, on=on, event=event, source=source, by=by, at=at)
    if successor_id is None or on > day_of(at):
        return 0
    return pass_to_successors(ended=unit_id, successor=successor_id, note=_note(on, source), by=by, at=at)


def _note(on: date, source: str) -> str:
    return f"Đơn vị kết thúc hoạt động từ {on:%d/%m/%Y}" + (f" ({source})." if source else ".")


@transaction.atomic
def pass_to_successors(*, ended: UUID, successor: UUID, note: str, by: Actor, at: datetime) -> int:
    """The open commitments of an ended unit go to the one that took over its duties, their clocks untouched."""
    rows = Commitment.objects.filter(owed_by_id=ended).exclude(state__in=rules.FINAL)
    days, count = ledger.calendar(), 0
    for commitment in rows.select_for_update(of=("self",)):
        before = ledger.standing_of(steps_of(commitment))
        append(commitment, before, "take-over", rules.Actor.SYSTEM, Given(to_unit=successor, note=note), by, at, days)
        count += 1
    return count


LONGEST_CHAIN = 12
"""Units ended one after the other before the night shift came by."""


def pass_on_of_ended(*, at: datetime) -> int:
    """Passes on whatever units still owe that have ended by today and named who takes over; each in its transaction.

    Where that one has ended too the duties go on to the next.
    """
    passed = 0
    for _link in range(LONGEST_CHAIN):
        moved = _passed_on(at)
        if not moved:
            break
        passed += moved
    return passed


def _passed_on(at: datetime) -> int:
    owing = Commitment.objects.exclude(state__in=rules.FINAL).values("owed_by")
    edges = UnitSuccession.objects.filter(default=True, on__lte=day_of(at), before_id__in=owing)
    by = system("chuyển việc của đơn vị đã kết thúc")
    return sum(
        pass_to_successors(
            ended=edge.before_id, successor=edge.after_id, note=_note(edge.on, edge.source), by=by, at=at
        )
        for edge in edges.order_by("on", "id")
    )
