"""Taking in what people say: one form, one call, one paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import day_of
from danvan.base.errors import Invalid
from danvan.base.ids import new_code, new_id, new_pin
from danvan.base.marked import refuse_marked
from danvan.base.once import once
from danvan.base.papers import clean_enclosure
from danvan.base.writing import write
from danvan.commitments.actions import Promise, begin
from danvan.commitments.models import Commitment
from danvan.matters.access import pin_key
from danvan.matters.actions.cases import PLAIN_CASE, CaseSaid, open_case, opening_rule
from danvan.matters.actions.enclosures import attach, in_order, tell_sender
from danvan.matters.actions.marks import marks
from danvan.matters.actions.nameless import refuse_identity_in
from danvan.matters.actions.register import WAYS, LetterSaid, enter
from danvan.matters.kinds import FORMAL, RULES, Field, Intake, Kind, LetterWay, ReplyBy
from danvan.matters.models import Letter, Matter, MatterCommitment, Point
from danvan.matters.routing import placed
from danvan.outreach.kinds import Template
from danvan.people.actions import keep, seal_identity
from danvan.people.kinds import PlainIdentity, Purpose
from danvan.people.models import Contact, SealedIdentity
from danvan.rules.text import fold, nfc, shorten
from danvan.units.access import Actor, require
from danvan.units.queries import Seat
from danvan.units.roles import Permission

MIN_CONTENT = 20
MAX_CONTENT = 20_000
MAX_POINTS = 20


@dataclass(frozen=True)
class Sender:
    """What a citizen chose to leave; every part may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


NOT_NAMED = Sender()


@dataclass(frozen=True)
class Said:
    """What was said, where, and how it reached us; values as typed, cleaned here."""

    content: str
    area_id: UUID
    kind: Kind = Kind.REFLECTION
    field: Field = Field.OTHER
    place: str = ""
    intake: Intake = Intake.PORTAL
    reply_by: ReplyBy = ReplyBy.NONE
    sender: Sender = NOT_NAMED
    points: Sequence[str] = ()
    photos: Sequence[bytes] = ()
    unit_id: UUID | None = None
    received_at: datetime | None = None
    source: str = ""
    case: CaseSaid = PLAIN_CASE
    is_illustration: bool = False

    @property
    def is_formal(self) -> bool:
        return self.kind in FORMAL


@dataclass(frozen=True)
class Received:
    """`pin` is shown once, now; on a repeated call with the same key it is empty."""

    matter: Matter
    pin: str


@sensitive_variables()
def receive(
    *, said: Said, by: Actor, at: datetime, key: str = "", then: Callable[[Received], object] | None = None,
    home_area: int | None = None,
) -> Received:  # fmt: skip
    """Takes in one matter: contact into the vault, rule row chosen and kept, commitment and first step, receipt in the
    outbox.

    `at` is when it is written down; `said.received_at` when it was received, if earlier, and starts the clock. Refuses
    empty or over-long content, an ended place, a chosen reply channel without its address, photos that are none.
    It stands in the shard of its place, or in `home_area` where it belongs to something of that shard.
    With `key` a repeated call returns what the first one made. `then` is done with what was made just now, in the same
    transaction: both or neither.

    A complaint or denunciation is entered into the register of who resolves it, stands in its shard, and opens a case.
    Of a denunciation everything that says who denounces, files included, goes under the seal of two custodians; its
    words are refused while they name them.
    """
    if not by.is_citizen:
        require(by, Permission.MATTER_TAKE_IN)
    said = cleaned(said, at)
    seat = placed(said.area_id, said.field, day_of(said.received_at or at), said.unit_id)
    if home_area is not None or said.is_formal:
        seat = replace(seat, home_area=seat.held_in if home_area is None else home_area)
    made: list[Received] = []

    def make(matter_id: UUID) -> None:
        made.append(take(said, seat, by, at, matter_id))
        if then:
            then(made[0])

    guard = f"{by.account_id or 'citizen'}:{key}" if key else ""
    matter_id, new = once(home_area=seat.home_area, verb="receive", key=guard, at=at, make=make)
    return made[0] if new else Received(Matter.objects.select_related("current").get(pk=matter_id), "")


@sensitive_variables()
def cleaned(said: Said, at: datetime) -> Said:
    """What was typed, in the form in which it is kept; refuses what cannot be kept, at its field."""
    content = nfc(said.content).replace("\r\n", "\n").replace("\x00", "").strip()
    refuse_marked("\n".join([content, *said.points]), "content")
    if len(content) < (MIN_CONTENT if said.intake == Intake.PORTAL else 1):
        raise Invalid("content-short", f"Hãy viết ít nhất {MIN_CONTENT} ký tự để đơn vị hiểu việc gì.", "content")
    if len(content) > MAX_CONTENT:
        raise Invalid("content-long", f"Nội dung dài quá {MAX_CONTENT:_} ký tự.".replace("_", "."), "content")
    if said.received_at is not None and said.received_at > at:
        raise Invalid("received-later", "Ngày nhận không thể ở sau hôm nay.", "received_on")
    if said.reply_by == ReplyBy.EMAIL and not said.sender.email.strip():
        raise Invalid("email-missing", "Hãy ghi địa chỉ thư điện tử để nhận trả lời.", "email")
    if said.reply_by == ReplyBy.PHONE and not said.sender.phone.strip():
        raise Invalid("phone-missing", "Hãy ghi số điện thoại để nhận trả lời.", "phone")
    points = tuple(nfc(p).strip() for p in said.points if p.strip())
    if len(points) > MAX_POINTS:
        raise Invalid("points-many", f"Tách thành tối đa {MAX_POINTS} điểm.", "points")
    if said.kind == Kind.DENUNCIATION:
        refuse_naming(said.sender, replace(said, content=content, points=points))
    return replace(said, content=content, place=nfc(said.place).strip()[:200], points=points)


