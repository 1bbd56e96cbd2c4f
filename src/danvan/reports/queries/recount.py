"""The same figures counted again from the ledger alone, in one hand-written statement.

Nothing here reads a tally, a derived column or a sealed sheet; it is what the roll-up is held against.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection

from danvan.reports.indicators import INDICATORS, drawn_keys
from danvan.reports.indicators.sources import InHand, Tallied
from danvan.reports.queries.drawing import Values
from danvan.rules.periods import Period
from danvan.units.models import Unit

RECOUNT = """
WITH holding AS (
    SELECT s.commitment_id, s.to_unit_id AS unit_id, s.seq, s."on", s.verb,
           LAG(s.to_unit_id) OVER run AS before_id, LEAD(s.seq) OVER run AS until_seq, LEAD(s."on") OVER run AS until_on
    FROM commitments_step s
    WHERE s.to_unit_id IS NOT NULL
    WINDOW run AS (PARTITION BY s.commitment_id ORDER BY s.seq)
), stopping AS (
    SELECT s.commitment_id, MIN(s.seq) AS seq, MIN(s."on") AS "on"
    FROM commitments_step s
    WHERE s.verb IN ('answer', 'withdraw', 'cancel', 'fulfil', 'settle', 'transfer', 're-base', 'retract', 'terminate')
    GROUP BY s.commitment_id
), moving AS (
    SELECT h.unit_id, h.before_id, h.commitment_id, h."on"
    FROM holding h LEFT JOIN stopping t ON t.commitment_id = h.commitment_id
    WHERE h.verb IN ('hand-over', 'take-over') AND h.unit_id <> h.before_id AND (t.seq IS NULL OR h.seq < t.seq)
), doing AS (
    SELECT h.unit_id, s.commitment_id, s.verb, s."on", s.due, s.seq
    FROM commitments_step s
    JOIN holding h ON h.commitment_id = s.commitment_id AND h.seq <= s.seq
                  AND (h.until_seq IS NULL OR s.seq < h.until_seq)
), counted AS (
    SELECT unit_id, commitment_id, 'received' AS what, "on" FROM holding WHERE verb IN ('open', 'lodge')
    UNION ALL
    SELECT unit_id, commitment_id, 'handed-in', "on" FROM holding WHERE verb = 'take-up'
    UNION ALL
    SELECT unit_id, commitment_id, 'handed-out', "on" FROM doing WHERE verb = 'transfer'
    UNION ALL
    SELECT unit_id, commitment_id, 'handed-in', "on" FROM moving
    UNION ALL
    SELECT before_id, commitment_id, 'handed-out', "on" FROM moving
    UNION ALL
    SELECT unit_id, commitment_id, 'answered', "on" FROM doing WHERE verb IN ('answer', 'settle')
    UNION ALL
    SELECT unit_id, commitment_id, CASE WHEN "on" <= due THEN 'on-time' ELSE 'late' END, "on" FROM doing
    WHERE verb IN ('answer', 'settle') AND due IS NOT NULL
    UNION ALL
    SELECT unit_id, commitment_id, CASE verb WHEN 'confirm' THEN 'confirmed' WHEN 'dispute' THEN 'disputed'
           ELSE 'lapsed' END, "on" FROM doing
    WHERE verb IN ('confirm', 'dispute', 'lapse')
    UNION ALL
    SELECT d.unit_id, d.commitment_id,
           CASE WHEN d.verb IN ('withdraw', 'retract') THEN 'withdrawn' ELSE 'cancelled' END, d."on"
    FROM doing d JOIN stopping t ON t.commitment_id = d.commitment_id AND t.seq = d.seq
    WHERE d.verb IN ('withdraw', 'retract', 'cancel', 'terminate')
), below AS (
    SELECT descendant_id AS unit_id FROM units_unitclosure
    WHERE ancestor_id = %(unit)s AND (valid_from IS NULL OR valid_from <= %(last_day)s)
      AND (valid_to IS NULL OR valid_to > %(last_day)s)
)
SELECT n.unit_id, c.kind, n.what, COUNT(*)
FROM counted n
JOIN below b ON b.unit_id = n.unit_id
JOIN commitments_commitment c ON c.id = n.commitment_id
WHERE n."on" >= %(start)s AND n."on" < %(end)s
GROUP BY n.unit_id, c.kind, n.what
UNION ALL
SELECT h.unit_id, c.kind, 'opening', COUNT(*)
FROM holding h
JOIN below b ON b.unit_id = h.unit_id
JOIN commitments_commitment c ON c.id = h.commitment_id
LEFT JOIN stopping t ON t.commitment_id = h.commitment_id
WHERE h."on" < %(start)s AND (h.until_on IS NULL OR h.until_on >= %(start)s) AND (t."on" IS NULL OR t."on" >= %(start)s)
GROUP BY h.unit_id, c.kind
UNION ALL
SELECT h.unit_id, c.kind, 'closing', COUNT(*)
FROM holding h
JOIN below b ON b.unit_id = h.unit_id
JOIN commitments_commitment c ON c.id = h.commitment_id
LEFT JOIN stopping t ON t.commitment_id = h.commitment_id
WHERE h."on" < %(end)s AND (h.until_on IS NULL OR h.until_on >= %(end)s) AND (t."on" IS NULL OR t."on" >= %(end)s)
GROUP BY h.unit_id, c.kind
"""


def recount_sql(unit_id: UUID, period: Period) -> tuple[str, dict[str, Any]]:
    """The statement and its parameters, the same text on every engine."""
    unit = Unit._meta.pk.get_db_prep_value(unit_id, connection)
    return RECOUNT, {"unit": unit, "start": period.start, "end": period.end, "last_day": period.last_day}


def recount(unit_id: UUID, period: Period) -> dict[UUID, Values]:
    """What the ledger says of each unit below (and of the unit itself) for every figure that comes from it.

    A unit of which the ledger says nothing is not in the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(*recount_sql(unit_id, period))
        rows = cursor.fetchall()
    counts: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for unit, kind, what, number in rows:
        counts[UUID(str(unit))][kind, what] = number
    return {unit: _values(found) for unit, found in counts.items()}


def _values(found: dict[tuple[str, str], int]) -> Values:
    values: Values = {}
    for key in drawn_keys():
        source = INDICATORS[key].source
        if isinstance(source, Tallied):
            values[key] = sum(found.get((kind, measure), 0) for kind in source.kinds for measure in source.measures)
        elif isinstance(source, InHand):
            moment = "closing" if source.at_end else "opening"
            values[key] = sum(found.get((kind, moment), 0) for kind in source.kinds)
    return values
