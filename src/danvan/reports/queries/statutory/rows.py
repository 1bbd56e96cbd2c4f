"""The rows that statutory forms are counted from, as SQL: one text for both engines, for one unit or a whole country.

A cell is a predicate over the columns of such rows, so a figure and the list behind it cannot disagree. Days decide,
never the present state alone: what happened after the period's end is left out, so that what a period left unprocessed
is what the next one carries over.
"""

# ruff: noqa: S608 -- only constants of ours are written into these statements; what anybody chose comes as a parameter

from collections.abc import Callable

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
SAID = f"""
    SELECT l.id AS letter_id, l.home_area, l.unit_id, l.received_on, l.sorted_on, l.way AS came_by,
           {_ELIGIBLE} AS eligible, {_NAMES} AS names,
           m.id AS matter_id, m.kind, m.holder_id, m.case_id, m.current_id, m.field
    FROM matters_letter l LEFT JOIN matters_matter m ON m.letter_id = l.id AND m.home_area = l.home_area
    WHERE l.received_on < %(end)s AND (l.sorted_on IS NULL OR l.sorted_on >= %(start)s)
"""
"""Every content of every letter that may matter to the period, read once."""

TURNS = """
    SELECT r.case_id, r.unit_id, r.came_on,
           LEAD(r.came_on) OVER (PARTITION BY r.case_id ORDER BY r.ordinal) AS passed_on
    FROM (
        SELECT g.case_id, g.ordinal, c.owed_by_id AS unit_id,
               LAG(c.owed_by_id) OVER run AS before_id, LAG(c.stopped_on) OVER run AS came_on
        FROM (SELECT DISTINCT case_id FROM matters_stage WHERE name = 'accept' AND ordinal > 1) b
        JOIN matters_stage g ON g.case_id = b.case_id AND g.name = 'accept'
        JOIN commitments_commitment c ON c.id = g.commitment_id AND c.home_area = g.home_area
        WINDOW run AS (PARTITION BY g.case_id ORDER BY g.ordinal)
    ) r
    WHERE r.before_id IS NULL OR r.before_id <> r.unit_id
"""
"""Of cases whose accepting was begun more than once: at which unit, since when, and until it was passed on."""

PLAIN = f"""
    SELECT d.letter_id, d.matter_id, d.home_area, d.holder_id, d.received_on, d.eligible, d.names, d.came_by, d.field,
           c.kind AS clock, c.hops, CASE WHEN c.state IN ({_ANSWERED}) THEN c.stopped_on END AS answered_on
    FROM said d JOIN commitments_commitment c ON c.id = d.current_id AND c.home_area = d.home_area
    WHERE d.kind IN ({_PLAIN})
"""
"""Reflections and recommendations with the clock they hang on now: the first one, or that of a review."""

HANDED = f"""
    SELECT d.matter_id, p.to_unit_id AS unit_id, p."on" AS came,
           LEAD(p."on") OVER (PARTITION BY p.commitment_id ORDER BY p.seq) AS passed_on
    FROM plain d
    JOIN matters_mattercommitment i ON i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1
    JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area AND f.hops > 0
    JOIN commitments_step p ON p.commitment_id = f.id AND p.home_area = f.home_area AND p.verb IN ('open', 'hand-over')
    WHERE d.hops > 0 OR d.clock = '{REVIEW}'
"""
"""Those of them that were handed over: at which unit, and since when."""

_WAY = {"forwarded": 1, "own": 2}
"""How a content left a unit; 0 where its sender was guided elsewhere. The largest of a letter's contents tells."""
_DIRECTION = f"""CASE k.phase WHEN '{Phase.GUIDED}' THEN 0
    WHEN '{Phase.FORWARDED}' THEN {_WAY["forwarded"]} WHEN '{Phase.CHECKED}' THEN {_WAY["forwarded"]}
    ELSE {_WAY["own"]} END"""
_LETTER = "d.letter_id, d.matter_id, d.eligible, d.names, d.came_by"
_WHOLE = "LEFT JOIN matters_case w ON w.id = d.case_id AND w.home_area = d.home_area AND w.id <> k.id"


def _of_case(column: str) -> str:
    """Of the case a content belongs to: that of another letter where it was joined to one."""
    return f"CASE WHEN w.id IS NULL THEN k.{column} ELSE w.{column} END"


def _status(of: Callable[[str], str]) -> str:
    """0 nothing decided by the period's end, 1 decided once, 2 again; and what else forms ask of a case."""
    again = f"CASE WHEN {of('procedure')} IN ({_AGAIN}) THEN 1 ELSE 0 END"
    return f"""CASE WHEN {of("decided_on")} < %(end)s THEN 1 + {again} ELSE 0 END AS settled, {again} AS is_again,
           CASE WHEN {of("accepted_on")} < %(end)s AND ({of("decided_on")} IS NULL OR {of("decided_on")} >= %(end)s)
                AND ({of("closed_on")} IS NULL OR {of("closed_on")} >= %(end)s) THEN 1 ELSE 0 END AS running,
           {of("category")} AS category, CASE WHEN {of("previous_id")} IS NULL THEN 0 ELSE 1 END AS has_earlier"""


_RANK = f"CASE d.kind WHEN '{Kind.COMPLAINT}' THEN 1 WHEN '{Kind.DENUNCIATION}' THEN 2 ELSE 3 END"
_OF_FIELD = f"""CASE d.field WHEN '{Field.LAND}' THEN '{Category.LAND}'
    WHEN '{Field.WELFARE}' THEN '{Category.POLICY}' WHEN '{Field.HEALTH}' THEN '{Category.POLICY}'
    WHEN '{Field.EDUCATION}' THEN '{Category.POLICY}' ELSE '{Category.OTHER}' END"""
