"""Registering a letter with everything it raises: one number, one matter for each content."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid
from danvan.base.ids import new_id
from danvan.base.once import once
from danvan.matters.actions.nameless import refuse_identity_in
from danvan.matters.actions.register import LetterSaid, enter, mark_sorted
from danvan.matters.actions.taking_in import NOT_NAMED, Received, Said, cleaned, refuse_naming, take
from danvan.matters.kinds import Kind, Writer
from danvan.matters.models import Letter
from danvan.matters.routing import placed
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_unit
from danvan.units.roles import Permission

MOST_CONTENTS = 10


@dataclass(frozen=True)
class Registered:
    """`parts` in the order of the letter, their PINs shown once. A denunciation has a letter of its own: nothing links
    it to what its writer signed with a name.
    """

    letter: Letter
    parts: tuple[Received, ...]


@sensitive_variables()
@transaction.atomic
def register_letter(
    *, letter: LetterSaid, contents: Sequence[Said], by: Actor, at: datetime, key: str = "",
    home_area: int | None = None,
) -> Registered:  # fmt: skip
    """Enters a letter and takes in each of its contents as a matter, told apart by content and never by its title.

    Contents without a flaw must say something; a letter with a flaw may be kept with a note alone. Refuses what
    `receive` and `enter` refuse; with `key` a repeated call registers nothing more. `home_area`: the shard of what the
    letter belongs to, where it is handed in with something else; otherwise that of the unit.
    """
    require(by, Permission.MATTER_TAKE_IN)
    if by.unit_id is None:
        raise Absent
    unit_id = by.unit_id
    said = _apart([cleaned(each, at) for each in contents], letter)
    if not said and not (letter.flaw and letter.note.strip()):
        raise Invalid("contents", "Đơn đủ điều kiện phải có ít nhất một nội dung; đơn lưu phải ghi lý do.", "content")
    if len(said) > MOST_CONTENTS:
        raise Invalid("contents", f"Tách thành tối đa {MOST_CONTENTS} nội dung.", "content")
    made: list[Registered] = []

    def make(letter_id: UUID) -> None:
        made.append(_register(letter, said, unit_id, by, at, letter_id))

    guard = f"{by.account_id}:{key}" if key else ""
    if home_area is None:
        home_area = shard_of_unit(unit_id, day_of(at))
    letter_id, new = once(home_area=home_area, verb="letter", key=guard, at=at, make=make)
    if new:
        return made[0]
    row = Letter.objects.get(pk=letter_id)
    parts = row.matters.filter(home_area=row.home_area).select_related("current").order_by("part")
    return Registered(row, tuple(Received(matter, "") for matter in parts))


@sensitive_variables()
def _apart(said: Sequence[Said], letter: LetterSaid) -> list[Said]:
    """Whoever signed any part of a letter wrote the denouncing part too: it is sealed with that name, and none of its
    words may say it.
    """
    if all(each.kind != Kind.DENUNCIATION for each in said):
        return list(said)
    senders = [each.sender for each in said if each.sender != NOT_NAMED]
    for sender in senders:
        refuse_identity_in(sender, {"note": letter.note, "forwarded_by": letter.forwarded_by, "source": letter.source})
        for each in said:
            if each.kind == Kind.DENUNCIATION:
                refuse_naming(sender, each)
    writer = next(iter(senders), NOT_NAMED)
    return [
        replace(each, sender=writer) if each.kind == Kind.DENUNCIATION and each.sender == NOT_NAMED else each
        for each in said
    ]


@sensitive_variables()
def _register(
    letter: LetterSaid, said: Sequence[Said], unit_id: UUID, by: Actor, at: datetime, letter_id: UUID
) -> Registered:
    received_on = day_of(said[0].received_at or at) if said else day_of(at)
    signed = [each for each in said if each.kind != Kind.DENUNCIATION]
    apart = [each for each in said if each.kind == Kind.DENUNCIATION]
    if len(apart) == len(said):
        signed, apart = list(said), []
    row = enter(letter, unit_id, received_on, by, at, letter_id)
    parts = [_take(each, row, part, by, at) for part, each in enumerate(signed, 1)]
    for each in apart:
        alone = replace(letter, signers=1, writer=Writer.PERSON, source="")
        own = enter(alone, unit_id, received_on, by, at, new_id(row.home_area))
        parts.append(_take(each, own, 1, by, at))
        mark_sorted(own, day_of(at))
    mark_sorted(row, day_of(at))
    return Registered(row, tuple(parts))


@sensitive_variables()
def _take(said: Said, row: Letter, part: int, by: Actor, at: datetime) -> Received:
    """A content stands in the shard of the register it came through, wherever the place it tells of is."""
    seat = placed(said.area_id, said.field, day_of(said.received_at or at), said.unit_id)
    return take(said, replace(seat, home_area=row.home_area), by, at, new_id(row.home_area), row, part)
