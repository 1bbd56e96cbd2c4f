"""The rows that statutory forms are counted from, as SQL: one text for both engines, for one unit or a whole country.

A cell is a predicate over the columns of such rows, so a figure and the list behind it cannot disagree. Days decide,
never the present state alone: what happened after the period's end is left out, so that what a period left unprocessed
is what the next one carries over.
"""

# ruff: noqa: S608 -- only constants of ours are written into these statements; what anybody chose comes as a parameter

from danvan.matters.kinds import FORMAL, REVIEW, Category, Field, Kind, Writer
from danvan.rules.ledger import State
from danvan.rules.procedure import DENUNCIATIONS, Phase, Procedure

Parts = tuple[tuple[str, str], ...]
"""Common table expressions by name, in order."""


def _listed(*values: str) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_IN_FORCE = (
    "({0}.valid_from IS NULL OR {0}.valid_from <= %(last_day)s)"
    " AND ({0}.valid_to IS NULL OR {0}.valid_to > %(last_day)s)"
)
_ANSWERED = _listed(State.ANSWERED, State.CONFIRMED, State.DISPUTED, State.LAPSED)
_AGAIN = _listed(Procedure.SECOND_COMPLAINT, Procedure.FURTHER_DENUNCIATION)
_PLAIN = _listed(*(kind for kind in Kind if kind not in FORMAL))

SCOPE = f"""
    SELECT c.descendant_id, c.descendant_id
    FROM units_unitclosure c
    WHERE c.ancestor_id = %(root)s AND c.depth <= %(depth)s AND {_IN_FORCE.format("c")}
    UNION
    SELECT s.before_id, t.member_id
    FROM units_unitsuccession s JOIN scope t ON s.after_id = t.unit_id
    WHERE s."default" AND s."on" <= %(last_day)s
      AND NOT EXISTS (SELECT 1 FROM units_unitversion v WHERE v.unit_id = s.before_id AND {_IN_FORCE.format("v")})
"""
"""Units below the root on the last day, each counted at itself, and ended ones, counted at whoever took over."""

TURNS = """
    SELECT r.case_id, r.unit_id, r.came_on,
           LEAD(r.came_on) OVER (PARTITION BY r.case_id ORDER BY r.ordinal) AS passed_on
    FROM (
        SELECT g.case_id, g.ordinal, c.owed_by_id AS unit_id,
               LAG(c.owed_by_id) OVER run AS before_id, LAG(c.stopped_on) OVER run AS came_on
        FROM matters_stage g
        JOIN commitments_commitment c ON c.id = g.commitment_id AND c.home_area = g.home_area
        WHERE g.name = 'accept'
          AND g.case_id IN (SELECT case_id FROM matters_stage WHERE name = 'accept' AND ordinal > 1)
        WINDOW run AS (PARTITION BY g.case_id ORDER BY g.ordinal)
    ) r
    WHERE r.before_id IS NULL OR r.before_id <> r.unit_id
"""
"""Of cases whose accepting was begun more than once: at which unit, since when, and until it was passed on."""

_DIRECTION = f"""CASE k.phase WHEN '{Phase.GUIDED}' THEN 'guided'
    WHEN '{Phase.FORWARDED}' THEN 'forwarded' WHEN '{Phase.CHECKED}' THEN 'forwarded' ELSE 'own' END"""
_STATUS = f"""w.decided_on AS settled_on, CASE WHEN w.procedure IN ({_AGAIN}) THEN 1 ELSE 0 END AS is_again,
    w.accepted_on AS begun_on, w.closed_on AS ended_on, w.category,
    CASE WHEN w.previous_id IS NOT NULL THEN 1 ELSE 0 END AS has_earlier"""
_JOINED = """JOIN matters_matter m ON m.id = k.lead_id AND m.home_area = k.home_area
    JOIN matters_letter l ON l.id = m.letter_id AND l.home_area = m.home_area
    JOIN matters_case w ON w.id = m.case_id AND w.home_area = m.home_area"""
