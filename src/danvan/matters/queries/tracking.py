"""What the holder of a code and its PIN sees: the officer's own steps, without officers' names and internal words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from danvan.base.errors import Absent
from danvan.base.ids import read_code
from danvan.commitments.access import moves_open_to
from danvan.commitments.actions import CONFIRM_WITHIN
from danvan.commitments.models import Commitment, Step
from danvan.commitments.queries import explanation, holds_of
from danvan.matters.access import pin_opens
from danvan.matters.kinds import Settled
from danvan.matters.models import Attachment, Entry, Matter, MatterCommitment, Point, Verdict
from danvan.matters.queries.case_story import ActTold, CaseStory, case_story
from danvan.matters.queries.files import Files, Numbers, Shown, files_of
from danvan.rules.clock import Deadline
from danvan.rules.ledger import MOVES, Actor, Effect, State
from danvan.rules.procedure import stage_title
from danvan.rules.text import nfc
from danvan.units.access import CITIZEN
from danvan.units.queries import area_named, unit_names

UNREADABLE = (0, "")


def matter_for(code: str, pin: str) -> Matter:
    """The matter of a code and its PIN, however both are typed.

    An unreadable code, an unknown code and a wrong PIN are told alike and cost alike: one look-up, one keyed hash.
    """
    home_area, public_code = read_code(code) or UNREADABLE
    found = Matter.objects.filter(home_area=home_area, code=public_code).first()
    opens = pin_opens(found, public_code, pin)
    if found is None or not opens:
        raise Absent(_("Mã tra cứu hoặc mã PIN chưa đúng. Hãy xem lại phiếu và gõ từng ký tự."))
    return found


@dataclass(frozen=True)
class TrackedStep(Shown):
    """One line of the ledger as its asker reads it. `unit` is who holds the matter after the step, where that changed;
    `files` came with it, `evidence` hung on a point each; `stage` and `act` are those of a procedure.
    """

    verb: str
    is_first: bool
    at: datetime
    who: str
    is_own: bool
    text: str
    unit: str
    due: date | None
    files: Numbers
    evidence: Mapping[int, Numbers]
    stage: str = ""
    act: ActTold | None = None


@dataclass(frozen=True)
class Answer(Shown):
    """`points`: each request, its answer, and the evidence of it."""

    text: str
    at: datetime
    who: str
    points: list[tuple[str, str, Numbers]]
    files: Numbers


@dataclass(frozen=True)
class Tracked:
    """A matter with everything its page says. `steps` run from the first to the newest, through every clock in turn;
    `seen` is what a step of the citizen names as the state it was taken from.
    """

    matter: Matter
    place: str
    holder: str
    since: date
    clocks: int
    steps: list[TrackedStep]
    deadline: Deadline | None
    moves: frozenset[str]
    question: str
    answer: Answer | None
    files: Files
    case: CaseStory | None

    @property
    def current(self) -> Commitment:
        found: Commitment = self.matter.current
        return found

    @property
    def state(self) -> State:
        return State(self.current.state)

    @property
    def seen(self) -> int:
        return self.current.steps_taken

    @cached_property
    def hops(self) -> int:
        return sum(step.verb == "hand-over" for step in self.steps)

    @property
    def verdict_until(self) -> date | None:
        """Until when the answer may be confirmed or disputed."""
        stopped = self.current.stopped_on
        return stopped + timedelta(days=CONFIRM_WITHIN) if self.state is State.ANSWERED and stopped else None

    def is_late(self, on: date) -> bool:
        """The clock ran past the rolled due day; once it has stopped, the day it stopped decides."""
        due = self.current.due
        return due is not None and (self.current.stopped_on or on) > due

    def days_late(self, on: date) -> int:
        return ((self.current.stopped_on or on) - self.current.due).days if self.is_late(on) and self.current.due else 0


def tracked(matter_id: UUID, on: date) -> Tracked:
    """Ten queries, one more where there are files, of a case five or six, however long the story is. The caller has
    seen code and PIN.
    """
    try:
        matter = Matter.objects.select_related("current").get(pk=matter_id)
    except Matter.DoesNotExist as error:
        raise Absent from error
    clocks = dict(MatterCommitment.objects.filter(home_area=matter.home_area, matter=matter).values_list(
        "commitment_id", "ordinal"
    ))  # fmt: skip
    taken = Step.objects.filter(home_area=matter.home_area, commitment_id__in=clocks).select_related("post")
    rows: Any = taken.annotate(rule_id=F("commitment__rule_id"))
    steps = sorted(rows, key=lambda step: (clocks[step.commitment_id], step.seq))
    if matter.case_id is not None:
        steps.sort(key=lambda step: step.at)
    replies = [step.at for step in steps if step.actor == Actor.ASKER and step.verb == "add"]
    files = files_of(matter).open
    case = case_story(matter, max(replies, default=None), files, on)
    running = [step for step in steps if step.commitment_id == matter.current_id]
    names = unit_names({i for s in steps for i in (s.unit_id, s.to_unit_id) if i} | {matter.current.owed_by_id}, on)
    entries = Entry.objects.filter(home_area=matter.home_area, matter=matter, is_internal=False)
    words = dict(entries.values_list("step_id", "text"))
    told = [_told(step, names, words, files, is_first=clocks[step.commitment_id] == 1) for step in steps]
    if case is not None:
        told = [replace(one, act=case.of_step.get(step.id)) for one, step in zip(told, steps, strict=True)]
    return Tracked(
        matter=matter,
        place=area_named(matter.area_id, on),
        holder=names.get(matter.current.owed_by_id, ""),
        since=holds_of(running)[-1].since,
        clocks=len(clocks),
        steps=told,
        deadline=explanation(matter.current, running),
        moves=frozenset(move.verb for move in moves_open_to(CITIZEN, matter.current, on)),
        question=case.question if case else _question(told),
        answer=_answer(matter, told),
        files=files,
        case=case,
    )


def _told(step: Any, names: dict[UUID, str], words: dict[UUID, str], files: Files, *, is_first: bool) -> TrackedStep:
    return TrackedStep(
        verb=step.verb,
        is_first=is_first,
        at=step.at,
        who=_who(step, names),
        is_own=step.actor == Actor.ASKER,
        text=words.get(step.id, "") or step.note,
        unit=names.get(step.to_unit_id, "") if step.to_unit_id else "",
        due=step.due,
        files=files.of_step(step.id),
        evidence=files.of_points(step.id),
        stage=stage_title(step.rule_id),
    )


def _who(step: Step, names: dict[UUID, str]) -> str:
    """The post and its unit, never the person; nothing for what the asker did."""
    if step.actor == Actor.SYSTEM:
        return _("Hệ thống")
    if step.actor == Actor.ASKER or step.post is None or step.unit_id is None:
        return ""
    unit = names.get(step.unit_id, "")
    return step.post.title if unit in step.post.title else f"{step.post.title}, {unit}"


def _question(steps: list[TrackedStep]) -> str:
    """What the office is waiting for; empty where it waits for nothing."""
    effects = (Effect.PAUSE, Effect.RESUME, Effect.STOP, Effect.START)
    last = next((step for step in reversed(steps) if MOVES[step.verb].effect in effects), None)
    return last.text if last and last.verb == "ask" else ""


def _answer(matter: Matter, steps: list[TrackedStep]) -> Answer | None:
    """The newest answer; while a dispute is being looked at again there is none in force."""
    points = Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal")
    requests = list(points.values_list("ordinal", "request", "answer"))
    for step in reversed(steps):
        if step.verb == "dispute":
            return None
        if step.verb == "answer":
            told = [(request, answer, step.evidence.get(n, Numbers())) for n, request, answer in requests]
            return Answer(step.text, step.at, step.who, told, step.files)
    return None


def photo_of(matter_id: UUID, number: int) -> Attachment:
    """One photo or paper by its number on the page of the matter; one that passes between offices only is absent."""
    matter = Matter.objects.only("home_area").get(pk=matter_id)
    for file in files_of(matter).open.every:
        if file.number == number:
            return Attachment.objects.get(home_area=matter.home_area, matter=matter, number=file.kept)
    raise Absent


def said_already(matter: Matter, verb: str, text: str) -> bool:
    """Whether the citizen's newest words are these, said with this verb: a form sent twice is no error."""
    entries = Entry.objects.filter(home_area=matter.home_area, matter=matter, step__actor=Actor.ASKER)
    newest = entries.select_related("step").order_by("-id").first()
    return newest is not None and newest.step.verb == verb and newest.text == nfc(text).strip()


def judged_already(matter: Matter, settled: Settled) -> bool:
    verdicts = Verdict.objects.filter(home_area=matter.home_area, matter=matter).order_by("-at")
    return verdicts.values_list("settled", flat=True).first() == settled
