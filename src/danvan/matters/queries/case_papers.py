"""What the papers of a case and of a letter may say: facts of the case by name, and never a contact or an identity.

A paper printed again says what held when the act was done: clocks are read off the steps taken until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from danvan.base.errors import Absent
from danvan.base.ids import read_code
from danvan.base.official import padded
from danvan.commitments.models import Step
from danvan.commitments.queries import calendar, explanation
from danvan.matters.access import letters_visible, visible
from danvan.matters.kinds import Finding, Kind, LetterWay, Outcome, Reason
from danvan.matters.models import Act, Case, Letter, Matter, Point, Stage
from danvan.matters.queries.minutes import Issuer, issuer_of
from danvan.rules.clock import Deadline, due, rule_by_id
from danvan.rules.clock.table import UNITS
from danvan.rules.ledger import RUNNING
from danvan.rules.numbers import write
from danvan.rules.procedure import (
    ACTS,
    COMPLAINTS,
    DENUNCIATIONS,
    RULE_OF_EFFECT,
    RULE_OF_SECOND,
    STAGES,
    Phase,
    Procedure,
    acts_open,
)
from danvan.rules.redaction import propose, redacted
from danvan.units.access import Actor, in_force
from danvan.units.models import UnitVersion
from danvan.units.queries import area_named, unit_names

Value = str | tuple[str, ...]
ROOM = "………………………………"
TOLD = frozenset({"ceiling", "extension", "pause", "statutory", "rolled"})
"""Lines of the explanation that a paper tells; the whole count stands on the page of the matter."""
FREE = ("nội dung vụ việc", "các nội dung", "kết luận từng nội dung", "nội dung ghi", "bên bị khiếu nại, tố cáo")
"""Values in people's own words, in which somebody may be named."""
ORDINALS = {
    Procedure.COMPLAINT: "lần đầu",
    Procedure.SECOND_COMPLAINT: "lần hai",
    Procedure.DISCIPLINARY: "quyết định kỷ luật",
    Procedure.DENUNCIATION: "",
    Procedure.FURTHER_DENUNCIATION: "tiếp",
}
FINDINGS = {Finding.RIGHT: "đúng", Finding.PARTLY: "đúng một phần"}
HEADS = (
    ("Ủy ban nhân dân", "Chủ tịch", False),
    ("Ủy ban Mặt trận", "Chủ tịch", False),
    ("Sở", "Giám đốc", False),
    ("Công an tỉnh", "Giám đốc", False),
    ("Công an thành phố", "Giám đốc", False),
    ("Công an", "Trưởng", True),
    ("Thanh tra", "Chánh", True),
    ("Ban", "Trưởng", True),
    ("Phòng", "Trưởng", True),
)
"""Who signs for a body whose name begins so; whether the title goes on with the name."""
PAPERS_BEFORE = {
    "thụ lý": ("accept", "accept-denunciation"),
    "quyết định": ("decide", "conclude"),
    "tạm đình chỉ": ("suspend", "suspend-denunciation"),
}
DUE = {"accept": "hạn thụ lý", "resolve": "hạn giải quyết"}


@dataclass(frozen=True)
class Facts:
    """What a paper is made of. `number` and `signer` as typed with the act; `code` names the file."""

    code: str
    issuer: Issuer
    place: str
    on: date
    key: str = ""
    number: str = ""
    signer: str = ""
    procedure: Procedure | None = None
    values: dict[str, Value] = field(default_factory=dict)
    is_illustration: bool = False

    def without_names(self) -> dict[str, Value]:
        """The values for papers others read: what looks like a name, number or address is put in brackets."""
        return self.values | {name: _hidden(self.values.get(name, "")) for name in FREE}


