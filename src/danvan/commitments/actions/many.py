"""Opening many commitments in one go, with the very same steps as one by one and a handful of statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from danvan.base.clock import day_of
from danvan.base.errors import Forbidden
from danvan.commitments import ledger
from danvan.commitments.access import capacities, capacity_for
from danvan.commitments.actions.steps import Given, Promise, next_step, opener, unopened
from danvan.commitments.models import Commitment, Step, Tally
from danvan.rules import ledger as rules
from danvan.rules.calendar import WorkingCalendar
from danvan.units.access import Actor
from danvan.units.queries import shards_of_units

BATCH = 500


@dataclass(frozen=True)
class Opening:
    """One commitment to open at a moment, and the answer that was given with it or since, if any."""

    promise: Promise
    home_area: int
    at: datetime
    answer: Given | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Opened:
    """`answer` is the step that answered; None where the commitment stays open."""

    commitment: Commitment
    answer: Step | None


@transaction.atomic
def open_many(*, openings: Sequence[Opening], by: Actor) -> list[Opened]:
    """What `open_commitment`, and where there is an answer `take_step`, would have written for each opening, in order.

    Refuses as they do; one refusal leaves nothing of the others.
    """
    days = ledger.calendar()
    shards = shards_of_units((o.promise.owed_by, day_of(o.at)) for o in openings)
    steps: list[Step] = []
    counts: Counter[tuple[int, str, str, str, date]] = Counter()
    opened = [_opened(o, shards[o.promise.owed_by, day_of(o.at)], by, days, steps, counts) for o in openings]
    Commitment.objects.bulk_create([each.commitment for each in opened], batch_size=BATCH)
    Step.objects.bulk_create(steps, batch_size=BATCH)
    _add(counts)
    return opened


def _opened(
    opening: Opening, held_in: int, by: Actor, days: WorkingCalendar, steps: list[Step],
    counts: Counter[tuple[int, str, str, str, date]],
) -> Opened:  # fmt: skip
    commitment = unopened(opening.promise, opening.home_area, by, opening.at, held_in)
    standing, answer = rules.Standing(), None

    def take(verb: str, capacity: rules.Actor, given: Given, at: datetime) -> tuple[Step, rules.Standing]:
        step, after, counted = next_step(commitment, standing, verb, capacity, given, by, at, days)
        steps.append(step)
        counts.update((commitment.home_area, unit, commitment.kind, measure, step.on) for unit, measure in counted)
        return step, after

    _first, standing = take(opening.promise.opens_with, opener(by), Given(to_unit=opening.promise.owed_by), opening.at)
    if opening.answer is not None:
        at = opening.answered_at or opening.at
        capacity = capacity_for(rules.MOVES["answer"], capacities(by, commitment, day_of(at)))
        answer, standing = take("answer", capacity, opening.answer, at)
    return Opened(commitment, answer)


@transaction.atomic
def take_many(*, rows: QuerySet[Commitment], verb: str, note: str, by: Actor, at: datetime, most: int = BATCH) -> int:
    """What `take_step` would have written for up to `most` commitments of a query, with a handful of statements.

    Only for steps of the system that keep the holder: nobody is asked, and no text comes with them.
    """
    if not by.is_system:
        raise Forbidden("Chỉ hệ thống được thực hiện bước này hàng loạt.")
    commitments = list(rows.select_for_update(of=("self",)).order_by("home_area", "id")[:most])
    written, days = _steps_of(commitments), ledger.calendar()
    steps: list[Step] = []
    counts: Counter[tuple[int, str, str, str, date]] = Counter()
    changed: set[str] = set()
    for commitment in commitments:
        columns = {name: getattr(commitment, name) for name in ledger.DERIVED}
        before = ledger.standing_of(written[commitment.id])
        step, _after, counted = next_step(commitment, before, verb, rules.Actor.SYSTEM, Given(note=note), by, at, days)
        steps.append(step)
        counts.update((commitment.home_area, unit, commitment.kind, measure, step.on) for unit, measure in counted)
        changed.update(name for name, value in columns.items() if value != getattr(commitment, name))
    if commitments:
        columns_changed = sorted(name.removesuffix("_id") for name in changed)
        Commitment.objects.bulk_update(commitments, columns_changed, batch_size=100)
    Step.objects.bulk_create(steps, batch_size=BATCH)
    _add(counts)
    return len(commitments)


def _steps_of(commitments: Sequence[Commitment]) -> dict[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = {c.id: [] for c in commitments}
    for step in Step.objects.filter(commitment_id__in=found).order_by("commitment_id", "seq"):
        found[step.commitment_id].append(step)
    return found


def _add(counts: Counter[tuple[int, str, str, str, date]]) -> None:
    Tally.objects.bulk_create(
        [
            Tally(home_area=area, unit_id=UUID(unit), kind=kind, measure=measure, day=day, delta=delta)
            for (area, unit, kind, measure, day), delta in counts.items()
        ],
        batch_size=BATCH,
    )
