"""One matter as the officer sees it: what was said, every step with its words, the clock, and who held it how long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from danvan.base.errors import Absent
from danvan.base.ids import read_code
from danvan.commitments.access import moves_open_to
from danvan.commitments.models import Commitment, Step
from danvan.commitments.queries import explanation, holds_of
from danvan.matters.access import visible
from danvan.matters.kinds import BESIDE_ACTS, STEP_LOOKS, Settled
from danvan.matters.models import Attachment, Entry, Matter, MatterCommitment, MatterLink, Point, Verdict
from danvan.matters.queries.files import (
    ANSWERING,
    File,
    Files,
    Numbers,
    Shown,
    files_gathered,
    files_of,
    with_files,
    with_files_of_step,
)
from danvan.outreach.kinds import FOR_AN_OFFICER
from danvan.outreach.models import Notice
from danvan.people.access import may_open
from danvan.rules.clock import Deadline, may_pause
from danvan.rules.ledger import ACTOR_NAMES, MOVES, Effect, Move, State
from danvan.rules.ledger import Actor as Capacity
from danvan.rules.procedure import stage_title
from danvan.units.access import Actor, in_force
from danvan.units.models import AreaVersion, UnitVersion


@dataclass(frozen=True)
class Line(Shown):
    """One step with its words. `act` is what it did in a case; `clock` counts the commitments; `files` came with it,
    `evidence` hung on a point each.
    """

    verb: str
    at: datetime
    actor: str
    post: str
    unit: str
    to_unit: str
    due: date | None
    days: int
    clock: int
    text: str
    note: str
    files: Numbers
    evidence: Mapping[int, Numbers]
    settled: str
    score: int | None
    stage: str
    step_id: UUID
    act: str = ""

    @property
    def move(self) -> Move:
        return MOVES[self.verb]

    @property
    def title(self) -> str:
        if self.act:
            return self.act
        if self.verb == "begin" and self.stage:
            return _("Bắt đầu: %(stage)s") % {"stage": self.stage.lower()}
        again = self.verb == "open" and self.clock > 1
        return _("Mở lại để giải quyết, thời hạn mới") if again else self.move.done

    @property
    def icon(self) -> str:
        return STEP_LOOKS[self.verb][0]

    @property
    def tone(self) -> str:
        return STEP_LOOKS[self.verb][1]

    @property
    def who(self) -> str:
        """The post and its unit; the sender and the system have neither."""
        if not self.post:
            return ACTOR_NAMES[Capacity(self.actor)].capitalize()
        return self.post if self.unit in self.post else f"{self.post}, {self.unit}"


@dataclass(frozen=True)
class Held:
    """How long one unit had it, in calendar days; `until` empty: still."""

    unit: str
    since: date
    until: date | None
    days: int


@dataclass(frozen=True)
class Detail:
    """`to_reach` is the notice that an officer still has to bring to the sender by hand; `steps` are those of every
    clock, as `lines` tells them.
    """

    on: date
    matter: Matter
    place: str
    holder: str
    lines: list[Line]
    points: list[Point]
    files: Files
    holds: list[Held]
    deadline: Deadline | None
    moves: list[Move]
    may_open_contact: bool
    to_reach: UUID | None
    steps: list[Step]
    links: int

    @property
    def current(self) -> Commitment:
        current: Commitment = self.matter.current
        return current

    @property
    def state(self) -> State:
        return State(self.current.state)

    @property
    def is_new(self) -> bool:
        return self.state is State.OPEN and self.current.accepted_on is None

    @property
    def is_late(self) -> bool:
        due = self.current.due
        return due is not None and (self.current.stopped_on or self.on) > due

    @property
    def clocks(self) -> int:
        return self.lines[-1].clock

    @property
    def own_photos(self) -> tuple[int, ...]:
        return self.files.own.photos

    @property
    def own_papers(self) -> tuple[int, ...]:
        return self.files.own.papers

    @cached_property
    def judged_points(self) -> list[tuple[Point, Numbers]]:
        """Each point with the evidence of the answer or finding that stands."""
        answering = [step for step in self.steps if step.verb in ANSWERING]
        last = max(answering, key=lambda step: step.at).pk if answering else None
        hung = self.files.of_points(last)
        return [(point, hung.get(point.ordinal, Numbers())) for point in self.points]

    @property
    def newest_first(self) -> list[Line]:
        return self.lines[::-1]

    @property
    def answer(self) -> str:
        """The newest one in words, empty where there is none."""
        return next((line.text for line in self.newest_first if line.verb == "answer"), "")

    @property
    def pauses(self) -> bool:
        """Whether a question to the sender may stop this clock."""
        return self.deadline is None or may_pause(self.deadline.rule) is None

    @cached_property
    def hops(self) -> int:
        return sum(line.verb == "hand-over" for line in self.lines)

    @cached_property
    def question(self) -> str:
        """What the sender was asked and has not answered yet."""
        last = next((line for line in reversed(self.lines) if line.move.effect is not Effect.KEEP), None)
        return last.text if last and last.verb == "ask" else ""


def detail(*, code: str, by: Actor, on: date) -> Detail:
    """Nine queries for an officer, one more where files stand at points or acts and one for who looks from above,
    however long the story is.

    Refuses an unreadable code, an unknown one and one out of sight alike.
    """
    matter: Any = with_files(_seen(code, by, on)).annotate(**_beside_matter(on)).first()
    if matter is None:
        raise Absent
    steps = list(_steps(matter))
    running = [step for step in steps if step.commitment_id == matter.current_id]
    names = {step.to_unit_id: step.to_unit_name for step in steps if step.to_unit_id}
    files = files_gathered(matter, steps)
    return Detail(
        on=on,
        matter=matter,
        place=matter.area_name or "",
        holder=matter.holder_name or "",
        lines=_in_turn(matter, list(_lines(steps, files))),
        points=list(Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal")),
        files=files,
        holds=_holds(running, names, on),
        deadline=explanation(matter.current, running),
        moves=_moves(matter, by, on),
        may_open_contact=matter.contact_id is not None and may_open(by, matter.current.owed_by_id, on),
        to_reach=matter.to_reach,
        steps=steps,
        links=matter.link_count,
    )


def _in_turn(matter: Matter, lines: list[Line]) -> list[Line]:
    """Clock after clock; in a case, where several run beside each other, by their hour."""
    return sorted(lines, key=lambda line: line.at) if matter.case_id else lines


def _moves(matter: Matter, by: Actor, on: date) -> list[Move]:
    moves = moves_open_to(by, matter.current, on)
    return [move for move in moves if move.verb in BESIDE_ACTS] if matter.case_id else moves


def _seen(code: str, by: Actor, on: date) -> QuerySet[Matter]:
    home_area, public = read_code(code) or (0, "")
    return Matter.objects.filter(visible(by, on), home_area=home_area, code=public).select_related("current")


def _beside_matter(on: date) -> dict[str, Any]:
    """What the page needs and a join or two would bring in queries of their own."""
    names = UnitVersion.objects.filter(in_force(on), unit_id=OuterRef("current__owed_by_id"))
    areas = AreaVersion.objects.filter(in_force(on), area_id=OuterRef("area_id"))
    to_do = Notice.objects.filter(home_area=OuterRef("home_area"), code=OuterRef("code"), state__in=FOR_AN_OFFICER)
    return {
        "holder_name": Subquery(names.values("name")[:1]),
        "area_name": Subquery(areas.values("full_name")[:1]),
        "link_count": _links(),
        "to_reach": Subquery(to_do.order_by("created_at").values("pk")[:1]),
    }


def _links() -> Coalesce:
    """How many links stand, whichever of the two this matter is."""
    either = Q(matter_id=OuterRef("pk")) | Q(original_id=OuterRef("pk"))
    rows = MatterLink.objects.filter(either, home_area=OuterRef("home_area"), ended_at=None).order_by()
    return Coalesce(Subquery(rows.values("home_area").annotate(number=Count("pk")).values("number")), 0)


def _steps(matter: Matter) -> QuerySet[Any]:
    """The steps of every clock in turn, with words and names as they were on the day of each step."""
    clocks = MatterCommitment.objects.filter(home_area=matter.home_area, matter=matter)
    clock = clocks.filter(commitment_id=OuterRef("commitment_id")).values("ordinal")
    words = Entry.objects.filter(home_area=OuterRef("home_area"), step_id=OuterRef("pk")).values("text")
    verdict = Verdict.objects.filter(home_area=OuterRef("home_area"), commitment_id=OuterRef("commitment_id"))
    rows = Step.objects.filter(home_area=matter.home_area, commitment_id__in=clocks.values("commitment_id"))
    return (
        rows.select_related("post")
        .annotate(
            rule_id=F("commitment__rule_id"),
            clock=Subquery(clock),
            text=Subquery(words),
            file_numbers=with_files_of_step(),
            unit_name=_unit_then("unit_id"),
            to_unit_name=_unit_then("to_unit_id"),
            settled=Subquery(verdict.values("settled")),
            score=Subquery(verdict.values("score")),
        )
        .order_by("clock", "seq")
    )


def _unit_then(column: str) -> Subquery:
    named = UnitVersion.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=OuterRef("on")),
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("on")),
        unit_id=OuterRef(column),
    )
    return Subquery(named.values("name")[:1])


def _lines(steps: list[Any], files: Files) -> Iterator[Line]:
    for step in steps:
        judged = step.verb in {"confirm", "dispute"}
        yield Line(
            verb=step.verb,
            at=step.at,
            actor=step.actor,
            post=step.post.title if step.post else "",
            unit=step.unit_name or "",
            to_unit=step.to_unit_name or "",
            due=step.due,
            days=step.days,
            clock=step.clock,
            text=step.text or "",
            note=step.note,
            files=files.of_step(step.pk),
            evidence=files.of_points(step.pk),
            settled=str(Settled(step.settled).label) if judged and step.settled else "",
            score=step.score if judged else None,
            stage=stage_title(step.rule_id),
            step_id=step.pk,
        )


def _holds(running: list[Step], names: dict[UUID, str | None], on: date) -> list[Held]:
    return [
        Held(names.get(hold.unit_id) or "", hold.since, hold.until, ((hold.until or on) - hold.since).days)
        for hold in holds_of(running)
    ]


@dataclass(frozen=True)
class FileSeen:
    """A file of a matter in a list; `points` and `acts` are ordinals of where it stands."""

    number: int
    media_type: str
    bytes: int
    added_at: datetime
    points: list[int]
    acts: list[int]
    is_internal: bool


def files_seen(*, code: str, by: Actor, on: date) -> list[FileSeen]:
    """Every file of a matter, in the order in which they came; absent wherever the matter is."""
    matter = _seen(code, by, on).first()
    if matter is None:
        raise Absent
    places = {file.number: file for file in files_of(matter).every}
    rows = Attachment.objects.filter(home_area=matter.home_area, matter=matter).order_by("number")
    return [_file_seen(row, places[row.number]) for row in rows if row.number in places]


def _file_seen(row: Attachment, file: File) -> FileSeen:
    points = sorted({place.point for place in file.places if place.point is not None})
    acts = sorted({place.act for place in file.places if place.act is not None})
    return FileSeen(row.number, row.media_type, row.bytes, row.added_at, points, acts, not file.is_open)


def photo_seen(*, code: str, number: int, by: Actor, on: date) -> Attachment:
    """One photo or paper by its number on the page of the matter; absent wherever the matter is."""
    matter = _seen(code, by, on).first()
    if matter is None:
        raise Absent
    photo = Attachment.objects.filter(home_area=matter.home_area, matter=matter, number=number).first()
    if photo is None:
        raise Absent
    return photo