def _hidden(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(redacted(each, propose(each)) for each in value)
    return redacted(value, propose(value))


def act_facts(*, code: str, ordinal: int, by: Actor, on: date) -> Facts:
    """Of an act that was done. Absent as the matter is."""
    case = _case(code, by, on)
    done = Act.objects.filter(home_area=case.home_area, case=case).select_related("step", "recorded_by")
    acts = list(done.filter(ordinal__lte=ordinal).order_by("ordinal"))
    if not acts or acts[-1].ordinal != ordinal:
        raise Absent
    act = acts[-1]
    at = act.step.at if act.step else act.recorded_at
    posted = act.recorded_by.unit_id if act.recorded_by else case.holder_id
    issuer = (act.step.unit_id if act.step else None) or posted
    values = _of_case(case, act.on, at) | _of_acts(acts) | _of_act(act)
    return _facts(case, Facts(case.lead.code, issuer_of(issuer, act.on), _place(issuer, act.on), act.on, act.key,
                              act.number, act.signer), values)  # fmt: skip


def draft_facts(*, code: str, key: str, by: Actor, at: datetime, on: date) -> Facts:
    """Of an act that may come next: what is known now. Absent where the procedure knows no such act now."""
    case = _case(code, by, on)
    procedure = Procedure(case.procedure)
    stages = Stage.objects.filter(home_area=case.home_area, case=case, commitment__state__in=sorted(RUNNING))
    if key not in {rule.key for rule in acts_open(procedure, Phase(case.phase), stages.values_list("name", flat=True))}:
        raise Absent
    acts = list(Act.objects.filter(home_area=case.home_area, case=case).order_by("ordinal"))
    values = _of_case(case, on, at) | _of_acts(acts)
    if ACTS[key].target is Phase.RESOLVING and case.accepted_on is None:
        values |= _expected(case, procedure, on)
    unit = case.holder_id
    return _facts(case, Facts(case.lead.code, issuer_of(unit, on), _place(unit, on), on, key), values)


def letter_facts(*, letter_id: UUID, by: Actor, on: date) -> Facts:
    """Of a letter in the register; absent where its register is out of sight."""
    letter = Letter.objects.filter(letters_visible(by, on), pk=letter_id).first()
    if letter is None:
        raise Absent
    name = f"don-{letter.number}-{letter.year}"
    issuer = issuer_of(letter.unit_id, on)
    return Facts(name, issuer, _place(letter.unit_id, on), on, values=_of_unit(issuer, on) | _of_letter(letter),
                 is_illustration=letter.is_illustration)  # fmt: skip


def _case(code: str, by: Actor, on: date) -> Case:
    read = read_code(code)
    if read is None:
        raise Absent
    matters = Matter.objects.filter(visible(by, on), home_area=read[0], code=read[1])
    case = Case.objects.filter(home_area=read[0], lead__in=matters).select_related("lead__letter").first()
    if case is None:
        raise Absent
    return case


def _facts(case: Case, head: Facts, values: dict[str, Value]) -> Facts:
    known = _of_unit(head.issuer, head.on) | values
    return Facts(head.code, head.issuer, head.place, head.on, head.key, head.number, head.signer,
                 Procedure(case.procedure), known, case.lead.is_illustration)  # fmt: skip


def _place(unit_id: UUID, on: date) -> str:
    area_id = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).values_list("area_id", flat=True).first()
    return area_named(area_id, on) if area_id else ""


def _of_unit(issuer: Issuer, on: date) -> dict[str, Value]:
    title, full = head_of(issuer.name)
    return {"cơ quan": issuer.name, "ngày văn bản": _day(on), "chức danh người đứng đầu": title, "người đứng đầu": full}


def head_of(name: str) -> tuple[str, str]:
    """Who signs for a body, short and in full: `Chủ tịch`, `Chủ tịch Ủy ban nhân dân xã Bình An`."""
    for start, title, goes_on in HEADS:
        if name.startswith(f"{start} "):
            return f"{title} {start}" if goes_on else title, f"{title} {name}"
    return "Thủ trưởng", f"Thủ trưởng {name}"


def _of_letter(letter: Letter) -> dict[str, Value]:
    number = f"{letter.number}/{letter.year}"
    rows = letter.matters.filter(home_area=letter.home_area).order_by("part").values_list("code", "kind")
    return {
        "số đơn": number,
        "ngày nhận đơn": _day(letter.received_on),
        "cách gửi": str(LetterWay(letter.way).label).lower(),
        "số người đứng tên": write(letter.signers) if letter.signers > 1 else "",
        "người gửi": f"ông (bà) {ROOM} (theo đơn số {number})",
        "các việc trong đơn": tuple(f"Mã {code}: {str(Kind(kind).label).lower()}." for code, kind in rows),
    }


def _of_case(case: Case, on: date, at: datetime) -> dict[str, Value]:
    procedure, matter = Procedure(case.procedure), case.lead
    points = list(Point.objects.filter(home_area=case.home_area, matter=matter).order_by("ordinal"))
    standing = [point for point in points if point.withdrawn_on is None or point.withdrawn_on > on]
    against = unit_names({case.against_id}, on).get(case.against_id, "") if case.against_id else case.against_text
    received: dict[str, Value] = {"ngày nhận đơn": _day(case.raised_on), "người gửi": f"ông (bà) {ROOM}"}
    return {
        **(_of_letter(matter.letter) if matter.letter else received),
        "mã vụ việc": matter.code,
        "loại việc": "tố cáo" if procedure in DENUNCIATIONS else "khiếu nại",
        "lần": ORDINALS[procedure],
        "nội dung vụ việc": case.subject.rstrip(" ."),
        "các nội dung": tuple(f"{point.ordinal}. {point.request.rstrip(' .')}." for point in standing),
        "kết luận từng nội dung": tuple(_found(point, procedure) for point in standing if point.finding),
        "bên bị khiếu nại, tố cáo": against,
        "ngày thụ lý": _day(case.accepted_on),
        "ngày quyết định": _day(case.decided_on),
        "lý do": str(Reason(case.reason).label) if case.reason else "",
        "kết quả": str(Outcome(case.outcome).label).lower() if case.outcome else "",
        **_clocks(case, at),
        **_remedies(case, on),
    }


