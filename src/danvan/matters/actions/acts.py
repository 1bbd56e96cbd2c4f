"""What the office does in a case: one act of the procedure, its step in the ledger, its paper, its new clocks."""

import hashlib
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.commitments.access import capacities, capacity_for
from danvan.commitments.actions import Given, take_step
from danvan.commitments.models import Commitment, Step
from danvan.matters.access import may_see
from danvan.matters.actions.cases import Restart, open_stage, tick
from danvan.matters.actions.done import Done
from danvan.matters.actions.enclosures import (
    EVIDENCE,
    Cleaned,
    chosen,
    cleaned,
    put_at_points,
    put_with_act,
    refuse_strange_points,
    said_by,
    tell_sender,
)
from danvan.matters.actions.filing import file_away
from danvan.matters.actions.refusing import refuse_by_law, refuse_by_rights, refuse_by_table
from danvan.matters.actions.register import mark_sorted
from danvan.matters.models import Act, Case, CaseFigure, Entry, Matter, Point
from danvan.outreach.kinds import Template
from danvan.people.actions import renew
from danvan.rules.clock import ClockRefused, rule_by_id
from danvan.rules.ledger import MOVES, RUNNING
from danvan.rules.procedure import ACTS, CLOSED, STAGES, ActRule, Phase, Procedure
from danvan.rules.text import nfc
from danvan.units.access import Actor

LATEST_BACK = timedelta(days=366)


