"""Opening a commitment and taking steps on it: checked against the table, chained, counted; derived columns follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.writing import write
from danvan.commitments import ledger
from danvan.commitments.access import capacities, capacity_for
from danvan.commitments.kinds import Measure, OwedTo
from danvan.commitments.models import Commitment, Step, Tally
from danvan.rules import ledger as rules
from danvan.rules.calendar import WorkingCalendar
from danvan.rules.clock import ClockRefused, may_extend, rule_by_id, rule_version
from danvan.units.access import Actor
from danvan.units.queries import shard_of_unit, unit_in_force


@dataclass(frozen=True)
class Promise:
    """What is owed, written once: see `Commitment`. Either a rule or an agreed day; raised when opened, unless told.

    `opens_with` is the first verb: it decides between an answer and a stage of a legal procedure. The rule is the one
    in force on `rule_on`, or on the day of opening.
    """

    kind: str
    code: str
    owed_by: UUID
    rule_id: str = ""
    agreed_due: date | None = None
    is_remote: bool = False
    is_complex: bool = False
    owed_to_unit: UUID | None = None
    topic: str = ""
    channel: str = ""
    area: UUID | None = None
    raised_on: date | None = None
    opens_with: str = "open"
    rule_on: date | None = None
    clock_from: date | None = None


@dataclass(frozen=True)
class Given:
    """What comes with a step: the hash of its text, the receiving unit, days granted, a reason of the system."""

    payload_hash: str = ""
    to_unit: UUID | None = None
    days: int = 0
    note: str = ""


NOTHING = Given()


def open_commitment(
    *, promise: Promise, home_area: int, by: Actor, at: datetime, held_in: int | None = None,
    days: WorkingCalendar | None = None,
) -> tuple[Commitment, Step]:  # fmt: skip
    """Opens a commitment with its first step. The rule in force on that day is chosen and its version kept.

    Refuses a unit that does not exist on that day, and a rule that does not.
    """
    if held_in is None:
        unit_in_force(promise.owed_by, day_of(at))
        held_in = shard_of_unit(promise.owed_by, day_of(at))
    begun = begin(promise=promise, home_area=home_area, held_in=held_in, by=by, at=at, days=days)
    write(begun.rows)
    return begun.commitment, begun.first


@dataclass(frozen=True)
class Begun:
    """A commitment with its first step, not yet in the database."""

    commitment: Commitment
    first: Step
    tallies: tuple[Tally, ...]

    @property
    def rows(self) -> list[Model]:
        """All that has to be written, in one transaction with what the commitment is about."""
        return [self.commitment, self.first, *self.tallies]


def begin(
    *, promise: Promise, home_area: int, held_in: int, by: Actor, at: datetime, days: WorkingCalendar | None = None
) -> Begun:
    """What `open_commitment` writes, for a caller that knows the unit to be in force and its shard, and writes the rows
    together with its own.
    """
    commitment = unopened(promise, home_area, by, at, held_in)
    first, _after, counted = next_step(
        commitment, rules.Standing(), promise.opens_with, opener(by), Given(to_unit=promise.owed_by), by, at,
        days or ledger.calendar(),
    )  # fmt: skip
    return Begun(commitment, first, tuple(_tallies(commitment, first.on, counted)))


def unopened(promise: Promise, home_area: int, by: Actor, at: datetime, held_in: int) -> Commitment:
    """The commitment before its first step: everything that is written once, and the hash that binds it."""
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
        clock_from=promise.clock_from,
        opened_at=at,
        topic=promise.topic,
        channel=promise.channel,
        area_id=promise.area,
        raised_on=promise.raised_on or day_of(at),
        held_in=held_in,
        steps_taken=0,
        **_rule_on(promise.rule_id, promise.rule_on or day_of(at)),
    )
    commitment.head = ledger.genesis(commitment)
    return commitment


def opener(by: Actor) -> rules.Actor:
    return rules.Actor.ASKER if by.is_citizen else rules.Actor.SYSTEM if by.is_system else rules.Actor.CLERK


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
    step = append(commitment, before, verb, capacity, given, by, at, ledger.calendar())
    return commitment, step


def _locked(commitment_id: UUID) -> Commitment:
    try:
        return Commitment.objects.select_for_update().get(pk=commitment_id)
    except Commitment.DoesNotExist as error:
        raise Absent from error


def _steps(commitment: Commitment) -> list[Step]:
    rows = Step.objects.filter(home_area=commitment.home_area, commitment_id=commitment.id)
    return list(rows.order_by("seq"))


def append(
    commitment: Commitment, before: rules.Standing, verb: str, capacity: rules.Actor, given: Given, by: Actor,
    at: datetime, days: WorkingCalendar,
) -> Step:  # fmt: skip
    step, after, counted = next_step(commitment, before, verb, capacity, given, by, at, days)
    if after.holder != before.holder and before.holder:
        commitment.held_in = shard_of_unit(commitment.owed_by_id, step.on)
    _write(commitment, step, _tallies(commitment, step.on, counted))
    return step


def next_step(
    commitment: Commitment, before: rules.Standing, verb: str, capacity: rules.Actor, given: Given, by: Actor,
    at: datetime, days: WorkingCalendar,
) -> tuple[Step, rules.Standing, list[tuple[str, Measure]]]:  # fmt: skip
    """The step, not yet written, the standing after it and what it counts; the derived columns are already set."""
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
        raise Refused("not-possible", error.sentence) from error
    _refuse_extension_beyond_rule(commitment, before, step)
    due_before = commitment.due
    try:
        ledger.derive(commitment, after, days)
    except ClockRefused as error:
        raise Invalid(error.code, error.sentence) from error
    step.due, step.due_statutory = commitment.due, commitment.due_statutory
    step.hash = ledger.hash_of(step)
    commitment.steps_taken, commitment.head = step.seq, step.hash
    return step, after, ledger.counted(verb, before, after, due_before)


def _write(commitment: Commitment, step: Step, tallies: list[Tally]) -> None:
    """Without a savepoint: what fails here undoes the action around it."""
    try:
        with transaction.atomic(savepoint=False):
            commitment.save()
            write([step, *tallies])
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


def _tallies(commitment: Commitment, day: date, counted: Iterable[tuple[str, Measure]]) -> list[Tally]:
    return [
        Tally(home_area=commitment.home_area, unit_id=UUID(unit), kind=commitment.kind, measure=measure, day=day,
              delta=1)
        for unit, measure in counted
    ]  # fmt: skip
