"""Putting an answer before everybody, in words a person has read for that purpose, and taking it back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.base.ids import CODE_ALPHABET
from danvan.base.marked import refuse_marked
from danvan.base.once import once
from danvan.matters.access import may_see
from danvan.matters.kinds import Kind
from danvan.matters.models import Matter, PublishedAnswer
from danvan.matters.queries.published import leading_to_somebody
from danvan.rules.ledger import State
from danvan.rules.text import fold, nfc
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

ANSWERED = frozenset({State.ANSWERED, State.CONFIRMED, State.LAPSED})
OPEN_KINDS = frozenset({Kind.OPINION, Kind.REFLECTION, Kind.RECOMMENDATION})
LONGEST = 6_000


@dataclass(frozen=True)
class ToPublish:
    """The words for everybody. `confirmed`: a person has read them whole and says that they lead to nobody."""

    question: str
    answer: str
    confirmed: bool = False


@transaction.atomic
def publish_answer(
    *, matter_id: UUID, words: ToPublish, by: Actor, at: datetime, key: str = ""
) -> PublishedAnswer:  # fmt: skip
    """Publishes an answer of the own unit under an address of its own.

    Refused: without the confirmation, complaints and denunciations, what is not answered or was published already, and
    words in which numbers, addresses or mailboxes of persons are still found, whoever confirmed them. Names are for
    the person who confirms: an official is named in office, a citizen never. With `key` a repeated call returns what
    the first one published.
    """
    require(by, Permission.MATTER_HANDLE)
    matter = _seen(matter_id, by, at)
    if matter.current.owed_by_id != by.unit_id:
        raise Forbidden("Chỉ đơn vị đã trả lời mới công khai câu trả lời của mình.")

    def make(made: UUID) -> None:
        _refuse(matter)
        _write(made, matter, words, by, at)

    guard = f"{by.account_id}:{key}" if key else ""
    made, _new = once(home_area=matter.home_area, verb="publish", key=guard, at=at, make=make)
    return PublishedAnswer.objects.get(pk=made)


def _refuse(matter: Matter) -> None:
    if matter.kind not in OPEN_KINDS:
        raise Refused("not-for-publishing", "Việc khiếu nại, tố cáo không công khai ở đây.")
    if matter.current.state not in ANSWERED:
        raise Refused("not-answered", "Việc chưa được trả lời nên chưa có gì để công khai.")


def _write(made: UUID, matter: Matter, words: ToPublish, by: Actor, at: datetime) -> None:
    question, answer = _clean(words.question, "question"), _clean(words.answer, "answer")
    if not words.confirmed:
        raise Invalid("not-confirmed", "Hãy đọc lại toàn bộ và đánh dấu xác nhận trước khi công khai.", "confirmed")
    if PublishedAnswer.objects.filter(home_area=matter.home_area, matter=matter, withdrawn_at=None).exists():
        raise Refused("published-already", "Câu trả lời này đã được công khai.")
    PublishedAnswer(
        id=made, home_area=matter.home_area, matter=matter,
        code="".join(secrets.choice(CODE_ALPHABET) for _ in range(10)), unit_id=matter.current.owed_by_id,
        area_id=matter.area_id, field=matter.field, question=question, answer=answer,
        fold=fold(f"{question} {answer}"), published_by_id=by.post_id, published_on=day_of(at),
    ).save(force_insert=True)  # fmt: skip


@transaction.atomic
def withdraw_answer(*, matter_id: UUID, reason: str, by: Actor, at: datetime) -> PublishedAnswer:
    """Takes a published answer off the public pages at once; it stays in the office with the reason."""
    require(by, Permission.MATTER_HANDLE)
    matter = _seen(matter_id, by, at)
    standing = PublishedAnswer.objects.select_for_update().filter(home_area=matter.home_area, withdrawn_at=None)
    made = standing.filter(matter=matter).first()
    if made is None:
        raise Absent
    if not nfc(reason).strip():
        raise Invalid("reason-missing", "Hãy ghi lý do gỡ, một câu là đủ.", "reason")
    made.withdrawn_by_id, made.withdrawn_at, made.withdrawn_reason = by.post_id, at, nfc(reason).strip()[:300]
    made.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    return made


def _seen(matter_id: UUID, by: Actor, at: datetime) -> Matter:
    try:
        matter = Matter.objects.select_related("current").get(pk=matter_id)
    except Matter.DoesNotExist as error:
        raise Absent from error
    if not may_see(by, matter, matter.current, day_of(at)):
        raise Absent
    return matter


def _clean(typed: str, field: str) -> str:
    text = nfc(typed).replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise Invalid(f"{field}-missing", "Hãy ghi nội dung công khai.", field)
    if len(text) > LONGEST:
        raise Invalid(f"{field}-long", f"Nội dung dài quá {LONGEST:_} ký tự.".replace("_", "."), field)
    refuse_marked(text, field)
    left = leading_to_somebody(text)
    if left:
        found = "; ".join(f"{piece.kind} “{piece.text}”" for piece in left[:5])
        raise Invalid("leads-to-somebody", f"Còn thông tin chỉ đến một người: {found}. Hãy bỏ đi rồi công khai.", field)
    return text
