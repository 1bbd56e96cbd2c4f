"""Published answers for machines. A programme may prepare the words; that they lead to nobody is said by a person.

So a caller gets the proposals first, and whoever confirms names every name that stays.
"""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema
from pydantic import Field as Limits

from danvan.base.clock import now, today
from danvan.base.errors import Invalid
from danvan.matters.actions import ToPublish, publish_answer, withdraw_answer
from danvan.matters.actions.publishing import LONGEST
from danvan.matters.api.shapes import REFUSALS, ApiRequest, Problem
from danvan.matters.kinds import Field
from danvan.matters.queries.detail import Detail, detail
from danvan.matters.queries.published import (
    Draft,
    Shown,
    draft_of,
    names_in,
    publication_of,
    published,
    published_one,
)
from danvan.units.access import require
from danvan.units.roles import Permission

publishing_router = Router(tags=["Câu trả lời công khai"])
answers_router = Router(tags=["Câu trả lời công khai"])


class FoundOut(Schema):
    """What may lead to a person: `kind` says as what it was taken."""

    text: str
    kind: str


class DraftOut(Schema):
    """`hidden` is the text with everything found already in brackets: where whoever writes for the public begins."""

    text: str
    hidden: str
    found: list[FoundOut]


class ShownOut(Schema):
    code: str
    question: str
    answer: str
    field: str
    unit: str
    area: str
    published_on: date
    is_illustration: bool


class PublicationOut(Schema):
    """`published`: what stands before everybody, if anything."""

    question: DraftOut
    answer: DraftOut
    published: ShownOut | None


class WordsIn(Schema):
    question: str = Limits(max_length=LONGEST)
    answer: str = Limits(max_length=LONGEST)


class CheckedOut(Schema):
    """`names` is what `names` of a publication must repeat for these words."""

    question: DraftOut
    answer: DraftOut
    names: list[str]


class PublishIn(WordsIn):
    confirmed: bool = Limits(
        False, description="Một người đã đọc toàn bộ và xác nhận; chương trình không tự xác nhận thay người"
    )
    names: list[str] = Limits([], description="Từng tên người được giữ lại, như `names` của lần kiểm tra")


class ReasonIn(Schema):
    reason: str = Limits(max_length=300)


class AnswersIn(Schema):
    q: str = Limits("", max_length=120)
    field: Field | None = None
    after: str = Limits("", max_length=40)


class AnswersOut(Schema):
    answers: list[ShownOut]
    next: str | None


@publishing_router.get("/matters/{code}/publication", response={200: PublicationOut, **REFUSALS},
                       summary="Lời người gửi và câu trả lời, kèm đề xuất che")  # fmt: skip
def drafts(request: ApiRequest, code: str) -> dict[str, Any]:
    return _publication(_seen(request, code))


@publishing_router.post("/matters/{code}/publication-check", response={200: CheckedOut, **REFUSALS},
                        summary="Kiểm tra lời sắp công khai; chưa công khai gì")  # fmt: skip
def check(request: ApiRequest, code: str, body: WordsIn) -> dict[str, Any]:
    _seen(request, code)
    drafts = {"question": _draft(draft_of(body.question), body.question),
              "answer": _draft(draft_of(body.answer), body.answer)}  # fmt: skip
    return drafts | {"names": names_in(body.question, body.answer)}


@publishing_router.post("/matters/{code}/publication", response={200: PublicationOut, **REFUSALS},
                        summary="Công khai câu trả lời của đơn vị mình")  # fmt: skip
def publish(
    request: ApiRequest, code: str, body: PublishIn, idempotency_key: Annotated[str, Header(max_length=200)] = ""
) -> dict[str, Any]:
    """Refused while a name is found that nobody has named in `names`: code `names-left`."""
    found = _seen(request, code)
    if body.confirmed and (left := [name for name in names_in(body.question, body.answer) if name not in body.names]):
        raise Invalid("names-left", f"Còn tên người: {'; '.join(left[:5])}. Bỏ đi, hoặc ghi từng tên giữ lại.", "names")
    words = ToPublish(question=body.question, answer=body.answer, confirmed=body.confirmed)
    publish_answer(matter_id=found.matter.pk, words=words, by=request.by, at=now(), key=idempotency_key)
    return _publication(found)


@publishing_router.post("/matters/{code}/publication/withdraw", response={200: PublicationOut, **REFUSALS},
                        summary="Gỡ câu trả lời khỏi trang công khai")  # fmt: skip
def withdraw(request: ApiRequest, code: str, body: ReasonIn) -> dict[str, Any]:
    found = _seen(request, code)
    withdraw_answer(matter_id=found.matter.pk, reason=body.reason, by=request.by, at=now())
    return _publication(found)


@answers_router.get("/public/answers", response=AnswersOut, auth=None, summary="Các câu trả lời đã công khai")
def answers(request: HttpRequest, asked: Annotated[AnswersIn, Query()]) -> dict[str, Any]:  # noqa: ARG001
    found = published(text=asked.q, field=asked.field or "", after=asked.after)
    return {"answers": [_shown(row) for row in found.rows], "next": found.next or None}


@answers_router.get("/public/answers/{code}", response={200: ShownOut, 404: Problem}, auth=None,
                    summary="Một câu trả lời đã công khai")  # fmt: skip
def answer(request: HttpRequest, code: str) -> dict[str, Any]:  # noqa: ARG001
    return _shown(published_one(code))


def _seen(request: ApiRequest, code: str) -> Detail:
    require(request.by, Permission.MATTER_HANDLE)
    return detail(code=code, by=request.by, on=today())


def _publication(found: Detail) -> dict[str, Any]:
    said, answered = found.matter.content, found.answer
    standing = publication_of(found.matter)
    return {
        "question": _draft(draft_of(said), said),
        "answer": _draft(draft_of(answered), answered),
        "published": _shown(published_one(standing.code)) if standing else None,
    }


def _draft(draft: Draft, text: str) -> dict[str, Any]:
    found = [{"text": piece.text, "kind": piece.kind} for piece in draft.pieces if piece.kind]
    return {"text": text, "hidden": draft.hidden, "found": found}


def _shown(row: Shown) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ShownOut.model_fields}
