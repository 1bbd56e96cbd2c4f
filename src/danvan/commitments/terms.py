"""The legal clocks as people choose and read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danvan.base.errors import Invalid
from danvan.commitments import ledger
from danvan.commitments.kinds import EVIDENCE, SUBJECTS
from danvan.rules import clock
from danvan.rules.clock import ClockRefused, ClockRule, Deadline, Line
from danvan.rules.clock.table import UNITS, WEAK

ASIDE = frozenset({"rule", "alternative", "evidence", "provisional", "unproven", "suspended"})
"""Lines of an explanation that concern no day of the count."""


@dataclass(frozen=True)
class Term:
    """A rule with the words a page puts beside it."""

    rule: ClockRule
    subject: str
    evidence: str
    is_weak: bool
    is_past: bool

    @property
    def key(self) -> str:
        """By which the rule in force on a day is found: the id without the letter of its version."""
        return self.rule.family or self.rule.id

    @property
    def unit(self) -> str:
        return _(UNITS[self.rule.unit])

    @property
    def is_counted(self) -> bool:
        return self.rule.type == "clock" and self.rule.n > 0


def terms(on: date) -> list[Term]:
    """Every rule in the order of the law, those of the past and of the future too."""
    return [_term(rule, on) for rule in clock.all_rules()]


def _term(rule: ClockRule, on: date) -> Term:
    subject = str(SUBJECTS.get(rule.id.split("-")[0], rule.rule_set))
    return Term(rule, subject, str(EVIDENCE.get(rule.evidence, "")), rule.evidence in WEAK, _is_past(rule, on))


def _is_past(rule: ClockRule, on: date) -> bool:
    return rule.valid_to is not None and rule.valid_to <= on


def choices(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules one may count with, under their subjects, each once and by its present title."""
    newest: dict[str, Term] = {}
    for term in terms(on):
        if term.is_counted and (term.key not in newest or not term.is_past):
            newest[term.key] = term
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, term in newest.items():
        groups.setdefault(term.subject, []).append((key, f"{_(term.rule.title)} ({key}, {term.rule.lasts.said(_)})"))
    return list(groups.items())


@dataclass(frozen=True)
class Counted:
    """A due day with every day explained. `rows` are the days in order, `aside` what else must be said."""

    deadline: Deadline
    evidence: str
    is_weak: bool
    rows: tuple[Line, ...]
    aside: tuple[str, ...]
    days: int
    unit: str


def counted(rule_id: str, start: date, *, remote: bool = False, complex_: bool = False) -> Counted:
    """When something that started on a day is due, under the rule in force on that day and today's calendar.

    Refuses at the field "rule", "start", "remote" or "complex", with the sentence of the rule.
    """
    try:
        rule = clock.rule_by_id(rule_id, start)
        deadline = clock.due(rule, start, ledger.calendar(), remote=remote, complex_=complex_)
    except ClockRefused as error:
        raise Invalid(error.code, error.sentence, FIELDS.get(error.code, "rule")) from error
    rows = tuple(line for line in deadline.explanation if line.kind not in ASIDE)
    return Counted(
        deadline,
        str(EVIDENCE.get(rule.evidence, "")),
        rule.evidence in WEAK,
        rows,
        tuple(_said(deadline)),
        sum(line.days for line in rows),
        _(UNITS[rule.unit]),
    )


FIELDS = {"no-remote": "remote", "no-complex": "complex", "not-in-force": "start", "bad-start": "start"}


def _said(deadline: Deadline) -> Iterator[str]:
    return (line.said(_) for line in deadline.explanation if line.kind in ASIDE)