@transaction.atomic
def do(*, case_id: UUID, key: str, done: Done, by: Actor, at: datetime, seen: int | None = None) -> Act:
    """Does one act of `rules.procedure.ACTS` in a case, in this order: lock, rights, table, law, files, step, case, new
    clocks, words, notice.

    Refuses a case out of sight as absent; an act the table does not allow now, or that lacks a part, at its field; a
    paper of a day to come, or older than a year; a file that may not be kept. `seen` is how many steps the main clock
    had in front of the person.
    """
    case = _locked(case_id)
    matter = case.lead
    if not may_see(by, matter, matter.current, day_of(at)):
        raise Absent
    rule = ACTS.get(key)
    if rule is None:
        raise Invalid("unknown-act", f"Không có việc “{key}”.")
    refuse_by_rights(rule, case, by)
    points = list(Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal"))
    refuse_by_table(rule, case, done, points)
    moment = _moment(done.on, at)
    refuse_by_law(rule, case, done, by, day_of(moment))
    before, was_closed = _clock_of(case, rule), case.closed_on is not None
    files = _files(case, rule, done, points, before, by, day_of(at))
    step = _step(rule, before, done, files, by, moment, seen) if rule.verb else None
    _settle_points(rule, points, done, day_of(moment))
    _move(case, rule, done, day_of(moment), before)
    _open(case, rule, done, by, moment, before)
    file_away(case, day_of(moment), was_closed=was_closed)
    case.save()
    act = _written(case, rule, done, step, by, moment, at)
    put_with_act(matter, files.get("files", ()), act, at)
    if step is not None:
        put_at_points(matter, files, step, at, act)
    return act


def _locked(case_id: UUID) -> Case:
    found = Case.objects.select_for_update(of=("self",)).select_related("lead__current", "lead__contact")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise Absent
    return case


def _moment(on: date | None, at: datetime) -> datetime:
    """When the act happened: now, or at noon of the day on its paper."""
    today = day_of(at)
    if on is None or on == today:
        return at
    if on > today:
        raise Invalid("on-later", "Ngày văn bản không thể ở sau hôm nay.", "on")
    if on < today - LATEST_BACK:
        raise Invalid("on-long-ago", "Ngày văn bản đã quá một năm.", "on")
    return datetime.combine(on, time(12), VIETNAM)


def _clock_of(case: Case, rule: ActRule) -> Commitment:
    """The clock an act steps on: the running stage it names, else the one the case hangs on."""
    if not rule.stage:
        clock: Commitment = case.lead.current
        return clock
    stages = case.stages.filter(name=rule.stage, commitment__state__in=sorted(RUNNING)).select_related("commitment")
    stage = stages.order_by("ordinal").first()
    if stage is None:
        raise Refused("not-possible", f"Không còn phải “{rule.label}” trong vụ việc này.")
    found: Commitment = stage.commitment
    return found


def _files(
    case: Case, rule: ActRule, done: Done, points: list[Point], clock: Commitment, by: Actor, on: date
) -> Cleaned:  # fmt: skip
    """What goes with the act and, where it finds on each content, with each finding. Unpacked for who may do it."""
    given = chosen("files", done.files, done.evidence)
    if not given:
        return {}
    if rule.verb:
        capacity_for(MOVES[rule.verb], capacities(by, clock, on))
    if "findings" not in rule.needs and (at_points := [field for field in given if field.startswith(EVIDENCE)]):
        raise Invalid("evidence-unfound", "Minh chứng chỉ kèm khi kết luận từng nội dung.", at_points[0])
    refuse_strange_points(done.evidence, points)
    return cleaned(case.lead, given)


def _step(
    rule: ActRule, clock: Commitment, done: Done, files: Cleaned, by: Actor, moment: datetime, seen: int | None
) -> Step:  # fmt: skip
    given = Given(payload_hash=_payload(rule, done, files), days=done.days if rule.verb == "extend" else 0)
    _clock, step = take_step(commitment_id=clock.pk, verb=rule.verb, by=by, at=moment, given=given,
                             seen=None if rule.stage else seen)  # fmt: skip
    clock.refresh_from_db()
    return step


def _payload(rule: ActRule, done: Done, files: Cleaned) -> str:
    """The SHA-256 of everything the act says; it stands in the step."""
    findings = ";".join(f"{n}={found}" for n, found in sorted(done.findings.items()))
    figures = ";".join(f"{key}={amount}" for key, amount in sorted(done.figures.items()))
    parts = (rule.key, nfc(done.text).strip(), done.number, done.signer, done.addressee, done.place, done.until,
             done.reason, done.outcome, done.points, findings, figures, *said_by(files))  # fmt: skip
    return hashlib.sha256("\x1f".join("" if each is None else str(each) for each in parts).encode()).hexdigest()


def _settle_points(rule: ActRule, points: list[Point], done: Done, on: date) -> None:
    for point in points:
        if rule.key == "withdraw-part" and point.ordinal in done.points:
            point.withdrawn_on = on
        elif rule.key == "restore-part" and point.ordinal in done.points:
            point.withdrawn_on = None
        elif point.ordinal in done.findings:
            point.finding = done.findings[point.ordinal]
        else:
            continue
        point.save(update_fields=["withdrawn_on", "finding"])
    if rule.key == "withdraw-part" and points and all(point.withdrawn_on for point in points):
        raise Refused("all-withdrawn", "Mọi nội dung đều được rút: hãy dùng “Ghi nhận rút toàn bộ”.", "points")


def _move(case: Case, rule: ActRule, done: Done, on: date, clock: Commitment) -> None:
    """The case after the act: phase, days, outcome, and whether it was in time."""
    if done.reason:
        case.reason = done.reason
    if rule.key in {"accept", "accept-denunciation"}:
        case.accepted_on = on
    if rule.target is Phase.DECIDED:
        case.decided_on, case.outcome = on, done.outcome
        case.is_on_time = clock.due is None or on <= clock.due
        CaseFigure.objects.bulk_create(
            CaseFigure(home_area=case.home_area, case=case, key=key, amount=amount)
            for key, amount in done.figures.items()
        )
    if rule.key == "take-effect":
        case.effective_on = on
    if rule.key == "restore":
        case.closed_on, case.accepted_on = None, None
    if rule.key == "join":
        _join(case, done)
    if rule.target is not None:
        case.phase = rule.target
        case.closed_on = on if rule.target in CLOSED else case.closed_on


def _join(case: Case, done: Done) -> None:
    """Several letters, one case: each letter keeps its own matter, code and story."""
    mine = Case.objects.filter(home_area=case.home_area, holder=case.holder_id, lead__kind=case.lead.kind)
    other = mine.filter(pk__in=[done.case_id]).first()
    if other is None or other.pk == case.pk or Phase(other.phase) in CLOSED:
        raise Invalid("case", "Chỉ nhập vào vụ việc cùng loại, đang giải quyết, do chính đơn vị giữ.", "case")
    Matter.objects.filter(home_area=case.home_area, case=case).update(case=other)


def _open(case: Case, rule: ActRule, done: Done, by: Actor, moment: datetime, clock: Commitment) -> None:
    if done.criteria is not None:
        tick(case, done.criteria)
    if done.is_remote is not None:
        case.is_remote = done.is_remote
    if rule.key == "transfer":
        open_stage(case, "accept", by, moment, Restart("take-up", done.unit_id))
    if rule.key == "re-base":
        _open_again(case, done, by, moment, clock)
    for name in rule.opens:
        open_stage(case, name, by, moment, Restart("lodge") if rule.key == "restore" else Restart())


def _open_again(case: Case, done: Done, by: Actor, moment: datetime, clock: Commitment) -> None:
    """The same stage from the same starting day under another version of the law, or with other marks of
    complexity.
    """
    stage = case.stages.get(home_area=case.home_area, commitment_id=clock.pk)
    opened = clock.steps.filter(home_area=clock.home_area, seq=1).values_list("on", flat=True).get()
    start = clock.clock_from or opened
    try:
        rule_by_id(STAGES[Procedure(case.procedure)][stage.name].rule_id, done.rule_on or start)
    except ClockRefused as error:
        raise Invalid(error.code, error.sentence, "rule_on") from error
    open_stage(case, stage.name, by, moment, Restart(rule_on=done.rule_on or start, clock_from=start))
    case.phase = Phase.SORTING if stage.name == "accept" else Phase.RESOLVING


def _written(
    case: Case, rule: ActRule, done: Done, step: Step | None, by: Actor, moment: datetime, at: datetime
) -> Act:
    text, matter = nfc(done.text).strip(), case.lead
    act = Act(
        home_area=case.home_area, case=case, step=step, key=rule.key, on=day_of(moment),
        ordinal=case.acts.filter(home_area=case.home_area).count() + 1, number=nfc(done.number).strip()[:60],
        signer=nfc(done.signer).strip()[:120], text=text, addressee=nfc(done.addressee).strip()[:200],
        place=nfc(done.place).strip()[:200], until=done.until, recorded_by_id=by.post_id, recorded_at=at,
    )  # fmt: skip
    act.save(force_insert=True)
    if step is not None and text:
        Entry(home_area=case.home_area, matter=matter, step=step, text=text,
              is_internal=rule.inside).save(force_insert=True)  # fmt: skip
    if matter.letter is not None:
        mark_sorted(matter.letter, day_of(moment))
    if matter.contact_id is not None:
        renew(contact_ids=[matter.contact_id], at=at)
    if not rule.inside and rule.verb:
        tell_sender(matter, Template.CASE_MOVED, at)
    return act


@transaction.atomic
def describe(*, case_id: UUID, category: str, subject: str, is_remote: bool, criteria: frozenset[str], by: Actor,
             at: datetime) -> Case:  # fmt: skip
    """Puts right what is known of a case before it is accepted; afterwards only an act changes what its clock rests
    on.
    """
    case = _locked(case_id)
    if not may_see(by, case.lead, case.lead.current, day_of(at)):
        raise Absent
    if by.unit_id != case.holder_id:
        raise Forbidden("Chỉ đơn vị đang giữ vụ việc được sửa.")
    if case.phase != Phase.SORTING:
        raise Refused(
            "accepted", "Vụ việc đã qua bước xem xét thụ lý; muốn đổi thời hạn thì dùng “Áp dụng quy định khác”."
        )
    case.category, case.subject, case.is_remote = category, nfc(subject).strip()[:300] or case.subject, is_remote
    tick(case, criteria)
    case.save()
    return case
