"""What goes in and out of the API of matters."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import AwareDatetime
from pydantic import Field as Limits

from danvan.matters.actions import MAX_CONTENT, MAX_POINTS
from danvan.matters.kinds import (
    Field,
    Intake,
    Kind,
    ReplyBy,
)
from danvan.matters.queries.inbox import FOLDERS
from danvan.rules.ledger import MOVES
from danvan.units.access import Actor

Verb = Literal[tuple(sorted(set(MOVES) - {"open"}))]  # type: ignore[valid-type]
FolderKey = Literal[tuple(FOLDERS)]  # type: ignore[valid-type]


class ApiRequest(HttpRequest):
    by: Actor


class Problem(Schema):
    """Every refusal: a code for machines, a sentence for people, and the field it belongs to."""

    code: str
    message: str
    field: str = ""


REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
PUBLIC_REFUSALS = {403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


class SenderIn(Schema):
    name: str = Limits("", max_length=120)
    phone: str = Limits("", max_length=30)
    email: str = Limits("", max_length=254)
    address: str = Limits("", max_length=200)


class MatterIn(Schema):
    """`intake`, `received_at`, `unit_id` and `source` are an officer's to say; a citizen's are left unread."""

    content: str = Limits(min_length=1, max_length=MAX_CONTENT)
    area_id: UUID
    kind: Kind = Kind.REFLECTION
    field: Field = Field.OTHER
    place: str = Limits("", max_length=200)
    points: list[Annotated[str, Limits(max_length=500)]] = Limits([], max_length=MAX_POINTS)
    reply_by: ReplyBy = ReplyBy.NONE
    sender: SenderIn | None = None
    intake: Intake = Intake.OFFICE
    received_at: AwareDatetime | None = None
    unit_id: UUID | None = None
    source: str = Limits("", max_length=160)


class ReceivedOut(Schema):
    """`pin` is told once: on a repeated call with the same key it is empty."""

    code: str
    pin: str
    state: str
    due: date | None
    unit_id: UUID


class RowOut(Schema):
    code: str
    summary: str
    kind: str
    field: str
    intake: str
    area_id: UUID
    area: str
    place: str
    received_on: date
    state: str
    due: date | None
    unit_id: UUID
    unit: str
    hops: int
    is_new: bool
    seen: int
    duty: str
    is_illustration: bool


class PageOut(Schema):
    """`next` and `previous` go into `after` and `before`; there is no total."""

    rows: list[RowOut]
    next: str | None
    previous: str | None


class FolderOut(Schema):
    """`number` is counted up to a limit; `is_more`: there are more than that. Folders not counted have none."""

    key: str
    title: str
    number: int | None
    is_more: bool


class StepOut(Schema):
    verb: str
    title: str
    at: datetime
    who: str
    text: str
    unit: str
    due: date | None
    files: list[int]


class PointOut(Schema):
    """`evidence`: numbers of the files that show the answer that stands."""

    ordinal: int
    request: str
    answer: str
    evidence: list[int]


class FileOut(Schema):
    """A file of a matter. `points` and `acts` are ordinals of where it stands; `is_internal`: its sender is not shown
    it.
    """

    number: int
    media_type: str
    bytes: int
    added_at: datetime
    points: list[int]
    acts: list[int]
    is_internal: bool


class HoldOut(Schema):
    unit: str
    since: date
    until: date | None
    days: int


class MoveOut(Schema):
    """A step open to the caller now, and what it must carry: text, unit, days."""

    verb: str
    label: str
    needs: list[str]


class DetailOut(Schema):
    code: str
    kind: str
    field: str
    intake: str
    content: str
    area_id: UUID
    area: str
    place: str
    received_on: date
    state: str
    due: date | None
    due_statutory: date | None
    deadline: dict[str, Any] | None
    unit_id: UUID
    unit: str
    hops: int
    seen: int
    points: list[PointOut]
    steps: list[StepOut]
    holds: list[HoldOut]
    next: list[MoveOut]
    is_illustration: bool
    source: str


class StepIn(Schema):
    """`points` answers each point by its ordinal; `evidence_points` says of each file of `evidence`, in their order, at
    which point it hangs. `seen` is the `seen` of the matter as it was read.
    """

    verb: Verb  # type: ignore[valid-type]
    text: str = Limits("", max_length=MAX_CONTENT)
    unit: UUID | None = None
    days: int = Limits(0, ge=0, le=365)
    points: dict[int, str] = {}
    evidence_points: list[int] = Limits([], max_length=100)
    seen: int | None = None


class TrackIn(Schema):
    code: str = Limits(max_length=40)
    pin: str = Limits(max_length=12)


class SayIn(TrackIn):
    """`seen` is the `seen` of the matter as it was read."""

    verb: Literal["add", "reply", "withdraw"] = "add"
    text: str = Limits("", max_length=MAX_CONTENT)
    seen: int | None = None


class TrackedStageOut(Schema):
    title: str
    due: date | None
    done_on: date | None
    is_main: bool
    is_late: bool


class TrackedCaseOut(Schema):
    """A case for whoever raised it: `remedies` is what the law lets them do now, `opened` how often a sealed identity
    was opened.
    """

    phase: str
    phase_name: str
    stages: list[TrackedStageOut]
    next: list[str]
    remedies: list[str]
    opened: int


class TrackedPointOut(Schema):
    """What was asked and answered, in a case found; `evidence`: numbers of the files that show it."""

    request: str
    answer: str
    evidence: list[int]


class TrackedOut(Schema):
    """`files`: under which numbers photos and papers are fetched."""

    code: str
    state: str
    unit: str
    since: date
    hops: int
    area: str
    received_on: date
    due: date | None
    is_late: bool
    deadline: dict[str, Any] | None
    question: str
    answer: str | None
    points: list[TrackedPointOut]
    files: list[int]
    case: TrackedCaseOut | None
    steps: list[StepOut]
    next: list[str]
    seen: int
    is_illustration: bool


class ListIn(Schema):
    folder: FolderKey = "all"  # type: ignore[valid-type]
    q: str = Limits("", max_length=200)
    field: Field | None = None
    kind: str = Limits("", max_length=20)
    intake: Intake | None = None
    area: UUID | None = None
    unit: UUID | None = None
    month: str = Limits("", pattern=r"^((19|20)\d\d-(0[1-9]|1[0-2]))?$")
    after: str = Limits("", max_length=60)
    before: str = Limits("", max_length=60)
    limit: int = Limits(50, ge=1, le=100)
