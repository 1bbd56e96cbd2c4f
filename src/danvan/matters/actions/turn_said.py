"""What is written down of one turn of reception, and what of it can be: cleaned and judged before anything is kept."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from danvan.base.clock import day_of
from danvan.base.errors import Invalid
from danvan.base.marked import refuse_marked
from danvan.matters.actions.nameless import refuse_identity_in
from danvan.matters.actions.taking_in import Said
from danvan.matters.kinds import Kind, LedBy, Occasion, Told
from danvan.rules.receptions import group_from, identity_asked, online_allowed
from danvan.rules.text import nfc

BACK = timedelta(days=2 * 366)
MOST_PERSONS = 10_000
MOST_CASES = 100
MOST_PAPERS = 1000
LENGTHS = {"summary": 4000, "resolved_by": 200, "guided_to": 200, "guided_number": 60, "transferred_to": 200,
           "transferred_number": 60, "papers_listed": 2000, "told_text": 4000}  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    """Who came, as far as they said; every part may be empty. `id_number` only where the law asks for it."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email or self.address or self.id_number)


NOBODY_NAMED = Visitor()


@dataclass(frozen=True)
class TurnSaid:
    """One turn as the receiver tells it. `is_group` None: by the number of persons. `said`: a matter to be opened for
    what was handed in or told; `matter_code`: one that stands already. `told` with its text: told on the spot.
    """

    received_on: date
    summary: str
    kind: Kind = Kind.REFLECTION
    occasion: Occasion = Occasion.ROUTINE
    led_by: LedBy = LedBy.STAFF
    is_online: bool = False
    slot_id: UUID | None = None
    persons: int = 1
    is_group: bool | None = None
    cases_first: int = 1
    cases_again: int = 0
    visitor: Visitor = NOBODY_NAMED
    resolved_by: str = ""
    in_competence: bool = True
    guided_to: str = ""
    guided_number: str = ""
    transferred_to: str = ""
    transferred_number: str = ""
    papers: int = 0
    papers_listed: str = ""
    matter_code: str = ""
    said: Said | None = None
    told: Told | str = ""
    told_text: str = ""
    is_illustration: bool = False


def judged(turn: TurnSaid, at: datetime) -> TurnSaid:
    """What was typed, in the form in which it is kept; refuses what cannot be, at its field."""
    texts = {name: nfc(getattr(turn, name)).replace("\r\n", "\n").replace("\x00", "").strip() for name in LENGTHS}
    for name, text in texts.items():
        refuse_marked(text, name)
        if len(text) > LENGTHS[name]:
            raise Invalid("text-long", f"Nhiều nhất {LENGTHS[name]} ký tự.", name)
    if not texts["summary"]:
        raise Invalid("summary", "Hãy ghi tóm tắt nội dung.", "summary")
    _on_a_day(turn, day_of(at))
    _counted(turn)
    if bool(turn.told) != bool(texts["told_text"]):
        raise Invalid("told", "Trả lời tại chỗ thì chọn kết quả và ghi nội dung đã báo.", "told_text")
    _about_the_visitor(turn, texts)
    threshold = group_from(turn.received_on).persons
    is_group = turn.persons >= threshold if turn.is_group is None else turn.is_group
    code = turn.matter_code.strip().upper()
    return replace(turn, is_group=is_group, matter_code=code, **texts)  # type: ignore[arg-type]


def _on_a_day(turn: TurnSaid, today: date) -> None:
    if not today - BACK <= turn.received_on <= today:
        raise Invalid("received-when", "Ngày tiếp phải trong hai năm qua và không ở sau hôm nay.", "received_on")
    if turn.is_online and online_allowed(turn.received_on) is None:
        raise Invalid("online", "Tiếp trực tuyến là hình thức hợp pháp từ 01/07/2026.", "is_online")


def _counted(turn: TurnSaid) -> None:
    if not 1 <= turn.persons <= MOST_PERSONS:
        raise Invalid("persons", "Mỗi lượt có từ 1 đến 10.000 người.", "persons")
    if turn.is_group and turn.persons == 1:
        raise Invalid("group", "Một người thì không phải đoàn.", "is_group")
    for name in ("cases_first", "cases_again"):
        if not 0 <= getattr(turn, name) <= MOST_CASES:
            raise Invalid("cases", "Phải từ 0 đến 100.", name)
    if turn.cases_first + turn.cases_again == 0:
        raise Invalid("cases-none", "Mỗi lượt có ít nhất một vụ việc, lần đầu hoặc nhiều lần.", "cases_first")
    if not 0 <= turn.papers <= MOST_PAPERS:
        raise Invalid("papers", "Phải từ 0 đến 1.000.", "papers")
    if turn.papers == 0 and turn.papers_listed.strip():
        raise Invalid("papers-none", "Đã kê giấy tờ thì ghi số lượng nhận.", "papers")


def _about_the_visitor(turn: TurnSaid, texts: dict[str, str]) -> None:
    """Of a denunciation no word of the entry may say who denounces; papers' numbers only where the law asks."""
    if turn.visitor.id_number.strip() and identity_asked(turn.kind, turn.received_on) is None:
        raise Invalid(
            "id-number-not-asked",
            "Chỉ hỏi số định danh khi người dân khiếu nại, tố cáo, từ 01/07/2026. Hãy để trống ô này.",
            "id_number",
        )
    if turn.kind == Kind.DENUNCIATION:
        refuse_identity_in(turn.visitor, texts)