_IN_WINDOW = "l.received_on < %(end)s AND (l.sorted_on IS NULL OR l.sorted_on >= %(start)s)"
_OF_FIELD = f"""CASE m.field WHEN '{Field.LAND}' THEN '{Category.LAND}'
    WHEN '{Field.WELFARE}' THEN '{Category.POLICY}' WHEN '{Field.HEALTH}' THEN '{Category.POLICY}'
    WHEN '{Field.EDUCATION}' THEN '{Category.POLICY}' ELSE '{Category.OTHER}' END"""
_PLAIN_STATUS = f"""CASE WHEN f.state IN ({_ANSWERED}) THEN f.stopped_on END,
    CASE WHEN u.stopped_on < %(end)s THEN 1 ELSE 0 END, NULL, NULL, {_OF_FIELD}, 0"""
_PLAIN_CLOCKS = f"""JOIN matters_mattercommitment i
         ON i.matter_id = m.id AND i.home_area = m.home_area AND i.ordinal = 1
    JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area
    LEFT JOIN commitments_commitment u ON u.id = m.current_id AND u.home_area = m.home_area
         AND u.kind = '{REVIEW}' AND u.state IN ({_ANSWERED})"""

CONTENTS = f"""
    SELECT s.member_id, m.letter_id, m.id AS matter_id, m.case_id, m.kind, m.received_on AS came,
           COALESCE(k.accepted_on, k.closed_on, l.sorted_on) AS done, {_DIRECTION} AS direction, {_STATUS}
    FROM scope s JOIN matters_case k ON k.holder_id = s.unit_id {_JOINED}
    WHERE k.raised_on < %(end)s AND {_IN_WINDOW} AND k.id NOT IN (SELECT case_id FROM turns)
    UNION ALL
    SELECT s.member_id, m.letter_id, m.id, m.case_id, m.kind, COALESCE(t.came_on, m.received_on),
           COALESCE(t.passed_on, k.accepted_on, k.closed_on,
                    CASE WHEN t.came_on IS NULL OR l.sorted_on >= t.came_on THEN l.sorted_on END),
           CASE WHEN t.passed_on < %(end)s THEN 'forwarded' ELSE {_DIRECTION} END, {_STATUS}
    FROM turns t JOIN scope s ON s.unit_id = t.unit_id JOIN matters_case k ON k.id = t.case_id {_JOINED}
    WHERE {_IN_WINDOW} OR t.came_on >= %(start)s OR t.passed_on >= %(start)s
    UNION ALL
    SELECT s.member_id, l.id, m.id, m.case_id, m.kind, m.received_on, m.received_on, 'forwarded',
           {_STATUS.replace("w.category", f"COALESCE(w.category, {_OF_FIELD})")}
    FROM scope s JOIN matters_letter l ON l.unit_id = s.unit_id
    JOIN matters_matter m ON m.letter_id = l.id AND m.home_area = l.home_area AND m.holder_id <> l.unit_id
    JOIN matters_mattercommitment i ON i.matter_id = m.id AND i.home_area = m.home_area AND i.ordinal = 1
    JOIN commitments_step p ON p.commitment_id = i.commitment_id AND p.home_area = i.home_area AND p.seq = 1
    LEFT JOIN matters_case w ON w.id = m.case_id AND w.home_area = m.home_area
    WHERE {_IN_WINDOW} AND p.to_unit_id <> l.unit_id
    UNION ALL
    SELECT s.member_id, l.id, m.id, NULL, m.kind, m.received_on, m.received_on, 'own', {_PLAIN_STATUS}
    FROM scope s JOIN matters_letter l ON l.unit_id = s.unit_id
    JOIN matters_matter m ON m.letter_id = l.id AND m.home_area = l.home_area AND m.holder_id = l.unit_id
         AND m.kind IN ({_PLAIN})
    {_PLAIN_CLOCKS}
    WHERE {_IN_WINDOW} AND f.hops = 0
    UNION ALL
    SELECT s.member_id, l.id, m.id, NULL, m.kind, m.received_on, m.received_on, 'own', {_PLAIN_STATUS}
    FROM scope s
    JOIN matters_matter m ON m.holder_id = s.unit_id AND m.letter_id IS NOT NULL AND m.kind IN ({_PLAIN})
         AND m.received_on < %(end)s
    JOIN matters_letter l ON l.id = m.letter_id AND l.home_area = m.home_area AND l.unit_id <> m.holder_id
    {_PLAIN_CLOCKS}
    WHERE {_IN_WINDOW} AND f.hops = 0
    UNION ALL
    SELECT s.member_id, l.id, m.id, NULL, m.kind, h.came, h.came,
           CASE WHEN h.passed_on < %(end)s THEN 'forwarded' ELSE 'own' END, {_PLAIN_STATUS}
    FROM handed h JOIN scope s ON s.unit_id = h.unit_id
    JOIN matters_matter m ON m.id = h.matter_id
    JOIN matters_letter l ON l.id = m.letter_id AND l.home_area = m.home_area
    {_PLAIN_CLOCKS}
    UNION ALL
    SELECT s.member_id, l.id, NULL, NULL, 'none', l.received_on, l.sorted_on, 'own', NULL, 0, NULL, NULL, '', 0
    FROM scope s JOIN matters_letter l ON l.unit_id = s.unit_id
    WHERE {_IN_WINDOW} AND l.flaw <> '' AND NOT EXISTS (SELECT 1 FROM matters_matter m WHERE m.letter_id = l.id)
"""
"""One row for each content of a letter at each unit that had it: when it came there, and when and how it was sorted.

In turn: cases that stayed where they came; cases that were passed on; contents that one unit registered and another
got at once; reflections and recommendations, which are sorted by being registered, where they stayed, where they were
given to another unit at once, and where they were handed over; letters of which only a note was kept.
"""

