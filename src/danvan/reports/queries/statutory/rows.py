"""The rows that statutory forms are counted from, as SQL: one text for both engines, for one unit or a whole country.

A cell is a predicate over the columns of such rows, so a figure and the list behind it cannot disagree. Days decide,
never the present state alone: what happened after the period's end is left out, so that what a period left unprocessed
is what the next one carries over.
"""

# ruff: noqa: S608 -- only constants of ours are written into these statements; what anybody chose comes as a parameter

from collections.abc import Mapping

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

_ELIGIBLE = "CASE WHEN l.flaw = '' THEN 'yes' ELSE 'no' END"
_NAMES = f"""CASE WHEN l.writer = '{Writer.GROUP}' THEN 'many'
                WHEN l.writer = '{Writer.PERSON}' AND NOT l.is_anonymous THEN 'one' ELSE 'rest' END"""
_RANK = f"""CASE WHEN m.kind = '{Kind.COMPLAINT}' THEN 1 WHEN m.kind = '{Kind.DENUNCIATION}' THEN 2
                WHEN m.kind IN ({_PLAIN}) THEN 3 END"""
_WAY = {"guided": 0, "forwarded": 1, "own": 2}
"""How a content left a unit, or that it did not. The largest of a letter's contents tells."""
_DIRECTION = f"""CASE k.phase WHEN '{Phase.GUIDED}' THEN {_WAY["guided"]}
                WHEN '{Phase.FORWARDED}' THEN {_WAY["forwarded"]} WHEN '{Phase.CHECKED}' THEN {_WAY["forwarded"]}
                ELSE {_WAY["own"]} END"""
_OF_FIELD = f"""CASE m.field WHEN '{Field.LAND}' THEN '{Category.LAND}'
                WHEN '{Field.WELFARE}' THEN '{Category.POLICY}' WHEN '{Field.HEALTH}' THEN '{Category.POLICY}'
                WHEN '{Field.EDUCATION}' THEN '{Category.POLICY}' ELSE '{Category.OTHER}' END"""
_IS_AGAIN = f"CASE WHEN k.procedure IN ({_AGAIN}) THEN 1 ELSE 0 END"
_STATUS = {
    "settled": f"CASE WHEN k.decided_on < %(end)s THEN 1 + {_IS_AGAIN} ELSE 0 END",
    "is_again": _IS_AGAIN,
    "running": """CASE WHEN k.accepted_on < %(end)s AND (k.decided_on IS NULL OR k.decided_on >= %(end)s)
                AND (k.closed_on IS NULL OR k.closed_on >= %(end)s) THEN 1 ELSE 0 END""",
    "category": "k.category",
    "has_earlier": "CASE WHEN k.previous_id IS NULL THEN 0 ELSE 1 END",
}
"""Of a case: 0 nothing decided by the period's end, 1 decided once, 2 again; and what else forms ask."""


def _columns(expressions: Mapping[str, str]) -> str:
    return ",\n           ".join(f"{text} AS {name}" for name, text in expressions.items())


TURNS = """
    SELECT case_id, unit_id, came_on, LEAD(came_on) OVER (PARTITION BY case_id ORDER BY ordinal) AS passed_on
    FROM (
        SELECT case_id, ordinal, unit_id, LAG(unit_id) OVER run AS before_id, LAG(stopped_on) OVER run AS came_on
        FROM (
            SELECT g.case_id, g.ordinal,
                   (SELECT c.owed_by_id FROM commitments_commitment c
                    WHERE c.id = g.commitment_id AND c.home_area = g.home_area) AS unit_id,
                   (SELECT c.stopped_on FROM commitments_commitment c
                    WHERE c.id = g.commitment_id AND c.home_area = g.home_area) AS stopped_on
            FROM matters_stage g
            WHERE g.name = 'accept'
              AND g.case_id IN (SELECT case_id FROM matters_stage WHERE name = 'accept' AND ordinal > 1)
        ) clocks
        WINDOW run AS (PARTITION BY case_id ORDER BY ordinal)
    ) run
    WHERE before_id IS NULL OR before_id <> unit_id
"""
"""Of cases whose accepting was begun more than once: at which unit, since when, and until it was passed on.

Such cases are few, so their clocks are looked up one by one rather than joined to all there are.
"""

SAID = f"""
    SELECT l.id AS letter_id, l.home_area, l.unit_id, l.received_on, l.sorted_on, l.way AS came_by,
           {_ELIGIBLE} AS eligible, {_NAMES} AS names,
           m.id AS matter_id, m.holder_id, m.case_id, m.current_id, {_RANK} AS rank, k.id AS own_id,
           COALESCE(k.accepted_on, k.closed_on) AS done, {_DIRECTION} AS direction,
           {_columns(_STATUS | {"category": f"COALESCE(k.category, {_OF_FIELD})"})}
    FROM matters_letter l
    LEFT JOIN matters_matter m ON m.letter_id = l.id AND m.home_area = l.home_area
    LEFT JOIN matters_case k ON k.lead_id = m.id AND k.home_area = m.home_area
    WHERE l.received_on < %(end)s
      AND (l.sorted_on IS NULL OR l.sorted_on >= %(start)s OR EXISTS (
          SELECT 1 FROM matters_stage g
          WHERE g.case_id = k.id AND g.home_area = k.home_area AND g.name = 'accept' AND g.ordinal > 1))
"""
"""Every content of every letter that may matter to the period, with the case it began; read once."""

