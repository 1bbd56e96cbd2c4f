"""How a complaint and a denunciation are handled, step by step, in two tables.

A case is in one phase at a time. An act of the office moves it on: it takes one step in the ledger of the stage that
runs, may open further stages with clocks of their own, and is put down in a paper. Buttons, validation, papers and
statistics are read off these tables; nothing else says what may follow what.

Sources: Luật Khiếu nại 02/2011/QH13 and Luật Tố cáo 25/2018/QH14, both as amended by Luật 136/2025/QH15; Nghị định
124/2020/NĐ-CP; Nghị định 31/2019/NĐ-CP.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Procedure(StrEnum):
    """Which book a case is handled by."""

    COMPLAINT = "complaint"
    SECOND_COMPLAINT = "second-complaint"
    DISCIPLINARY = "disciplinary"
    DENUNCIATION = "denunciation"
    FURTHER_DENUNCIATION = "further"


PROCEDURE_NAMES = {
    Procedure.COMPLAINT: "Khiếu nại lần đầu",
    Procedure.SECOND_COMPLAINT: "Khiếu nại lần hai",
    Procedure.DISCIPLINARY: "Khiếu nại quyết định kỷ luật",
    Procedure.DENUNCIATION: "Tố cáo",
    Procedure.FURTHER_DENUNCIATION: "Tố cáo tiếp",
}


class Phase(StrEnum):
    SORTING = "sorting"
    RESOLVING = "resolving"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    REFUSED = "refused"
    GUIDED = "guided"
    FORWARDED = "forwarded"
    CHECKED = "checked"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


PHASE_NAMES = {
    Phase.SORTING: "đang xem xét thụ lý",
    Phase.RESOLVING: "đã thụ lý, đang giải quyết",
    Phase.SUSPENDED: "tạm đình chỉ",
    Phase.DECIDED: "đã có quyết định, kết luận",
    Phase.REFUSED: "không thụ lý",
    Phase.GUIDED: "đã hướng dẫn",
    Phase.FORWARDED: "đã chuyển nơi có thẩm quyền",
    Phase.CHECKED: "thông tin có nội dung tố cáo, đã chuyển thanh tra, kiểm tra",
    Phase.JOINED: "đã nhập vào vụ việc khác",
    Phase.WITHDRAWN: "đã rút",
    Phase.TERMINATED: "đã đình chỉ",
}
CLOSED = frozenset(Phase) - {Phase.SORTING, Phase.RESOLVING, Phase.SUSPENDED, Phase.DECIDED}
"""Nothing more is owed in these; in a decided case the decision still has to be sent, published and carried out."""


@dataclass(frozen=True)
class StageRule:
    """One clock in the life of a case. `main`: the case hangs on it; the others run beside it."""

    name: str
    title: str
    rule_id: str
    main: bool = False


def _stages(*rows: StageRule) -> dict[str, StageRule]:
    return {row.name: row for row in rows}


_OF_COMPLAINT = _stages(
    StageRule("accept", "Xem xét thụ lý", "KN-27", main=True),
    StageRule("resolve", "Giải quyết", "KN-28", main=True),
    StageRule("send", "Gửi quyết định giải quyết", "KN-32"),
    StageRule("publish", "Công khai quyết định giải quyết", "KN-pub"),
    StageRule("execute", "Ban hành văn bản thi hành quyết định", "KN-31"),
)
_OF_DENUNCIATION = _stages(
    StageRule("accept", "Xem xét thụ lý", "TC-24", main=True),
    StageRule("notify", "Báo việc thụ lý", "TC-29"),
    StageRule("resolve", "Giải quyết", "TC-30", main=True),
    StageRule("notify-suspension", "Báo việc tạm đình chỉ", "TC-34"),
    StageRule("send", "Gửi kết luận, báo người tố cáo", "TC-35"),
    StageRule("publish", "Công khai kết luận", "TC-40"),
    StageRule("execute", "Xử lý theo kết luận", "TC-36"),
)
STAGES: dict[Procedure, dict[str, StageRule]] = {
    Procedure.COMPLAINT: _OF_COMPLAINT,
    Procedure.SECOND_COMPLAINT: _OF_COMPLAINT | _stages(
        StageRule("accept", "Xem xét thụ lý", "KN-36", main=True),
        StageRule("resolve", "Giải quyết", "KN-37", main=True),
        StageRule("send", "Gửi quyết định giải quyết lần hai", "KN-41"),
    ),
    Procedure.DISCIPLINARY: _OF_COMPLAINT | _stages(
        StageRule("accept", "Xem xét thụ lý", "KN-50", main=True),
        StageRule("resolve", "Giải quyết", "KN-50r", main=True),
    ),
    Procedure.DENUNCIATION: _OF_DENUNCIATION,
    Procedure.FURTHER_DENUNCIATION: _OF_DENUNCIATION | _stages(
        StageRule("accept", "Xem xét tố cáo tiếp", "TC-37", main=True),
    ),
}  # fmt: skip
"""What is not named again is as in the first complaint, the first denunciation."""
DUTIES = {rule.rule_id: rule.title for stages in STAGES.values() for rule in stages.values() if not rule.main}
"""What runs beside the main stage, by the rule of its clock."""
_TITLES = {rule.rule_id: rule.title for stages in STAGES.values() for rule in stages.values()}


def stage_title(rule_id: str) -> str:
    """The stage a clock belongs to; its rule may bear the letter of a version. Empty for any other clock."""
    return _TITLES.get(rule_id) or _TITLES.get(rule_id[:-1], "")


COMPLAINTS = frozenset({Procedure.COMPLAINT, Procedure.SECOND_COMPLAINT, Procedure.DISCIPLINARY})
DENUNCIATIONS = frozenset({Procedure.DENUNCIATION, Procedure.FURTHER_DENUNCIATION})


@dataclass(frozen=True)
class ActRule:
    """One row of the table of acts.

    `phases`: in which it may be done; `target` None leaves the phase as it is. `verb`: the step it takes in the ledger,
    in the main stage unless `stage` names another. `opens`: stages that begin with it. `needs`: what must come with it.
    `paper`: the form it is put down in, empty where nothing is printed. `source`: where the law asks for it. `inside`:
    its words pass between offices; that it was done is shown to the sender.
    """

    key: str
    label: str
    done: str
    phases: frozenset[Phase]
    target: Phase | None
    verb: str
    opens: tuple[str, ...]
    needs: frozenset[str]
    procedures: frozenset[Procedure]
    paper: str
    source: str
    stage: str
    inside: bool


def _act(
    key: str, label: str, done: str, phases: str, target: str, verb: str, *, opens: str = "", needs: str = "text",
    of: frozenset[Procedure] = frozenset(Procedure), paper: str = "", source: str = "", stage: str = "",
    inside: bool = False,
) -> ActRule:  # fmt: skip
    return ActRule(key, label, done, frozenset(Phase(p) for p in phases.split()), Phase(target) if target else None,
                   verb, tuple(opens.split()), frozenset(needs.split()), of, paper, source, stage, inside)  # fmt: skip


_RUNNING = "sorting resolving suspended"
ACTS: dict[str, ActRule] = {
    act.key: act
    for act in (
        _act("accept", "Thụ lý", "Đã thụ lý", "sorting", "resolving", "fulfil", opens="resolve", needs="text number",
             of=COMPLAINTS, paper="complaint-acceptance", source="Luật Khiếu nại, Điều 27, 36, 50"),
        _act("accept-denunciation", "Thụ lý", "Đã thụ lý", "sorting", "resolving", "fulfil", opens="resolve notify",
             needs="text number", of=DENUNCIATIONS, paper="denunciation-acceptance", source="Luật Tố cáo, Điều 24, 29"),
        _act("refuse", "Không thụ lý", "Không thụ lý", "sorting", "refused", "settle", needs="text number reason",
             paper="refusal", source="Luật Khiếu nại, Điều 11, 27; Luật Tố cáo, Điều 24"),
        _act("guide", "Hướng dẫn", "Đã hướng dẫn", "sorting", "guided", "settle", needs="text number addressee",
             of=COMPLAINTS, paper="guidance", source="Thông tư 05/2021/TT-TTCP"),
        _act("transfer", "Chuyển đơn vị trong hệ thống", "Đã chuyển đơn vị có thẩm quyền", "sorting", "", "transfer",
             needs="text number unit", paper="transfer", source="Luật Tố cáo, Điều 24 khoản 2"),
        _act("forward", "Chuyển cơ quan ngoài hệ thống", "Đã chuyển nơi có thẩm quyền", "sorting", "forwarded",
             "settle", needs="text number addressee", paper="transfer", source="Luật Tố cáo, Điều 24 khoản 2"),
        _act("check", "Chuyển thanh tra, kiểm tra", "Đã chuyển thanh tra, kiểm tra", "sorting", "checked", "settle",
             needs="text number addressee", of=DENUNCIATIONS, paper="transfer", source="Luật Tố cáo, Điều 25 khoản 2"),
        _act("join", "Nhập vào vụ việc khác", "Đã nhập vào vụ việc khác", "sorting", "joined", "settle",
             needs="text case"),
        _act("verify", "Giao xác minh", "Đã giao xác minh", "resolving", "", "record", needs="text number",
             paper="verification", source="Luật Khiếu nại, Điều 29; Luật Tố cáo, Điều 31", inside=True),
        _act("report", "Báo cáo kết quả xác minh", "Đã có báo cáo xác minh", "resolving", "", "record", inside=True),
        _act("ask", "Hỏi người gửi", "Đã hỏi người gửi", "sorting resolving suspended", "", "record"),
        _act("invite", "Mời đối thoại, làm việc", "Đã mời", "resolving", "", "record", needs="text number",
             paper="invitation"),
        _act("dialogue", "Ghi đối thoại", "Đã đối thoại", "resolving", "", "record", of=COMPLAINTS,
             paper="dialogue-minutes", source="Luật Khiếu nại, Điều 30"),
        _act("extend", "Gia hạn", "Đã gia hạn", "sorting resolving", "", "extend", needs="text number days",
             of=DENUNCIATIONS, paper="extension", source="Luật Tố cáo, Điều 24, 30"),
        _act("suspend", "Tạm đình chỉ", "Đã tạm đình chỉ", "resolving", "suspended", "suspend", needs="text number",
             of=COMPLAINTS, paper="suspension", source="Luật Khiếu nại, Điều 11a"),
        _act("suspend-denunciation", "Tạm đình chỉ", "Đã tạm đình chỉ", "resolving", "suspended", "suspend",
             opens="notify-suspension", needs="text number", of=DENUNCIATIONS, paper="suspension",
             source="Luật Tố cáo, Điều 34"),
        _act("continue", "Tiếp tục giải quyết", "Đã tiếp tục giải quyết", "suspended", "resolving", "continue",
             needs="text number", paper="continuation"),
        _act("terminate", "Đình chỉ", "Đã đình chỉ", "resolving suspended", "terminated", "terminate",
             needs="text number reason", paper="termination",
             source="Luật Khiếu nại, Điều 11a; Luật Tố cáo, Điều 34"),
        _act("withdraw-part", "Ghi nhận rút một phần", "Đã ghi nhận rút một phần", _RUNNING, "", "record",
             needs="text points", source="Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33"),
        _act("withdraw", "Ghi nhận rút toàn bộ", "Đã ghi nhận rút đơn", _RUNNING, "withdrawn", "retract",
             source="Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33"),
        _act("keep-on", "Ghi nhận rút nhưng vẫn giải quyết", "Người tố cáo rút, vụ việc vẫn được giải quyết", _RUNNING,
             "", "record", of=DENUNCIATIONS, source="Luật Tố cáo, Điều 33"),
        _act("restore", "Khôi phục vì bị ép buộc rút", "Đã khôi phục vì bị ép buộc rút", "withdrawn", "sorting", "",
             opens="accept", source="Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33"),
        _act("restore-part", "Khôi phục nội dung bị ép buộc rút", "Đã khôi phục nội dung bị ép buộc rút", _RUNNING, "",
             "record", needs="text points", source="Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33"),
        _act("decide", "Ra quyết định giải quyết", "Đã ra quyết định giải quyết", "resolving", "decided", "settle",
             opens="send publish", needs="text number outcome findings", of=COMPLAINTS, paper="decision",
             source="Luật Khiếu nại, Điều 31, 40, 56"),
        _act("conclude", "Kết luận nội dung tố cáo", "Đã kết luận nội dung tố cáo", "resolving", "decided", "settle",
             opens="send publish execute", needs="text number outcome findings", of=DENUNCIATIONS, paper="conclusion",
             source="Luật Tố cáo, Điều 35"),
        _act("notify", "Đã báo việc thụ lý", "Đã báo việc thụ lý",
             "resolving suspended decided terminated withdrawn", "", "fulfil",
             of=DENUNCIATIONS, paper="content-notice", source="Luật Tố cáo, Điều 29", stage="notify"),
        _act("notify-suspension", "Đã báo việc tạm đình chỉ", "Đã báo việc tạm đình chỉ",
             "resolving suspended decided terminated withdrawn", "", "fulfil", of=DENUNCIATIONS,
             source="Luật Tố cáo, Điều 34", stage="notify-suspension"),
        _act("send", "Đã gửi", "Đã gửi", "decided", "", "fulfil",
             source="Luật Khiếu nại, Điều 32, 41; Luật Tố cáo, Điều 35", stage="send"),
        _act("publish", "Đã công khai", "Đã công khai", "decided", "", "fulfil", needs="text place until",
             paper="publication", source="Nghị định 124/2020/NĐ-CP, Điều 29; Luật Tố cáo, Điều 40", stage="publish"),
        _act("take-effect", "Quyết định có hiệu lực", "Quyết định đã có hiệu lực", "decided", "", "", opens="execute",
             of=COMPLAINTS, source="Luật Khiếu nại, Điều 44"),
        _act("execute", "Ghi việc thi hành", "Đã tổ chức thi hành", "decided", "", "fulfil", needs="text number",
             source="Nghị định 124/2020/NĐ-CP; Luật Tố cáo, Điều 36", stage="execute"),
        _act("re-base", "Áp dụng quy định khác", "Đã chuyển sang áp dụng quy định khác", "sorting resolving", "",
             "re-base"),
    )
}  # fmt: skip
LEADERS = frozenset({"extend", "suspend", "suspend-denunciation", "continue", "terminate", "re-base"})
"""Decided by who leads the unit; the ledger's table holds these to a supervisor."""