HANDED = f"""
    SELECT m.id AS matter_id, p.to_unit_id AS unit_id, p."on" AS came,
           LEAD(p."on") OVER (PARTITION BY p.commitment_id ORDER BY p.seq) AS passed_on
    FROM matters_matter m
    JOIN matters_mattercommitment i ON i.matter_id = m.id AND i.home_area = m.home_area AND i.ordinal = 1
    JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area AND f.hops > 0
    JOIN commitments_step p ON p.commitment_id = f.id AND p.home_area = f.home_area AND p.verb IN ('open', 'hand-over')
    WHERE m.letter_id IS NOT NULL AND m.kind IN ({_PLAIN}) AND m.received_on < %(end)s
      AND (f.stopped_on IS NULL OR f.stopped_on >= %(start)s)
"""
"""Reflections and recommendations from letters that were handed over: at which unit, and since when."""

_KIND = f"""CASE MIN(CASE c.kind WHEN '{Kind.COMPLAINT}' THEN 1 WHEN '{Kind.DENUNCIATION}' THEN 2 WHEN 'none' THEN 4
    ELSE 3 END) WHEN 1 THEN 'complaint' WHEN 2 THEN 'denunciation' WHEN 3 THEN 'petition' ELSE 'none' END"""
_WAY = """CASE WHEN MAX(CASE WHEN c.direction = 'own' THEN 1 ELSE 0 END) = 1 THEN 'own'
    WHEN MAX(CASE WHEN c.direction = 'forwarded' THEN 1 ELSE 0 END) = 1 THEN 'forwarded' ELSE 'guided' END"""
_SETTLED = "CASE WHEN c.settled_on < %(end)s THEN 1 + c.is_again ELSE 0 END"
_RUNNING = """CASE WHEN c.begun_on < %(end)s AND (c.settled_on IS NULL OR c.settled_on >= %(end)s)
    AND (c.ended_on IS NULL OR c.ended_on >= %(end)s) THEN 1 ELSE 0 END"""

