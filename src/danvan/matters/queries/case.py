"""The case of a matter as the officer sees it: phase, stages with their clocks, what was done, what may be done now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from danvan.base.clock import day_of
from danvan.commitments.access import capacities
from danvan.commitments.models import Commitment
from danvan.commitments.models import Step as LedgerStep
from danvan.commitments.queries import explanation, holds_of
from danvan.matters.access import may_record_in
from danvan.matters.models import Act, Case, Matter, Stage
from danvan.matters.queries.case_papers import head_of
from danvan.matters.queries.detail import Detail, Held
from danvan.matters.queries.files import Numbers
from danvan.people.access import may_ask
from danvan.people.models import CustodyEvent
from danvan.rules.clock import Deadline, complexity_criteria, may_extend, may_pause, rule_version
from danvan.rules.ledger import MOVES, RUNNING, State
from danvan.rules.papers import named_papers_of
from danvan.rules.procedure import (
    ACTS,
    PHASE_NAMES,
    PROCEDURE_NAMES,
    STAGES,
    ActRule,
    Phase,
    Procedure,
    acts_open,
    complexity,
)
from danvan.units.access import Actor
from danvan.units.queries import signer_of, unit_names


@dataclass(frozen=True)
class StageShown:
    """One clock of the case. A clock that stopped is judged by the day on which it did."""

    name: str
    title: str
    is_main: bool
    unit: str
    clock: Commitment
    deadline: Deadline | None
    on: date

    @property
    def is_running(self) -> bool:
        return self.clock.state in RUNNING

    @property
    def judged_on(self) -> date:
        return self.clock.stopped_on or self.on

    @property
    def is_late(self) -> bool:
        return self.clock.due is not None and self.judged_on > self.clock.due


@dataclass(frozen=True)
class ActShown:
    """What was done; `recorded_on` only where that was on another day than the one on the paper."""

    act: Act
    who: str
    recorded_on: date | None
    files: Numbers

    @property
    def rule(self) -> ActRule:
        return ACTS[self.act.key]

    @property
    def papers(self) -> list[tuple[str, str]]:
        return named_papers_of(self.act.key)


@dataclass(frozen=True)
class Linked:
    """Another case or letter that belongs to this one."""

    code: str
    on: date
    says: str
    number: str = ""


@dataclass(frozen=True)
class Opened:
    """A line of the log about opening the denouncer's identity."""

    what: str
    who: str
    on: date
    note: str


@dataclass(frozen=True)
class CasePanel:
    """`into`: the case that took this one in. `open`: the acts that may be done now, by whoever asked. `signer`: whose
    name stands under a paper of the unit, where that is beyond doubt.
    """

    case: Case
    phase: Phase
    procedure: Procedure
    against: str
    stages: list[StageShown]
    acts: list[ActShown]
    open: list[ActRule]
    held: list[Held]
    criteria: list[str]
    into: Linked | None
    before: Linked | None
    later: list[Linked]
    joined: list[Linked]
    openings: list[Opened]
    may_ask: bool
    may_describe: bool
    signer: str

    @property
    def phase_name(self) -> str:
        return PHASE_NAMES[self.phase]

    @property
    def procedure_name(self) -> str:
        return PROCEDURE_NAMES[self.procedure]

    @property
    def complexity(self) -> str:
        return complexity(self.procedure, len(self.criteria))

    @property
    def criteria_named(self) -> list[str]:
        return [complexity_criteria()[each] for each in self.criteria]

    @cached_property
    def main(self) -> StageShown:
        """The stage on which the case hangs."""
        return [stage for stage in self.stages if stage.is_main][-1]

    @property
    def duties(self) -> list[StageShown]:
        return [stage for stage in self.stages if not stage.is_main and stage.is_running]


def case_panel(found: Detail, by: Actor, on: date) -> CasePanel | None:
    """Seven to ten queries, however long the case is; None for a matter that is not handled by a procedure."""
    matter = found.matter
    if matter.case_id is None:
        return None
    own = Case.objects.filter(home_area=matter.home_area, lead=matter).select_related("previous__lead__letter")
    case: Case = own.get()
    stages = _stages(case)
    later = list(Case.objects.filter(previous=case, home_area=case.home_area).select_related("lead"))
    names = _names(case, stages, found.steps, on)
    may_now = _open(case, stages, found, by, on)
    shown = [_stage(case, each, found.steps, names, on) for each in stages]
    return CasePanel(
        case=case,
        phase=Phase(case.phase),
        procedure=Procedure(case.procedure),
        against=names.get(case.against_id, "") if case.against_id else case.against_text,
        stages=shown,
        acts=_acts(case, found),
        open=may_now,
        held=_held([each for each in stages if _rule(case, each).main], found.steps, names, on),
        criteria=sorted(case.criteria.filter(home_area=case.home_area).values_list("criterion", flat=True)),
        into=_into(matter, case),
        before=_linked(case.previous) if case.previous else None,
        later=[_linked(each) for each in later],
        joined=_joined(case),
        openings=_openings(matter),
        may_ask=matter.identity_id is not None and may_ask(by, case.holder_id, on),
        may_describe=case.phase == Phase.SORTING and may_record_in(by, case),
        signer=_signer(case, may_now, names, by, on),
    )


def _signer(case: Case, may_now: list[ActRule], names: dict[UUID, str], by: Actor, on: date) -> str:
    if by.unit_id != case.holder_id or all("number" not in rule.needs for rule in may_now):
        return ""
    title, _full = head_of(names.get(case.holder_id, ""))
    return signer_of(case.holder_id, title, on)


