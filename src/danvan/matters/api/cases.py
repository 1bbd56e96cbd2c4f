"""Letters and cases for machines: the same actions and queries as the pages."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Header, Query, Router, Status
from ninja.files import UploadedFile

from danvan.base.clock import day_of, now, today
from danvan.base.errors import Absent, Invalid
from danvan.base.ids import read_code
from danvan.matters.actions import NOT_NAMED, CaseSaid, Done, LetterSaid, Said, Sender, do, register_letter
from danvan.matters.api.case_shapes import ActIn, CaseIn, CaseOut, LetterIn, LetterListIn, LetterOut, LettersOut
from danvan.matters.api.citizen import received_out
from danvan.matters.api.shapes import REFUSALS, ApiRequest
from danvan.matters.forms.fields import at_points, photos_of
from danvan.matters.forms.letters import INTAKES
from danvan.matters.kinds import FORMAL, Intake
from danvan.matters.queries.case import CasePanel, case_panel
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.letters import LetterFilters, case_of_code, letter_numbered, letters
from danvan.units.access import Actor

case_router = Router(tags=["Đơn, vụ việc"])


@case_router.get("/letters", response={200: LettersOut, **REFUSALS}, summary="Sổ đơn trong tầm xem, mới nhất trước")
def list_letters(request: ApiRequest, asked: Annotated[LetterListIn, Query()]) -> dict[str, Any]:
    filters = LetterFilters(kind=asked.kind, flaw=asked.flaw, is_unsorted=asked.unsorted, year=asked.year)
    page = letters(by=request.by, on=today(), filters=filters, after=asked.after, before=asked.before,
                   size=asked.limit)  # fmt: skip
    rows = [
        {"number": row.letter.number, "year": row.letter.year, "received_on": row.letter.received_on,
         "unit": row.unit, "way": row.letter.way, "writer": row.letter.writer, "signers": row.letter.signers,
         "forwarded_by": row.letter.forwarded_by, "flaw": row.letter.flaw, "is_anonymous": row.letter.is_anonymous,
         "sorted_on": row.letter.sorted_on, "parts": row.parts, "is_illustration": row.letter.is_illustration}
        for row in page.rows
    ]  # fmt: skip
    return {"letters": rows, "next": page.next, "previous": page.previous}


@case_router.post("/letters", response={200: LetterOut, 201: LetterOut, **REFUSALS}, summary="Ghi một đơn vào sổ")
def register(
    request: ApiRequest, body: LetterIn, idempotency_key: Annotated[str, Header(max_length=200)] = ""
) -> Status[dict[str, Any]]:
    """One number, one matter for each content; status 200: it was registered before under the same key."""
    by = request.by
    contents = [_said(body, number, by) for number in range(len(body.contents))]
    made = register_letter(letter=_letter(body, by), contents=contents, by=by, at=now(), key=idempotency_key)
    parts = [received_out(part) for part in made.parts]
    is_new = not made.parts or any(part.pin for part in made.parts)
    return Status(201 if is_new else 200, {"number": made.letter.number, "year": made.letter.year, "parts": parts})


def _letter(body: LetterIn, by: Actor) -> LetterSaid:
    return LetterSaid(
        way=body.way, writer=body.writer, signers=body.signers, forwarded_by=body.forwarded_by,
        language=body.language, is_translated=body.is_translated, is_anonymous=body.is_anonymous,
        flaw=body.flaw or "", same_as_id=_earlier(body.same_as, by), same_why=body.same_why or "", note=body.note,
        source=body.source,
    )  # fmt: skip


def _earlier(typed: str, by: Actor) -> UUID | None:
    number, _slash, year = typed.partition("/")
    if not typed:
        return None
    there = number.isdecimal() and year.isdecimal() and by.unit_id is not None
    found = letter_numbered(int(number), int(year), by.unit_id) if there and by.unit_id else None
    if found is None:
        raise Invalid("same-as", "Sổ của đơn vị không có đơn số này.", "same_as")
    return found


def _said(body: LetterIn, number: int, by: Actor) -> Said:
    """The unit that registers a case also holds it, until an act passes it on."""
    content = body.contents[number]
    formal = content.kind in FORMAL
    return Said(
        content=content.content,
        area_id=content.area_id,
        kind=content.kind,
        field=content.field,
        place=content.place,
        intake=INTAKES.get(body.way, Intake.PAPER),
        reply_by=body.reply_by,
        sender=Sender(**body.sender.model_dump()) if body.sender else NOT_NAMED,
        points=content.points,
        unit_id=by.unit_id if formal else None,
        received_at=body.received_at,
        case=_case_said(content.case) if formal and content.case else CaseSaid(),
    )


def _case_said(case: CaseIn) -> CaseSaid:
    return CaseSaid(
        procedure=case.procedure, category=case.category, subject=case.subject, against_id=case.against_id,
        against_text=case.against, is_against_head=case.is_against_head, known_on=case.known_on,
        is_remote=case.is_remote, criteria=frozenset(case.criteria), previous_id=_case_named(case.previous, "previous"),
    )  # fmt: skip


def _case_named(typed: str, field: str) -> UUID | None:
    if not typed:
        return None
    code = read_code(typed)
    found = case_of_code(code) if code else None
    if found is None:
        raise Invalid("no-case", "Không có vụ việc nào mang mã này.", field)
    return found


@case_router.get("/matters/{code}/case", response={200: CaseOut, **REFUSALS}, summary="Vụ việc: các bước, việc đã làm")
def show(request: ApiRequest, code: str) -> dict[str, Any]:
    return _case(*_seen(request.by, code))


@case_router.post("/matters/{code}/acts", response={200: CaseOut, **REFUSALS}, summary="Làm một việc của thủ tục")
def act(request: ApiRequest, code: str, body: ActIn) -> dict[str, Any]:
    """One of the acts under `next`, with what it needs. `seen` guards as at the steps of a matter."""
    return _acted(request, code, body)


@case_router.post(
    "/matters/{code}/acts-with-files", response={200: CaseOut, **REFUSALS}, summary="Làm một việc của thủ tục kèm tệp"
)
def act_with_files(
    request: ApiRequest, code: str, body: ActIn, files: File[list[UploadedFile] | None] = None,
    evidence: File[list[UploadedFile] | None] = None,
) -> dict[str, Any]:  # fmt: skip
    """A form of several parts: `body` is what the call without files takes, as JSON; `files` go with the act,
    `evidence` with the findings on the points that `evidence_points` names.
    """
    return _acted(request, code, body, files or (), evidence or ())


def _acted(
    request: ApiRequest, code: str, body: ActIn, files: Sequence[UploadedFile] = (),
    evidence: Sequence[UploadedFile] = (),
) -> dict[str, Any]:  # fmt: skip
    _found, panel = _seen(request.by, code)
    done = Done(
        text=body.text, on=body.on, number=body.number, signer=body.signer, addressee=body.addressee,
        place=body.place, until=body.until, unit_id=body.unit, case_id=_case_named(body.case, "case"), days=body.days,
        reason=body.reason or "", outcome=body.outcome or "", points=tuple(body.points), findings=body.findings,
        figures=body.figures, rule_on=body.rule_on, is_remote=body.is_remote,
        criteria=None if body.criteria is None else frozenset(body.criteria), files=photos_of(files, "files"),
        evidence=at_points(body.evidence_points, evidence),
    )  # fmt: skip
    do(case_id=panel.case.pk, key=body.key, done=done, by=request.by, at=now(), seen=body.seen)
    return _case(*_seen(request.by, code))


def _seen(by: Actor, code: str) -> tuple[Detail, CasePanel]:
    on = day_of(now())
    found = detail(code=code, by=by, on=on)
    panel = case_panel(found, by, on)
    if panel is None:
        raise Absent
    return found, panel


def _case(found: Detail, panel: CasePanel) -> dict[str, Any]:
    case = panel.case
    days = ("known_on", "accepted_on", "decided_on", "effective_on", "closed_on")
    same = ("category", "subject", "is_against_head", "is_remote", "outcome", "reason", *days)
    return {name: getattr(case, name) for name in same} | {
        "code": found.matter.code,
        "procedure": panel.procedure.value,
        "phase": panel.phase.value,
        "phase_name": panel.phase_name,
        "against": panel.against,
        "criteria": panel.criteria,
        "complexity": panel.complexity,
        "into": panel.into.code if panel.into else None,
        "previous": panel.before.code if panel.before else None,
        "later": [each.code for each in panel.later],
        "joined": [each.code for each in panel.joined],
        "points": [{"ordinal": point.ordinal, "request": point.request, "finding": point.finding,
                    "withdrawn_on": point.withdrawn_on, "evidence": shown.every}
                   for point, shown in found.judged_points],
        "stages": _stages(panel),
        "acts": _acts(panel),
        "holds": panel.held,
        "next": [{"key": rule.key, "label": rule.label, "needs": sorted(rule.needs), "source": rule.source}
                 for rule in panel.open],
        "seen": found.current.steps_taken,
        "is_illustration": found.matter.is_illustration,
    }  # fmt: skip


def _stages(panel: CasePanel) -> list[dict[str, Any]]:
    return [
        {"name": stage.name, "title": stage.title, "is_main": stage.is_main, "unit": stage.unit,
         "state": stage.clock.state, "due": stage.clock.due, "stopped_on": stage.clock.stopped_on,
         "is_late": stage.is_late, "deadline": stage.deadline.as_json() if stage.deadline else None}
        for stage in panel.stages
    ]  # fmt: skip


def _acts(panel: CasePanel) -> list[dict[str, Any]]:
    return [
        {"key": line.act.key, "title": line.rule.done, "on": line.act.on, "recorded_on": line.recorded_on,
         "number": line.act.number, "signer": line.act.signer, "text": line.act.text,
         "addressee": line.act.addressee, "place": line.act.place, "until": line.act.until, "who": line.who,
         "is_inside": line.rule.inside, "files": line.files.every}
        for line in panel.acts
    ]  # fmt: skip
