"""Two forms as a database administrator would write them for PostgreSQL, every cell of every unit.

They do the whole work of ours: ended units count at whoever took over, a letter counts at each unit that had it, one
letter of several contents counts once, letters joined to one case raise one thing, and what happened after the period
is left out. They differ in being written for one form each, with no column that it does not ask for, and in serving
no list behind a cell.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from danvan.base.counting import counting
from danvan.reports.queries.statutory import Scope, count
from danvan.reports.statutory import Form, Value

Values = dict[str, Value]

_BELOW = """below(unit_id, member_id) AS (
    SELECT descendant_id, descendant_id FROM units_unitclosure
    WHERE ancestor_id = %(root)s AND depth <= %(depth)s
      AND COALESCE(valid_from, %(last_day)s) <= %(last_day)s AND (valid_to IS NULL OR valid_to > %(last_day)s)
    UNION
    SELECT s.before_id, b.member_id
    FROM units_unitsuccession s JOIN below b ON b.unit_id = s.after_id
    WHERE s."default" AND s."on" <= %(last_day)s
      AND NOT EXISTS (SELECT 1 FROM units_unitversion v WHERE v.unit_id = s.before_id
                      AND COALESCE(v.valid_from, %(last_day)s) <= %(last_day)s
                      AND (v.valid_to IS NULL OR v.valid_to > %(last_day)s))
)"""

XLD = f"""WITH RECURSIVE {_BELOW},
moved AS MATERIALIZED (
    SELECT case_id, unit_id, came_on, LEAD(came_on) OVER (PARTITION BY case_id ORDER BY ordinal) AS passed_on
    FROM (
        SELECT case_id, ordinal, unit_id, LAG(unit_id) OVER run AS unit_before, LAG(stopped_on) OVER run AS came_on
        FROM (
            SELECT g.case_id, g.ordinal,
                   (SELECT c.owed_by_id FROM commitments_commitment c WHERE c.id = g.commitment_id) AS unit_id,
                   (SELECT c.stopped_on FROM commitments_commitment c WHERE c.id = g.commitment_id) AS stopped_on
            FROM matters_stage g
            WHERE g.name = 'accept'
              AND g.case_id IN (SELECT case_id FROM matters_stage WHERE name = 'accept' AND ordinal > 1)
        ) clocks
        WINDOW run AS (PARTITION BY case_id ORDER BY ordinal)
    ) clocks
    WHERE unit_before IS NULL OR unit_before <> unit_id
), said AS MATERIALIZED (
    SELECT l.id AS letter_id, l.unit_id, l.received_on, l.sorted_on, l.flaw = '' AS eligible,
           m.id AS matter_id, m.holder_id, m.case_id, m.current_id,
           CASE m.kind WHEN 'complaint' THEN 1 WHEN 'denunciation' THEN 2
                WHEN 'opinion' THEN 3 WHEN 'recommendation' THEN 3 WHEN 'reflection' THEN 3 END AS kind,
           k.id AS own_case_id,
           COALESCE(k.accepted_on, k.closed_on) AS done_on,
           CASE k.phase WHEN 'guided' THEN 0 WHEN 'forwarded' THEN 1 WHEN 'checked' THEN 1 ELSE 2 END AS way,
           CASE WHEN k.decided_on < %(end)s
                THEN CASE WHEN k.procedure IN ('second-complaint', 'further') THEN 2 ELSE 1 END ELSE 0 END AS settled
    FROM matters_letter l
    LEFT JOIN matters_matter m ON m.letter_id = l.id
    LEFT JOIN matters_case k ON k.lead_id = m.id
    WHERE l.received_on < %(end)s
      AND (l.sorted_on IS NULL OR l.sorted_on >= %(start)s OR EXISTS (
          SELECT 1 FROM matters_stage g WHERE g.case_id = k.id AND g.name = 'accept' AND g.ordinal > 1))
), plain AS MATERIALIZED (
    SELECT d.letter_id, d.eligible, d.matter_id, d.holder_id, d.received_on, c.kind AS clock,
           CASE WHEN c.state IN ('answered', 'confirmed', 'disputed', 'lapsed') THEN c.stopped_on END AS answered_on,
           CASE WHEN c.hops > 0 OR c.kind = 'review' THEN (
               SELECT f.id FROM matters_mattercommitment i
               JOIN commitments_commitment f ON f.id = i.commitment_id AND f.hops > 0
               WHERE i.matter_id = d.matter_id AND i.ordinal = 1) END AS handed_id
    FROM said d JOIN commitments_commitment c ON c.id = d.current_id
    WHERE d.kind = 3
), content(unit_id, letter_id, eligible, thing_id, kind, came_on, done_on, way, settled) AS (
    SELECT COALESCE(t.unit_id, d.holder_id), d.letter_id, d.eligible, d.case_id, d.kind,
           COALESCE(t.came_on, d.received_on),
           COALESCE(t.passed_on, d.done_on, CASE WHEN t.came_on > d.sorted_on THEN NULL ELSE d.sorted_on END,
                    '9999-12-31'),
           CASE WHEN t.passed_on < %(end)s THEN 1 ELSE d.way END,
           CASE WHEN d.case_id = d.own_case_id THEN d.settled
                ELSE (SELECT CASE WHEN w.decided_on >= %(end)s OR w.decided_on IS NULL THEN 0
                                  WHEN w.procedure IN ('second-complaint', 'further') THEN 2 ELSE 1 END
                      FROM matters_case w WHERE w.id = d.case_id) END
    FROM said d LEFT JOIN moved t ON t.case_id = d.own_case_id
    WHERE d.own_case_id IS NOT NULL
    UNION ALL
    SELECT d.unit_id, d.letter_id, d.eligible, COALESCE(d.case_id, d.matter_id), d.kind, d.received_on, d.received_on,
           1, d.settled
    FROM said d
    WHERE d.holder_id <> d.unit_id
      AND d.unit_id <> (SELECT s.to_unit_id FROM matters_mattercommitment i
                        JOIN commitments_step s ON s.commitment_id = i.commitment_id AND s.seq = 1
                        WHERE i.matter_id = d.matter_id AND i.ordinal = 1)
    UNION ALL
    SELECT COALESCE(s.to_unit_id, d.holder_id), d.letter_id, d.eligible, d.matter_id, 3,
           COALESCE(s."on", d.received_on), COALESCE(s."on", d.received_on),
           CASE WHEN LEAD(s."on") OVER (PARTITION BY d.matter_id ORDER BY s.seq) < %(end)s THEN 1 ELSE 2 END,
           CASE WHEN d.answered_on < %(end)s THEN CASE d.clock WHEN 'review' THEN 2 ELSE 1 END
                WHEN d.clock = 'review' AND (
                    SELECT f.stopped_on FROM matters_mattercommitment i
                    JOIN commitments_commitment f ON f.id = i.commitment_id
                    WHERE i.matter_id = d.matter_id AND i.ordinal = 1) < %(end)s THEN 1
                ELSE 0 END
    FROM plain d
    LEFT JOIN commitments_step s ON s.commitment_id = d.handed_id AND s.verb IN ('open', 'hand-over')
    UNION ALL
    SELECT unit_id, letter_id, eligible, NULL, 4, received_on, COALESCE(sorted_on, '9999-12-31'), 2, 0
    FROM said
    WHERE matter_id IS NULL
), here AS MATERIALIZED (
    SELECT b.member_id, c.* FROM content c JOIN below b ON b.unit_id = c.unit_id
), letter AS MATERIALIZED (
    SELECT member_id, letter_id, eligible, MIN(came_on) < %(start)s AS carried,
           MAX(done_on) < %(end)s AS sorted, MIN(kind) AS kind, MAX(way) AS way,
           CASE WHEN MIN(settled) = 0 THEN 0 ELSE MAX(settled) END AS settled
    FROM here
    GROUP BY member_id, letter_id, eligible
    HAVING MIN(came_on) < %(end)s AND MAX(done_on) >= %(start)s
), thing AS (
    SELECT member_id, COUNT(*) AS things
    FROM (SELECT DISTINCT h.member_id, h.thing_id
          FROM here h JOIN letter USING (member_id, letter_id)
          WHERE letter.sorted AND letter.eligible AND h.thing_id IS NOT NULL) every_thing
    GROUP BY member_id
)
SELECT letter.member_id, COUNT(*),
       COUNT(*) FILTER (WHERE carried),
       COUNT(*) FILTER (WHERE NOT carried),
       COUNT(*) FILTER (WHERE sorted),
       COUNT(*) FILTER (WHERE NOT sorted),
       COUNT(*) FILTER (WHERE sorted AND eligible),
       COALESCE(MIN(things), 0),
       COUNT(*) FILTER (WHERE sorted AND eligible AND kind = 1),
       COUNT(*) FILTER (WHERE sorted AND eligible AND kind = 2),
       COUNT(*) FILTER (WHERE sorted AND eligible AND kind = 3),
       COUNT(*) FILTER (WHERE sorted AND eligible AND settled = 1),
       COUNT(*) FILTER (WHERE sorted AND eligible AND settled = 2),
       COUNT(*) FILTER (WHERE sorted AND eligible AND settled = 0),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 2),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 2 AND kind = 1),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 2 AND kind = 2),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 2 AND kind = 3),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way < 2),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 0),
       COUNT(*) FILTER (WHERE sorted AND eligible AND way = 1)
