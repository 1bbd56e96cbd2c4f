"""What the minutes and the answer sheet say, gathered from the meeting and from the ledgers behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from danvan.matters.kinds import Field, MeetingState
from danvan.matters.models import Entry, Matter, Meeting
from danvan.matters.queries.meetings import place_of
from danvan.matters.queries.review import Typing, review
from danvan.rules.ledger import RUNNING, STATE_NAMES, State
from danvan.units.access import in_force
from danvan.units.models import UnitVersion
from danvan.units.queries import unit_names

MOST_DEBTS = 500


@dataclass(frozen=True)
class Issuer:
    """The unit on its papers: name, symbol, the unit above it, the tree whose form they have."""

    name: str
    symbol: str
    superior: str
    tree: str = ""


@dataclass(frozen=True)
class MinuteLine:
    """One opinion as the minutes tell it; `answer` was given on the spot, else `unit` is to answer until `due`."""

    number: int
    content: str
    field: str
    hamlet: str
    unit: str
    answer: str
    due: date | None


@dataclass(frozen=True)
class Minutes:
    meeting: Meeting
    issuer: Issuer
    place: str
    lines: list[MinuteLine]

    @property
    def on_the_spot(self) -> int:
        return sum(bool(line.answer) for line in self.lines)


def issuer_of(unit_id: UUID, on: date) -> Issuer:
    version = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).first()
    if version is None:
        return Issuer("", "", "")
    above = unit_names({version.parent_id}, on).get(version.parent_id, "") if version.parent_id else ""
    return Issuer(version.name, version.symbol, above, version.tree)


def minutes_of(meeting: Meeting, on: date) -> Minutes:
    """Of a meeting being written down: the rows as they stand; of a finished one: its matters."""
    lines = _typed(meeting, on) if meeting.state == MeetingState.DRAFT else _finished(meeting, on)
    return Minutes(meeting, issuer_of(meeting.unit_id, min(meeting.held_on, on)), place_of(meeting, on), lines)


def _typed(meeting: Meeting, on: date) -> list[MinuteLine]:
    return [
        MinuteLine(r.number, r.row.content, str(r.field.label), r.row.hamlet, r.unit, r.row.answer, None)
        for r in review(Typing(meeting, on)).rows
    ]


def _finished(meeting: Meeting, on: date) -> list[MinuteLine]:
    """What another unit answered on the spot already names that unit; what came later is not in the minutes."""
    rows = Matter.objects.filter(home_area=meeting.home_area, meeting=meeting).select_related("current")
    matters = list(rows.order_by("row"))
    names = unit_names({matter.current.owed_by_id for matter in matters}, on)
    answers = _answers(matters)
    return [
        MinuteLine(
            number=matter.row or 0,
            content=matter.content,
            field=str(Field(matter.field).label),
            hamlet=matter.place,
            unit=names.get(matter.current.owed_by_id, ""),
            answer=answers[matter.id][0] if answers.get(matter.id, ("", None))[1] == meeting.held_on else "",
            due=matter.current.due,
        )
        for matter in matters
    ]


def _answers(matters: Iterable[Matter]) -> dict[UUID, tuple[str, date]]:
    """The newest answer of each matter and its day, in one query."""
    entries = Entry.objects.filter(matter__in=[matter.id for matter in matters], step__verb="answer", is_internal=False)
    found = entries.order_by("step__at", "id").values_list("matter_id", "text", "step__on")
    return {matter_id: (text, on) for matter_id, text, on in found}


@dataclass(frozen=True)
class AnswerLine:
    """One opinion as it stands on the day: who holds it until when, or what was answered when."""

    number: int
    meeting: Meeting
    code: str
    content: str
    hamlet: str
    state: str
    is_open: bool
    holder: str
    due: date | None
    answer: str
    answered_on: date | None


@dataclass(frozen=True)
class AnswerSheet:
    """For the next meeting: what became of what was said. `debts` are older opinions that still have no answer."""

    meeting: Meeting | None
    issuer: Issuer
    place: str
    lines: list[AnswerLine]
    debts: list[AnswerLine]
    on: date

    @property
    def answered(self) -> int:
        return sum(not line.is_open for line in self.lines)


def answer_sheet(meeting: Meeting, on: date) -> AnswerSheet:
    """Of a finished meeting: its own opinions; of one being prepared: those of the unit's meeting before it.

    Older opinions without an answer come after them, the oldest first. Six queries, however many opinions there are.
    """
    shown = meeting if meeting.state == MeetingState.FINISHED else _before(meeting)
    issuer = issuer_of(meeting.unit_id, on)
    if shown is None:
        return AnswerSheet(None, issuer, place_of(meeting, on), [], [], on)
    rows = Matter.objects.select_related("current", "meeting")
    own = list(rows.filter(home_area=shown.home_area, meeting=shown).order_by("row"))
    owed = rows.filter(
        Q(meeting__held_on__lt=shown.held_on), meeting__unit_id=meeting.unit_id, current__state__in=RUNNING
    ).order_by("meeting__held_on", "row")
    debts = list(owed[:MOST_DEBTS])
    names = unit_names({matter.current.owed_by_id for matter in (*own, *debts)}, on)
    answers = _answers(own)
    return AnswerSheet(
        shown,
        issuer,
        place_of(meeting, on),
        [_line(number, matter, names, answers) for number, matter in enumerate(own, 1)],
        [_line(number, matter, names, {}) for number, matter in enumerate(debts, 1)],
        on,
    )


def _before(meeting: Meeting) -> Meeting | None:
    earlier = Meeting.objects.filter(unit_id=meeting.unit_id, state=MeetingState.FINISHED, held_on__lte=meeting.held_on)
    return earlier.exclude(pk=meeting.pk).order_by("-held_on", "-id").first()


def _line(number: int, matter: Matter, names: dict[UUID, str], answers: dict[UUID, tuple[str, date]]) -> AnswerLine:
    text, on = answers.get(matter.id, ("", None))
    state = State(matter.current.state)
    held_at = matter.meeting
    if held_at is None:
        raise ValueError(matter.code)
    return AnswerLine(
        number=number,
        meeting=held_at,
        code=matter.code,
        content=matter.content,
        hamlet=matter.place,
        state=STATE_NAMES[state],
        is_open=state in RUNNING,
        holder=names.get(matter.current.owed_by_id, ""),
        due=matter.current.due,
        answer="" if state in RUNNING else text,
        answered_on=None if state in RUNNING else on,
    )
