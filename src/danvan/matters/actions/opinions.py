"""Turning the opinions of listening meetings into matters, many at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from danvan.base.clock import VIETNAM
from danvan.base.ids import new_code
from danvan.commitments.actions import Given, Opened, Opening, open_many
from danvan.matters.actions.marks import mark
from danvan.matters.actions.taking_in import Said, build_matter, promise_of
from danvan.matters.kinds import MEETING_OPINION, Field, Intake, Kind
from danvan.matters.models import Entry, Matter, MatterCommitment, Meeting
from danvan.units.access import Actor

BATCH = 500
MORNING = time(8)
"""When a meeting began whose minutes do not say."""


@dataclass(frozen=True)
class Opinion:
    """One row of a meeting, clean. `unit_id` is who answers; `answer` was given at the meeting, or on `answered_at`."""

    row: int
    content: str
    field: Field
    hamlet: str
    unit_id: UUID
    unit: str
    answer: str = ""
    answered_at: datetime | None = None
    source: str = ""


def take_in_opinions(*, meetings: Sequence[tuple[Meeting, Sequence[Opinion]]], by: Actor, at: datetime) -> int:
    """Opens a commitment for each opinion, writes its matter, and the answer where one was given; returns how many.

    What was answered on the spot is owed by the unit that held the meeting, whoever spoke: its minutes carry the
    answer, and nobody else can be made to have answered. The caller holds the transaction and has cleaned the rows.
    """
    rows = [(meeting, opinion) for meeting, opinions in meetings for opinion in opinions]
    said = [_said(meeting, opinion) for meeting, opinion in rows]
    words = [_words(meeting, opinion) for meeting, opinion in rows]
    openings = [
        _opening(meeting, opinion, each, text, at)
        for (meeting, opinion), each, text in zip(rows, said, words, strict=True)
    ]
    opened = open_many(openings=openings, by=by)
    matters = []
    for (meeting, opinion), each, ledger in zip(rows, said, opened, strict=True):
        matter = build_matter(each, ledger.commitment.code, ledger.commitment, by)
        matter.meeting, matter.row = meeting, opinion.row
        matters.append(matter)
    Matter.objects.bulk_create(matters, batch_size=BATCH)
    _link(matters, opened, words)
    mark(matters)
    return len(matters)


def _said(meeting: Meeting, opinion: Opinion) -> Said:
    return Said(
        content=opinion.content,
        area_id=meeting.area_id,
        kind=Kind.OPINION,
        field=opinion.field,
        place=opinion.hamlet,
        intake=Intake.MEETING,
        source=opinion.source,
        is_illustration=meeting.is_illustration,
    )


def _words(meeting: Meeting, opinion: Opinion) -> str:
    """The answer as it is kept: who spoke is named where it was not the unit that held the meeting."""
    if not opinion.answer or opinion.unit_id == meeting.unit_id:
        return opinion.answer
    return f"{opinion.unit} trả lời: {opinion.answer}"


def _opening(meeting: Meeting, opinion: Opinion, said: Said, words: str, at: datetime) -> Opening:
    began = min(at, datetime.combine(meeting.held_on, meeting.began or MORNING, VIETNAM))
    owed_by = meeting.unit_id if words else opinion.unit_id
    return Opening(
        promise=promise_of(said, new_code(meeting.home_area), owed_by, MEETING_OPINION),
        home_area=meeting.home_area,
        at=began,
        answer=Given(payload_hash=hashlib.sha256(words.encode()).hexdigest()) if words else None,
        answered_at=opinion.answered_at,
    )


def _link(matters: Sequence[Matter], opened: Sequence[Opened], words: Sequence[str]) -> None:
    MatterCommitment.objects.bulk_create(
        [
            MatterCommitment(home_area=m.home_area, matter=m, commitment=ledger.commitment, ordinal=1)
            for m, ledger in zip(matters, opened, strict=True)
        ],
        batch_size=BATCH,
    )
    Entry.objects.bulk_create(
        [
            Entry(home_area=matter.home_area, matter=matter, step=ledger.answer, text=text)
            for matter, ledger, text in zip(matters, opened, words, strict=True)
            if ledger.answer
        ],
        batch_size=BATCH,
    )
