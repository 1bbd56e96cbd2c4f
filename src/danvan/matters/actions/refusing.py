"""Why an act in a case is refused: by the table of the procedure, by its parts, by the law of its clock."""

from datetime import date
from itertools import pairwise
from uuid import UUID

from danvan.base.errors import Forbidden, Invalid, Refused
from danvan.base.marked import refuse_marked
from danvan.commitments.models import Step
from danvan.commitments.queries import calendar
from danvan.matters.access import may_record_in
from danvan.matters.actions.done import Done
from danvan.matters.actions.taking_in import MAX_CONTENT
from danvan.matters.kinds import Outcome
from danvan.matters.models import Case, Point
from danvan.rules.clock import due, may_extend, may_pause, rule_by_id, rule_version
from danvan.rules.procedure import CLOSED, RULE_OF_EFFECT, ActRule, Given, Phase, Procedure, ping_pong, refusal
from danvan.units.access import Actor, sees
from danvan.units.queries import unit_in_force


def refuse_by_rights(rule: ActRule, case: Case, by: Actor) -> None:
    """An act that takes a step is held to who may take that step; one that takes none, to the unit of the case."""
    if not rule.verb and not may_record_in(by, case):
        raise Forbidden(f"Bạn không được “{rule.label}” trong vụ việc này.")


def refuse_by_table(rule: ActRule, case: Case, done: Done, points: list[Point]) -> None:
    """Refuses an act that may not follow now, and one that lacks a part, at its field."""
    unfound = [p for p in points if p.withdrawn_on is None and not (p.finding or p.ordinal in done.findings)]
    given = Given(done.parts(), len(unfound))
    if why := refusal(rule, Procedure(case.procedure), Phase(case.phase), given):
        name, sentence = why
        raise Invalid("act-incomplete", sentence, name) if name else Refused("not-possible", sentence)
    if len(done.text) > MAX_CONTENT:
        raise Invalid("text-long", f"Nội dung dài quá {MAX_CONTENT:_} ký tự.".replace("_", "."), "text")
    refuse_marked(done.text, "text")
    known = {p.ordinal for p in points}
    if strange := (set(done.points) | set(done.findings)) - known:
        raise Invalid("points", f"Vụ việc không có nội dung số {min(strange)}.", "points")
    if done.until is not None and done.on is not None and done.until < done.on:
        raise Invalid("until", "Ngày hết niêm yết không thể trước ngày bắt đầu.", "until")


def refuse_by_law(rule: ActRule, case: Case, done: Done, by: Actor, on: date) -> None:
    """Refuses what the law of the running clock does not allow: a pause, an extension, another law, a hand-over, an
    outcome.
    """
    clock = case.lead.current
    if rule.verb == "suspend" and (why := may_pause(rule_version(clock.rule_id, clock.rule_version))):
        raise Refused("no-pause", why)
    if rule.key == "extend":
        criteria = case.criteria.filter(home_area=case.home_area).count()
        given = clock.steps.filter(home_area=clock.home_area, verb="extend").count()
        if why := may_extend(rule_version(clock.rule_id, clock.rule_version), given, days=done.days, criteria=criteria):
            raise Refused("no-extension", why, "days")
    if rule.key == "re-base" and clock.steps.filter(home_area=clock.home_area, verb__in=("extend", "suspend")).exists():
        sentence = "Thời hạn này đã được gia hạn hoặc tạm đình chỉ; tính lại từ đầu sẽ làm mất những ngày đó."
        raise Refused("already-moved", sentence)
    if rule.key == "transfer":
        _refuse_transfer(case, done, by, on)
    if rule.key == "take-effect":
        _refuse_effect(case, on)
    if rule.key in {"decide", "conclude"}:
        _refuse_outcome(case, done)


def _refuse_transfer(case: Case, done: Done, by: Actor, on: date) -> None:
    """No third hand-over between the same two units without who stands above both."""
    if done.unit_id is None or done.unit_id == case.holder_id:
        raise Invalid("same-unit", "Đơn vị nhận đang giữ chính vụ việc này.", "unit")
    unit_in_force(done.unit_id, on)
    units = [str(unit) for unit in _holders(case)]
    passed = list(pairwise(units))
    over_both = by.unit_id not in {case.holder_id, done.unit_id} and sees(by, done.unit_id, on)
    if ping_pong(passed, str(case.holder_id), str(done.unit_id)) and not (over_both and sees(by, case.holder_id, on)):
        sentence = "Hai đơn vị đã chuyển qua lại vụ việc này hai lần. Cấp trên chung của hai đơn vị phải quyết định."
        raise Refused("ping-pong", sentence, "unit")


def _holders(case: Case) -> list[UUID]:
    """The units at which a clock of the case was opened, in turn."""
    opened = Step.objects.filter(home_area=case.home_area, seq=1, commitment__in=case.stages.values("commitment_id"))
    rows = opened.filter(verb__in=("lodge", "take-up")).order_by("at", "id")
    return list(rows.exclude(to_unit=None).values_list("to_unit_id", flat=True))


def _refuse_effect(case: Case, on: date) -> None:
    if case.effective_on is not None:
        raise Refused("in-force", f"Quyết định đã có hiệu lực từ ngày {case.effective_on:%d/%m/%Y}.")
    if case.decided_on is None:
        raise Refused("not-possible", "Vụ việc chưa có quyết định.")
    if case.later.exclude(phase__in=sorted(CLOSED)).exists():
        raise Refused("later-case", "Đã có khiếu nại lần hai, nên quyết định lần đầu chưa có hiệu lực.")
    rule = rule_by_id(RULE_OF_EFFECT, case.decided_on)
    from_day = due(rule, case.decided_on, calendar(), remote=case.is_remote and bool(rule.remote)).due_statutory
    if on <= from_day:
        raise Refused("too-early", f"Quyết định có hiệu lực sau ngày {from_day:%d/%m/%Y}, nếu không khiếu nại tiếp.")


def _refuse_outcome(case: Case, done: Done) -> None:
    of_second = {Outcome.UPHELD, Outcome.CHANGED}
    if (done.outcome in of_second) != (case.procedure == Procedure.SECOND_COMPLAINT):
        sentence = (
            "Giải quyết lần hai thì công nhận hoặc hủy, sửa quyết định lần đầu; lần đầu thì đúng, sai, đúng một phần."
        )
        raise Invalid("outcome", sentence, "outcome")