FROM letter LEFT JOIN thing ON thing.member_id = letter.member_id
GROUP BY letter.member_id
"""  # noqa: S608 -- our own words

KQGQ = f"""WITH RECURSIVE {_BELOW},
handled AS MATERIALIZED (
    SELECT b.member_id, k.id, k.lead_id, k.accepted_on, k.outcome, k.is_on_time,
           CASE WHEN k.decided_on IS NULL AND k.phase IN ('withdrawn', 'terminated') THEN k.closed_on
                ELSE k.decided_on END AS ended_on,
           k.decided_on < %(end)s AS decided, k.phase = 'withdrawn' AND k.decided_on IS NULL AS withdrawn
    FROM matters_case k JOIN below b ON b.unit_id = k.holder_id
    WHERE k.procedure NOT IN ('denunciation', 'further') AND k.accepted_on < %(end)s
      AND (k.decided_on >= %(start)s OR k.decided_on IS NULL
           AND (k.phase NOT IN ('withdrawn', 'terminated') OR k.closed_on IS NULL OR k.closed_on >= %(start)s))
), letter AS (
    SELECT h.member_id, COUNT(*) AS letters, COUNT(*) FILTER (WHERE x.came_on < %(start)s) AS carried
    FROM handled h JOIN (
        SELECT h.id, m.letter_id,
               MIN(CASE WHEN m.id = h.lead_id THEN h.accepted_on
                        ELSE (SELECT CASE WHEN j.closed_on > h.accepted_on THEN j.closed_on ELSE h.accepted_on END
                              FROM matters_case j WHERE j.lead_id = m.id) END) AS came_on
        FROM handled h
        JOIN matters_matter m ON m.case_id = h.id AND m.letter_id IS NOT NULL
        GROUP BY h.id, m.letter_id
    ) x ON x.id = h.id AND x.came_on < %(end)s AND (h.ended_on IS NULL OR x.came_on <= h.ended_on)
    GROUP BY h.member_id
), figure AS (
    SELECT h.member_id,
           SUM(f.amount) FILTER (WHERE f.key = 'state-money') / 1000000.0 AS state_money,
           SUM(f.amount) FILTER (WHERE f.key = 'state-land') AS state_land,
           SUM(f.amount) FILTER (WHERE f.key = 'body-money') / 1000000.0 AS body_money,
           SUM(f.amount) FILTER (WHERE f.key = 'body-land') AS body_land,
           SUM(f.amount) FILTER (WHERE f.key = 'person-money') / 1000000.0 AS person_money,
           SUM(f.amount) FILTER (WHERE f.key = 'person-land') AS person_land,
           SUM(f.amount) FILTER (WHERE f.key = 'bodies-restored') AS bodies_restored,
           SUM(f.amount) FILTER (WHERE f.key = 'persons-restored') AS persons_restored,
           SUM(f.amount) FILTER (WHERE f.key = 'persons-handled') AS persons_handled,
           SUM(f.amount) FILTER (WHERE f.key = 'officials-handled') AS officials_handled,
           SUM(f.amount) FILTER (WHERE f.key = 'cases-to-police') AS cases_to_police,
           SUM(f.amount) FILTER (WHERE f.key = 'persons-to-police') AS persons_to_police,
           SUM(f.amount) FILTER (WHERE f.key = 'officials-to-police') AS officials_to_police
    FROM handled h JOIN matters_casefigure f ON f.case_id = h.id
    WHERE h.decided
    GROUP BY h.member_id
)
SELECT h.member_id, COALESCE(MIN(letters), 0), COALESCE(MIN(carried), 0), COALESCE(MIN(letters) - MIN(carried), 0),
       COUNT(*), COUNT(*) FILTER (WHERE decided), COUNT(*) FILTER (WHERE withdrawn AND ended_on < %(end)s),
       COALESCE(MIN(state_money), 0), COALESCE(MIN(state_land), 0), COALESCE(MIN(body_money), 0),
       COALESCE(MIN(body_land), 0), COALESCE(MIN(person_money), 0), COALESCE(MIN(person_land), 0),
       COALESCE(MIN(bodies_restored), 0), COALESCE(MIN(persons_restored), 0), COALESCE(MIN(persons_handled), 0),
       COALESCE(MIN(officials_handled), 0), COALESCE(MIN(cases_to_police), 0), COALESCE(MIN(persons_to_police), 0),
       COALESCE(MIN(officials_to_police), 0),
       COUNT(*) FILTER (WHERE decided AND outcome = 'right'), COUNT(*) FILTER (WHERE decided AND outcome = 'wrong'),
       COUNT(*) FILTER (WHERE decided AND outcome = 'partly'), COUNT(*) FILTER (WHERE decided AND outcome = 'upheld'),
       COUNT(*) FILTER (WHERE decided AND outcome = 'changed'),
       COUNT(*) FILTER (WHERE decided AND is_on_time),
       COUNT(*) FILTER (WHERE decided AND is_on_time IS NOT TRUE)
