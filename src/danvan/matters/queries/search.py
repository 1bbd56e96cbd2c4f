"""Finding matters by words, newest first; with or without accents, among what is in sight."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce

from danvan.base.keyset import SIZE, Cursor, Order, Page, Strand, page
from danvan.matters.kinds import SAID
from danvan.matters.models import Matter
from danvan.matters.queries.filters import Filters, over_matters
from danvan.matters.queries.rows import Row, rows_of
from danvan.matters.queries.scope import Scope, row_by_row
from danvan.units.access import Actor

NEWEST = Order("received_on", "id", newest_first=True)
GATHERED = Order("day", "id", newest_first=True)
"""By a column that no index holds in order: all hits are gathered by their words first, then sorted."""
WALKED = 8000
"""Rows that are walked through in less time than the hits of common words are gathered."""


def search(
    scope: Scope, by: Actor, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Row]:
    """Matters that have every word typed, held or taken in within the scope; who holds them is checked once more.

    Rows with a rare word are looked up and sorted. Where many have the words, the newest are soonest met by walking
    back through time: through all that one unit has, but no further than `WALKED` through what several have, because
    words that are common each may never stand together. What the walk does not fill is looked up.
    """
    backwards, common = bool(before and not after), SAID.is_common(filters.text, connection)
    has, narrowed = SAID.has(filters.text), over_matters(filters) & scope.place
    rows = Matter.objects.annotate(day=Coalesce(F("received_on"), F("received_on"))).filter(narrowed)

    def keys(where: Q, order: Order) -> Page[UUID]:
        strands = [Strand(rows.filter(where, part)) for part in scope.matters]
        return page(strands, ("id",), lambda row: row[0], order, after=after, before=before, size=size)

    if scope.alone:
        found = keys(row_by_row(has) if common else has, NEWEST)
    elif not common:
        found = keys(has, GATHERED)
    else:
        found = keys(row_by_row(has) & _near(after or before, upwards=backwards), NEWEST)
        if not (found.previous if backwards else found.next):
            found = keys(has, GATHERED)
    lines = rows_of("id", found.rows, scope.on, by)
    return Page(lines, found.previous, found.next)


def _near(cursor: str, *, upwards: bool) -> Q:
    """The days next to the cursor, or the newest, as far as the next `WALKED` rows of all reach."""
    start, order = Cursor.read(cursor).day if cursor else None, "received_on" if upwards else "-received_on"
    beyond = Q(received_on__gte=start) if upwards else Q(received_on__lte=start)
    rows = Matter.objects.filter(beyond if start else Q()).order_by(order)
    last = Coalesce(Subquery(rows.values("received_on")[WALKED : WALKED + 1]), date.max if upwards else date.min)
    return Q(received_on__lte=last) if upwards else Q(received_on__gte=last)


def sent(
    scope: Scope, by: Actor, filters: Filters, *, after: str = "", before: str = "", size: int = SIZE
) -> Page[Row]:
    """Taken in by the own unit, held elsewhere; newest first."""
    where = over_matters(filters) & scope.place & ~Q(holder_id=by.unit_id)
    strand = Strand(Matter.objects.filter(where, taken_in_by_id=by.unit_id))
    found = page([strand], ("id",), lambda row: row[0], NEWEST, after=after, before=before, size=size)
    return replace(found, rows=rows_of("id", found.rows, scope.on))
