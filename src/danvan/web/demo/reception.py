"""The last four weeks of reception in one ward, turn by turn, and the chair's days of this month and the next."""

from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from danvan.base.clock import VIETNAM, day_of
from danvan.matters.actions import Said
from danvan.matters.actions.reception_slots import SlotSaid, plan_slots, publish_slots
from danvan.matters.actions.turn_follow import follow_result, tell_visitor
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Field, Kind, LedBy, Occasion, Told
from danvan.rules.calendar import shipped
from danvan.units.access import Actor

DAYS_BACK = 28
"""Days of which the ward keeps the register turn by turn; older ones stand in numbers."""
_K, _L = Kind, LedBy
TURNS: tuple[tuple[int, Kind, LedBy, int, str, str], ...] = (
    (27, _K.REFLECTION, _L.STAFF, 1, "Cống trước ngõ nghẹt, mưa lớn nước tràn vào nhà.", "answered"),
    (26, _K.RECOMMENDATION, _L.HEAD, 2, "Xin lắp thêm đèn đường đoạn gần trường mầm non.", "accepted"),
    (24, _K.REFLECTION, _L.STAFF, 1, "Quán karaoke mở loa quá 22 giờ nhiều đêm liền.", "forwarded"),
    (21, _K.COMPLAINT, _L.STAFF, 1, "Không đồng ý mức hỗ trợ khi thu hồi phần đất làm mương.", "later"),
    (19, _K.RECOMMENDATION, _L.STAFF, 6, "Nhóm tiểu thương xin lùi ngày dời chợ tạm sang sau Tết.", ""),
    (13, _K.REFLECTION, _L.HEAD, 1, "Hồ sơ đăng ký hộ kinh doanh nộp đã lâu chưa có kết quả.", "answered"),
    (12, _K.REFLECTION, _L.STAFF, 1, "Cây xanh ngả sát đường dây điện trước trụ sở tổ dân phố.", "guided"),
    (9, _K.RECOMMENDATION, _L.STAFF, 3, "Xin mở lối thoát nước chung cho ba hộ cuối hẻm.", ""),
    (6, _K.OPINION, _L.DELEGATED, 1, "Góp ý giờ trả kết quả buổi chiều nên kéo dài thêm.", "answered"),
    (4, _K.REFLECTION, _L.STAFF, 1, "Xe tải đậu lấn vỉa hè vào giờ học sinh tan trường.", ""),
    (2, _K.RECOMMENDATION, _L.STAFF, 1, "Xin sửa đoạn đường bê tông bị sụt ở đầu tổ 5.", ""),
    (1, _K.REFLECTION, _L.STAFF, 1, "Nước máy yếu vào buổi sáng ở khu tập thể cũ.", ""),
)
"""Days ago, what, who received, how many came, what they said, and what they were told at once or later."""


class Office(Protocol):
    unit_id: UUID
    area_id: UUID

    def actor(self, role: str, title: str) -> Actor: ...


def load(office: Office, at: datetime) -> None:
    clerk, today = office.actor("officer", "Cán bộ tiếp công dân"), day_of(at)
    _calendar(office.actor("leader", "Lãnh đạo đơn vị"), today)
    for back, kind, led_by, persons, summary, told in TURNS:
        received = _morning(today - timedelta(days=back))
        if received >= at:
            continue
        turn = TurnSaid(
            received_on=day_of(received), summary=summary, kind=kind, led_by=led_by, persons=persons,
            occasion=Occasion.ROUTINE if led_by == LedBy.STAFF else Occasion.PERIODIC,
            cases_first=0 if persons == 3 else 1, cases_again=1 if persons == 3 else 0,
            visitor=Visitor(name="Người được tiếp minh họa", phone="0912345678"),
            in_competence=told != "guided", guided_to="Công ty Điện lực" if told == "guided" else "",
            papers=2 if kind == Kind.COMPLAINT else 0,
            said=Said(content=summary, area_id=office.area_id, field=Field.LAND) if kind == Kind.COMPLAINT else None,
            is_illustration=True,
        )  # fmt: skip
        row = receive_turn(turn=turn, by=clerk, at=received).reception
        if told:
            words = "Đã báo người được tiếp theo đúng kết quả ghi ở trên."
            tell_visitor(reception_id=row.id, told=Told(told), text=words, by=clerk, at=received + timedelta(hours=2))
        if told == "answered":
            follow_result(reception_id=row.id, result="Đã làm xong như đã báo.", by=clerk, at=at)


def _calendar(chair: Actor, today: date) -> None:
    """Two days a month, planned and published a while ago."""
    first = today.replace(day=1)
    months = (first, (first + timedelta(days=31)).replace(day=1))
    days = [shipped().roll(month.replace(day=day)) for month in months for day in (5, 19)]
    planned = _morning(first - timedelta(days=10))
    said = SlotSaid(days=days, starts=time(8), ends=time(11), place="Phòng tiếp công dân, trụ sở UBND phường",
                    who="Chủ tịch UBND phường", is_illustration=True)  # fmt: skip
    slots = plan_slots(said=said, by=chair, at=planned)
    publish_slots(slot_ids=[slot.id for slot in slots], by=chair, at=planned)


def _morning(day: date) -> datetime:
    while not shipped().is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9), VIETNAM)