PLAIN = f"""
    SELECT d.*, c.kind AS clock, CASE WHEN c.state IN ({_ANSWERED}) THEN c.stopped_on END AS answered_on,
           CASE WHEN c.hops > 0 OR c.kind = '{REVIEW}' THEN (
               SELECT f.id FROM matters_mattercommitment i
               JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area AND f.hops > 0
               WHERE i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1) END AS handed_id
    FROM said d JOIN commitments_commitment c ON c.id = d.current_id AND c.home_area = d.home_area
    WHERE d.rank = 3
"""
"""Reflections and recommendations with the clock they hang on now, the first one or that of a review; and with the
first one where they were handed over.
"""

_LETTER = "d.letter_id, d.matter_id, d.eligible, d.names, d.came_by, d.case_id"
_OF_CASE = ",\n           ".join(
    f"""CASE WHEN d.case_id <> d.own_id
                THEN (SELECT {text} FROM matters_case k WHERE k.id = d.case_id AND k.home_area = d.home_area)
                ELSE d.{name} END AS {name}"""
    for name, text in _STATUS.items()
)
"""Of the case a content belongs to: that of another letter where it was joined to one."""
_FIRST_ANSWERED = """(SELECT f.stopped_on FROM matters_mattercommitment i
    JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area
    WHERE i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1)"""
_FIRST_UNIT = """(SELECT p.to_unit_id FROM matters_mattercommitment i
    JOIN commitments_step p ON p.commitment_id = i.commitment_id AND p.home_area = i.home_area AND p.seq = 1
    WHERE i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1)"""
_NEVER = "'9999-12-31'"

CONTENTS = f"""
    SELECT s.member_id, x.*
    FROM (
        SELECT COALESCE(t.unit_id, d.holder_id) AS unit_id, {_LETTER}, d.rank,
               COALESCE(t.came_on, d.received_on) AS came,
               COALESCE(t.passed_on, d.done, CASE WHEN t.came_on > d.sorted_on THEN NULL ELSE d.sorted_on END, {_NEVER})
                   AS done,
               CASE WHEN t.passed_on < %(end)s THEN {_WAY["forwarded"]} ELSE d.direction END AS direction, {_OF_CASE}
        FROM turns t JOIN said d ON d.own_id = t.case_id
        UNION ALL
        SELECT d.holder_id, {_LETTER}, d.rank, d.received_on, COALESCE(d.done, d.sorted_on, {_NEVER}), d.direction,
               {_OF_CASE}
        FROM said d
        WHERE d.own_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM matters_stage g WHERE g.case_id = d.own_id AND g.name = 'accept' AND g.ordinal > 1)
        UNION ALL
        SELECT d.unit_id, {_LETTER}, d.rank, d.received_on, d.received_on, {_WAY["forwarded"]}, {_OF_CASE}
        FROM said d
        WHERE d.holder_id <> d.unit_id AND d.unit_id <> {_FIRST_UNIT}
        UNION ALL
        SELECT COALESCE(p.to_unit_id, d.holder_id), {_LETTER}, d.rank, COALESCE(p."on", d.received_on),
               COALESCE(p."on", d.received_on),
               CASE WHEN LEAD(p."on") OVER (PARTITION BY d.matter_id ORDER BY p.seq) < %(end)s
                    THEN {_WAY["forwarded"]} ELSE {_WAY["own"]} END,
               CASE WHEN d.answered_on < %(end)s THEN CASE d.clock WHEN '{REVIEW}' THEN 2 ELSE 1 END
                    WHEN d.clock = '{REVIEW}' AND {_FIRST_ANSWERED} < %(end)s THEN 1 ELSE 0 END,
               0, 0, d.category, 0
        FROM plain d
        LEFT JOIN commitments_step p ON p.commitment_id = d.handed_id AND p.home_area = d.home_area
                                    AND p.verb IN ('open', 'hand-over')
        UNION ALL
        SELECT d.unit_id, {_LETTER}, 4, d.received_on, COALESCE(d.sorted_on, {_NEVER}), {_WAY["own"]}, 0, 0, 0, NULL, 0
        FROM said d
        WHERE d.matter_id IS NULL
    ) x
    JOIN scope s ON s.unit_id = x.unit_id
"""
"""One row for each content of a letter at each unit that had it: when it came there, and when and how it was sorted.

In turn: cases whose accepting was begun again, at each unit in turn; cases that stayed where they came; contents that
one unit registered and another got at once; reflections and recommendations, which are sorted by being registered,
where they stayed and where they were handed over; letters of which only a note was kept.
"""