@sensitive_variables()
def refuse_naming(sender: Sender, said: Said) -> None:
    """Refuses a denunciation that anywhere still says who denounces."""
    refuse_identity_in(sender, {"content": said.content, "place": said.place, "source": said.source,
                                "points": " ".join(said.points), "subject": said.case.subject,
                                "against_text": said.case.against_text})  # fmt: skip


@sensitive_variables()
def take(
    said: Said, seat: Seat, by: Actor, at: datetime, matter_id: UUID, letter: Letter | None = None, part: int = 1
) -> Received:
    """One cleaned matter inside the transaction of the caller; `letter` where it is already in the register."""
    received_at = said.received_at or at
    home_area, unit_id, on = seat.home_area, seat.unit_id, day_of(received_at)
    code, pin = new_code(home_area), new_pin()
    promise = promise_of(said, code, unit_id)
    begun = begin(promise=promise, home_area=home_area, held_in=seat.held_in, by=by, at=received_at)
    matter = build_matter(said, code, begun.commitment, by, matter_id)
    matter.pin_key = pin_key(code, pin)
    matter.contact, matter.identity = reachable(said, home_area, unit_id, at)
    if letter is not None or said.is_formal:
        matter.letter, matter.part = letter or enter(_letter_of(said), unit_id, on, by, at, new_id(home_area)), part
    clock = MatterCommitment(home_area=home_area, matter=matter, commitment=begun.commitment, ordinal=1)
    points = [Point(home_area=home_area, matter=matter, ordinal=i, request=text[:500])
              for i, text in enumerate(said.points, 1)]  # fmt: skip
    write([*begun.rows, matter, clock, *points, *marks([matter])])
    if said.is_formal:
        open_case(matter, said.case)
    if said.kind != Kind.DENUNCIATION:
        for photo in in_order(clean_enclosure(data) for data in said.photos):
            attach(matter, photo, None, at)
    tell_sender(matter, Template.RECEIPT, at)
    return Received(matter, pin)


@sensitive_variables()
def reachable(said: Said, home_area: int, unit_id: UUID, at: datetime) -> tuple[Contact | None, SealedIdentity | None]:
    """What is kept of who said it: a contact in the vault, or, of a denunciation, a sealed identity. Its letters are
    looked through for what may not be kept and then sealed as they came, handwriting and all.
    """
    sender = said.sender
    if said.kind != Kind.DENUNCIATION:
        contact = keep(home_area=home_area, purpose=Purpose.ANSWER, name=sender.name, phone=sender.phone,
                       email=sender.email, address=sender.address, at=at)  # fmt: skip
        return contact, None
    plain = PlainIdentity(name=sender.name, phone=sender.phone, email=sender.email, address=sender.address)
    if not plain and not said.photos:
        return None, None
    for data in said.photos:
        clean_enclosure(data)
    return None, seal_identity(home_area=home_area, unit_id=unit_id, plain=plain, files=said.photos, at=at)


def _letter_of(said: Said) -> LetterSaid:
    return LetterSaid(
        way=WAYS.get(said.intake, LetterWay.DIRECT),
        is_anonymous=said.kind == Kind.DENUNCIATION and not said.sender.name.strip(),
        source=said.source,
        is_illustration=said.is_illustration,
    )


def promise_of(said: Said, code: str, unit_id: UUID, kind: str = "") -> Promise:
    """What a unit owes for what was said; lists are narrowed by the topic and the place written here."""
    return Promise(
        kind=kind or said.kind,
        code=code,
        owed_by=unit_id,
        rule_id=opening_rule(said.kind, said.case) if said.is_formal else RULES[said.kind],
        opens_with="lodge" if said.is_formal else "open",
        topic=said.field,
        channel=said.intake,
        area=said.area_id,
    )


def build_matter(
    said: Said, code: str, commitment: Commitment, by: Actor, matter_id: UUID | None = None
) -> Matter:  # fmt: skip
    """The unsaved row; also used where many are written at once."""
    return Matter(
        id=matter_id or new_id(commitment.home_area),
        home_area=commitment.home_area,
        code=code,
        kind=said.kind,
        intake=said.intake,
        field=said.field,
        area_id=said.area_id,
        place=said.place,
        content=said.content,
        summary=shorten(said.content, 160),
        fold=fold(f"{code} {said.content} {said.place}"),
        reply_by=ReplyBy.NONE if said.kind == Kind.DENUNCIATION else said.reply_by,
        current=commitment,
        received_on=day_of(commitment.opened_at),
        taken_in_by_id=by.unit_id or commitment.owed_by_id,
        holder_id=commitment.owed_by_id,
        source=said.source,
        is_illustration=said.is_illustration,
    )
