"""What an officer's programme asks: lists, one matter, one step."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import File, Query, Router
from ninja.errors import AuthenticationError
from ninja.files import UploadedFile

from danvan.base import files
from danvan.base.clock import day_of, now, today
from danvan.base.papers.shown import shown
from danvan.matters.actions import Words, act
from danvan.matters.api.citizen import open_router
from danvan.matters.api.shapes import REFUSALS, ApiRequest, DetailOut, FileOut, FolderOut, ListIn, PageOut, StepIn
from danvan.matters.forms.fields import at_points, photos_of
from danvan.matters.forms.listing import month_of
from danvan.matters.queries.detail import Detail, FileSeen, detail, files_seen, photo_seen
from danvan.matters.queries.filters import Filters
from danvan.matters.queries.inbox import FOLDERS, MOST_COUNTED, counts, inbox

router = Router(tags=["Ý kiến, kiến nghị"])


@router.get("/folders", response={200: list[FolderOut], **REFUSALS}, summary="Các ngăn và số việc trong mỗi ngăn")
def folders(request: ApiRequest) -> list[dict[str, Any]]:
    numbers = counts(request.by, today())
    return [
        {
            "key": key,
            "title": str(folder.title),
            "number": min(numbers[key], MOST_COUNTED) if key in numbers else None,
            "is_more": numbers.get(key, 0) > MOST_COUNTED,
        }
        for key, folder in FOLDERS.items()
    ]


@open_router.get("/matters", response={200: PageOut, **REFUSALS}, summary="Danh sách việc trong tầm xem, từng trang")
def matters(request: ApiRequest, asked: Annotated[ListIn, Query()]) -> dict[str, Any]:
    """It shares its address with what citizens may call, so that who shows no account is turned away here."""
    if request.by.is_citizen:
        raise AuthenticationError
    page = inbox(
        by=request.by,
        on=today(),
        folder=asked.folder,
        filters=Filters(
            field=asked.field,
            kind=asked.kind,
            intake=asked.intake,
            area_id=asked.area,
            unit_id=asked.unit,
            month=month_of(asked.month),
            text=asked.q.strip(),
        ),
        after=asked.after,
        before=asked.before,
        size=asked.limit,
    )
    return {"rows": page.rows, "next": page.next, "previous": page.previous}


@router.get("/matters/{code}", response={200: DetailOut, **REFUSALS}, summary="Một việc: lời dân, các bước, hạn")
def matter(request: ApiRequest, code: str) -> dict[str, Any]:
    return _detail(detail(code=code, by=request.by, on=today()))


@router.post("/matters/{code}/steps", response={200: DetailOut, **REFUSALS}, summary="Làm một bước")
def take_step(request: ApiRequest, code: str, body: StepIn) -> dict[str, Any]:
    """`seen` guards against acting on what somebody else has just changed: status 409, code `stale`."""
    return _taken(request, code, body)


@router.post("/matters/{code}/steps-with-photos", response={200: DetailOut, **REFUSALS}, summary="Làm một bước kèm ảnh")
def take_step_with_photos(
    request: ApiRequest, code: str, body: StepIn, photos: File[list[UploadedFile] | None] = None,
    evidence: File[list[UploadedFile] | None] = None,
) -> dict[str, Any]:  # fmt: skip
    """A form of several parts: `body` is what the call without files takes, as JSON; `photos` go with the words,
    `evidence` with the points that `evidence_points` names.
    """
    return _taken(request, code, body, photos or (), evidence or ())


def _taken(
    request: ApiRequest, code: str, body: StepIn, photos: Sequence[UploadedFile] = (),
    evidence: Sequence[UploadedFile] = (),
) -> dict[str, Any]:  # fmt: skip
    at = now()
    found = detail(code=code, by=request.by, on=day_of(at))
    words = Words(text=body.text, unit_id=body.unit, days=body.days, points=body.points, photos=photos_of(photos),
                  evidence=at_points(body.evidence_points, evidence))  # fmt: skip
    act(matter_id=found.matter.id, verb=body.verb, words=words, by=request.by, at=at, seen=body.seen)
    return _detail(detail(code=code, by=request.by, on=day_of(at)))


@router.get("/matters/{code}/files", response={200: list[FileOut], **REFUSALS}, summary="Ảnh, giấy tờ của một việc")
def file_list(request: ApiRequest, code: str) -> list[FileSeen]:
    return files_seen(code=code, by=request.by, on=today())


@router.get("/matters/{code}/files/{number}", response=REFUSALS, summary="Tải một ảnh, giấy tờ")
def file(request: ApiRequest, code: str, number: int) -> HttpResponse:
    """The file itself, re-made without metadata, under a name of ours."""
    found = photo_seen(code=code, number=number, by=request.by, on=today())
    with files.open(found.digest) as kept:
        return shown(kept.read(), found.media_type, number)


def _detail(found: Detail) -> dict[str, Any]:
    matter, current = found.matter, found.current
    return {
        "code": matter.code,
        "kind": matter.kind,
        "field": matter.field,
        "intake": matter.intake,
        "content": matter.content,
        "area_id": matter.area_id,
        "area": found.place,
        "place": matter.place,
        "received_on": matter.received_on,
        "state": current.state,
        "due": current.due,
        "due_statutory": current.due_statutory,
        "deadline": found.deadline.as_json() if found.deadline else None,
        "unit_id": current.owed_by_id,
        "unit": found.holder,
        "hops": current.hops,
        "seen": current.steps_taken,
        "points": [
            {"ordinal": point.ordinal, "request": point.request, "answer": point.answer, "evidence": evidence.every}
            for point, evidence in found.judged_points
        ],
        "steps": [
            {
                "verb": line.verb,
                "title": line.title,
                "at": line.at,
                "who": line.who,
                "text": line.text or line.note,
                "unit": line.to_unit,
                "due": line.due,
                "files": sorted([*line.files.every, *(n for each in line.evidence.values() for n in each.every)]),
            }
            for line in found.lines
        ],
        "holds": found.holds,
        "next": [{"verb": move.verb, "label": move.label, "needs": sorted(move.needs)} for move in found.moves],
        "is_illustration": matter.is_illustration,
        "source": matter.source,
    }