def told_by_acts(found: Detail, panel: CasePanel) -> Detail:
    """The story of the matter with the acts of its procedure in place of the ledger's general words."""
    done = {shown.act.step_id: shown.rule.done for shown in panel.acts}
    return replace(found, lines=[replace(line, act=done.get(line.step_id, "")) for line in found.lines])


def _stages(case: Case) -> list[Stage]:
    rows = Stage.objects.filter(home_area=case.home_area, case=case).select_related("commitment")
    return list(rows.order_by("ordinal"))


def _rule(case: Case, stage: Stage) -> Any:
    return STAGES[Procedure(case.procedure)][stage.name]


def _steps_of(stage: Stage, steps: Iterable[LedgerStep]) -> list[LedgerStep]:
    return [step for step in steps if step.commitment_id == stage.commitment_id]


def _names(case: Case, stages: list[Stage], steps: list[LedgerStep], on: date) -> dict[UUID, str]:
    units = {stage.commitment.owed_by_id for stage in stages} | {step.to_unit_id for step in steps if step.to_unit_id}
    return unit_names(units | ({case.against_id} if case.against_id else set()), on)


def _stage(case: Case, stage: Stage, steps: list[LedgerStep], names: dict[UUID, str], on: date) -> StageShown:
    rule, clock = _rule(case, stage), stage.commitment
    deadline = explanation(clock, _steps_of(stage, steps))
    return StageShown(stage.name, rule.title, rule.main, names.get(clock.owed_by_id, ""), clock, deadline, on)


def _held(stages: list[Stage], steps: list[LedgerStep], names: dict[UUID, str], on: date) -> list[Held]:
    """Who had the case how long: the holders of the main stages in turn, one line where the next stage stayed."""
    held: list[Held] = []
    for hold in (hold for stage in stages for hold in holds_of(_steps_of(stage, steps))):
        unit = names.get(hold.unit_id, "")
        since = held.pop().since if held and held[-1].unit == unit else hold.since
        held.append(Held(unit, since, hold.until, ((hold.until or on) - since).days))
    return held


def _acts(case: Case, found: Detail) -> list[ActShown]:
    """Newest first. Who did it is the post, as in the story of the matter."""
    steps: list[Any] = found.steps
    units = {step.post_id: step.unit_name or "" for step in steps if step.post_id}
    rows = Act.objects.filter(home_area=case.home_area, case=case).select_related("recorded_by")
    return [_act(row, units, found.files.of_act(row.ordinal)) for row in rows.order_by("-on", "-ordinal")]


def _act(row: Act, units: dict[int, str], files: Numbers) -> ActShown:
    post, recorded = row.recorded_by, day_of(row.recorded_at)
    unit = units.get(post.pk, "") if post else ""
    who = "" if post is None else post.title if unit in post.title else f"{post.title}, {unit}"
    return ActShown(row, who, recorded if recorded != row.on else None, files)


def _open(case: Case, stages: list[Stage], found: Detail, by: Actor, on: date) -> list[ActRule]:
    """The acts of the table that this actor may do now, and that the law of the running clock allows."""
    running = {stage.name: stage.commitment for stage in stages if stage.commitment.state in RUNNING}
    rules = acts_open(Procedure(case.procedure), Phase(case.phase), running)
    return [
        rule
        for rule in rules
        if _may(rule, case, running.get(rule.stage, found.current), by, on) and _fits(rule, case, found)
    ]


def _may(rule: ActRule, case: Case, clock: Commitment, by: Actor, on: date) -> bool:
    if not rule.verb:
        return may_record_in(by, case)
    move = MOVES[rule.verb]
    return State(clock.state) in move.sources and bool(move.by & capacities(by, clock, on))


def _fits(rule: ActRule, case: Case, found: Detail) -> bool:
    """What would be refused in any case is not offered; what depends on what is typed, is."""
    match rule.key:
        case "suspend" | "suspend-denunciation":
            return may_pause(_version(found)) is None
        case "extend":
            given = sum(step.verb == "extend" and step.commitment_id == found.current.pk for step in found.steps)
            return may_extend(_version(found), given, criteria=_ticked(case)) is None
        case "withdraw-part":
            return sum(point.withdrawn_on is None for point in found.points) > 1
        case "restore-part":
            return any(point.withdrawn_on for point in found.points)
        case "take-effect":
            return case.effective_on is None
        case _:
            return True


def _version(found: Detail) -> Any:
    return rule_version(found.current.rule_id, found.current.rule_version)


def _ticked(case: Case) -> int:
    return case.criteria.filter(home_area=case.home_area).count()


def _linked(case: Case) -> Linked:
    return Linked(case.lead.code, case.raised_on, PHASE_NAMES[Phase(case.phase)])


def _into(matter: Matter, own: Case) -> Linked | None:
    if matter.case_id == own.pk:
        return None
    return _linked(Case.objects.select_related("lead").get(matters=matter))


def _joined(case: Case) -> list[Linked]:
    """The letters that raised the same: each keeps its own number, code and story."""
    rows = Matter.objects.filter(Q(case=case), ~Q(pk=case.lead_id), home_area=case.home_area)
    listed = rows.annotate(year=F("letter__year"), entered=F("letter__number")).order_by("received_on", "id")
    found = listed.values_list("code", "received_on", "summary", "entered", "year")
    return [Linked(code, on, says, f"{number}/{year}" if number else "") for code, on, says, number, year in found]


def _openings(matter: Matter) -> list[Opened]:
    """Everything that was asked, decided and opened, as both sides of the custody see it; newest first."""
    if matter.identity_id is None:
        return []
    rows = CustodyEvent.objects.filter(identity_ref=matter.identity_id, opening_ref__isnull=False)
    return [
        Opened(str(row.get_verb_display()), row.label, day_of(row.at), row.note) for row in rows.order_by("-at", "-id")
    ]
