"""Every write of the core. A step is checked against the table, chained, counted, and the derived columns follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.models import AuditCheckpoint
from danvan.commitments import ledger
from danvan.commitments.access import capacities, capacity_for
from danvan.commitments.kinds import Measure, OwedTo
from danvan.commitments.models import CalendarDay, Commitment, Step, Tally
from danvan.commitments.queries import digest_of, recount, tally_sums
from danvan.rules import ledger as rules
from danvan.rules.calendar import WorkingCalendar
from danvan.rules.clock import ClockRefused, may_extend, rule_by_id, rule_version
from danvan.units.access import Actor, require, system
from danvan.units.queries import shard_of_unit, unit_in_force
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Promise:
    """What is owed, written once: see `Commitment`. Either a rule or an agreed day."""

    kind: str
    code: str
    owed_by: UUID
    rule_id: str = ""
    agreed_due: date | None = None
    is_remote: bool = False
    is_complex: bool = False
    owed_to_unit: UUID | None = None


@dataclass(frozen=True)
class Given:
    """What comes with a step: the hash of its text, the receiving unit, days granted, a reason of the system."""

    payload_hash: str = ""
    to_unit: UUID | None = None
    days: int = 0
    note: str = ""


NOTHING = Given()


@transaction.atomic
def open_commitment(
    *, promise: Promise, home_area: int, by: Actor, at: datetime, held_in: int | None = None,
    days: WorkingCalendar | None = None,
) -> tuple[Commitment, Step]:  # fmt: skip
    """Opens a commitment with its first step. The rule in force on that day is chosen and its version kept.

    Refuses a unit that does not exist on that day, and a rule that does not.
    """
    on = day_of(at)
    if held_in is None:
        unit_in_force(promise.owed_by, on)
        held_in = shard_of_unit(promise.owed_by, on)
    commitment = Commitment(
        home_area=home_area,
        kind=promise.kind,
        code=promise.code,
        owed_to=OwedTo.UNIT if promise.owed_to_unit else OwedTo.CITIZEN,
        owed_to_unit_id=promise.owed_to_unit,
        opened_by_unit_id=by.unit_id or promise.owed_by,
        is_remote=promise.is_remote,
        is_complex=promise.is_complex,
        agreed_due=promise.agreed_due,
        opened_at=at,
        held_in=held_in,
        steps_taken=0,
        **_rule_on(promise.rule_id, on),
    )
    commitment.head = ledger.genesis(commitment)
    capacity = rules.Actor.ASKER if by.is_citizen else rules.Actor.SYSTEM if by.is_system else rules.Actor.CLERK
    first = _append(commitment, rules.Standing(), "open", capacity, Given(to_unit=promise.owed_by), by, at,
                    days or ledger.calendar())  # fmt: skip
    return commitment, first


def _rule_on(rule_id: str, on: date) -> dict[str, str]:
    if not rule_id:
        return {}
    try:
        rule = rule_by_id(rule_id, on)
    except ClockRefused as error:
        raise Invalid("no-rule", error.sentence) from error
    return {"rule_id": rule.id, "rule_version": rule.version}


@transaction.atomic
def take_step(
    *, commitment_id: UUID, verb: str, by: Actor, at: datetime, given: Given = NOTHING, seen: int | None = None
) -> tuple[Commitment, Step]:
    """Appends one step, in this order: lock, capacity, table, chain, tallies, derived columns.

    `seen` is how many steps the person had in front of them; where somebody else took one meanwhile the step is
    refused, nothing is written, and the page shows what happened.
    """
    commitment = _locked(commitment_id)
    if seen is not None and seen != commitment.steps_taken:
        raise Refused("stale", "Vừa có người khác cập nhật việc này. Hãy xem bước mới nhất rồi làm lại.")
    move = rules.MOVES.get(verb)
    if move is None:
        raise Invalid("unknown-verb", f"Không có bước “{verb}”.")
    capacity = capacity_for(move, capacities(by, commitment, day_of(at)))
    if given.to_unit is not None:
        unit_in_force(given.to_unit, day_of(at))
        if given.to_unit == commitment.owed_by_id:
            raise Invalid("same-unit", "Đơn vị nhận đang giữ chính việc này.", "unit")
    before = ledger.standing_of(_steps(commitment))
    step = _append(commitment, before, verb, capacity, given, by, at, ledger.calendar())
    return commitment, step


def _locked(commitment_id: UUID) -> Commitment:
    try:
        return Commitment.objects.select_for_update().get(pk=commitment_id)
    except Commitment.DoesNotExist as error:
        raise Absent from error


def _steps(commitment: Commitment) -> list[Step]:
    rows = Step.objects.filter(home_area=commitment.home_area, commitment_id=commitment.id)
    return list(rows.order_by("seq"))


def _append(
    commitment: Commitment, before: rules.Standing, verb: str, capacity: rules.Actor, given: Given, by: Actor,
    at: datetime, days: WorkingCalendar,
) -> Step:  # fmt: skip
    step = Step(
        home_area=commitment.home_area,
        commitment_id=commitment.id,
        seq=commitment.steps_taken + 1,
        verb=verb,
        at=at,
        on=day_of(at),
        actor=capacity.value,
        post_id=by.post_id,
        unit_id=by.unit_id,
        to_unit_id=given.to_unit,
        days=given.days,
        note=given.note,
        payload_hash=given.payload_hash,
        previous=commitment.head,
    )
    try:
        after = rules.apply(before, ledger.as_rule_step(step))
    except rules.NotAllowed as error:
        raise Refused("not-allowed", error.sentence) from error
    _refuse_extension_beyond_rule(commitment, before, step)
    due_before = commitment.due
    try:
        ledger.derive(commitment, after, days)
    except ClockRefused as error:
        raise Invalid(error.code, error.sentence) from error
    step.due, step.due_statutory = commitment.due, commitment.due_statutory
    step.hash = ledger.hash_of(step)
    commitment.steps_taken, commitment.head = step.seq, step.hash
    if after.holder != before.holder and before.holder:
        commitment.held_in = shard_of_unit(commitment.owed_by_id, step.on)
    _write(commitment, step, is_new=step.seq == 1)
    _tally(commitment, step.on, ledger.counted(verb, before, after, due_before))
    return step


def _write(commitment: Commitment, step: Step, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            commitment.save(force_insert=is_new)
            step.save(force_insert=True)
    except IntegrityError as error:
        if "step_seq_once" in str(error) or "seq" in str(error):
            raise Refused("stale", "Vừa có người khác cập nhật việc này. Hãy xem lại rồi làm tiếp.") from error
        raise


def _refuse_extension_beyond_rule(commitment: Commitment, before: rules.Standing, step: Step) -> None:
    if step.verb != "extend" or not commitment.rule_id:
        return
    rule = rule_version(commitment.rule_id, commitment.rule_version)
    refusal = may_extend(rule, len(before.extensions), days=step.days)
    if refusal:
        raise Refused("no-extension", refusal, "days")


def _tally(commitment: Commitment, day: date, counted: Iterable[tuple[str, Measure]]) -> None:
    rows = [
        Tally(home_area=commitment.home_area, unit_id=UUID(unit), kind=commitment.kind, measure=measure, day=day,
              delta=1)
        for unit, measure in counted
    ]  # fmt: skip
    if rows:
        Tally.objects.bulk_create(rows)


@transaction.atomic
def squash_tallies(*, at: datetime) -> int:
    """Folds the deltas of each unit, day, kind and measure into one row; the sums stay what they were."""
    del at
    keys = ("home_area", "unit_id", "kind", "measure", "day")
    groups = list(Tally.objects.values(*keys).annotate(total=Sum("delta")).order_by())
    before = Tally.objects.count()
    Tally.objects.all().delete()
    Tally.objects.bulk_create([Tally(**{k: g[k] for k in keys}, delta=g["total"]) for g in groups if g["total"]],
                              batch_size=2000)  # fmt: skip
    return before - len(groups)


@transaction.atomic
def decide_day(*, day: date, working: bool, reason: str, decision: str, by: Actor, at: datetime) -> list[UUID]:
    """Enters what an authority decided about a day and re-dates the open clocks that it touches; closed ones stay.

    Returns the commitments whose due day moved.
    """
    require(by, Permission.CALENDAR_MANAGE)
    if not decision.strip():
        raise Invalid("decision-missing", "Ghi số và ngày của văn bản quyết định.", "decision")
    CalendarDay.objects.update_or_create(
        day=day,
        defaults={"working": working, "reason": reason, "decision": decision, "entered_by_id": by.post_id,
                  "entered_at": at},
    )  # fmt: skip
    note = f"Lịch làm việc thay đổi: {day:%d/%m/%Y} {'làm việc' if working else 'nghỉ'} ({decision})."
    return redate_open(note=note, by=system("lịch làm việc"), at=at)


def redate_open(*, note: str, by: Actor, at: datetime) -> list[UUID]:
    """Re-computes every running clock against the calendar of today; a changed one gets a step that says why."""
    days, moved = ledger.calendar(), []
    running = Commitment.objects.filter(state__in=rules.RUNNING).exclude(rule_id="")
    for commitment in running.iterator(chunk_size=500):
        before = ledger.standing_of(_steps(commitment))
        deadline = ledger.deadline_of(commitment, before, days)
        if commitment.due is not None and deadline is not None and deadline.due_rolled != commitment.due:
            _append(commitment, before, "re-date", rules.Actor.SYSTEM, Given(note=note), by, at, days)
            moved.append(commitment.id)
    return moved


@transaction.atomic
def pass_to_successors(*, ended: UUID, successor: UUID, note: str, by: Actor, at: datetime) -> int:
    """The open commitments of an ended unit go to the one that took over its duties, their clocks untouched."""
    rows = Commitment.objects.filter(owed_by_id=ended).exclude(state__in=rules.FINAL)
    days, count = ledger.calendar(), 0
    for commitment in rows.select_for_update():
        before = ledger.standing_of(_steps(commitment))
        _append(commitment, before, "take-over", rules.Actor.SYSTEM, Given(to_unit=successor, note=note), by, at, days)
        count += 1
    return count


CONFIRM_WITHIN = 30
"""Calendar days the asker has to confirm or dispute an answer; afterwards the commitment lapses."""


def lapse_unconfirmed(*, at: datetime) -> int:
    """Closes, each in its own transaction, what was answered long enough ago and neither confirmed nor disputed."""
    before = day_of(at) - timedelta(days=CONFIRM_WITHIN)
    waiting = Commitment.objects.filter(state=rules.State.ANSWERED, stopped_on__lt=before)
    by, note = system("hết hạn xác nhận"), f"Quá {CONFIRM_WITHIN} ngày không có ý kiến của người gửi."
    keys = list(waiting.values_list("id", flat=True)[:5000])
    for key in keys:
        take_step(commitment_id=key, verb="lapse", by=by, at=at, given=Given(note=note))
    return len(keys)


@transaction.atomic
def rebuild_all() -> tuple[int, int]:
    """Makes the derived columns and the tallies again from the ledgers; returns how many of each were put right."""
    columns = sum(_rebuilt(commitment) for commitment in Commitment.objects.iterator(chunk_size=500))
    counted, summed = recount(), tally_sums()
    wrong = {key for key in set(counted) | set(summed) if counted[key] != summed[key]}
    Tally.objects.bulk_create(
        [
            Tally(home_area=area, unit_id=unit, kind=kind, measure=measure, day=day,
                  delta=counted[area, unit, kind, measure, day] - summed[area, unit, kind, measure, day])
            for area, unit, kind, measure, day in wrong
        ],
        batch_size=2000,
    )  # fmt: skip
    return columns, len(wrong)


def _rebuilt(commitment: Commitment) -> bool:
    before = {f: getattr(commitment, f) for f in ledger.DERIVED}
    ledger.restore(commitment, _steps(commitment))
    if before == {f: getattr(commitment, f) for f in ledger.DERIVED}:
        return False
    commitment.held_in = shard_of_unit(commitment.owed_by_id, day_of(commitment.opened_at))
    commitment.save()
    return True


@transaction.atomic
def take_checkpoint(*, at: datetime) -> list[AuditCheckpoint]:
    """Writes down, for each area, how many ledgers and steps there are and a hash over all heads."""
    marks = []
    for area in Commitment.objects.values_list("home_area", flat=True).distinct().order_by("home_area"):
        ledgers, steps, digest = digest_of(area, at)
        marks.append(AuditCheckpoint(home_area=area, taken_at=at, ledgers=ledgers, steps=steps, digest=digest))
    return AuditCheckpoint.objects.bulk_create(marks)
