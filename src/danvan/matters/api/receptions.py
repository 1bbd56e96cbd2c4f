"""The calendar and the register of reception for machines: the same actions and queries as the pages.

Who came is taken in and never given out: contacts are read on the page, one at a time and with a reason.
"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from danvan.base.clock import now, today
from danvan.base.errors import Absent
from danvan.matters.actions.reception_slots import SlotSaid, cancel_slot, plan_slots, publish_slots
from danvan.matters.actions.turn_follow import correct_turn, follow_result, strike_out, tell_visitor
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Kind, LedBy, Occasion, Told
from danvan.matters.queries.reception_calendar import month_of, published
from danvan.matters.queries.register import Entry, register, turn_of, untold
from danvan.units.access import Actor

reception_router = Router(tags=["Tiếp công dân: lịch và sổ"])
public_router = Router(tags=["Tiếp công dân: lịch công khai"])


class OfficerRequest(HttpRequest):
    by: Actor


class SlotsIn(Schema):
    days: list[date]
    starts: time
    ends: time
    place: str
    who: str = Field(description="Chức danh, không phải họ tên")
    led_by: LedBy = LedBy.HEAD
    occasion: Occasion = Occasion.PERIODIC


class PublicSlotOut(Schema):
    id: UUID
    on: date
    starts: time
    ends: time
    place: str
    who: str
    cancelled: bool
    reason: str
    is_illustration: bool


class SlotOut(PublicSlotOut):
    led_by: str
    occasion: str
    published: bool


class OwedOut(Schema):
    start: date
    end: date = Field(description="Ngày cuối, tính cả ngày đó")
    rule: str
    owed: int
    held: int
    planned: int
    missing: int


class MonthOut(Schema):
    unit: str
    slots: list[SlotOut]
    owed: list[OwedOut]


class PickedIn(Schema):
    ids: list[UUID] = Field(max_length=200)


class ReasonIn(Schema):
    reason: str


class VisitorIn(Schema):
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = Field(default="", description="Chỉ khi khiếu nại, tố cáo, từ 01/07/2026")


class EntryIn(Schema):
    summary: str
    kind: Kind = Kind.REFLECTION
    occasion: Occasion = Occasion.ROUTINE
    led_by: LedBy = LedBy.STAFF
    is_online: bool = False
    persons: int = 1
    is_group: bool | None = Field(None, description="Để trống: theo số người")
    cases_first: int = 1
    cases_again: int = 0
    resolved_by: str = ""
    in_competence: bool = True
    guided_to: str = ""
    guided_number: str = ""
    transferred_to: str = ""
    transferred_number: str = ""
    papers: int = 0
    papers_listed: str = ""


class TurnIn(EntryIn):
    received_on: date
    slot_id: UUID | None = None
    visitor: VisitorIn = VisitorIn()
    matter_code: str = ""
    told: Told | None = None
    told_text: str = ""
    key: str = Field("", description="Khóa chống gửi trùng", max_length=40)


class CorrectionIn(EntryIn):
    reason: str


class TellIn(Schema):
    told: Told
    text: str


class ResultIn(Schema):
    result: str


class TurnOut(Schema):
    id: UUID
    unit: str
    number: int
    year: int
    received_on: date
    occasion: str
    led_by: str
    is_online: bool
    persons: int
    is_group: bool
    cases_first: int
    cases_again: int
    kind: str
    summary: str
    resolved_by: str
    in_competence: bool
    guided_to: str
    guided_number: str
    transferred_to: str
    transferred_number: str
    papers: int
    papers_listed: str
    matter_code: str
    due: date | None = Field(description="Hạn báo cho người được tiếp")
    told: str
    told_on: date | None
    result: str
    struck_at: datetime | None
    is_illustration: bool


class TurnsOut(Schema):
    turns: list[TurnOut]
    next: str | None


@reception_router.get("/reception-slots", response=MonthOut, summary="Lịch tiếp một tháng và số ngày còn phải tiếp")
def show_month(request: OfficerRequest, month: date | None = None, unit_id: UUID | None = None) -> dict[str, Any]:
    unit = unit_id or request.by.unit_id
    if unit is None:
        raise Absent
    found = month_of(unit, (month or today()).replace(day=1), by=request.by, on=today())
    slots = [slot for week in found.weeks for day in week if day.inside for slot in day.slots]
    return {"unit": found.unit, "slots": [_slot(slot) for slot in slots], "owed": [
        {"start": one.window.start, "end": one.window.last_day, "rule": one.window.rule.id, "owed": one.window.owed,
         "held": one.held, "planned": one.planned, "missing": one.missing} for one in found.standings]}  # fmt: skip


def _slot(slot: Any) -> dict[str, Any]:
    columns = ("id", "on", "starts", "ends", "place", "who", "led_by", "occasion", "reason", "is_illustration")
    return {name: getattr(slot, name) for name in columns} | {
        "published": slot.published_at is not None,
        "cancelled": slot.cancelled_at is not None,
    }


@reception_router.post("/reception-slots", response={201: list[UUID]}, summary="Lập các ngày tiếp của đơn vị mình")
def create_slots(request: OfficerRequest, data: SlotsIn) -> Status[list[UUID]]:
    return Status(201, [slot.id for slot in plan_slots(said=SlotSaid(**data.dict()), by=request.by, at=now())])


@reception_router.post("/reception-slots/publish", response=dict[str, int], summary="Công bố các ngày đã lập")
def publish(request: OfficerRequest, data: PickedIn) -> dict[str, int]:
    return {"published": publish_slots(slot_ids=data.ids, by=request.by, at=now())}


@reception_router.post("/reception-slots/{slot_id}/cancel", response=SlotOut, summary="Hủy một buổi, có lý do")
def cancel(request: OfficerRequest, slot_id: UUID, data: ReasonIn) -> dict[str, Any]:
    return _slot(cancel_slot(slot_id=slot_id, reason=data.reason, by=request.by, at=now()))


@reception_router.get("/reception-turns", response=TurnsOut, summary="Sổ tiếp công dân, ngày mới trước")
def list_turns(
    request: OfficerRequest, first: date | None = None, last: date | None = None, kind: str = "", after: str = ""
) -> dict[str, Any]:
    page = register(by=request.by, on=today(), first=first, last=last, kind=kind, after=after)
    return {"turns": [_turn(entry) for entry in page.rows], "next": page.next}


@reception_router.get("/reception-turns/untold", response=TurnsOut, summary="Ai chưa được báo, hạn gần nhất trước")
def list_untold(request: OfficerRequest, after: str = "") -> dict[str, Any]:
    page = untold(by=request.by, on=today(), after=after)
    return {"turns": [_turn(entry) for entry in page.rows], "next": page.next}


@reception_router.post("/reception-turns", response={201: TurnOut}, summary="Ghi một lượt vào sổ của đơn vị mình")
def create_turn(request: OfficerRequest, data: TurnIn) -> Status[Any]:
    given = data.dict(exclude={"key", "visitor", "told"}) | {"told": data.told or ""}
    turn = TurnSaid(visitor=Visitor(**data.visitor.dict()), **given)
    taken = receive_turn(turn=turn, by=request.by, at=now(), key=data.key)
    return Status(201, _shown(request, taken.reception.id))


@reception_router.get("/reception-turns/{turn_id}", response=TurnOut, summary="Một lượt")
def show_turn(request: OfficerRequest, turn_id: UUID) -> dict[str, Any]:
    return _shown(request, turn_id)


@reception_router.post("/reception-turns/{turn_id}/tell", response=TurnOut, summary="Ghi đã báo cho người được tiếp")
def tell(request: OfficerRequest, turn_id: UUID, data: TellIn) -> dict[str, Any]:
    tell_visitor(reception_id=turn_id, told=data.told, text=data.text, by=request.by, at=now())
    return _shown(request, turn_id)


@reception_router.post("/reception-turns/{turn_id}/result", response=TurnOut, summary="Ghi kết quả theo dõi")
def follow(request: OfficerRequest, turn_id: UUID, data: ResultIn) -> dict[str, Any]:
    follow_result(reception_id=turn_id, result=data.result, by=request.by, at=now())
    return _shown(request, turn_id)


@reception_router.put("/reception-turns/{turn_id}", response=TurnOut, summary="Sửa một lượt, có lý do")
def correct(request: OfficerRequest, turn_id: UUID, data: CorrectionIn) -> dict[str, Any]:
    turn = TurnSaid(received_on=today(), **data.dict(exclude={"reason"}))
    correct_turn(reception_id=turn_id, turn=turn, reason=data.reason, by=request.by, at=now())
    return _shown(request, turn_id)


@reception_router.post("/reception-turns/{turn_id}/strike", response=TurnOut, summary="Gạch bỏ một lượt ghi nhầm")
def strike(request: OfficerRequest, turn_id: UUID, data: ReasonIn) -> dict[str, Any]:
    strike_out(reception_id=turn_id, reason=data.reason, by=request.by, at=now())
    return _shown(request, turn_id)


def _shown(request: OfficerRequest, turn_id: UUID) -> dict[str, Any]:
    return _turn(turn_of(turn_id, by=request.by, on=today()).entry)


def _turn(entry: Entry) -> dict[str, Any]:
    row = entry.row
    beside = {"unit": entry.unit, "matter_code": row.matter.code if row.matter else "", "due": row.current.due}
    return {name: getattr(row, name) for name in TurnOut.model_fields if name not in beside} | beside


@public_router.get(
    "/public/reception-slots/{unit_id}", response=list[PublicSlotOut], summary="Lịch tiếp đã công bố", auth=None
)
def public_slots(request: HttpRequest, unit_id: UUID) -> list[dict[str, Any]]:  # noqa: ARG001
    return [_slot(slot) for slot in published(unit_id, today())]
