"""Which papers an act of a procedure is put down in, and what they are called."""

from danvan.rules.procedure import ACTS

NAMES = {
    "acceptance-notice": "Thông báo thụ lý cho người tố cáo",
    "complaint-acceptance": "Thông báo thụ lý khiếu nại",
    "conclusion": "Kết luận nội dung tố cáo",
    "conclusion-notice": "Thông báo kết luận cho người tố cáo",
    "content-notice": "Thông báo nội dung tố cáo cho người bị tố cáo",
    "continuation": "Quyết định tiếp tục giải quyết",
    "decision": "Quyết định giải quyết khiếu nại",
    "denunciation-acceptance": "Quyết định thụ lý tố cáo",
    "dialogue-minutes": "Biên bản đối thoại",
    "extension": "Quyết định gia hạn",
    "forwarding": "Công văn chuyển đơn",
    "guidance": "Phiếu hướng dẫn",
    "invitation": "Giấy mời",
    "publication": "Thông báo công khai",
    "receipt": "Giấy biên nhận",
    "refusal": "Thông báo không thụ lý",
    "returning": "Công văn trả lại đơn",
    "suspension": "Quyết định tạm đình chỉ",
    "suspension-notice": "Thông báo tạm đình chỉ",
    "termination": "Quyết định đình chỉ",
    "transfer": "Phiếu chuyển đơn",
    "verification": "Quyết định xác minh",
    "withdrawal-minutes": "Biên bản rút đơn",
}
BESIDE = {
    "guide": ("returning",),
    "forward": ("forwarding",),
    "check": ("forwarding",),
    "notify": ("acceptance-notice",),
    "notify-suspension": ("suspension-notice",),
    "conclude": ("conclusion-notice",),
    "withdraw": ("withdrawal-minutes",),
    "withdraw-part": ("withdrawal-minutes",),
    "keep-on": ("withdrawal-minutes",),
}
"""Papers that go with an act beside the one the procedure names."""
OF_LETTERS = {"bien-nhan": "receipt", "huong-dan": "guidance", "chuyen": "forwarding", "tra-don": "returning"}
"""Papers of a letter in the register, by their addresses."""
FOR_OTHERS = frozenset({"publication", "conclusion-notice", "content-notice"})
"""Read by people beside the sender and the office: names, numbers and addresses in free words are hidden."""


def papers_of(act: str) -> tuple[str, ...]:
    """The paper of an act first, then what goes with it; most acts have one, some have none."""
    own = ACTS[act].paper
    return (*((own,) if own else ()), *BESIDE.get(act, ()))


def named_papers_of(act: str) -> list[tuple[str, str]]:
    return [(paper, NAMES[paper]) for paper in papers_of(act)]


def named_papers_of_letters() -> list[tuple[str, str]]:
    return [(address, NAMES[paper]) for address, paper in OF_LETTERS.items()]
