"""A register of letters as communes and their province keep one: everything the statutory forms tell apart happens.

A thousand letters live their lives by the actions themselves; what a form reads of them is then copied.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from bench.copied import mark
from bench.fill import Office
from danvan.base.clock import VIETNAM
from danvan.matters.actions import CaseSaid, Done, LetterSaid, Said, Words, act, do, give_verdict, register_letter
from danvan.matters.kinds import Category, Field, Figure, Flaw, Kind, LetterWay, Outcome, Reason, Settled, Writer
from danvan.matters.models import Case, Letter, Matter
from danvan.rules.procedure import Procedure
from danvan.units.access import Actor
from danvan.units.roles import ROLES

SEEDED = 1000
COPIED = {
    "commitments_commitment": ("id", "code"),
    "commitments_step": ("id", "commitment_id"),
    "matters_letter": ("id", "number"),
    "matters_matter": ("id", "code", "letter_id", "case_id", "current_id"),
    "matters_mattercommitment": ("id", "matter_id", "commitment_id"),
    "matters_case": ("id", "lead_id", "previous_id"),
    "matters_stage": ("id", "case_id", "commitment_id"),
    "matters_casefigure": ("id", "case_id"),
}
"""Everything the forms read."""

CONTENT = "Nội dung đơn gửi đến cơ quan có thẩm quyền xem xét, giải quyết."
ENDINGS = {
    Kind.COMPLAINT: (
        ("", 5), ("refuse", 6), ("guide", 4), ("forward", 5), ("transfer", 6), ("join", 4), ("run", 10),
        ("withdraw", 4), ("decide", 48), ("again", 8),
    ),
    Kind.DENUNCIATION: (
        ("", 5), ("check", 8), ("transfer", 7), ("run", 12), ("withdraw", 4), ("decide", 52), ("execute", 12),
    ),
    Kind.RECOMMENDATION: (("", 30), ("answer", 50), ("hand-over", 12), ("dispute", 8)),
}  # fmt: skip
"""What becomes of a content, and of how many in a hundred."""


def seed(offices: Sequence[Office], above: UUID) -> None:
    started, lives = time.monotonic(), Lives(offices, above)
    with transaction.atomic():
        for _ in range(SEEDED):
            lives.one()
    mark(COPIED)
    print(f"seeded {Letter.objects.count()} letters in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _by(unit_id: UUID) -> Actor:
    return Actor(label="x", role=ROLES["officer"], unit_id=unit_id)


class Lives:
    """Letters one after the other, each with what became of it; the same in every run."""

    def __init__(self, offices: Sequence[Office], above: UUID) -> None:
        self.rng = Random(1)  # noqa: S311 -- the same rows in every run
        self.offices, self.above = offices, above
        self.running: dict[UUID, tuple[UUID, datetime]] = {}

    def one(self) -> None:
        office = self.rng.choice(self.offices)
        at = datetime(2025, 12, 1, 9, tzinfo=VIETNAM) + timedelta(days=self.rng.randrange(330))
        if self.rng.random() < 0.06:
            unread = LetterSaid(flaw=Flaw.ILLEGIBLE, note="Không đọc được.")
            register_letter(letter=unread, contents=(), by=_by(office.unit_id), at=at)
            return
        kinds = (Kind.COMPLAINT, Kind.DENUNCIATION, Kind.RECOMMENDATION)
        kind = self.rng.choices(kinds, (60, 24, 16))[0]
        for_whom = office.unit_id if self.rng.random() < 0.97 else self.other(office)
        contents = [self.said(kind, replace(office, unit_id=for_whom))]
        if kind == Kind.COMPLAINT and self.rng.random() < 0.1:
            contents.append(self.said(Kind.REFLECTION, office))
        row = register_letter(letter=self.letter(kind), contents=contents, by=_by(office.unit_id), at=at).letter
        for matter in row.matters.order_by("part"):
            self.becomes(matter, replace(office, unit_id=matter.holder_id), at)

    def letter(self, kind: str) -> LetterSaid:
        way = self.rng.choice((LetterWay.POST, LetterWay.DIRECT, LetterWay.PORTAL))
        if kind == Kind.COMPLAINT and self.rng.random() < 0.1:
            return LetterSaid(way=way, writer=Writer.GROUP, signers=7)
        return LetterSaid(way=way)

    def said(self, kind: Kind, office: Office, **told: Any) -> Said:
        case = CaseSaid(category=self.rng.choice(list(Category)), **told)
        return Said(content=CONTENT, area_id=office.area_id, kind=kind, unit_id=office.unit_id,
                    field=self.rng.choice(list(Field)), case=case)  # fmt: skip

    def becomes(self, matter: Matter, office: Office, at: datetime) -> None:
        plain = matter.case_id is None
        ends, shares = zip(*ENDINGS[Kind.RECOMMENDATION if plain else Kind(matter.kind)], strict=True)
        end = self.rng.choices(ends, shares)[0]
        if end and plain:
            self.petition(matter, end, office, at)
        elif end:
            self.case(matter, end, office, at)

    def petition(self, matter: Matter, end: str, office: Office, at: datetime) -> None:
        def acts(day: int, verb: str, by: UUID, **words: Any) -> None:
            said = Words(text="Theo hồ sơ.", **words)
            act(matter_id=matter.pk, verb=verb, words=said, by=_by(by), at=at + timedelta(days=day))

        unit_id = office.unit_id
        if end == "hand-over":
            unit_id = self.other(office)
            acts(2, "hand-over", office.unit_id, unit_id=unit_id)
        acts(4 + self.rng.randrange(30), "answer", unit_id)
        if end == "dispute":
            give_verdict(matter=matter, settled=Settled.NO, score=2, text="Chưa xong.", at=at + timedelta(days=40))
            if self.rng.random() < 0.7:
                acts(45, "answer", unit_id)

    def case(self, matter: Matter, end: str, office: Office, at: datetime) -> None:
        def done(day: int, key: str, by: UUID = office.unit_id, **more: Any) -> None:
            given = Done(text="Theo hồ sơ.", number="1/UBND", **more)
            do(case_id=case.pk, key=key, done=given, by=_by(by), at=at + timedelta(days=day))

        case, unit_id = Case.objects.get(lead=matter), office.unit_id
        if end in {"refuse", "guide", "forward", "check"}:
            done(3, end, addressee="Cơ quan có thẩm quyền", reason=Reason.LATE if end == "refuse" else "")
        elif end == "join":
            earlier, since = self.running.get(unit_id, (None, at))
            if earlier and since < at:
                done(6, "join", case_id=earlier)
        else:
            if end == "transfer":
                unit_id = self.other(office)
                done(3, "transfer", unit_id=unit_id)
            if end != "transfer" or self.rng.random() < 0.7:
                done(5, "accept-denunciation" if matter.kind == Kind.DENUNCIATION else "accept", unit_id)
                self.accepted(case, end, office, unit_id, at)

    def accepted(self, case: Case, end: str, office: Office, unit_id: UUID, at: datetime) -> None:
        given, by = Done(text="Theo hồ sơ.", number="1/UBND"), _by(unit_id)
        if end == "run":
            if case.procedure == Procedure.COMPLAINT:
                self.running.setdefault(unit_id, (case.pk, at + timedelta(days=5)))
            return
        if end == "withdraw":
            do(case_id=case.pk, key=end, done=given, by=by, at=at + timedelta(days=8))
            return
        self.decide(case, unit_id, at + timedelta(days=10 + self.rng.randrange(40)))
        if end == "execute":
            do(case_id=case.pk, key=end, done=given, by=by, at=at + timedelta(days=70))
        elif end == "again":
            self.second(case, office, at + timedelta(days=60))

    def decide(self, case: Case, unit_id: UUID, at: datetime, *, again: bool = False) -> None:
        right, wrong, partly = Outcome.RIGHT, Outcome.WRONG, Outcome.PARTLY
        outcomes = (Outcome.UPHELD, Outcome.CHANGED) if again else (right, wrong, partly)
        figures = {Figure.STATE_MONEY: 1_000_000 * self.rng.randrange(5), Figure.PERSON_LAND: self.rng.randrange(90)}
        given = Done(text="Theo hồ sơ.", number="1/UBND", outcome=self.rng.choice(outcomes), figures=figures)
        key = "conclude" if case.lead.kind == Kind.DENUNCIATION else "decide"
        do(case_id=case.pk, key=key, done=given, by=_by(unit_id), at=at)

    def second(self, first: Case, office: Office, at: datetime) -> None:
        """The same complaint a second time, to the province."""
        by, told = _by(self.above), {"previous_id": first.pk, "procedure": Procedure.SECOND_COMPLAINT}
        said = Said(content=CONTENT, area_id=office.area_id, kind=Kind.COMPLAINT, unit_id=self.above,
                    case=CaseSaid(category=Category.LAND, **told))  # fmt: skip
        letter = register_letter(letter=LetterSaid(), contents=[said], by=by, at=at).letter
        case = Case.objects.get(lead__letter=letter)
        accepted = Done(text="Theo hồ sơ.", number="1/UBND")
        do(case_id=case.pk, key="accept", done=accepted, by=by, at=at + timedelta(days=4))
        if self.rng.random() < 0.7:
            self.decide(case, self.above, at + timedelta(days=20), again=True)

    def other(self, office: Office) -> UUID:
        return self.rng.choice([each.unit_id for each in self.offices if each.unit_id != office.unit_id])
