"""What goes in and out of the API of letters and cases."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime
from pydantic import Field as Limits

from danvan.matters.actions import MAX_CONTENT, MAX_POINTS
from danvan.matters.api.shapes import HoldOut, ReceivedOut, SenderIn
from danvan.matters.kinds import (
    Category,
    Field,
    Figure,
    Finding,
    Flaw,
    Kind,
    Language,
    LetterWay,
    Outcome,
    Reason,
    ReplyBy,
    SameWhy,
    Writer,
)
from danvan.rules.procedure import ACTS, Procedure


class StageOut(Schema):
    """A clock of a case; `deadline` explains its due day line by line."""

    name: str
    title: str
    is_main: bool
    unit: str
    state: str
    due: date | None
    stopped_on: date | None
    is_late: bool
    deadline: dict[str, Any] | None


class ActOut(Schema):
    """`on` is the day of the paper, `recorded_on` when it was written down here where that was another day; `files` are
    the numbers of those that came with it.
    """

    key: str
    title: str
    on: date
    recorded_on: date | None
    number: str
    signer: str
    text: str
    addressee: str
    place: str
    until: date | None
    who: str
    is_inside: bool
    files: list[int]


class OpenActOut(Schema):
    """An act the caller may do now, and what must come with it."""

    key: str
    label: str
    needs: list[str]
    source: str


class JudgedPointOut(Schema):
    ordinal: int
    request: str
    finding: str
    withdrawn_on: date | None
    evidence: list[int]


class CaseOut(Schema):
    """`seen` is the `seen` an act names as the state it was decided from."""

    code: str
    procedure: str
    phase: str
    phase_name: str
    category: str
    subject: str
    against: str
    is_against_head: bool
    known_on: date | None
    is_remote: bool
    criteria: list[str]
    complexity: str
    accepted_on: date | None
    decided_on: date | None
    effective_on: date | None
    closed_on: date | None
    outcome: str
    reason: str
    into: str | None
    previous: str | None
    later: list[str]
    joined: list[str]
    points: list[JudgedPointOut]
    stages: list[StageOut]
    acts: list[ActOut]
    holds: list[HoldOut]
    next: list[OpenActOut]
    seen: int
    is_illustration: bool


class ActIn(Schema):
    """`on` is the day of the paper, today where not given; `findings` says what was found on each point, by ordinal;
    `evidence_points` of each file of `evidence`, in their order, on which point it shows that.
    """

    key: Literal[tuple(ACTS)]  # type: ignore[valid-type]
    text: str = Limits("", max_length=MAX_CONTENT)
    on: date | None = None
    number: str = Limits("", max_length=60)
    signer: str = Limits("", max_length=120)
    addressee: str = Limits("", max_length=200)
    place: str = Limits("", max_length=200)
    until: date | None = None
    unit: UUID | None = None
    case: str = Limits("", max_length=40, description="Mã của vụ việc để nhập vào")
    days: int = Limits(0, ge=0, le=365)
    reason: Reason | None = None
    outcome: Outcome | None = None
    points: list[int] = Limits([], max_length=MAX_POINTS)
    findings: dict[int, Finding] = {}
    evidence_points: list[int] = Limits([], max_length=100)
    figures: dict[Figure, Decimal] = {}
    rule_on: date | None = None
    is_remote: bool | None = None
    criteria: list[str] | None = None
    seen: int | None = None


class CaseIn(Schema):
    """What is known of a case when its letter comes. `against_id` is one of our units, `against` any other."""

    procedure: Procedure | None = None
    category: Category = Category.OTHER
    subject: str = Limits("", max_length=300)
    against_id: UUID | None = None
    against: str = Limits("", max_length=200)
    is_against_head: bool = False
    known_on: date | None = None
    is_remote: bool = False
    criteria: list[str] = []
    previous: str = Limits("", max_length=40, description="Mã của vụ việc đã giải quyết lần trước")


class ContentIn(Schema):
    """One content of a letter; `case` counts for complaints and denunciations only."""

    content: str = Limits(min_length=1, max_length=MAX_CONTENT)
    area_id: UUID
    kind: Kind = Kind.COMPLAINT
    field: Field = Field.OTHER
    place: str = Limits("", max_length=200)
    points: list[Annotated[str, Limits(max_length=500)]] = Limits([], max_length=MAX_POINTS)
    case: CaseIn | None = None


class LetterIn(Schema):
    """`sender` wrote all contents; of a denunciation it is sealed. `same_as` is an earlier number: 12/2026."""

    contents: list[ContentIn] = Limits([], max_length=10)
    way: LetterWay = LetterWay.DIRECT
    writer: Writer = Writer.PERSON
    signers: int = Limits(1, ge=1, le=100_000)
    forwarded_by: str = Limits("", max_length=200)
    language: Language = Language.VIETNAMESE
    is_translated: bool = False
    is_anonymous: bool = False
    flaw: Flaw | None = None
    same_as: str = Limits("", max_length=12)
    same_why: SameWhy | None = None
    note: str = Limits("", max_length=300)
    source: str = Limits("", max_length=160)
    reply_by: ReplyBy = ReplyBy.NONE
    sender: SenderIn | None = None
    received_at: AwareDatetime | None = None


class LetterOut(Schema):
    """`parts` in the order of the letter; each `pin` is told once."""

    number: int
    year: int
    parts: list[ReceivedOut]


class LetterPartOut(Schema):
    code: str
    kind: str
    summary: str
    says: str


class LetterRowOut(Schema):
    number: int
    year: int
    received_on: date
    unit: str
    way: str
    writer: str
    signers: int
    forwarded_by: str
    flaw: str
    is_anonymous: bool
    sorted_on: date | None
    parts: list[LetterPartOut]
    is_illustration: bool


class LettersOut(Schema):
    letters: list[LetterRowOut]
    next: str | None
    previous: str | None


class LetterListIn(Schema):
    kind: Kind | None = None
    flaw: str = Limits("", max_length=12)
    unsorted: bool = False
    year: int | None = Limits(None, ge=1990, le=2200)
    after: str = Limits("", max_length=60)
    before: str = Limits("", max_length=60)
    limit: int = Limits(50, ge=1, le=100)
