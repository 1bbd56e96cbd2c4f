"""Drawing figures from the records: four queries, however many units are asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from danvan.commitments.kinds import Measure
from danvan.commitments.models import Commitment, Tally
from danvan.matters.kinds import LedBy, MeetingState
from danvan.matters.models import Matter, Meeting
from danvan.matters.queries.reception_counts import ReceptionCounts, reception_counts
from danvan.reports.indicators import INDICATORS, drawn_keys
from danvan.reports.indicators.sources import (
    InHand,
    Meetings,
    OfMeetings,
    OfReceptions,
    Receptions,
    Tallied,
)
from danvan.rules.ledger import RUNNING
from danvan.rules.periods import Period

Values = dict[str, int]
"""Drawn figures by the key of their indicator."""
Counts = dict[tuple[UUID, str, str], int]
"""By unit, kind and measure."""
Held = dict[tuple[UUID, str], int]
"""Commitments in hand, by unit and kind."""

INTO_HAND = (Measure.RECEIVED, Measure.HANDED_IN)
OUT_OF_HAND = (Measure.HANDED_OUT, Measure.ANSWERED, Measure.WITHDRAWN, Measure.CANCELLED)


def draw(units: Iterable[UUID], period: Period) -> dict[UUID, Values]:
    """Every drawn figure of every unit for the days of a period, from the records as they are now.

    What a unit did itself; nothing of the units below it. A unit that did nothing has zeros.
    """
    ids = list(dict.fromkeys(units))
    counts, opening, closing = _of_ledger(ids, period)
    listed = {**_meetings(ids, period), **_receptions(ids, period)}
    return {unit: {key: _value(key, unit, counts, opening, closing, listed) for key in drawn_keys()} for unit in ids}


def _of_ledger(units: list[UUID], period: Period) -> tuple[Counts, Held, Held]:
    """What the tallies counted in the period, and what was in hand when it began and when it ended.

    What is in hand now is known, so what was in hand on a day follows from the tallies since; old ones are not read.
    All of it is one statement: a step taken meanwhile is in every part of the answer or in none.
    """
    tallies = (
        Tally.objects.filter(unit_id__in=units, day__gte=period.start)
        .annotate(phase=Case(When(day__lt=period.end, then=Value("within")), default=Value("after")))
        .values_list("unit_id", "kind", "measure", "phase")
        .annotate(total=Sum("delta"))
        .order_by()
    )
    held = (
        Commitment.objects.filter(owed_by_id__in=units, state__in=RUNNING)
        .annotate(what=Value("held"), phase=Value("now"))
        .values_list("owed_by_id", "kind", "what", "phase")
        .annotate(total=Count("id"))
        .order_by()
    )
    counts, opening, closing = (
        Counter[tuple[UUID, str, str]](),
        Counter[tuple[UUID, str]](),
        Counter[tuple[UUID, str]](),
    )
    for unit, kind, measure, phase, total in tallies.union(held, all=True):
        moved = total if measure in INTO_HAND else -total if measure in OUT_OF_HAND else 0
        if phase == "within":
            counts[unit, kind, measure] += total
            opening[unit, kind] -= moved
        else:
            left = total if phase == "now" else -moved
            closing[unit, kind] += left
            opening[unit, kind] += left
    return counts, opening, closing


def _value(key: str, unit: UUID, counts: Counts, opening: Held, closing: Held, listed: Counts) -> int:
    match INDICATORS[key].source:
        case Tallied(kinds, measures):
            return sum(counts.get((unit, kind, measure), 0) for kind in kinds for measure in measures)
        case InHand(kinds, at_end):
            held = closing if at_end else opening
            return sum(held.get((unit, kind), 0) for kind in kinds)
        case Meetings(what):
            return listed.get((unit, "meetings", what), 0)
        case Receptions(what):
            return listed.get((unit, "receptions", what), 0)
        case _:
            raise ValueError(key)


def meetings_held(units: Iterable[UUID], period: Period) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        unit_id__in=list(units), state=MeetingState.FINISHED, held_on__gte=period.start, held_on__lt=period.end
    )


def opinions_at_meetings(units: Iterable[UUID], period: Period, *, on_the_spot: bool = False) -> QuerySet[Matter]:
    """What was said at finished meetings; `on_the_spot` only what was answered on the day of the meeting itself."""
    rows = Matter.objects.filter(
        meeting__unit_id__in=list(units),
        meeting__state=MeetingState.FINISHED,
        meeting__held_on__gte=period.start,
        meeting__held_on__lt=period.end,
    )
    return rows.filter(ANSWERED_AT_ONCE) if on_the_spot else rows


ANSWERED_AT_ONCE = Q(clocks__ordinal=1, clocks__commitment__stopped_on=F("meeting__held_on"))


def _meetings(units: list[UUID], period: Period) -> Counts:
    found: Counts = defaultdict(int)
    heads = meetings_held(units, period).values("unit_id").annotate(held=Count("id"), heads=Sum("attendance"))
    for row in heads.order_by():
        found[row["unit_id"], "meetings", OfMeetings.HELD] = row["held"]
        found[row["unit_id"], "meetings", OfMeetings.ATTENDANCE] = row["heads"]
    said = opinions_at_meetings(units, period).values("meeting__unit_id")
    counted = said.annotate(
        said=Count("id", distinct=True), at_once=Count("id", filter=ANSWERED_AT_ONCE, distinct=True)
    )
    for opinions in counted.order_by():
        found[opinions["meeting__unit_id"], "meetings", OfMeetings.OPINIONS] = opinions["said"]
        found[opinions["meeting__unit_id"], "meetings", OfMeetings.ON_THE_SPOT] = opinions["at_once"]
    return found


def _receptions(units: list[UUID], period: Period) -> Counts:
    found: Counts = {}
    for unit, by in reception_counts(units, period).items():
        everyone = ReceptionCounts.total(by.values())
        figures = {
            OfReceptions.SESSIONS: everyone.sessions,
            OfReceptions.LED_BY_HEAD: by[LedBy.HEAD].sessions,
            OfReceptions.TURNS: everyone.turns,
            OfReceptions.PERSONS: everyone.persons,
            OfReceptions.GROUPS: everyone.groups,
            OfReceptions.CASES: everyone.cases,
        }
        found.update({(unit, "receptions", what): figure for what, figure in figures.items()})
    return found
