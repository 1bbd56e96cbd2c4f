"""The ledger as it stands in the database: reading it back, chaining it, and the tallies each step adds."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, DateField, Field, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Cast

from danvan.base.prepared import Prepared
from danvan.commitments.kinds import Measure
from danvan.commitments.models import CalendarDay, CalendarYear, Commitment, Step
from danvan.rules import clock
from danvan.rules import ledger as rules
from danvan.rules.calendar import CalendarDay as DecidedDay
from danvan.rules.calendar import Kind, WorkingCalendar, shipped

SEPARATOR = "\x1f"


def calendar() -> WorkingCalendar:
    """The shipped calendar with the days and years that authorities decided laid over it; one query for both."""
    return _laid_over(frozenset(row[1:] for row in _DECIDED.rows()))


def _decided() -> list[QuerySet[Any, Any]]:
    days = CalendarDay.objects.annotate(year=_nothing(SmallIntegerField()))
    years = CalendarYear.objects.annotate(day=_nothing(DateField()), working=_nothing(BooleanField()), reason=Value(""))
    columns = ("day", "working", "reason", "decision", "year")
    return [days.values_list(*columns), years.values_list(*columns)]


def _nothing(field: Field[Any, Any]) -> Cast:
    return Cast(Value(None), field)


_DECIDED = Prepared(_decided)


@lru_cache(maxsize=8)
def _laid_over(rows: frozenset[tuple[date | None, bool | None, str, str, int | None]]) -> WorkingCalendar:
    """The same decisions give the same calendar: laying them over copies the whole table."""
    if not rows:
        return shipped()
    days = [
        DecidedDay(day, Kind.WORK if working else Kind.OFF, reason, decision)
        for day, working, reason, decision, _year in rows
        if day
    ]
    return shipped().with_days(days, {year: decision for *_day, decision, year in rows if year})


def genesis(commitment: Commitment) -> str:
    """The hash before the first step: it binds everything that is written once."""
    c = commitment
    counted_from = () if c.clock_from is None else (c.clock_from,)
    parts = (
        c.id, c.home_area, c.kind, c.code, c.owed_to, c.owed_to_unit_id, c.opened_by_unit_id, c.rule_id,
        c.rule_version, int(c.is_remote), int(c.is_complex), c.agreed_due, c.opened_at.timestamp(),
        c.topic, c.channel, c.area_id, c.raised_on, *counted_from,
    )  # fmt: skip
    return _digest(parts)


def hash_of(step: Step) -> str:
    """What the step must hash to, the hash before it included."""
    s = step
    parts = (
        s.id, s.home_area, s.commitment_id, s.seq, s.verb, s.at.timestamp(), s.on, s.actor, s.post_id, s.unit_id,
        s.to_unit_id, s.days, s.due, s.due_statutory, s.note, s.payload_hash, s.previous,
    )  # fmt: skip
    return _digest(parts)


def _digest(parts: Iterable[object]) -> str:
    line = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(line.encode()).hexdigest()


def as_rule_step(step: Step) -> rules.Step:
    return rules.Step(
        verb=step.verb,
        on=step.on,
        by=rules.Actor(step.actor),
        text=bool(step.payload_hash or step.note),
        unit=str(step.to_unit_id or ""),
        days=step.days,
    )


def standing_of(steps: Iterable[Step]) -> rules.Standing:
    return rules.fold(as_rule_step(step) for step in steps)


def deadline_of(commitment: Commitment, standing: rules.Standing, days: WorkingCalendar) -> clock.Deadline | None:
    """The legal deadline with its explanation; None where a day was agreed instead of a rule."""
    if not commitment.rule_id or standing.started is None:
        return None
    rule = clock.rule_version(commitment.rule_id, commitment.rule_version)
    return clock.due(
        rule,
        commitment.clock_from or standing.started,
        days,
        remote=commitment.is_remote,
        complex_=commitment.is_complex,
        pauses=standing.pauses if clock.may_pause(rule) is None else (),
        extensions=standing.extensions,
    )


def derive(commitment: Commitment, standing: rules.Standing, days: WorkingCalendar) -> None:
    """Writes the derived columns of `commitment` from its standing; the caller saves. A stopped clock keeps its day.

    While a question to the citizen is open the clock stands still, so there is no due day to show, unless the law
    grants this clock no pause.
    """
    commitment.state, commitment.track = standing.state.value, standing.track.value
    commitment.owed_by_id = UUID(standing.holder)
    commitment.stopped_on = standing.stopped
    commitment.ended_on = standing.ended
    commitment.hops, commitment.accepted_on = standing.hops, standing.accepted
    if standing.stopped is not None:
        return
    deadline = deadline_of(commitment, standing, days)
    if deadline is None:
        commitment.due = commitment.due_statutory = commitment.agreed_due
    elif deadline.suspended:
        commitment.due = commitment.due_statutory = None
    else:
        commitment.due, commitment.due_statutory = deadline.due_rolled, deadline.due_statutory


_OF_VERB = {
    "open": (Measure.RECEIVED,),
    "lodge": (Measure.RECEIVED,),
    "answer": (Measure.ANSWERED,),
    "settle": (Measure.ANSWERED,),
    "transfer": (Measure.HANDED_OUT,),
    "take-up": (Measure.HANDED_IN,),
    "retract": (Measure.WITHDRAWN,),
    "terminate": (Measure.CANCELLED,),
    "confirm": (Measure.CONFIRMED,),
    "dispute": (Measure.DISPUTED,),
    "lapse": (Measure.LAPSED,),
    "withdraw": (Measure.WITHDRAWN,),
    "cancel": (Measure.CANCELLED,),
}
_MOVED_ON = ("hand-over", "take-over")
ANSWERED = ("answer", "settle")
DROPPED = ("withdraw", "retract", "cancel", "terminate")


def counted(verb: str, before: rules.Standing, after: rules.Standing, due: date | None) -> list[tuple[str, Measure]]:
    """Which measures a step adds one to, and at which unit; the tallies and the recount both come from here.

    An answer is on time when given no later than the rolled due day, that day included; a procedure is answered by the
    act that settles it, and its stages in between count nothing: it stays in hand. What happens after the answer
    (a withdrawal, a successor taking over) moves nothing that is still in hand and is counted nowhere.
    """
    if verb in _MOVED_ON:
        if before.stopped is not None or before.holder == after.holder:
            return []
        return [(before.holder, Measure.HANDED_OUT), (after.holder, Measure.HANDED_IN)]
    if verb in DROPPED and before.stopped is not None:
        return []
    found = [(after.holder, measure) for measure in _OF_VERB.get(verb, ())]
    if verb in ANSWERED and due is not None and after.stopped is not None:
        found.append((after.holder, Measure.ON_TIME if after.stopped <= due else Measure.LATE))
    return found


DERIVED = ("state", "track", "owed_by_id", "due", "due_statutory", "stopped_on", "ended_on", "hops", "accepted_on",
           "steps_taken", "head")  # fmt: skip


def restore(commitment: Commitment, steps: list[Step]) -> None:
    """Sets the derived columns from the steps alone; the due days are the ones the last step wrote down."""
    standing = standing_of(steps)
    commitment.state, commitment.track = standing.state.value, standing.track.value
    commitment.owed_by_id = UUID(standing.holder)
    commitment.stopped_on, commitment.ended_on, commitment.hops = standing.stopped, standing.ended, standing.hops
    commitment.accepted_on = standing.accepted
    commitment.due, commitment.due_statutory = steps[-1].due, steps[-1].due_statutory
    commitment.steps_taken, commitment.head = len(steps), steps[-1].hash
