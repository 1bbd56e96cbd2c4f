"""What stands behind a figure: the very steps, meetings, matters or sessions that were counted.

The list and the figure come from the same rule, so their numbers agree exactly; the tests hold one against the other.
What an actor may not see stays in the count, without its content.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value

from danvan.base.errors import Invalid
from danvan.base.keyset import Order, Strand, page, page_of
from danvan.commitments.kinds import Measure
from danvan.commitments.models import Step
from danvan.matters.access import visible
from danvan.matters.kinds import LedBy
from danvan.matters.models import Matter, MatterCommitment, Meeting, Reception, ReceptionDay
from danvan.matters.queries.reception_counts import numbers_counted, turns_counted
from danvan.reports.indicators import INDICATORS
from danvan.reports.indicators.sources import InHand, Meetings, OfMeetings, OfReceptions, Receptions, Tallied
from danvan.reports.queries.drawing import meetings_held, opinions_at_meetings
from danvan.rules.ledger import MOVES as MOVES_TABLE
from danvan.rules.ledger import Effect
from danvan.rules.periods import Period
from danvan.units.access import Actor
from danvan.units.roles import Permission

STOPS = tuple(sorted(verb for verb, move in MOVES_TABLE.items() if move.effect is Effect.STOP))
VERB_OF = {
    Measure.CONFIRMED: "confirm",
    Measure.DISPUTED: "dispute",
    Measure.LAPSED: "lapse",
}
MOVES = ("hand-over", "take-over")
ANSWERED = ("answer", "settle")


@dataclass(frozen=True)
class Fact:
    """One line behind a figure; `count` is what it adds. `matter_id` and `meeting_id` are empty where there is none, or
    where the actor may not open it.
    """

    on: date
    code: str
    text: str
    count: int = 1
    matter_id: UUID | None = None
    meeting_id: UUID | None = None
    is_illustration: bool = False


@dataclass(frozen=True)
class Facts:
    rows: list[Fact]
    total: int
    previous: str | None = None
    next: str | None = None


def facts(key: str, unit_id: UUID, period: Period, *, by: Actor, on: date, after: str = "", before: str = "") -> Facts:
    """One page of what a drawn figure of one unit was counted from. Access to the figure itself is checked before."""
    indicator = INDICATORS.get(key)
    if indicator is None:
        raise Invalid("no-indicator", "Không có chỉ tiêu này.", "indicator")
    match indicator.source:
        case Tallied(kinds, measures):
            return _steps(steps_counted(unit_id, kinds, measures, period), by, on, after, before)
        case InHand(kinds, at_end):
            held = steps_in_hand(unit_id, kinds, period.end if at_end else period.start)
            return _steps(held, by, on, after, before)
        case Meetings(what):
            return _meetings(what, unit_id, period, by, on, after, before)
        case Receptions(what):
            return _receptions(what, unit_id, period, after, before)
        case _:
            raise Invalid(
                "no-list", "Chỉ tiêu này được tính từ các chỉ tiêu khác, hãy mở từng chỉ tiêu đó.", "indicator"
            )


def steps_counted(unit_id: UUID, kinds: Iterable[str], measures: Iterable[Measure], period: Period) -> QuerySet[Step]:
    """The steps that the tallies of some measures counted at a unit."""
    rows = _steps_here(unit_id, kinds).filter(on__gte=period.start, on__lt=period.end)
    wanted = Q(pk__in=[])
    for measure in measures:
        wanted |= _counts_in(measure, unit_id)
    return rows.alias(holder=_holder(seq__lte=OuterRef("seq")), before=_holder(seq__lt=OuterRef("seq"))).filter(wanted)


def steps_in_hand(unit_id: UUID, kinds: Iterable[str], day: date) -> QuerySet[Step]:
    """For each commitment a unit held unanswered at the beginning of a day, the step with which it came there."""
    held_until_then = Step.objects.filter(_SAME, Q(on__lt=day), Q(to_unit__isnull=False)).order_by("-seq")
    stopped = Step.objects.filter(_SAME, Q(on__lt=day), Q(verb__in=STOPS))
    rows = _steps_here(unit_id, kinds).filter(to_unit_id=unit_id, on__lt=day)
    return rows.filter(~Exists(stopped), seq=Subquery(held_until_then.values("seq")[:1]))


_SAME = Q(home_area=OuterRef("home_area"), commitment_id=OuterRef("commitment_id"))


def _steps_here(unit_id: UUID, kinds: Iterable[str]) -> QuerySet[Step]:
    """Every step of the commitments that were ever at this unit."""
    once_here = Step.objects.filter(to_unit_id=unit_id).values("commitment_id")
    return Step.objects.filter(commitment__kind__in=list(kinds), commitment_id__in=once_here)


def _holder(**until: OuterRef) -> Subquery:
    rows = Step.objects.filter(_SAME, Q(to_unit__isnull=False), **until)
    return Subquery(rows.order_by("-seq").values("to_unit_id")[:1])


def _counts_in(measure: Measure, unit_id: UUID) -> Q:
    """How `commitments.ledger.counted` counts, told of stored steps."""
    stops = Step.objects.filter(_SAME, Q(verb__in=STOPS))
    first_stop = Q(seq=Subquery(stops.order_by("seq").values("seq")[:1]))
    running = Q(~Exists(stops.filter(seq__lt=OuterRef("seq"))))
    moved = Q(verb__in=MOVES) & ~Q(before=F("to_unit_id")) & running
    counted = {
        Measure.RECEIVED: Q(verb__in=("open", "lodge"), to_unit_id=unit_id),
        Measure.HANDED_IN: moved & Q(to_unit_id=unit_id) | Q(verb="take-up", to_unit_id=unit_id),
        Measure.HANDED_OUT: moved & Q(before=unit_id) | Q(verb="transfer", holder=unit_id),
        Measure.ANSWERED: Q(verb__in=ANSWERED, holder=unit_id),
        Measure.ON_TIME: Q(verb__in=ANSWERED, holder=unit_id, due__gte=F("on")),
        Measure.LATE: Q(verb__in=ANSWERED, holder=unit_id, due__lt=F("on")),
        Measure.WITHDRAWN: Q(verb__in=("withdraw", "retract"), holder=unit_id) & first_stop,
        Measure.CANCELLED: Q(verb__in=("cancel", "terminate"), holder=unit_id) & first_stop,
    }
    return counted.get(measure) or Q(verb=VERB_OF[measure], holder=unit_id)


def _steps(rows: QuerySet[Step], by: Actor, on: date, after: str, before: str) -> Facts:
    page = page_of(rows.select_related("commitment"), day="on", after=after, before=before)
    matters = _matters_of(page.rows, by, on)
    found = [_of_step(step, matters.get(step.commitment_id)) for step in page.rows]
    return Facts(found, rows.count(), page.previous, page.next)


def _of_step(step: Step, matter: Matter | None) -> Fact:
    done = MOVES_TABLE[step.verb].done
    if matter is None:
        return Fact(step.on, "", done)
    return Fact(step.on, matter.code, f"{done}: {matter.summary}", matter_id=matter.id,
                is_illustration=matter.is_illustration)  # fmt: skip


def _matters_of(steps: list[Step], by: Actor, on: date) -> dict[UUID, Matter]:
    """The matters behind some commitments, as far as this actor may open them; one query."""
    links = MatterCommitment.objects.filter(commitment_id__in=[step.commitment_id for step in steps])
    in_sight = Matter.objects.filter(visible(by, on)).values("id")
    rows = links.filter(matter_id__in=in_sight).select_related("matter")
    return {link.commitment_id: link.matter for link in rows}


def _meetings(what: OfMeetings, unit_id: UUID, period: Period, by: Actor, on: date, after: str, before: str) -> Facts:
    if what in {OfMeetings.HELD, OfMeetings.ATTENDANCE}:
        return _heads(what, meetings_held([unit_id], period), by, after, before)
    said = opinions_at_meetings([unit_id], period, on_the_spot=what is OfMeetings.ON_THE_SPOT)
    rows = said.select_related("meeting")
    page = page_of(rows, day="meeting__held_on", after=after, before=before)
    seen = set(
        Matter.objects.filter(visible(by, on), pk__in=[row.id for row in page.rows]).values_list("id", flat=True)
    )
    return Facts([_said(row, seen) for row in page.rows], rows.count(), page.previous, page.next)


def _said(matter: Matter, seen: set[UUID]) -> Fact:
    held_on = matter.meeting.held_on if matter.meeting else matter.received_on
    if matter.id not in seen:
        return Fact(held_on, "", "")
    return Fact(held_on, matter.code, matter.summary, matter_id=matter.id, is_illustration=matter.is_illustration)


def _heads(what: OfMeetings, rows: QuerySet[Meeting], by: Actor, after: str, before: str) -> Facts:
    page = page_of(rows, day="held_on", after=after, before=before)
    heads, opens = what is OfMeetings.ATTENDANCE, by.may(Permission.MATTER_READ)
    found = [
        Fact(row.held_on, "", f"{row.title}, {row.place}", row.attendance if heads else 1,
             meeting_id=row.id if opens else None, is_illustration=row.is_illustration)
        for row in page.rows
    ]  # fmt: skip
    total = rows.aggregate(total=Sum("attendance"))["total"] or 0 if heads else rows.count()
    return Facts(found, total, page.previous, page.next)


def _receptions(what: OfReceptions, unit_id: UUID, period: Period, after: str, before: str) -> Facts:
    """Entries of the register and recorded numbers in one list, each adding what it adds to the figure."""
    turns, numbers = turns_counted([unit_id], period), numbers_counted([unit_id], period)
    if what in {OfReceptions.SESSIONS, OfReceptions.LED_BY_HEAD}:
        turns = turns.filter(pk=Subquery(_same_session(turns).values("pk")[:1]))
    if what is OfReceptions.LED_BY_HEAD:
        turns, numbers = turns.filter(led_by=LedBy.HEAD), numbers.filter(led_by_head=True)
    if what is OfReceptions.GROUPS:
        turns = turns.filter(is_group=True)
    strands = [Strand(turns.annotate(day=F("received_on"))), Strand(numbers.annotate(day=F("held_on")))]
    listed = page(strands, ["id"], lambda row: row[0], Order("day", "id"), after=after, before=before)
    rows: dict[UUID, Fact] = {row.id: _turn(what, row) for row in turns.filter(pk__in=listed.rows)}
    rows |= {row.id: _session(what, row) for row in numbers.filter(pk__in=listed.rows)}
    total = turns.aggregate(n=Sum(_ADDS[what][0]))["n"] or 0
    total += numbers.aggregate(n=Sum(_ADDS[what][1]))["n"] or 0
    return Facts([rows[key] for key in listed.rows], total, listed.previous, listed.next)


_ADDS: dict[OfReceptions, tuple[Any, Any]] = {
    OfReceptions.SESSIONS: (Value(1), Value(1)),
    OfReceptions.LED_BY_HEAD: (Value(1), Value(1)),
    OfReceptions.TURNS: (Value(1), F("turns")),
    OfReceptions.PERSONS: (F("persons"), F("persons")),
    OfReceptions.GROUPS: (Value(1), F("groups")),
    OfReceptions.CASES: (F("cases_first") + F("cases_again"), F("cases")),
}
"""What an entry adds to a figure, and what recorded numbers add."""


def _same_session(turns: QuerySet[Reception]) -> QuerySet[Reception]:
    """The entries of the session an entry belongs to, the first one first: it stands for the session."""
    same = turns.filter(received_on=OuterRef("received_on"), led_by=OuterRef("led_by"))
    return same.order_by("number", "pk")


def _turn(what: OfReceptions, row: Reception) -> Fact:
    cases = row.cases_first + row.cases_again
    text = f"Sổ tiếp công dân số {row.number}/{row.year}: {row.persons} người, {cases} vụ việc"
    counted = {OfReceptions.PERSONS: row.persons, OfReceptions.CASES: cases}.get(what, 1)
    return Fact(row.received_on, "", text, counted, is_illustration=row.is_illustration)


def _session(what: OfReceptions, row: ReceptionDay) -> Fact:
    text = f"{row.turns} lượt, {row.persons} người, {row.groups} đoàn, {row.cases} vụ việc"
    counted = 1 if what in {OfReceptions.SESSIONS, OfReceptions.LED_BY_HEAD} else getattr(row, what.value)
    return Fact(row.held_on, "", text, counted, is_illustration=row.is_illustration)
