"""Opening cases and their stages: which book a case is handled by, and the clocks that run for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.commitments.actions import Promise, open_commitment
from danvan.matters.kinds import DUTY, Category, Kind
from danvan.matters.models import Case, CaseCriterion, Matter, MatterCommitment, Stage
from danvan.rules.clock import complexity_criteria
from danvan.rules.procedure import (
    COMPLAINTS,
    DENUNCIATIONS,
    STAGES,
    Phase,
    Procedure,
    StageRule,
    first_stage,
)
from danvan.rules.text import nfc, shorten
from danvan.units.access import Actor

PROCEDURES = {Kind.COMPLAINT: COMPLAINTS, Kind.DENUNCIATION: DENUNCIATIONS}
ORDINARY = {Kind.COMPLAINT: Procedure.COMPLAINT, Kind.DENUNCIATION: Procedure.DENUNCIATION}


@dataclass(frozen=True)
class CaseSaid:
    """What is known of a case when its letter comes; all of it may be put right until the case is accepted.

    `against_id` is one of our units, `against_text` any other body; `previous_id` the case decided before.
    """

    procedure: Procedure | None = None
    category: Category = Category.OTHER
    subject: str = ""
    against_id: UUID | None = None
    against_text: str = ""
    is_against_head: bool = False
    known_on: date | None = None
    is_remote: bool = False
    criteria: frozenset[str] = frozenset()
    previous_id: UUID | None = None


PLAIN_CASE = CaseSaid()


def opening_rule(kind: Kind, said: CaseSaid) -> str:
    """The legal clock that starts on the day of receipt."""
    return first_stage(procedure_of(kind, said)).rule_id


def procedure_of(kind: Kind, said: CaseSaid) -> Procedure:
    """The book the case is handled by; refuses one that is not of this kind."""
    chosen = said.procedure or ORDINARY[kind]
    if chosen not in PROCEDURES[kind]:
        raise Invalid("procedure", "Trình tự giải quyết không hợp với loại đơn.", "procedure")
    return chosen


def open_case(matter: Matter, said: CaseSaid) -> Case:
    """The case of a matter whose first commitment already runs; refuses an earlier case that has no decision yet."""
    procedure = procedure_of(Kind(matter.kind), said)
    if said.known_on is not None and said.known_on > matter.received_on:
        raise Invalid("known-later", "Ngày biết quyết định, hành vi không thể ở sau ngày nhận đơn.", "known_on")
    case = Case(
        home_area=matter.home_area,
        lead=matter,
        procedure=procedure,
        phase=Phase.SORTING,
        category=said.category,
        subject=shorten(nfc(said.subject).strip() or matter.summary, 300),
        against_id=said.against_id,
        against_text=nfc(said.against_text).strip()[:200],
        is_against_head=said.is_against_head,
        known_on=said.known_on,
        is_remote=said.is_remote,
        previous=_decided_before(said.previous_id, matter.home_area),
        holder_id=matter.holder_id,
        raised_on=matter.received_on,
    )
    case.save(force_insert=True)
    tick(case, said.criteria)
    matter.case = case
    matter.save(update_fields=["case"])
    _stage(case, first_stage(procedure), matter.current_id, 1)
    return case


def _decided_before(case_id: UUID | None, home_area: int) -> Case | None:
    """An earlier case need not be known here: it may have been decided on paper, or elsewhere."""
    if case_id is None:
        return None
    before = Case.objects.filter(pk=case_id).first()
    if before is None or before.phase != Phase.DECIDED:
        raise Invalid("previous", "Vụ việc trước chưa có quyết định, kết luận.", "previous")
    if before.home_area != home_area:
        sentence = "Vụ việc trước thuộc tỉnh, thành phố khác: hãy để trống ô này và nhắc tới nó trong nội dung."
        raise Invalid("previous-elsewhere", sentence, "previous")
    return before


def tick(case: Case, criteria: frozenset[str]) -> None:
    """Sets the signs of complexity of a case; refuses an unknown one."""
    if unknown := criteria - complexity_criteria().keys():
        raise Invalid("criteria", f"Không có tiêu chí phức tạp “{min(unknown)}”.", "criteria")
    CaseCriterion.objects.filter(home_area=case.home_area, case=case).delete()
    CaseCriterion.objects.bulk_create(
        CaseCriterion(home_area=case.home_area, case=case, criterion=each) for each in sorted(criteria)
    )


@dataclass(frozen=True)
class Restart:
    """How a stage begins that is not simply the next one: under which verb, law and start, at which unit."""

    opens_with: str = "begin"
    owed_by: UUID | None = None
    rule_on: date | None = None
    clock_from: date | None = None


NEXT = Restart()


def open_stage(case: Case, name: str, by: Actor, at: datetime, restart: Restart = NEXT) -> Stage:
    """Opens a clock of the case. A main stage becomes what the matter hangs on; the others run beside it."""
    rule: StageRule = STAGES[Procedure(case.procedure)][name]
    matter = case.lead
    ordinal = MatterCommitment.objects.filter(home_area=case.home_area, matter=matter).count() + 1
    promise = Promise(
        kind=matter.kind if rule.main else DUTY,
        code=f"{matter.code}/{ordinal}",
        owed_by=restart.owed_by or case.holder_id,
        rule_id=rule.rule_id,
        rule_on=restart.rule_on,
        is_remote=case.is_remote and name == "resolve" and case.procedure in COMPLAINTS,
        is_complex=_is_complex(case) and name == "resolve",
        topic=matter.field,
        channel=matter.intake,
        area=matter.area_id,
        raised_on=matter.received_on,
        opens_with=restart.opens_with,
        clock_from=restart.clock_from,
    )
    commitment, _step = open_commitment(promise=promise, home_area=case.home_area, by=by, at=at)
    MatterCommitment(home_area=case.home_area, matter=matter, commitment=commitment,
                     ordinal=ordinal).save(force_insert=True)  # fmt: skip
    if rule.main:
        matter.current, matter.holder_id = commitment, commitment.owed_by_id
        matter.save(update_fields=["current", "holder"])
        case.holder_id = commitment.owed_by_id
    return _stage(case, rule, commitment.id, ordinal)


def _is_complex(case: Case) -> bool:
    """A ceiling of its own exists for complaints alone; a denunciation is extended instead."""
    return case.procedure in COMPLAINTS and case.criteria.filter(home_area=case.home_area).exists()


def _stage(case: Case, rule: StageRule, commitment_id: UUID, ordinal: int) -> Stage:
    stage = Stage(home_area=case.home_area, case=case, commitment_id=commitment_id, name=rule.name, ordinal=ordinal)
    stage.save(force_insert=True)
    return stage
