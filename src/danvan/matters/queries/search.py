"""Finding matters by words, newest first; with or without accents, among what is in sight."""

from dataclasses import replace

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from danvan.base.keyset import SIZE, Order, Page, Strand, page
from danvan.matters.access import visible
from danvan.matters.kinds import SAID
from danvan.matters.models import Matter
from danvan.matters.queries.filters import Filters, over_matters
from danvan.matters.queries.rows import Row, rows_of
from danvan.matters.queries.scope import Scope
from danvan.units.access import Actor

NEWEST = Order("received_on", "id", newest_first=True)
GATHERED = Order("day", "id", newest_first=True)
"""By a column that no index holds in order: all hits are gathered by their words first, then sorted."""


def search(
    scope: Scope, by: Actor, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Row]:
    """Matters that have every word typed, held or taken in within the scope; who holds them is checked once more.

    A rare word is looked up and its hits sorted; among rows that nearly all have the word the newest are simply the
    first. No index does both, and the planner, left to itself, walks through everything for a word it never met.
    """
    where = SAID.has(filters.text) & over_matters(filters) & scope.place
    gather = not scope.alone and not SAID.is_common(filters.text, connection)
    rows = Matter.objects.annotate(day=Coalesce(F("received_on"), F("received_on"))).filter(where)
    strands = [Strand(rows.filter(part)) for part in scope.matters]
    order = GATHERED if gather else NEWEST
    found = page(strands, ("id",), lambda row: row[0], order, after=after, before=before, size=size)
    return replace(found, rows=rows_of("id", found.rows, scope.on, visible(by, scope.on)))


def sent(
    scope: Scope, by: Actor, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Row]:
    """Taken in by the own unit, held elsewhere; newest first."""
    where = over_matters(filters) & scope.place & ~Q(holder_id=by.unit_id)
    strand = Strand(Matter.objects.filter(where, taken_in_by_id=by.unit_id))
    found = page([strand], ("id",), lambda row: row[0], NEWEST, after=after, before=before, size=size)
    return replace(found, rows=rows_of("id", found.rows, scope.on))