def _found(point: Point, procedure: Procedure) -> str:
    wrong = "sai sự thật" if procedure in DENUNCIATIONS else "sai"
    return f"{point.ordinal}. {point.request.rstrip(' .')}: {FINDINGS.get(Finding(point.finding), wrong)}."


def _of_acts(acts: Iterable[Act]) -> dict[str, Value]:
    """Numbers and days of the papers before: the newest of each."""
    found: dict[str, Value] = {}
    for act in acts:
        for name, keys in PAPERS_BEFORE.items():
            if act.key in keys:
                found |= {f"số {name}": padded(act.number), f"ngày {name}": _day(act.on)}
    return found


def _of_act(act: Act) -> dict[str, Value]:
    step = act.step
    return {
        "cơ quan nhận": act.addressee or (_receiver(act, step) if step and act.key == "transfer" else ""),
        "nơi công khai": act.place,
        "công khai đến": _day(act.until),
        "số ngày gia hạn": str(step.days) if step and step.days else "",
        "nội dung ghi": tuple(each.strip() for each in act.text.splitlines() if each.strip()),
    }


def _receiver(act: Act, step: Step) -> str:
    """Whose clock a transfer started: the stage taken up at that moment."""
    clocks = Stage.objects.filter(home_area=act.home_area, case=act.case_id).values("commitment_id")
    taken_up = Step.objects.filter(home_area=act.home_area, commitment__in=clocks, verb="take-up", at=step.at)
    unit_id = taken_up.order_by("-id").values_list("to_unit_id", flat=True).first()
    return unit_names({unit_id}, act.on).get(unit_id, "") if unit_id else ""


def _clocks(case: Case, at: datetime) -> dict[str, Value]:
    """The newest clock of accepting and of resolving that had begun, with the due day it had after the steps so far."""
    rows = Stage.objects.filter(home_area=case.home_area, case=case, name__in=DUE, commitment__opened_at__lte=at)
    stages = {stage.name: stage.commitment for stage in rows.select_related("commitment").order_by("ordinal")}
    clocks = [clock.pk for clock in stages.values()]
    taken = list(Step.objects.filter(home_area=case.home_area, commitment__in=clocks, at__lte=at).order_by("seq"))
    found: dict[str, Value] = {}
    for name, clock in stages.items():
        steps = [step for step in taken if step.commitment_id == clock.pk]
        days = [step.due for step in steps if step.due]
        found[DUE[name]] = _day(days[-1]) if days else ""
        if name == "resolve" and (deadline := explanation(clock, steps)):
            found |= _told(deadline, is_remote=clock.is_remote, is_complex=clock.is_complex)
    return found


def _told(deadline: Deadline, *, is_remote: bool, is_complex: bool) -> dict[str, Value]:
    rule = deadline.rule
    ceilings = {(True, True): rule.remote_complex, (True, False): rule.remote, (False, True): rule.complex}
    days = ceilings.get((is_remote, is_complex)) or rule.n
    told = [line.text for line in deadline.explanation if line.kind in TOLD]
    return {
        "thời hạn giải quyết": f"{days} {UNITS[rule.unit]}",
        "căn cứ thời hạn": rule.source,
        "cách tính hạn": " ".join(told) if len(told) > 1 else "",
    }


def _expected(case: Case, procedure: Procedure, on: date) -> dict[str, Value]:
    """The clock that accepting today would start."""
    rule = rule_by_id(STAGES[procedure]["resolve"].rule_id, on)
    is_remote = procedure in COMPLAINTS and case.is_remote
    is_complex = procedure in COMPLAINTS and case.criteria.filter(home_area=case.home_area).exists()
    deadline = due(rule, on, calendar(), remote=is_remote, complex_=is_complex)
    days: dict[str, Value] = {"hạn giải quyết": _day(deadline.due_rolled), "ngày thụ lý": _day(on)}
    return _told(deadline, is_remote=is_remote, is_complex=is_complex) | days


def _remedies(case: Case, on: date) -> dict[str, Value]:
    """How long a second complaint may be made, and after how many days the decision takes effect."""
    if Procedure(case.procedure) not in COMPLAINTS:
        return {}
    names = {"thời hạn khiếu nại tiếp": RULE_OF_SECOND, "thời gian có hiệu lực": RULE_OF_EFFECT}
    rules = {name: rule_by_id(rule_id, on) for name, rule_id in names.items()}
    return {name: f"{(case.is_remote and rule.remote) or rule.n} ngày" for name, rule in rules.items()}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
