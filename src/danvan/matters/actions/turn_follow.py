"""What follows a turn that stands in the register: telling who came, the result, putting right, striking out."""

import hashlib
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.marked import refuse_marked
from danvan.commitments.actions import Given, take_step
from danvan.matters.access import require_keep_register, turns_visible
from danvan.matters.actions.reception_slots import reason_of
from danvan.matters.actions.sessions import claim_for_turns
from danvan.matters.actions.turn_contacts import renew_turn
from danvan.matters.actions.turn_said import TurnSaid, Visitor, judged
from danvan.matters.actions.turns import columns_of, record_telling
from danvan.matters.kinds import Kind, LedBy, Told
from danvan.matters.models import Reception, ReceptionCorrection
from danvan.rules.ledger import RUNNING
from danvan.rules.text import nfc
from danvan.units.access import Actor

MOST_RESULT = 500


@transaction.atomic
def tell_visitor(*, reception_id: UUID, told: Told, text: str, by: Actor, at: datetime) -> Reception:
    """Records what who came was told, which ends the duty to tell them. Refuses an empty text and a second telling."""
    row = own_turn(reception_id, by, at)
    words = nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()
    if told not in Told.values:
        raise Invalid("told", "Hãy chọn đã báo kết quả gì.", "told")
    if not 1 <= len(words) <= 4000:
        raise Invalid("told-text", "Hãy ghi nội dung đã báo, nhiều nhất 4.000 ký tự.", "told_text")
    refuse_marked(words, "told_text")
    if row.told:
        raise Refused("told-already", f"Đã báo cho người được tiếp ngày {row.told_on:%d/%m/%Y}.")
    record_telling(row, told, words, by, at)
    renew_turn(row, at)
    return row


@transaction.atomic
def follow_result(*, reception_id: UUID, result: str, by: Actor, at: datetime) -> Reception:
    """What became of it in the end (column 11 of the register); may be written anew as things go on."""
    row = own_turn(reception_id, by, at)
    text = " ".join(nfc(result).replace("\x00", "").split())
    if not 1 <= len(text) <= MOST_RESULT:
        raise Invalid("result", "Hãy ghi kết quả, nhiều nhất 500 ký tự.", "result")
    refuse_marked(text, "result")
    row.result, row.result_on = text, day_of(at)
    row.save(update_fields=["result", "result_on"])
    renew_turn(row, at)
    return row


@transaction.atomic
def correct_turn(*, reception_id: UUID, turn: TurnSaid, reason: str, by: Actor, at: datetime) -> Reception:
    """Puts right what an entry says; each value before and after, the reason and who did it are kept with it.

    The day, who came, the matter and the telling stay: an entry wrong in those is struck out and written anew, and so
    is one that turns into a denunciation or ceases to be one.
    """
    row = own_turn(reception_id, by, at)
    why = reason_of(reason)
    turn = judged(replace(turn, received_on=row.received_on, visitor=Visitor(), told="", told_text=""), at)
    if (turn.kind == Kind.DENUNCIATION) != (row.kind == Kind.DENUNCIATION):
        raise Refused("kind-sealed", "Đổi sang hoặc đổi từ tố cáo thì gạch bỏ lượt này và ghi lại lượt mới.")
    claim_for_turns(row.unit_id, row.received_on, LedBy(turn.led_by))
    _keep_sealed(row, turn)
    changed = {name: value for name, value in columns_of(turn).items() if getattr(row, name) != value}
    if not changed:
        raise Invalid("nothing-changed", "Chưa có gì thay đổi so với sổ.", "")
    lines = [
        f"{NAMES[name]}: {_shown(name, getattr(row, name))} → {_shown(name, new)}" for name, new in changed.items()
    ]
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    ReceptionCorrection(home_area=row.home_area, reception=row, changes="\n".join(lines), reason=why, label=by.label,
                        corrected_by_id=by.post_id, corrected_at=at).save(force_insert=True)  # fmt: skip
    return row


def _keep_sealed(row: Reception, turn: TurnSaid) -> None:
    """New words about a denunciation cannot be held against a name that is sealed, so there are none."""
    if row.kind == Kind.DENUNCIATION and any(getattr(row, name) != getattr(turn, name) for name in WORDS):
        raise Refused("words-sealed", "Lời ghi về tố cáo không sửa được ở đây: gạch bỏ lượt này và ghi lại lượt mới.")


WORDS = ("summary", "resolved_by", "guided_to", "guided_number", "transferred_to", "transferred_number",
         "papers_listed")  # fmt: skip


NAMES = {
    "occasion": "Hình thức", "led_by": "Người tiếp", "is_online": "Trực tuyến", "persons": "Số người",
    "is_group": "Đoàn đông người", "cases_first": "Vụ việc lần đầu", "cases_again": "Vụ việc nhiều lần",
    "kind": "Phân loại", "summary": "Tóm tắt", "resolved_by": "Cơ quan đã giải quyết",
    "in_competence": "Thuộc thẩm quyền", "guided_to": "Hướng dẫn đến", "guided_number": "Số văn bản hướng dẫn",
    "transferred_to": "Chuyển đến", "transferred_number": "Số văn bản chuyển", "papers": "Số giấy tờ",
    "papers_listed": "Giấy tờ đã nhận",
}  # fmt: skip


def _shown(column: str, value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    names = dict(Reception._meta.get_field(column).flatchoices)  # type: ignore[union-attr]
    return str(names.get(value, value)) or "–"


@transaction.atomic
def strike_out(*, reception_id: UUID, reason: str, by: Actor, at: datetime) -> Reception:
    """Takes an entry written by mistake out of every count; its number and words stay readable.

    The duty to tell ends with it; a matter that was opened for it goes its own way.
    """
    row = own_turn(reception_id, by, at)
    why = reason_of(reason)
    if row.current.state in RUNNING:
        given = Given(payload_hash=hashlib.sha256(why.encode()).hexdigest())
        take_step(commitment_id=row.current_id, verb="fulfil", by=by, at=at, given=given)
    row.struck_at, row.strike_reason = at, why
    row.save(update_fields=["struck_at", "strike_reason"])
    return row


def own_turn(reception_id: UUID, by: Actor, at: datetime) -> Reception:
    """The locked entry; refuses one out of sight, of another unit, and one struck out."""
    rows = Reception.objects.select_for_update(of=("self",)).select_related("current")
    row = rows.filter(turns_visible(by, day_of(at)), pk=reception_id).first()
    if row is None:
        raise Absent
    require_keep_register(by, row)
    if row.struck_at is not None:
        raise Refused("struck-out", "Lượt này đã gạch bỏ.")
    return row