FROM handled h
LEFT JOIN letter ON letter.member_id = h.member_id
LEFT JOIN figure ON figure.member_id = h.member_id
GROUP BY h.member_id
"""  # noqa: S608 -- our own words

BY_HAND = {"01/XLD": XLD, "01/KQGQ": KQGQ}
"""By form: a statement that gives its known columns in their order, a row for each unit that has any."""


def by_hand(form: Form, scope: Scope) -> dict[UUID, Values]:
    """What the statement gives, by unit and column."""
    keys = [column.key for column in form.columns if column.source]
    with counting() as cursor:
        cursor.execute(BY_HAND[form.code], scope.parameters)
        rows = cursor.fetchall()
    return {UUID(str(unit)): dict(zip(keys, map(_exact, figures), strict=True)) for unit, *figures in rows}


def _exact(raw: Any) -> Value:
    exact = Decimal(str(raw)).quantize(Decimal("0.01"))
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def differences(form: Form, scope: Scope, units: Iterable[UUID]) -> dict[tuple[UUID, str], tuple[Value, Value]]:
    """Every cell of every unit that the form and the statement do not agree on."""
    ours, theirs = count(form, scope, units), by_hand(form, scope)
    none = {column.key: 0 if column.source else None for column in form.columns}
    return {
        (unit, key): (ours.get(unit, none)[key], (none | theirs.get(unit, {}))[key])
        for unit in ours.keys() | theirs.keys()
        for key in none
        if ours.get(unit, none)[key] != (none | theirs.get(unit, {}))[key]
    }
