"""What anybody may ask: to send a matter, and to follow one by code and PIN."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Header, Router, Status
from ninja.files import UploadedFile

from danvan.base import files
from danvan.base.clock import now, today
from danvan.base.errors import TooMany
from danvan.base.ids import read_code
from danvan.base.papers.shown import shown
from danvan.matters.actions import NOT_NAMED, Received, Said, Sender, Words, citizen_act, receive
from danvan.matters.api.shapes import (
    PUBLIC_REFUSALS,
    ApiRequest,
    MatterIn,
    Problem,
    ReceivedOut,
    SayIn,
    TrackedOut,
    TrackIn,
)
from danvan.matters.forms.fields import photos_of
from danvan.matters.kinds import Intake
from danvan.matters.models import Matter
from danvan.matters.queries.case_story import CaseStory
from danvan.matters.queries.tracking import Tracked, matter_for, photo_of, tracked
from danvan.rules.ledger import MOVES
from danvan.units.access import CITIZEN, Actor

open_router = Router(tags=["Ý kiến, kiến nghị"])


def as_citizen(request: ApiRequest) -> Actor:
    """Whoever shows no account is one."""
    request.by = CITIZEN
    return CITIZEN


@open_router.post(
    "/matters",
    response={200: ReceivedOut, 201: ReceivedOut, 401: Problem, **PUBLIC_REFUSALS},
    summary="Gửi hoặc tiếp nhận một việc",
)
def take_in(
    request: ApiRequest, body: MatterIn, idempotency_key: Annotated[str, Header(max_length=200)] = ""
) -> Status[dict[str, Any]]:
    """Without an account a citizen sends; an officer takes in for the own unit. Status 200: it was made before."""
    return _taken_in(request, body, idempotency_key)


@open_router.post(
    "/matters-with-photos",
    response={200: ReceivedOut, 201: ReceivedOut, 401: Problem, **PUBLIC_REFUSALS},
    summary="Gửi hoặc tiếp nhận một việc kèm ảnh",
)
def take_in_with_photos(
    request: ApiRequest,
    body: MatterIn,
    photos: File[list[UploadedFile]],
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Status[dict[str, Any]]:
    """A form of several parts: `body` is what the call without photos takes, as JSON; `photos` the files."""
    return _taken_in(request, body, idempotency_key, photos_in(request, photos))


def photos_in(request: ApiRequest, uploads: Sequence[UploadedFile]) -> list[bytes]:
    """The files of one call; whoever shows no account sends only so many in an hour."""
    if uploads and request.by.is_citizen and not consume(request, action="matter_photo"):
        raise TooMany("too-many", _("Đã gửi quá nhiều lần. Hãy thử lại sau một giờ."))
    return photos_of(uploads)


def _taken_in(
    request: ApiRequest, body: MatterIn, idempotency_key: str, photos: Sequence[bytes] = ()
) -> Status[dict[str, Any]]:
    if request.by.is_citizen and not consume(request, action="matter_send"):
        raise TooMany("too-many", _("Đã gửi quá nhiều lần. Hãy thử lại sau một giờ."))
    said, key = _said(body, request.by, photos), _key(idempotency_key, body, photos)
    received = receive(said=said, by=request.by, at=now(), key=key)
    return Status(201 if received.pin else 200, received_out(received))


def _key(given: str, body: MatterIn, photos: Sequence[bytes]) -> str:
    """Bound to what is sent, so that a key somebody else happened to use fetches nothing of theirs."""
    if not given:
        return ""
    parts = [given.encode(), body.model_dump_json().encode(), *photos]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _said(body: MatterIn, by: Actor, photos: Sequence[bytes]) -> Said:
    officer = not by.is_citizen
    return Said(
        content=body.content,
        area_id=body.area_id,
        kind=body.kind,
        field=body.field,
        place=body.place,
        intake=body.intake if officer else Intake.PORTAL,
        reply_by=body.reply_by,
        sender=Sender(**body.sender.model_dump()) if body.sender else NOT_NAMED,
        points=body.points,
        photos=photos,
        unit_id=body.unit_id if officer else None,
        received_at=body.received_at if officer else None,
        source=body.source if officer else "",
    )


def received_out(received: Received) -> dict[str, Any]:
    current = received.matter.current
    return {
        "code": received.matter.code,
        "pin": received.pin,
        "state": current.state,
        "due": current.due,
        "unit_id": current.owed_by_id,
    }


@open_router.post("/track", auth=None, response={200: TrackedOut, **PUBLIC_REFUSALS}, summary="Theo dõi bằng mã và PIN")
def track(request: HttpRequest, body: TrackIn) -> dict[str, Any]:
    """A wrong code and a wrong PIN are answered alike; tries are counted for each code and for each address."""
    return _tracked(_opened(request, body.code, body.pin).id, today())


@open_router.post(
    "/track/steps", auth=None, response={200: TrackedOut, **PUBLIC_REFUSALS}, summary="Bổ sung, trả lời hoặc rút"
)
def say(request: HttpRequest, body: SayIn, photos: File[list[UploadedFile] | None] = None) -> dict[str, Any]:
    """Who has code and PIN adds words and photos, answers a question, or withdraws. A form of several parts: `body` as
    JSON, `photos` the files. `seen` guards as at the officers' steps.
    """
    matter = _opened(request, body.code, body.pin)
    if not consume(request, action="matter_add"):
        raise TooMany("too-many", _("Đã gửi quá nhiều lần. Hãy thử lại sau một giờ."))
    words = Words(text=body.text, photos=photos_of(photos or []))
    citizen_act(matter=matter, verb=body.verb, words=words, at=now(), seen=body.seen)
    return _tracked(matter.id, today())


@open_router.post("/track/files/{number}", auth=None, response=PUBLIC_REFUSALS, summary="Tải một ảnh, giấy tờ của việc")
def track_file(request: HttpRequest, number: int, body: TrackIn) -> HttpResponse:
    """The file itself, by its number under `files`; what passes between offices has none."""
    found = photo_of(_opened(request, body.code, body.pin).id, number)
    with files.open(found.digest) as file:
        return shown(file.read(), found.media_type, number)


def _opened(request: HttpRequest, code: str, pin: str) -> Matter:
    if not consume(request, action="matter_track", key=(read_code(code) or (0, code.lower()))[1]):
        raise TooMany("too-many", _("Đã thử quá nhiều lần. Hãy đợi mười phút rồi thử lại."))
    return matter_for(code, pin)


def _tracked(matter_id: UUID, on: date) -> dict[str, Any]:
    found = tracked(matter_id, on)
    return {
        "code": found.matter.code,
        "state": found.state.value,
        "unit": found.holder,
        "since": found.since,
        "hops": found.hops,
        "area": found.place,
        "received_on": found.matter.received_on,
        "due": found.current.due,
        "is_late": found.is_late(on),
        "deadline": found.deadline.as_json() if found.deadline else None,
        "question": found.question,
        "answer": found.answer.text if found.answer else None,
        "points": list(_points(found)),
        "files": [file.number for file in found.files.every],
        "case": _case(found.case) if found.case else None,
        "steps": list(_steps(found)),
        "next": sorted(found.moves),
        "seen": found.seen,
        "is_illustration": found.matter.is_illustration,
    }


def _points(found: Tracked) -> Iterator[dict[str, Any]]:
    told = found.case.points if found.case else found.answer.points if found.answer else []
    for request, answer, evidence in told:
        yield {"request": request, "answer": answer, "evidence": evidence.every}


def _case(case: CaseStory) -> dict[str, Any]:
    return {
        "phase": case.phase.value, "phase_name": case.phase_name, "stages": case.stages, "next": case.next,
        "remedies": case.remedies, "opened": case.opened,
    }  # fmt: skip


def _steps(found: Tracked) -> Iterator[dict[str, Any]]:
    for step in found.steps:
        yield {
            "verb": step.verb,
            "title": step.act.title if step.act else MOVES[step.verb].done,
            "at": step.at,
            "who": step.who,
            "text": step.text,
            "unit": step.unit,
            "due": step.due,
            "files": sorted([*step.files.every, *(n for each in step.evidence.values() for n in each.every)]),
        }