_KIND = """CASE MIN(c.rank) WHEN 1 THEN 'complaint' WHEN 2 THEN 'denunciation' WHEN 3 THEN 'petition' ELSE 'none'
    END AS kind"""
_WAYS = f"""CASE MAX(c.direction) WHEN {_WAY["own"]} THEN 'own' WHEN {_WAY["forwarded"]} THEN 'forwarded'
    ELSE 'guided' END AS direction,
           CASE WHEN MAX(c.direction) = {_WAY["own"]} THEN 'own' ELSE 'other' END AS competence"""

LETTERS = f"""
    SELECT c.member_id, c.letter_id AS id, MIN(c.came) AS came, {_KIND}, {_WAYS},
           CASE WHEN MIN(c.came) < %(start)s THEN 'carried' ELSE 'new' END AS moment,
           CASE WHEN MAX(c.done) < %(end)s THEN 'processed' ELSE 'waiting' END AS state,
           c.eligible,
           CASE WHEN MIN(c.settled) = 0 THEN 'open' WHEN MAX(c.settled) = 2 THEN 'again' ELSE 'first' END AS settled,
           CASE WHEN MAX(c.running) = 1 THEN 'yes' ELSE 'no' END AS running,
           c.names, c.came_by
    FROM contents c
    GROUP BY c.member_id, c.letter_id, c.eligible, c.names, c.came_by
    HAVING MIN(c.came) < %(end)s AND MAX(c.done) >= %(start)s
"""
"""One row for each letter at each unit that had it in the period."""

CASES = f"""
    SELECT c.member_id, COALESCE(c.case_id, c.matter_id) AS id, MIN(x.came) AS came, {_KIND}, {_WAYS},
           MIN(c.category) AS category, CASE WHEN MAX(c.is_again) = 1 THEN 'again' ELSE 'first' END AS instance,
           CASE WHEN MAX(c.settled) > 0 THEN 'settled' WHEN MAX(c.running) = 1 THEN 'running' ELSE 'none' END AS stage,
           CASE WHEN MAX(c.has_earlier) = 1 OR MAX(c.settled) > 0 THEN 'yes' ELSE 'no' END AS earlier,
           MIN(c.came_by) AS came_by
    FROM contents c
    JOIN letters x ON x.member_id = c.member_id AND x.id = c.letter_id AND x.state = 'processed' AND x.eligible = 'yes'
    WHERE c.matter_id IS NOT NULL
    GROUP BY c.member_id, COALESCE(c.case_id, c.matter_id)
"""
"""The things raised by the eligible letters of the period; several letters that raise one case are one."""

_OF_LETTERS: Parts = (
    ("turns", TURNS),
    ("said", SAID),
    ("plain", PLAIN),
    ("contents", CONTENTS),
    ("letters", LETTERS),
)

_DROPPED = f"k.phase IN ({_listed(Phase.WITHDRAWN, Phase.TERMINATED)})"
_ENDED = f"COALESCE(k.decided_on, CASE WHEN {_DROPPED} THEN k.closed_on END)"
_KIND_OF_CASE = f"CASE WHEN k.procedure IN ({_listed(*DENUNCIATIONS)}) THEN 'denunciation' ELSE 'complaint' END AS kind"

HANDLED = f"""
    SELECT s.member_id, k.id, k.accepted_on AS came, k.home_area, k.lead_id, k.decided_on, {_ENDED} AS done,
           {_KIND_OF_CASE},
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
               MIN(CASE WHEN m.id = h.lead_id THEN h.came
                        ELSE (SELECT CASE WHEN j.closed_on > h.came THEN j.closed_on ELSE h.came END
                              FROM matters_case j WHERE j.lead_id = m.id AND j.home_area = m.home_area) END) AS came
        FROM handled h
        JOIN matters_matter m ON m.case_id = h.id AND m.home_area = h.home_area AND m.letter_id IS NOT NULL
        GROUP BY h.member_id, m.letter_id, h.kind, h.done
    ) g
    WHERE g.came < %(end)s AND (g.done IS NULL OR g.came <= g.done)
"""
"""The letters of those cases; one that was joined to a case counts from the day it was."""

HANDLED_FIGURES = """
    SELECT h.member_id, h.id, h.came, h.kind, f.key AS figure, f.amount
    FROM handled h JOIN matters_casefigure f ON f.case_id = h.id AND f.home_area = h.home_area
    WHERE h.decided_on < %(end)s
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


def with_rows(*sources: str) -> str:
    """The beginning of a statement in which the rows of some sources stand under the names of `name_of`."""
    parts = dict(part for source in sources for part in ROWS[source])
    listed = ",\n".join(f"{name} AS ({text})" for name, text in parts.items())
    return f"WITH RECURSIVE scope(unit_id, member_id) AS ({SCOPE}),\n{listed}\n"


def name_of(source: str) -> str:
    return ROWS[source][-1][0]


def family_of(source: str) -> str:
    """Rows of one family share what they are made from, and are counted in one statement."""
    return ROWS[source][0][0]
