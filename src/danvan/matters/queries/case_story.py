"""A case as its sender reads it: where it stands, by when, what was done under which number, what one may do next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from danvan.base.clock import day_of
from danvan.commitments.models import Commitment
from danvan.commitments.queries import calendar
from danvan.matters.kinds import Finding
from danvan.matters.models import Act, Case, Matter, Point, Stage
from danvan.matters.queries.files import Files, Numbers
from danvan.people.queries import OpeningShown, openings_shown
from danvan.rules.clock import due, rule_by_id
from danvan.rules.ledger import RUNNING
from danvan.rules.procedure import (
    ACTS,
    CLOSED,
    COMPLAINTS,
    PHASE_NAMES,
    RULE_OF_SECOND,
    STAGES,
    Phase,
    Procedure,
)


@dataclass(frozen=True)
class StageTold:
    """One stage: until when, and whether it is done. `is_late`: it was, or is, done after its due day."""

    title: str
    due: date | None
    done_on: date | None
    is_main: bool
    is_late: bool


@dataclass(frozen=True)
class ActTold:
    """What was done, under which number. `step_id` None: it took no step; its words and files stand here then."""

    step_id: UUID | None
    title: str
    on: date
    recorded_on: date | None
    number: str
    text: str
    note: str
    is_inside: bool
    files: Numbers


@dataclass(frozen=True)
class CaseStory:
    """`question`: what the office asked and has no reply to. `remedies`: what the law lets the sender do now. `points`:
    each content, what was found on it, and the evidence; `decision`: the files of the decision itself.
    """

    case: Case
    is_joined: bool
    phase: Phase
    stages: list[StageTold]
    acts: list[ActTold]
    points: list[tuple[str, str, Numbers]]
    decision: Numbers
    question: str
    next: list[str]
    remedies: list[str]
    openings: Sequence[OpeningShown]

    @property
    def phase_name(self) -> str:
        return _(PHASE_NAMES[self.phase])

    @property
    def of_step(self) -> dict[UUID, ActTold]:
        return {act.step_id: act for act in self.acts if act.step_id is not None}

    @property
    def without_step(self) -> list[ActTold]:
        return [act for act in self.acts if act.step_id is None]

    @property
    def opened(self) -> int:
        return sum(each.opened_at is not None for each in self.openings)

    @property
    def running(self) -> StageTold | None:
        """The main stage that is not done yet."""
        return next((stage for stage in self.stages if stage.is_main and stage.done_on is None), None)


def case_story(matter: Matter, replied_at: Any, files: Files, on: date) -> CaseStory | None:
    """Five queries; None for a matter without a procedure. `replied_at`: when the sender last said something.

    Of a case that took this letter in, only what was done and when is told: its words are to somebody else.
    """
    if matter.case_id is None:
        return None
    case: Case = Case.objects.select_related("lead").get(pk=matter.case_id)
    rows = list(
        Stage.objects.filter(home_area=case.home_area, case=case).select_related("commitment").order_by("ordinal")
    )
    acts = list(Act.objects.filter(home_area=case.home_area, case=case).order_by("on", "ordinal"))
    is_joined = case.lead_id != matter.pk
    points = Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal")
    decided = next((act for act in reversed(acts) if "findings" in ACTS[act.key].needs), None)
    hung = files.of_points(decided.step_id) if decided else {}
    return CaseStory(
        case=case,
        is_joined=is_joined,
        phase=Phase(case.phase),
        stages=[_stage(case, row, on) for row in rows],
        acts=[_act(row, files, is_joined=is_joined) for row in acts],
        points=[(point.request, _found(point), hung.get(point.ordinal, Numbers())) for point in points],
        decision=files.of_act(decided.ordinal) if decided and not is_joined else Numbers(),
        question="" if is_joined else _question(acts, replied_at),
        next=list(_next(case)),
        remedies=list(_remedies(case, rows, on)),
        openings=openings_shown(matter.identity_id) if matter.identity_id else (),
    )


def _stage(case: Case, row: Stage, on: date) -> StageTold:
    rule, clock = STAGES[Procedure(case.procedure)][row.name], row.commitment
    done = None if clock.state in RUNNING else clock.stopped_on or clock.ended_on
    late = clock.due is not None and (clock.stopped_on or on) > clock.due
    return StageTold(_(rule.title), clock.due, done, rule.main, late)


def _act(row: Act, files: Files, *, is_joined: bool) -> ActTold:
    rule, recorded = ACTS[row.key], day_of(row.recorded_at)
    untold = is_joined or rule.inside
    return ActTold(
        step_id=None if is_joined else row.step_id,
        title=_(rule.done),
        on=row.on,
        recorded_on=recorded if recorded != row.on else None,
        number=row.number,
        text="" if untold else row.text,
        note="" if untold else _note(row),
        is_inside=rule.inside,
        files=Numbers() if untold else files.of_act(row.ordinal),
    )


def _note(row: Act) -> str:
    if row.addressee:
        return _("Nơi có thẩm quyền: %(where)s.") % {"where": row.addressee}
    if row.place and row.until:
        return _("%(place)s, đến hết ngày %(day)s.") % {"place": row.place, "day": f"{row.until:%d/%m/%Y}"}
    return ""


def _found(point: Point) -> str:
    if point.withdrawn_on:
        return _("đã rút")
    return str(Finding(point.finding).label) if point.finding else ""


def _question(acts: list[Act], replied_at: Any) -> str:
    """The newest question, until the sender says something after it."""
    asked = next((act for act in reversed(acts) if act.key == "ask"), None)
    return asked.text if asked and (replied_at is None or asked.recorded_at > replied_at) else ""


def _next(case: Case) -> Iterator[str]:
    """What the office has to do from here, in words for whoever waits."""
    match Phase(case.phase):
        case Phase.SORTING:
            yield _("Đơn vị xem đơn có đủ điều kiện không, rồi báo cho ông/bà: thụ lý, hoặc không thụ lý và vì sao.")
        case Phase.RESOLVING:
            yield _("Đơn vị xác minh rồi ra văn bản giải quyết. Cần hỏi thêm thì câu hỏi hiện ở trang này.")
            if case.procedure in COMPLAINTS:
                yield _(
                    "Kết quả xác minh khác yêu cầu của ông/bà thì đơn vị phải tổ chức đối thoại trước khi quyết định."
                )
        case Phase.SUSPENDED:
            yield _("Vụ việc tạm dừng vì lý do ghi ở dưới; hết lý do thì giải quyết tiếp. Ngày tạm dừng không tính.")
        case Phase.DECIDED:
            yield _("Đơn vị phải gửi văn bản, công khai và tổ chức thi hành; từng việc có hạn riêng ở bảng dưới.")
        case Phase.WITHDRAWN:
            yield _("Nếu ông/bà rút vì bị đe dọa, ép buộc, hãy báo đơn vị: vụ việc được khôi phục.")
        case Phase.FORWARDED | Phase.GUIDED | Phase.CHECKED:
            yield _("Từ đây ông/bà theo dõi ở nơi ghi trong văn bản dưới đây.")
    if case.phase not in CLOSED and case.phase != Phase.DECIDED:
        yield _(
            "Muốn rút toàn bộ hoặc một phần thì đến trụ sở ký đơn hoặc biên bản; bấm nút trên trang không thay được."
        )


def _remedies(case: Case, stages: list[Stage], on: date) -> Iterator[str]:
    """Against a decision, and against waiting too long."""
    if case.procedure in COMPLAINTS:
        yield from _of_complaint(case, stages, on)
        return
    late = any(_is_late(stage.commitment, on) for stage in stages if stage.name == "resolve")
    if case.phase == Phase.DECIDED or late:
        yield _(
            "Giải quyết không đúng pháp luật, hoặc quá hạn mà chưa giải quyết: ông/bà tố cáo tiếp với người đứng đầu "
            "cấp trên trực tiếp (Luật Tố cáo, Điều 37, 38)."
        )
    if case.phase not in CLOSED:
        yield _("Bị đe dọa, trù dập thì yêu cầu đơn vị này hoặc công an bảo vệ ngay (Luật Tố cáo, Điều 47, 49).")


def _of_complaint(case: Case, stages: list[Stage], on: date) -> Iterator[str]:
    again = _second_until(case, stages, on)
    if again is None:
        return
    until = {"day": f"{again:%d/%m/%Y}"}
    if case.procedure == Procedure.SECOND_COMPLAINT:
        yield _("Không đồng ý thì khởi kiện tại Tòa án theo Luật Tố tụng hành chính.")
    elif again < on:
        yield _("Thời gian khiếu nại lần hai đã hết ngày %(day)s, trừ khi có trở ngại khách quan.") % until
    else:
        told = _(
            "Không đồng ý, hoặc quá hạn mà chưa được giải quyết: ông/bà khiếu nại lần hai lên cấp trên trực tiếp "
            "đến hết ngày %(day)s (Luật Khiếu nại, Điều 33), hoặc khởi kiện tại Tòa án."
        )
        yield told % until


def _second_until(case: Case, stages: list[Stage], on: date) -> date | None:
    """The window opens when the decision was sent, or when its due day passed without one."""
    resolving = next((stage.commitment for stage in reversed(stages) if stage.name == "resolve"), None)
    sent = next((stage.commitment.stopped_on for stage in stages if stage.name == "send"), None)
    start = sent or case.decided_on
    if start is None and resolving is not None and _is_late(resolving, on):
        start = resolving.due
    if start is None:
        return None
    rule = rule_by_id(RULE_OF_SECOND, start)
    return due(rule, start, calendar(), remote=case.is_remote and bool(rule.remote)).due_rolled


def _is_late(clock: Commitment, on: date) -> bool:
    return clock.state in RUNNING and clock.due is not None and on > clock.due