RULE_OF_EFFECT = "KN-44"
"""When a decision on a complaint takes effect."""
RULE_OF_BAR = {Procedure.COMPLAINT: "KN-9", Procedure.DISCIPLINARY: "KN-48"}
"""Within which a first complaint must be made, counted from the day on which the decision became known."""
RULE_OF_SECOND = "KN-33"
"""Within which a second complaint may be made."""
SPECIALLY_COMPLEX = 2


def complexity(procedure: Procedure, criteria: int) -> str:
    """What so many signs of complexity make of a case; a complaint knows one degree only."""
    if not criteria:
        return ""
    return "đặc biệt phức tạp" if procedure in DENUNCIATIONS and criteria >= SPECIALLY_COMPLEX else "phức tạp"


@dataclass(frozen=True)
class Given:
    """What comes with an act: which parts are there, how many points of the case have no finding yet."""

    parts: frozenset[str]
    unfound: int = 0


def first_stage(procedure: Procedure) -> StageRule:
    return STAGES[procedure]["accept"]


def acts_open(procedure: Procedure, phase: Phase, running: Iterable[str]) -> list[ActRule]:
    """What may be done now, in the order of the table. `running`: names of the stages whose clocks run."""
    stages = frozenset(running)
    return [
        act
        for act in ACTS.values()
        if procedure in act.procedures
        and phase in act.phases
        and (not act.stage or act.stage in stages)
        and not (act.key == "take-effect" and "execute" in stages)
    ]


