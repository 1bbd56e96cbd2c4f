"""The steps on a matter once it is there: the officer's, the citizen's, the verdict."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused, TooMany
from danvan.base.marked import refuse_marked
from danvan.commitments.access import capacities, capacity_for
from danvan.commitments.actions import Given, Promise, open_commitment, take_step
from danvan.commitments.models import Commitment
from danvan.matters.access import may_see
from danvan.matters.actions.enclosures import (
    EVIDENCE,
    TEMPLATES,
    Cleaned,
    chosen,
    cleaned,
    put_at_points,
    put_with_step,
    refuse_strange_points,
    said_by,
    tell_sender,
)
from danvan.matters.actions.taking_in import MAX_CONTENT
from danvan.matters.kinds import BESIDE_ACTS, REVIEW, RULES, Kind, Settled
from danvan.matters.models import Entry, Matter, MatterCommitment, Point, Verdict
from danvan.outreach.actions import pass_on
from danvan.people.actions import renew
from danvan.rules.ledger import MOVES, RUNNING, State
from danvan.rules.text import nfc
from danvan.units.access import CITIZEN, Actor


@dataclass(frozen=True)
class Words:
    """What comes with a step on a matter. `points` maps the ordinal of a point to its answer, `evidence` to the files
    that show it.
    """

    text: str = ""
    unit_id: UUID | None = None
    days: int = 0
    points: Mapping[int, str] = field(default_factory=dict)
    photos: Sequence[bytes] = ()
    evidence: Mapping[int, Sequence[bytes]] = field(default_factory=dict)


@transaction.atomic
def act(*, matter_id: UUID, verb: str, words: Words, by: Actor, at: datetime, seen: int | None = None) -> Matter:
    """One officer's step on a matter: any verb of the table that the officer's capacity allows.

    Refuses out-of-sight matters as absent, an answer while a point of the request has none, and in a case what only an
    act of its procedure may do.
    """
    matter = _matter(matter_id)
    if not may_see(by, matter, matter.current, day_of(at)):
        raise Absent
    if matter.case_id is not None and verb not in BESIDE_ACTS:
        raise Refused("by-procedure", "Vụ việc này giải quyết theo thủ tục: hãy chọn một việc của thủ tục.")
    return _act(matter, verb, words, by, at, seen)


@transaction.atomic
def citizen_act(*, matter: Matter, verb: str, words: Words, at: datetime, seen: int | None = None) -> Matter:
    """One step of the citizen who showed code and PIN: add, reply, withdraw."""
    if verb not in {"add", "reply", "withdraw"}:
        raise Forbidden("Bước này không dành cho người gửi.")
    fresh = _matter(matter.id)
    if Entry.objects.filter(matter=fresh).count() >= MAX_ENTRIES:
        raise TooMany("too-many", "Việc này đã có quá nhiều lần bổ sung. Hãy liên hệ đơn vị giải quyết.")
    return _act(fresh, verb, words, CITIZEN, at, seen)


MAX_ENTRIES = 200


@transaction.atomic
def give_verdict(*, matter: Matter, settled: Settled, score: int | None, text: str, at: datetime) -> Matter:
    """The citizen's word on the answer. Settled closes the commitment; partly or not disputes it, which needs a reason
    and opens a new commitment with a clock of its own, counted apart.
    """
    matter = _matter(matter.id)
    answered = matter.current
    if settled == Settled.YES:
        _act(matter, "confirm", Words(text=text), CITIZEN, at, None)
    else:
        _act(matter, "dispute", Words(text=text), CITIZEN, at, None)
        _open_review(matter, answered, at)
    Verdict(home_area=matter.home_area, matter=matter, commitment=answered, settled=settled, score=score,
            at=at).save(force_insert=True)  # fmt: skip
    return _matter(matter.id)


def _open_review(matter: Matter, answered: Commitment, at: datetime) -> None:
    ordinal = MatterCommitment.objects.filter(home_area=matter.home_area, matter=matter).count() + 1
    promise = Promise(kind=REVIEW, code=f"{matter.code}/{ordinal}", owed_by=answered.owed_by_id,
                      rule_id=RULES[Kind(matter.kind)], topic=matter.field, channel=matter.intake,
                      area=matter.area_id, raised_on=matter.received_on)  # fmt: skip
    commitment, _step = open_commitment(promise=promise, home_area=matter.home_area, by=CITIZEN, at=at)
    MatterCommitment(home_area=matter.home_area, matter=matter, commitment=commitment,
                     ordinal=ordinal).save(force_insert=True)  # fmt: skip
    matter.current = commitment
    matter.save(update_fields=["current"])


def _matter(matter_id: UUID) -> Matter:
    try:
        return Matter.objects.select_related("current", "contact").get(pk=matter_id)
    except Matter.DoesNotExist as error:
        raise Absent from error


def _act(matter: Matter, verb: str, words: Words, by: Actor, at: datetime, seen: int | None) -> Matter:
    text = _said_with(verb, words.text)
    answers = _answers(matter, words) if verb == "answer" else {}
    files = _files(matter, verb, words, by, day_of(at))
    given = Given(payload_hash=_payload(text, answers, files), to_unit=words.unit_id, days=words.days)
    matter.current, step = take_step(commitment_id=matter.current_id, verb=verb, by=by, at=at, given=given, seen=seen)
    if matter.holder_id != matter.current.owed_by_id:
        matter.holder_id = matter.current.owed_by_id
        matter.save(update_fields=["holder"])
    if text:
        entry = Entry(home_area=matter.home_area, matter=matter, step=step, text=text, is_internal=verb == "urge")
        entry.save(force_insert=True)
    for point in answers.values():
        point.save(update_fields=["answer"])
    put_with_step(matter, files.get("photos", ()), step, at)
    put_at_points(matter, files, step, at)
    _reach(matter, verb, at)
    return matter


def _said_with(verb: str, typed: str) -> str:
    text = nfc(typed).strip()
    refuse_marked(text, "text")
    if len(text) > MAX_CONTENT:
        raise Invalid("text-long", f"Nội dung dài quá {MAX_CONTENT:_} ký tự.".replace("_", "."), "text")
    if verb in MOVES and "text" in MOVES[verb].needs and not text:
        raise Invalid("text-missing", f"Hãy ghi nội dung khi “{MOVES[verb].label}”.", "text")
    return text


def _reach(matter: Matter, verb: str, at: datetime) -> None:
    """What a step means for reaching the sender: who must, until when the contact is kept, and a notice."""
    if verb == "hand-over":
        pass_on(home_area=matter.home_area, code=matter.code, unit_id=matter.current.owed_by_id)
    if matter.contact_id is not None:
        renew(contact_ids=[matter.contact_id], at=at)
    if template := TEMPLATES.get(verb):
        tell_sender(matter, template, at)


def _answers(matter: Matter, words: Words) -> dict[int, Point]:
    points = list(Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal"))
    if strange := sorted(set(words.points) - {point.ordinal for point in points}):
        raise Invalid("point-unknown", f"Việc này không có điểm {strange[0]}.", f"point-{strange[0]}")
    refuse_strange_points(words.evidence, points)
    for point in points:
        point.answer = nfc(words.points.get(point.ordinal, "")).strip()
        refuse_marked(point.answer, f"point-{point.ordinal}")
        if not point.answer:
            raise Invalid("point-unanswered", f"Điểm {point.ordinal} chưa có câu trả lời.", f"point-{point.ordinal}")
    return {point.ordinal: point for point in points}


def _files(matter: Matter, verb: str, words: Words, by: Actor, on: date) -> Cleaned:
    """The files of a step as they may be kept; unpacked only for who may take it. What a denouncer hands in later could
    name them and is not taken here; evidence belongs to an answer.
    """
    given = chosen("photos", words.photos, words.evidence)
    if not given:
        return {}
    if verb in MOVES:
        capacity_for(MOVES[verb], capacities(by, matter.current, on))
    if matter.kind == Kind.DENUNCIATION:
        raise Invalid("files-unsealed", OF_A_DENOUNCER, next(iter(given)))
    if verb != "answer" and (at_points := [field for field in given if field.startswith(EVIDENCE)]):
        raise Invalid("evidence-unanswered", "Minh chứng chỉ kèm khi trả lời từng điểm.", at_points[0])
    return cleaned(matter, given)


OF_A_DENOUNCER = (
    "Giấy tờ người tố cáo nộp thêm có thể cho biết họ là ai nên không kèm ở đây: ghi thành đơn mới để được niêm phong. "
    "Giấy tờ của cơ quan thì kèm khi ghi một việc của thủ tục."
)


def _payload(text: str, answers: Mapping[int, Point], files: Cleaned) -> str:
    """The SHA-256 of what is said in a step: the text, then each point's answer, then each file by its own."""
    if not text and not answers and not files:
        return ""
    parts = [text, *(f"{n}\x1f{point.answer}" for n, point in sorted(answers.items())), *said_by(files)]
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


RENEW_AHEAD = timedelta(days=30)


def realign_holders() -> int:
    """Copies the holders anew where the core passed commitments on by itself, as to the successor of an ended unit."""
    holder = Commitment.objects.filter(home_area=OuterRef("home_area"), pk=OuterRef("current_id")).values("owed_by_id")
    return Matter.objects.filter(~Q(holder_id=F("current__owed_by_id"))).update(holder_id=Subquery(holder))


def renew_running(*, at: datetime) -> int:
    """Keeps the contact of a matter that still runs from expiring before its sender was answered."""
    soon = day_of(at) + RENEW_AHEAD
    running = Matter.objects.filter(
        contact__expires_on__lte=soon, contact__erased_at=None, current__state__in=[*RUNNING, State.ANSWERED]
    )
    return renew(contact_ids=list(running.values_list("contact_id", flat=True)), at=at)
