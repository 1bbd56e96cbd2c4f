"""Statements as somebody would write them for one form and one database, for figures that ours must agree with."""

from typing import Any

from danvan.base.counting import counting

_BELOW = """below AS (
    SELECT descendant_id AS unit_id FROM units_unitclosure
    WHERE ancestor_id = %(root)s AND (valid_from IS NULL OR valid_from <= %(last_day)s)
      AND (valid_to IS NULL OR valid_to > %(last_day)s)
)"""
_LETTERS = f"""WITH {_BELOW}, first_clock AS (
    SELECT g.case_id, c.owed_by_id, c.stopped_on
    FROM matters_stage g JOIN commitments_commitment c ON c.id = g.commitment_id
    WHERE g.ordinal = 1 AND c.state = 'done'
      AND EXISTS (SELECT 1 FROM matters_stage n WHERE n.case_id = g.case_id AND n.name = 'accept' AND n.ordinal > 1)
), one AS (
    SELECT CASE WHEN t.case_id IS NULL THEN l.received_on ELSE t.stopped_on END AS came,
           CASE WHEN m.kind = 'recommendation' THEN l.received_on
                ELSE COALESCE(k.accepted_on, k.closed_on, l.sorted_on) END AS done,
           m.kind, COALESCE(k.phase, '') AS phase, k.decided_on, l.flaw, f.stopped_on AS answered_on, f.state,
           COALESCE(k.holder_id, l.unit_id) AS unit_id
    FROM matters_letter l
    LEFT JOIN matters_matter m ON m.letter_id = l.id
    LEFT JOIN matters_case k ON k.id = m.case_id
    LEFT JOIN first_clock t ON t.case_id = k.id
    LEFT JOIN commitments_commitment f ON f.id = m.current_id
    WHERE l.received_on < %(end)s AND (l.sorted_on IS NULL OR l.sorted_on >= %(start)s)
    UNION ALL
    SELECT l.received_on, t.stopped_on, m.kind, 'passed', k.decided_on, l.flaw, NULL, '', t.owed_by_id
    FROM first_clock t
    JOIN matters_case k ON k.id = t.case_id
    JOIN matters_matter m ON m.id = k.lead_id
    JOIN matters_letter l ON l.id = m.letter_id
)
SELECT COUNT(*),
       SUM(CASE WHEN came < %(start)s THEN 1 ELSE 0 END),
       SUM(CASE WHEN done < %(end)s THEN 1 ELSE 0 END),
       SUM(CASE WHEN done < %(end)s AND flaw = '' THEN 1 ELSE 0 END),
       SUM(CASE WHEN done < %(end)s AND flaw = '' AND kind = 'complaint' THEN 1 ELSE 0 END),
       SUM(CASE WHEN done < %(end)s AND flaw = '' AND decided_on < %(end)s THEN 1 ELSE 0 END),
       SUM(CASE WHEN done < %(end)s AND flaw = '' AND phase IN ('passed', 'forwarded') THEN 1 ELSE 0 END)
FROM one JOIN below ON below.unit_id = one.unit_id
WHERE came < %(end)s AND (done IS NULL OR done >= %(start)s)
"""  # noqa: S608 -- our own words
_RESULTS = f"""WITH {_BELOW}
SELECT COUNT(*),
       SUM(CASE WHEN k.decided_on < %(end)s THEN 1 ELSE 0 END),
       SUM(CASE WHEN k.decided_on < %(end)s AND k.outcome = 'right' THEN 1 ELSE 0 END),
       SUM(CASE WHEN k.decided_on < %(end)s AND k.is_on_time THEN 1 ELSE 0 END),
       (SELECT COUNT(*) FROM matters_case k JOIN below b ON b.unit_id = k.holder_id
        JOIN matters_matter m ON m.case_id = k.id
        WHERE k.accepted_on < %(end)s AND (k.decided_on IS NULL OR k.decided_on >= %(start)s)
          AND k.procedure = 'complaint' AND k.phase <> 'withdrawn'),
       (SELECT SUM(f.amount) / 1000000 FROM matters_case k JOIN below b ON b.unit_id = k.holder_id
        JOIN matters_casefigure f ON f.case_id = k.id
        WHERE f.key = 'state-money' AND k.decided_on >= %(start)s AND k.decided_on < %(end)s
          AND k.procedure = 'complaint')
FROM matters_case k JOIN below b ON b.unit_id = k.holder_id
WHERE k.accepted_on < %(end)s AND (k.decided_on IS NULL OR k.decided_on >= %(start)s)
  AND k.procedure = 'complaint' AND k.phase <> 'withdrawn'
"""  # noqa: S608 -- our own words
BY_HAND: dict[str, tuple[str, tuple[str, ...]]] = {
    "01/XLD": (_LETTERS, ("letters.total", "letters.carried", "letters.processed", "eligible.letters",
                          "letters.complaints", "settled.first", "other.forwarded")),
    "01/KQGQ": (_RESULTS, ("cases.total", "settled.decided", "first.right", "timely.yes", "letters.total",
                           "state.money")),
}  # fmt: skip
"""By form: a statement and the columns it gives."""


def by_hand(code: str, parameters: dict[str, Any]) -> dict[str, int]:
    statement, keys = BY_HAND[code]
    with counting() as cursor:
        cursor.execute(statement, parameters)
        return dict(zip(keys, map(int, cursor.fetchone()), strict=True))
