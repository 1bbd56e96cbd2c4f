"""The register of letters: pages by key, newest first, and looking one up by what is written on it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from danvan.base.keyset import SIZE, Order, Page, Strand, page
from danvan.matters.kinds import Kind
from danvan.matters.models import Case, Letter, Matter
from danvan.matters.queries.scope import Scope, scope_of
from danvan.rules.papers import named_papers_of_letters
from danvan.rules.procedure import PHASE_NAMES, Phase
from danvan.units.access import Actor
from danvan.units.queries import unit_names

NEWEST_FIRST = Order("received_on", "id", newest_first=True)
GOOD, FLAWED = "good", "flawed"
"""Meets the conditions for handling, or does not, whatever the flaw."""


@dataclass(frozen=True)
class LetterFilters:
    """What narrows the register; `flaw` is one flaw, `good` or `flawed`."""

    kind: Kind | None = None
    flaw: str = ""
    is_unsorted: bool = False
    year: int | None = None

    @property
    def are_set(self) -> bool:
        return bool(self.kind or self.flaw or self.is_unsorted or self.year)


@dataclass(frozen=True)
class LetterPart:
    """One content of a letter; `says` is where its case stands, or its state."""

    code: str
    kind: str
    summary: str
    says: str


@dataclass(frozen=True)
class ListedLetter:
    letter: Letter
    unit: str
    parts: list[LetterPart]

    @property
    def number(self) -> str:
        return f"{self.letter.number}/{self.letter.year}"

    @property
    def papers(self) -> list[tuple[str, str]]:
        return named_papers_of_letters()


def letters(
    *, by: Actor, on: date, filters: LetterFilters, after: str = "", before: str = "", size: int = SIZE
) -> Page[ListedLetter]:
    """Letters in the registers of the units in sight; four queries, one more from above, however many there are.

    Refuses who may not read matters.
    """
    scope = scope_of(by, on)
    strand = Strand(Letter.objects.filter(_of(scope) & _narrowed(filters)))
    found = page([strand], ("id",), lambda row: row[0], NEWEST_FIRST, after=after, before=before, size=size)
    rows = Letter.objects.in_bulk(found.rows)
    parts = _parts(list(rows))
    names = unit_names({row.unit_id for row in rows.values()}, on)
    listed = [ListedLetter(rows[i], names.get(rows[i].unit_id, ""), parts.get(i, [])) for i in found.rows]
    return Page(listed, found.previous, found.next)


def _of(scope: Scope) -> Q:
    return Q(unit_id=scope.top) if scope.alone else Q(unit_id__in=scope.units)


def _narrowed(filters: LetterFilters) -> Q:
    where = Q()
    if filters.year:
        where &= Q(received_on__gte=date(filters.year, 1, 1), received_on__lte=date(filters.year, 12, 31))
    if filters.is_unsorted:
        where &= Q(sorted_on__isnull=True)
    if filters.flaw == GOOD:
        where &= Q(flaw="")
    elif filters.flaw == FLAWED:
        where &= ~Q(flaw="")
    elif filters.flaw:
        where &= Q(flaw=filters.flaw)
    if filters.kind:
        contents = Matter.objects.filter(home_area=OuterRef("home_area"), letter=OuterRef("pk"), kind=filters.kind)
        where &= Q(Exists(contents))
    return where


def _parts(letter_ids: list[UUID]) -> dict[UUID, list[LetterPart]]:
    rows = Matter.objects.filter(letter_id__in=letter_ids).select_related("case", "current").order_by("letter", "part")
    found: dict[UUID, list[LetterPart]] = {}
    for row in rows:
        says = PHASE_NAMES[Phase(row.case.phase)] if row.case else row.current.get_state_display()
        part = LetterPart(row.code, row.get_kind_display(), row.summary, says)
        if row.letter_id is not None:
            found.setdefault(row.letter_id, []).append(part)
    return found


def letter_numbered(number: int, year: int, unit_id: UUID) -> UUID | None:
    """An earlier letter in the register of this unit by what is written on it."""
    rows = Letter.objects.filter(unit_id=unit_id, year=year, number=number)
    return rows.values_list("id", flat=True).first()


def case_of_code(code: tuple[int, str], holder_id: UUID | None = None) -> UUID | None:
    """The case of a matter by its code, as `read_code` gives it; of one holder where that is named."""
    rows = Case.objects.filter(home_area=code[0], lead__code=code[1])
    if holder_id is not None:
        rows = rows.filter(holder_id=holder_id)
    return rows.values_list("id", flat=True).first()
