"""Published answers: found by anybody, with or without accents; and where a matter's own stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from danvan.base.errors import Absent
from danvan.matters.kinds import PUBLISHED, Field
from danvan.matters.models import Matter, PublishedAnswer, SavedView
from danvan.rules.redaction import LABELS, Confidence, Kind, Span, propose, redacted
from danvan.units.access import Actor
from danvan.units.models import AreaVersion, UnitVersion

SIZE = 20


@dataclass(frozen=True)
class Shown:
    """What everybody reads; `next` begins the following page."""

    code: str
    question: str
    answer: str
    field: str
    unit: str
    area: str
    published_on: date
    is_illustration: bool


@dataclass(frozen=True)
class Found:
    rows: list[Shown]
    next: str


def published(*, text: str = "", field: str = "", after: str = "") -> Found:
    """Newest first, one statement. A cursor is a day and a public code, never a row's id."""
    where = Q(withdrawn_at=None)
    if text.strip():
        where &= PUBLISHED.has(text)
    if field in Field.values:
        where &= Q(field=field)
    day, _, code = after.partition("~")
    if code and _is_day(day):
        where &= Q(published_on__lt=day) | Q(published_on=day, code__lt=code)
    rows = list(_named().filter(where).order_by("-published_on", "-code")[: SIZE + 1])
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    following = f"{last.published_on:%Y-%m-%d}~{last.code}" if last else ""
    return Found([_shown(row) for row in rows[:SIZE]], following)


def published_one(code: str) -> Shown:
    row = _named().filter(withdrawn_at=None, code=code).first()
    if row is None:
        raise Absent
    return _shown(row)


def _named() -> QuerySet[PublishedAnswer]:
    units = UnitVersion.objects.filter(unit_id=OuterRef("unit_id")).order_by("-valid_from")
    areas = AreaVersion.objects.filter(area_id=OuterRef("area_id")).order_by("-valid_from")
    return PublishedAnswer.objects.annotate(
        unit_name=Subquery(units.values("name")[:1]),
        area_name=Subquery(areas.values("full_name")[:1]),
        made_up=F("matter__is_illustration"),
    )


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _shown(row: PublishedAnswer) -> Shown:
    return Shown(
        code=row.code,
        question=row.question,
        answer=row.answer,
        field=str(Field(row.field).label),
        unit=getattr(row, "unit_name", "") or "",
        area=getattr(row, "area_name", "") or "",
        published_on=row.published_on,
        is_illustration=bool(getattr(row, "made_up", False)),
    )


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `kind` says what it may give away, empty where nothing."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Draft:
    """What the office starts from: the words with everything proposed already hidden, and what was found in them."""

    hidden: str
    pieces: list[Piece]


def draft_of(text: str) -> Draft:
    spans = propose(text)
    return Draft(redacted(text, spans), _pieces(text, spans))


def leading_to_somebody(text: str) -> list[Piece]:
    """Numbers, addresses and mailboxes of persons that are surely such; names are for a person to judge."""
    sure = [span for span in propose(text) if span.confidence == Confidence.SURE and span.kind != Kind.NAME]
    return [Piece(text[span.start : span.end], LABELS[span.kind]) for span in sure]


def names_in(*texts: str) -> list[str]:
    """The names that would stay readable, each once, in reading order."""
    found = (text[span.start : span.end] for text in texts for span in propose(text) if span.kind == Kind.NAME)
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Doubtful:
    """A published answer in which something is found today; `kinds` say what it is, never the words themselves."""

    code: str
    unit: str
    published_on: date
    kinds: list[str]


def published_in_doubt() -> Iterator[Doubtful]:
    """Everything that stands before the public, read again with the proposals of this version."""
    for row in _named().filter(withdrawn_at=None).order_by("published_on", "code").iterator(chunk_size=500):
        kinds = {piece.kind for text in (row.question, row.answer) for piece in leading_to_somebody(text)}
        kinds |= {LABELS[Kind.NAME]} if names_in(row.question, row.answer) else set()
        if kinds:
            yield Doubtful(row.code, getattr(row, "unit_name", "") or "", row.published_on, sorted(kinds))


def _pieces(text: str, spans: tuple[Span, ...]) -> list[Piece]:
    pieces, last = [], 0
    for span in spans:
        pieces += [Piece(text[last : span.start]), Piece(text[span.start : span.end], LABELS[Kind(span.kind)])]
        last = span.end
    return [piece for piece in [*pieces, Piece(text[last:])] if piece.text]


def publication_of(matter: Matter) -> PublishedAnswer | None:
    rows = PublishedAnswer.objects.filter(home_area=matter.home_area, matter=matter).select_related("published_by")
    return rows.order_by("withdrawn_at", "-published_on").filter(withdrawn_at=None).first()


def views_of(by: Actor) -> list[SavedView]:
    if by.account_id is None:
        return []
    return list(SavedView.objects.filter(account_id=by.account_id).order_by("name"))
