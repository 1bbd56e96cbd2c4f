"""Matters that look like one: candidates to compare, links that were made, and what a linked matter may tell."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from danvan.base.models import IdempotencyKey
from danvan.commitments.models import Step
from danvan.matters.access import visible
from danvan.matters.kinds import Kind, LinkWhy
from danvan.matters.models import LikenessMark, Matter, MatterLink
from danvan.rules.ledger import State
from danvan.rules.likeness import ALIKE, SHARED, alike, signature
from danvan.units.access import Actor, in_force
from danvan.units.models import UnitVersion
from danvan.units.queries import unit_names

LOOKED_BACK = timedelta(days=90)
LOOKED_AT = 60
SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """An earlier matter of the same place; `score` in hundredths."""

    code: str
    content: str
    received_on: date
    state: State
    holder: str
    score: int


def candidates(
    *, content: str, area_id: UUID, by: Actor, on: date, before: date | None = None, leave_out: UUID | None = None
) -> list[Candidate]:
    """Up to five matters of the last 90 days this actor may see that look like these words, the most alike first.

    Two statements, whatever the size of the table: one along the index of the place's signatures, one for what is left.
    """
    until = before or on
    shared = (
        LikenessMark.objects.filter(area_id=area_id, mark__in=signature(content))
        .filter(received_on__range=(until - LOOKED_BACK, until))
        .exclude(matter_id__in=[leave_out] if leave_out else [])
        .values("matter_id", "home_area")
        .annotate(many=Count("id"))
        .filter(many__gte=SHARED)
        .order_by("-many", "-matter_id")[:LOOKED_AT]
    )
    found = list(shared)
    if not found:
        return []
    rows = _with_holder(on).filter(
        visible(by, on),
        pk__in=[row["matter_id"] for row in found],
        home_area__in={row["home_area"] for row in found},
    )
    scored = ((alike(content, row.content), row) for row in rows.exclude(kind=Kind.DENUNCIATION))
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].code))
    return [_candidate(row, score) for score, row in best[:SHOWN]]


def _with_holder(on: date) -> Any:
    names = UnitVersion.objects.filter(in_force(on), unit_id=OuterRef("current__owed_by_id"))
    return Matter.objects.select_related("current").annotate(holder_name=Subquery(names.values("name")[:1]))


def _candidate(row: Any, score: float) -> Candidate:
    return Candidate(
        code=row.code,
        content=row.content,
        received_on=row.received_on,
        state=State(row.current.state),
        holder=row.holder_name or "",
        score=round(score * 100),
    )


def sent_already(key: str, by: Actor) -> bool:
    """Whether the form of this key has made its matter: sent twice it is no second letter."""
    return IdempotencyKey.objects.filter(verb="receive", key=f"{by.account_id or 'citizen'}:{key}").exists()


@dataclass(frozen=True)
class Linked:
    """One link as seen from one of its two matters; `code` is empty where the other may not be seen."""

    link_id: UUID
    code: str
    is_earlier: bool
    why: str
    reason: str
    at: datetime
    post: str
    ended_at: datetime | None
    ended_reason: str


def links_of(matter: Matter, by: Actor, on: date) -> list[Linked]:
    """Every link there is or was, newest first; two statements."""
    rows = list(
        MatterLink.objects.filter(Q(matter=matter) | Q(original=matter), home_area=matter.home_area)
        .select_related("linked_by")
        .order_by("-linked_at")
    )
    others = {row.original_id if row.matter_id == matter.pk else row.matter_id for row in rows}
    seen = Matter.objects.filter(visible(by, on), home_area=matter.home_area, pk__in=others) if others else ()
    codes = {other.pk: other.code for other in seen}
    return [_linked(row, matter, codes) for row in rows]


def _linked(row: MatterLink, matter: Matter, codes: dict[UUID, str]) -> Linked:
    is_earlier = row.matter_id == matter.pk
    return Linked(
        link_id=row.pk,
        code=codes.get(row.original_id if is_earlier else row.matter_id, ""),
        is_earlier=is_earlier,
        why=str(LinkWhy(row.why).label),
        reason=row.reason,
        at=row.linked_at,
        post=row.linked_by.title if row.linked_by else "",
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
    )


@dataclass(frozen=True)
class Followed:
    """How an earlier matter fares, told to the sender of a later one: what was done and when, no words, no code."""

    why: str
    state: State
    due: date | None
    holder: str
    steps: list[tuple[str, datetime]]


def followed_by(matter: Matter, on: date) -> list[Followed]:
    """The earlier matters this one is linked to; one statement where there are none, three where there are."""
    links = MatterLink.objects.filter(home_area=matter.home_area, matter=matter, ended_at=None)
    rows = list(links.select_related("original__current").order_by("linked_at"))
    if not rows:
        return []
    currents = [row.original.current for row in rows]
    steps = Step.objects.filter(home_area=matter.home_area, commitment_id__in=[current.pk for current in currents])
    told = list(steps.order_by("seq").values_list("commitment_id", "verb", "at"))
    names = unit_names({current.owed_by_id for current in currents}, on)
    return [
        Followed(
            why=str(LinkWhy(row.why).label),
            state=State(row.original.current.state),
            due=row.original.current.due,
            holder=names.get(row.original.current.owed_by_id, ""),
            steps=[(verb, at) for commitment, verb, at in told if commitment == row.original.current_id][::-1],
        )
        for row in rows
    ]
