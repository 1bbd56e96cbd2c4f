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
from danvan.matters.access import may_see
from danvan.matters.kinds import Kind
from danvan.matters.models import Matter, PublishedAnswer
from danvan.rules.ledger import State
from danvan.rules.redaction import LABELS, Confidence, propose
from danvan.rules.redaction import Kind as Found
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
def publish_answer(*, matter_id: UUID, words: ToPublish, by: Actor, at: datetime) -> PublishedAnswer:
    """Publishes an answer of the own unit under an address of its own.

    Refused: without the confirmation, complaints and denunciations, what is not answered or was published already, and
    words in which numbers, addresses or mailboxes of persons are still found, whoever confirmed them. Names are for
    the person who confirms: an official is named in office, a citizen never.
    """
    require(by, Permission.MATTER_HANDLE)
    matter = _seen(matter_id, by, at)
    if matter.current.owed_by_id != by.unit_id:
        raise Forbidden("Chỉ đơn vị đã trả lời mới công khai câu trả lời của mình.")
    if matter.kind not in OPEN_KINDS:
        raise Refused("not-for-publishing", "Việc khiếu nại, tố cáo không công khai ở đây.")
    if matter.current.state not in ANSWERED:
        raise Refused("not-answered", "Việc chưa được trả lời nên chưa có gì để công khai.")
    question, answer = _clean(words.question, "question"), _clean(words.answer, "answer")
    if not words.confirmed:
        raise Invalid("not-confirmed", "Hãy đọc lại toàn bộ và đánh dấu xác nhận trước khi công khai.", "confirmed")
    if PublishedAnswer.objects.filter(home_area=matter.home_area, matter=matter, withdrawn_at=None).exists():
        raise Refused("published-already", "Câu trả lời này đã được công khai.")
    made = PublishedAnswer(
        home_area=matter.home_area, matter=matter, code="".join(secrets.choice(CODE_ALPHABET) for _ in range(10)),
        unit_id=matter.current.owed_by_id, area_id=matter.area_id, field=matter.field, question=question, answer=answer,
        fold=fold(f"{question} {answer}"), published_by_id=by.post_id, published_on=day_of(at),
    )  # fmt: skip
    made.save(force_insert=True)
    return made


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
    found_sure = [span for span in propose(text) if span.confidence == Confidence.SURE]
    left = [span for span in found_sure if span.kind != Found.NAME]
    if left:
        found = "; ".join(f"{LABELS[span.kind]} “{text[span.start : span.end]}”" for span in left[:5])
        raise Invalid("leads-to-somebody", f"Còn thông tin chỉ đến một người: {found}. Hãy bỏ đi rồi công khai.", field)
    return text