_FIRST_ANSWERED = """(SELECT f.stopped_on FROM matters_mattercommitment i
    JOIN commitments_commitment f ON f.id = i.commitment_id AND f.home_area = i.home_area
    WHERE i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1)"""
_PLAIN_STATUS = f"""CASE WHEN d.clock <> '{REVIEW}' THEN CASE WHEN d.answered_on < %(end)s THEN 1 ELSE 0 END
                WHEN d.answered_on < %(end)s THEN 2 WHEN {_FIRST_ANSWERED} < %(end)s THEN 1 ELSE 0 END,
           0, 0, {_OF_FIELD}, 0"""
_FIRST_UNIT = """(SELECT p.to_unit_id FROM matters_mattercommitment i
    JOIN commitments_step p ON p.commitment_id = i.commitment_id AND p.home_area = i.home_area AND p.seq = 1
    WHERE i.matter_id = d.matter_id AND i.home_area = d.home_area AND i.ordinal = 1)"""

CONTENTS = f"""
    SELECT s.member_id, {_LETTER}, d.case_id, {_RANK} AS rank, d.received_on AS came,
           COALESCE(k.accepted_on, k.closed_on, d.sorted_on) AS done, {_DIRECTION} AS direction, {_status(_of_case)}
    FROM said d
    JOIN matters_case k ON k.lead_id = d.matter_id AND k.home_area = d.home_area
    JOIN scope s ON s.unit_id = k.holder_id
    {_WHOLE}
    WHERE k.id NOT IN (SELECT case_id FROM turns)
    UNION ALL
    SELECT s.member_id, l.id, m.id, {_ELIGIBLE}, {_NAMES}, l.way, m.case_id,
           CASE m.kind WHEN '{Kind.COMPLAINT}' THEN 1 ELSE 2 END, COALESCE(t.came_on, m.received_on),
           COALESCE(t.passed_on, k.accepted_on, k.closed_on,
                    CASE WHEN t.came_on IS NULL OR l.sorted_on >= t.came_on THEN l.sorted_on END),
           CASE WHEN t.passed_on < %(end)s THEN {_WAY["forwarded"]} ELSE {_DIRECTION} END, {_status(_of_case)}
    FROM turns t
    JOIN scope s ON s.unit_id = t.unit_id
    JOIN matters_case k ON k.id = t.case_id
    JOIN matters_matter m ON m.id = k.lead_id AND m.home_area = k.home_area
    JOIN matters_letter l ON l.id = m.letter_id AND l.home_area = m.home_area
    LEFT JOIN matters_case w ON w.id = m.case_id AND w.home_area = m.home_area AND w.id <> k.id
    UNION ALL
    SELECT s.member_id, {_LETTER}, d.case_id, {_RANK}, d.received_on, d.received_on, {_WAY["forwarded"]},
           {_status("k.{0}".format).replace("k.category AS", f"COALESCE(k.category, {_OF_FIELD}) AS")}
    FROM said d
    JOIN scope s ON s.unit_id = d.unit_id
    LEFT JOIN matters_case k ON k.id = d.case_id AND k.home_area = d.home_area
    WHERE d.holder_id <> d.unit_id AND d.unit_id <> {_FIRST_UNIT}
    UNION ALL
    SELECT s.member_id, {_LETTER}, NULL, 3, d.received_on, d.received_on, {_WAY["own"]}, {_PLAIN_STATUS}
    FROM plain d
    JOIN scope s ON s.unit_id = d.holder_id
    WHERE d.matter_id NOT IN (SELECT matter_id FROM handed)
    UNION ALL
    SELECT s.member_id, {_LETTER}, NULL, 3, h.came, h.came,
           CASE WHEN h.passed_on < %(end)s THEN {_WAY["forwarded"]} ELSE {_WAY["own"]} END, {_PLAIN_STATUS}
    FROM handed h
    JOIN scope s ON s.unit_id = h.unit_id
    JOIN plain d ON d.matter_id = h.matter_id
    UNION ALL
    SELECT s.member_id, {_LETTER}, NULL, 4, d.received_on, d.sorted_on, {_WAY["own"]}, 0, 0, 0, NULL, 0
    FROM said d
    JOIN scope s ON s.unit_id = d.unit_id
    WHERE d.matter_id IS NULL
"""
"""One row for each content of a letter at each unit that had it: when it came there, and when and how it was sorted.

In turn: cases that stayed where they came; cases whose accepting was begun again, at each unit in turn; contents that
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
           CASE WHEN COUNT(c.done) = COUNT(*) AND MAX(c.done) < %(end)s THEN 'processed' ELSE 'waiting' END AS state,
           c.eligible,
           CASE WHEN MIN(c.settled) = 0 THEN 'open' WHEN MAX(c.settled) = 2 THEN 'again' ELSE 'first' END AS settled,
           CASE WHEN MAX(c.running) = 1 THEN 'yes' ELSE 'no' END AS running,
           MIN(c.names) AS names, MIN(c.came_by) AS came_by
    FROM contents c
    GROUP BY c.member_id, c.letter_id, c.eligible
    HAVING MIN(c.came) < %(end)s AND (COUNT(c.done) < COUNT(*) OR MAX(c.done) >= %(start)s)
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
    ("said", SAID),
    ("turns", TURNS),
    ("plain", PLAIN),
    ("handed", HANDED),
    ("contents", CONTENTS),
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
