"""The register of reception: one entry for each turn, and the duty to tell who came."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Invalid
from danvan.base.ids import new_code
from danvan.base.once import once
from danvan.commitments.actions import Given, Promise, open_commitment, take_step
from danvan.commitments.models import Commitment
from danvan.matters.access import slots_visible, visible
from danvan.matters.actions.letters import register_letter
from danvan.matters.actions.register import LetterSaid
from danvan.matters.actions.sessions import claim_for_turns
from danvan.matters.actions.taking_in import NOT_NAMED, Received, Sender, receive
from danvan.matters.actions.turn_said import TurnSaid, judged
from danvan.matters.kinds import RECEPTION, Intake, Kind, LedBy, LetterWay, ReplyBy, Told, Writer
from danvan.matters.models import Letter, Matter, Reception, ReceptionSlot
from danvan.people.actions import keep, seal_identity
from danvan.people.kinds import PlainIdentity, Purpose
from danvan.people.models import Contact, SealedIdentity
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_unit, unit_in_force
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Taken:
    """The entry, and the matter opened for it with its PIN, shown once; empty on a repeated call."""

    reception: Reception
    opened: Received | None = None


@transaction.atomic
def receive_turn(*, turn: TurnSaid, by: Actor, at: datetime, key: str = "") -> Taken:
    """Enters one turn into the register of the actor's own unit, in this order: the day is claimed for entries, the
    matter is opened (as a letter handed in where papers came with it), who came goes to the vault, the duty to tell
    them within ten working days begins (Luật Tiếp công dân, Điều 28) and ends at once if they were told on the spot.

    Refuses what `judged` refuses, a session that stands in numbers, and a linked matter out of sight. With `key` a
    repeated call enters nothing more.
    """
    require(by, Permission.RECEPTION_RECORD)
    if by.unit_id is None:
        raise Absent
    turn, unit_id = judged(turn, at), by.unit_id
    unit_in_force(unit_id, turn.received_on)
    made: list[Taken] = []

    def make(entry: UUID) -> None:
        made.append(_enter(turn, unit_id, by, at, entry))

    guard = f"{by.account_id}:{key}" if key else ""
    home_area = shard_of_unit(unit_id, turn.received_on)
    entry, new = once(home_area=home_area, verb="turn", key=guard, at=at, make=make)
    return made[0] if new else Taken(Reception.objects.select_related("current").get(pk=entry))


@sensitive_variables()
def _enter(turn: TurnSaid, unit_id: UUID, by: Actor, at: datetime, entry: UUID) -> Taken:
    claim_for_turns(unit_id, turn.received_on, LedBy(turn.led_by))
    home_area, moment = shard_of_unit(unit_id, turn.received_on), _moment(turn.received_on, at)
    slot = _slot(turn, by, day_of(at))
    letter, opened = _opened(turn, home_area, moment, by, at)
    current = _begin(unit_id, home_area, by, moment)
    row = Reception(
        id=entry,
        home_area=home_area,
        unit_id=unit_id,
        year=turn.received_on.year,
        number=_next_number(unit_id, turn.received_on.year),
        received_on=turn.received_on,
        slot=slot,
        letter=letter,
        matter=opened.matter if opened else _linked(turn.matter_code, home_area, by, day_of(at)),
        opens_matter=opened is not None,
        current=current,
        recorded_by_id=by.post_id,
        recorded_at=at,
        is_illustration=turn.is_illustration,
        **columns_of(turn),
    )
    row.contact, row.identity = _kept(turn, home_area, unit_id, at)
    row.save(force_insert=True)
    if opened and row.identity:
        opened.matter.identity = row.identity
        opened.matter.save(update_fields=["identity"])
    if turn.told:
        record_telling(row, Told(turn.told), turn.told_text, by, moment)
    return Taken(row, opened)


def _moment(received_on: date, at: datetime) -> datetime:
    """When it began to run: now, or noon of an earlier day."""
    return at if received_on == day_of(at) else datetime.combine(received_on, time(12), VIETNAM)


def _next_number(unit_id: UUID, year: int) -> int:
    book = Reception.objects.filter(unit_id=unit_id, year=year)
    return (book.aggregate(last=Max("number"))["last"] or 0) + 1


COLUMNS = ("occasion", "led_by", "is_online", "persons", "is_group", "cases_first", "cases_again", "kind", "summary",
           "resolved_by", "in_competence", "guided_to", "guided_number", "transferred_to", "transferred_number",
           "papers", "papers_listed")  # fmt: skip
"""What an entry says, and what may be put right in it."""


def columns_of(turn: TurnSaid) -> dict[str, object]:
    return {name: getattr(turn, name) for name in COLUMNS}


def _slot(turn: TurnSaid, by: Actor, on: date) -> ReceptionSlot | None:
    if turn.slot_id is None or by.unit_id is None:
        return None
    own = ReceptionSlot.objects.filter(slots_visible(by, on), pk=turn.slot_id, unit_id=by.unit_id)
    row = own.filter(on=turn.received_on, cancelled_at__isnull=True).first()
    if row is None:
        raise Invalid("slot", "Buổi này không có trong lịch của ngày tiếp.", "slot")
    return row


def _linked(code: str, home_area: int, by: Actor, on: date) -> Matter | None:
    if not code:
        return None
    found = Matter.objects.filter(visible(by, on), code=code).first()
    if found is None:
        raise Invalid("matter-code", "Không thấy việc có mã này.", "matter_code")
    if found.home_area != home_area:
        sentence = "Việc này thuộc tỉnh, thành phố khác: hãy để trống ô này và ghi mã vào tóm tắt."
        raise Invalid("matter-elsewhere", sentence, "matter_code")
    return found


def _opened(
    turn: TurnSaid, home_area: int, moment: datetime, by: Actor, at: datetime
) -> tuple[Letter | None, Received | None]:
    """Papers are registered as a letter handed in at the reception; what was only told becomes a matter alone. Both
    stand where the turn does, wherever the place they tell of is.
    """
    if turn.said is None:
        return None, None
    said = replace(turn.said, kind=turn.kind, sender=_sender(turn), intake=Intake.OFFICE, received_at=moment,
                   is_illustration=turn.is_illustration)  # fmt: skip
    if turn.kind == Kind.DENUNCIATION:
        said = replace(said, reply_by=ReplyBy.NONE, photos=())
    if not turn.papers:
        return None, receive(said=said, by=by, at=at, home_area=home_area)
    registered = register_letter(letter=_letter(turn), contents=[said], by=by, at=at, home_area=home_area)
    return registered.letter, registered.parts[0]


def _letter(turn: TurnSaid) -> LetterSaid:
    many = turn.persons > 1
    return LetterSaid(way=LetterWay.HANDED, writer=Writer.GROUP if many else Writer.PERSON, signers=turn.persons,
                      is_anonymous=not turn.visitor.name.strip(), is_illustration=turn.is_illustration)  # fmt: skip


def _sender(turn: TurnSaid) -> Sender:
    """Of a denunciation nothing: who denounced is sealed once, with the entry, and the matter points there."""
    if turn.kind == Kind.DENUNCIATION:
        return NOT_NAMED
    visitor = turn.visitor
    return Sender(name=visitor.name, phone=visitor.phone, email=visitor.email, address=visitor.address)


@sensitive_variables()
def _kept(turn: TurnSaid, home_area: int, unit_id: UUID, at: datetime) -> tuple[Contact | None, SealedIdentity | None]:
    who = vars(turn.visitor)
    if not turn.visitor:
        return None, None
    if turn.kind == Kind.DENUNCIATION:
        plain = PlainIdentity(**who)
        return None, seal_identity(home_area=home_area, unit_id=unit_id, plain=plain, files=(), at=at)
    return keep(home_area=home_area, purpose=Purpose.RECEPTION, at=at, **who), None


def _begin(unit_id: UUID, home_area: int, by: Actor, moment: datetime) -> Commitment:
    promise = Promise(kind=RECEPTION, code=new_code(home_area), owed_by=unit_id, rule_id="TCD-28", opens_with="begin",
                      channel=Intake.OFFICE)  # fmt: skip
    return open_commitment(promise=promise, home_area=home_area, by=by, at=moment)[0]


def record_telling(row: Reception, told: Told, text: str, by: Actor, at: datetime) -> None:
    given = Given(payload_hash=hashlib.sha256(text.encode()).hexdigest())
    row.current, _step = take_step(commitment_id=row.current_id, verb="fulfil", by=by, at=at, given=given)
    row.told, row.told_text, row.told_on = told, text, day_of(at)
    row.save(update_fields=["told", "told_text", "told_on"])