HELD = f"""
    SELECT c.member_id, c.letter_id, MIN(c.came) AS came,
           CASE WHEN COUNT(c.done) = COUNT(*) THEN MAX(c.done) END AS done, {_KIND} AS kind, {_WAY} AS direction,
           MIN({_SETTLED}) AS least, MAX({_SETTLED}) AS most, MAX({_RUNNING}) AS running
    FROM contents c
    GROUP BY c.member_id, c.letter_id
"""
"""One row for each letter at each unit that had it."""

LETTERS = f"""
    SELECT h.member_id, h.letter_id AS id, h.came, h.kind, h.direction,
           CASE WHEN h.direction = 'own' THEN 'own' ELSE 'other' END AS competence,
           CASE WHEN h.came < %(start)s THEN 'carried' ELSE 'new' END AS moment,
           CASE WHEN h.done < %(end)s THEN 'processed' ELSE 'waiting' END AS state,
           CASE WHEN l.flaw = '' THEN 'yes' ELSE 'no' END AS eligible,
           CASE WHEN h.least = 0 THEN 'open' WHEN h.most = 2 THEN 'again' ELSE 'first' END AS settled,
           CASE WHEN h.running = 1 THEN 'yes' ELSE 'no' END AS running,
           CASE WHEN l.writer = '{Writer.GROUP}' THEN 'many'
                WHEN l.writer = '{Writer.PERSON}' AND NOT l.is_anonymous THEN 'one' ELSE 'rest' END AS names,
           l.way AS came_by
    FROM held h JOIN matters_letter l ON l.id = h.letter_id
    WHERE h.came < %(end)s AND (h.done IS NULL OR h.done >= %(start)s)
"""

CASES = f"""
    SELECT c.member_id, COALESCE(c.case_id, c.matter_id) AS id, MIN(x.came) AS came, {_KIND} AS kind,
           {_WAY} AS direction, CASE WHEN {_WAY} = 'own' THEN 'own' ELSE 'other' END AS competence,
           MIN(c.category) AS category, CASE WHEN MAX(c.is_again) = 1 THEN 'again' ELSE 'first' END AS instance,
           CASE WHEN MAX({_SETTLED}) > 0 THEN 'settled' WHEN MAX({_RUNNING}) = 1 THEN 'running'
                ELSE 'none' END AS stage,
           CASE WHEN MAX(c.has_earlier) = 1 OR MAX({_SETTLED}) > 0 THEN 'yes' ELSE 'no' END AS earlier,
           MIN(x.came_by) AS came_by
    FROM contents c
    JOIN letters x ON x.member_id = c.member_id AND x.id = c.letter_id AND x.state = 'processed' AND x.eligible = 'yes'
    WHERE c.matter_id IS NOT NULL
    GROUP BY c.member_id, COALESCE(c.case_id, c.matter_id)
"""
"""The things raised by the eligible letters of the period; several letters that raise one case are one."""

_OF_LETTERS: Parts = (
    ("turns", TURNS),
    ("handed", HANDED),
    ("contents", CONTENTS),
    ("held", HELD),
    ("letters", LETTERS),
)

_DROPPED = f"k.phase IN ({_listed(Phase.WITHDRAWN, Phase.TERMINATED)})"
_ENDED = f"COALESCE(k.decided_on, CASE WHEN {_DROPPED} THEN k.closed_on END)"
_KIND_OF_CASE = f"CASE WHEN k.procedure IN ({_listed(*DENUNCIATIONS)}) THEN 'denunciation' ELSE 'complaint' END AS kind"

HANDLED = f"""
    SELECT s.member_id, k.id, k.accepted_on AS came, k.home_area, {_ENDED} AS done, {_KIND_OF_CASE},
           CASE WHEN k.accepted_on < %(start)s THEN 'carried' ELSE 'new' END AS moment,
           CASE WHEN k.procedure IN ({_AGAIN}) THEN 'again' ELSE 'first' END AS instance,
           CASE WHEN {_ENDED} IS NULL OR {_ENDED} >= %(end)s THEN 'open' WHEN k.decided_on IS NOT NULL THEN 'decided'
                ELSE k.phase END AS result,
           k.outcome, CASE WHEN k.is_on_time THEN 'yes' ELSE 'no' END AS timely
    FROM scope s JOIN matters_case k ON k.holder_id = s.unit_id
    WHERE k.raised_on < %(end)s AND k.accepted_on < %(end)s AND ({_ENDED} IS NULL OR {_ENDED} >= %(start)s)
"""
"""Accepted cases that were still to be decided when the period began, or were accepted in it."""