def refusal(act: ActRule, procedure: Procedure, phase: Phase, given: Given) -> tuple[str, str] | None:
    """Why this act cannot be done now: the field it concerns and the sentence; None where it can."""
    if procedure not in act.procedures:
        return "", f"“{act.label}” không có trong trình tự này."
    if phase not in act.phases:
        return "", f"Không thể “{act.label}” khi vụ việc {PHASE_NAMES[phase]}."
    for need, sentence in NEEDED.items():
        if need in act.needs and need not in given.parts:
            return need, sentence
    if "findings" in act.needs and given.unfound:
        return "findings", f"Còn {given.unfound} nội dung chưa có kết luận riêng."
    return None


NEEDED = {
    "text": "Hãy ghi nội dung hoặc lý do.",
    "number": "Hãy ghi số, ký hiệu văn bản.",
    "reason": "Hãy chọn lý do theo luật.",
    "addressee": "Hãy ghi cơ quan có thẩm quyền.",
    "unit": "Hãy chọn đơn vị nhận.",
    "case": "Hãy chọn vụ việc để nhập vào.",
    "days": "Hãy ghi số ngày gia hạn.",
    "points": "Hãy chọn nội dung được rút.",
    "outcome": "Hãy chọn kết quả giải quyết.",
    "place": "Hãy ghi nơi niêm yết hoặc đăng tải.",
    "until": "Hãy ghi ngày hết niêm yết, đăng tải.",
}
MOST_BETWEEN_TWO = 2
"""Hand-overs between the same two units; a third one needs their common superior."""


def ping_pong(passed: Iterable[tuple[str, str]], holder: str, receiver: str) -> bool:
    """Whether one more hand-over between these two would be the third, in whichever direction."""
    pair = {holder, receiver}
    return sum({giver, taker} == pair for giver, taker in passed) >= MOST_BETWEEN_TWO