HANDLED_LETTERS = """
    SELECT g.member_id, g.id, g.came, g.kind, CASE WHEN g.came < %(start)s THEN 'carried' ELSE 'new' END AS moment
    FROM (
        SELECT h.member_id, m.letter_id AS id, h.kind, h.done,
               MIN(CASE WHEN j.id <> h.id AND j.closed_on > h.came THEN j.closed_on ELSE h.came END) AS came
        FROM handled h
        JOIN matters_matter m ON m.case_id = h.id AND m.home_area = h.home_area AND m.letter_id IS NOT NULL
        JOIN matters_case j ON j.lead_id = m.id AND j.home_area = m.home_area
        GROUP BY h.member_id, m.letter_id, h.kind, h.done
    ) g
    WHERE g.came < %(end)s AND (g.done IS NULL OR g.came <= g.done)
"""
"""The letters of those cases; one that was joined to a case counts from the day it was."""

HANDLED_FIGURES = """
    SELECT h.member_id, h.id, h.came, h.kind, f.key AS figure, f.amount
    FROM handled h JOIN matters_casefigure f ON f.case_id = h.id AND f.home_area = h.home_area
    WHERE h.result = 'decided'
"""

EXECUTIONS = f"""
    SELECT g.member_id, g.id, g.home_area, g.came, g.kind,
           CASE WHEN g.done < %(end)s THEN 'yes' ELSE 'no' END AS executed
    FROM (
        SELECT s.member_id, k.id, k.home_area, COALESCE(k.effective_on, k.decided_on) AS came, {_KIND_OF_CASE},
               CASE WHEN c.state = '{State.DONE}' THEN c.stopped_on END AS done
        FROM scope s JOIN matters_case k ON k.holder_id = s.unit_id
        JOIN matters_stage g ON g.case_id = k.id AND g.home_area = k.home_area AND g.name = 'execute'
        JOIN commitments_commitment c ON c.id = g.commitment_id AND c.home_area = g.home_area
        WHERE k.decided_on < %(end)s
    ) g
    WHERE g.came < %(end)s AND (g.done IS NULL OR g.done >= %(start)s)
"""
"""Decisions in force and conclusions that were still to be carried out when the period began, or came in it."""

EXECUTION_FIGURES = """
    SELECT e.member_id, e.id, e.came, e.kind, f.key AS figure, f.amount
    FROM executions e JOIN matters_casefigure f ON f.case_id = e.id AND f.home_area = e.home_area
"""

ROWS: dict[str, Parts] = {
    "letters": _OF_LETTERS,
    "cases": (*_OF_LETTERS, ("cases", CASES)),
    "handled": (("handled", HANDLED),),
    "handled-letters": (("handled", HANDLED), ("handled_letters", HANDLED_LETTERS)),
    "handled-figures": (("handled", HANDLED), ("handled_figures", HANDLED_FIGURES)),
    "executions": (("executions", EXECUTIONS),),
    "execution-figures": (("executions", EXECUTIONS), ("execution_figures", EXECUTION_FIGURES)),
}
NARROWED = {"eligible": ("letters", {"state": ("processed",), "eligible": ("yes",)})}
"""Names for a part of other rows."""


def with_rows(source: str) -> tuple[str, str]:
    """The beginning of a statement in which the rows of a source stand under a name, and that name."""
    parts = ROWS[source]
    listed = ",\n".join(f"{name} AS ({text})" for name, text in parts)
    return f"WITH RECURSIVE scope(unit_id, member_id) AS ({SCOPE}),\n{listed}\n", parts[-1][0]
