"""Letters, complaints and one denunciation in the ward of the demonstration, each at another phase; none is real."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from danvan.base.clock import VIETNAM, day_of
from danvan.matters.actions import CaseSaid, Done, LetterSaid, Said, Sender, do, register_letter
from danvan.matters.kinds import Category, Field, Figure, Finding, Flaw, Kind, LetterWay, Outcome, ReplyBy
from danvan.matters.models import Case
from danvan.people.actions import appoint_custodian, set_passphrase
from danvan.people.kinds import Side
from danvan.rules.calendar import shipped
from danvan.rules.procedure import Procedure
from danvan.units.access import Actor, acting, in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import Holding, Post, UnitVersion
from danvan.units.roles import ROLES
from danvan.web.demo.accounts import PASSPHRASES

SENDER = Sender(name="Người gửi minh họa", phone="0912345678", address="Tổ dân phố minh họa")
LAND = "Phường thu hồi 40 m² đất vườn theo Quyết định 12/QĐ-UBND nhưng đo thiếu so với hiện trạng, bồi thường thấp."
PERMIT = "Phường từ chối cấp giấy xác nhận nhà ở mà không nêu lý do bằng văn bản, hồ sơ đã đủ từ hai tháng trước."
FINE = "Quyết định xử phạt 5 triệu đồng vì để vật liệu trên vỉa hè; hôm ấy gia đình tôi đã xin phép tổ dân phố."
SUPPORT = "Phường cắt trợ cấp hằng tháng của mẹ tôi với lý do đã chuyển đi, trong khi bà vẫn ở nhà cũ."
BRIBE = "Một cán bộ địa chính nhận tiền của nhiều hộ để làm nhanh giấy chứng nhận; có ba biên nhận viết tay kèm theo."


class Desk:
    """The ward and the province above it, with somebody to act for each."""

    def __init__(self, on: date, focus: str) -> None:
        rows = UnitVersion.objects.filter(in_force(on), tree=Tree.GOVERNMENT, level=Level.COMMUNE)
        ward = rows.get(fold__endswith=focus)
        self.ward: UUID = ward.unit_id
        self.province: UUID = ward.parent_id  # type: ignore[assignment]  # every ward stands below one
        self.area: UUID = ward.area_id  # type: ignore[assignment]  # every ward has one

    def clerk(self) -> Actor:
        return actor(self.ward, "officer", "Cán bộ tiếp công dân")

    def chair(self) -> Actor:
        return actor(self.ward, "leader", "Chủ tịch UBND phường")

    def inspector(self) -> Actor:
        return actor(self.province, "officer", "Cán bộ giải quyết đơn")


def actor(unit_id: UUID, role: str, title: str) -> Actor:
    post, _made = Post.objects.get_or_create(unit_id=unit_id, title=title, role=role, valid_to=None)
    return Actor(label=title, role=ROLES[role], unit_id=unit_id, post_id=post.pk)


def load(at: datetime, focus: str) -> None:
    desk = Desk(day_of(at), focus)
    custodians(desk, at)
    waiting(desk, at)
    overdue(desk, at)
    suspended(desk, at)
    second_instance(desk, at)
    denounced(desk, at)
    unreadable(desk, at)


def custodians(desk: Desk, at: datetime) -> None:
    """Two accounts of the ward, one on each side; their passphrases are printed with the accounts."""
    began = at - timedelta(days=120)
    for side, (username, phrase) in zip(Side, PASSPHRASES.items(), strict=True):
        keeper = acting(Holding.objects.select_related("post", "account").get(account__username=username))
        made = appoint_custodian(unit_id=desk.ward, account_id=keeper.account_id or 0, side=side, by=desk.chair(),
                                 at=began)  # fmt: skip
        set_passphrase(custodian_id=made.pk, passphrase=phrase, by=keeper, at=began)


def _ago(at: datetime, days: int) -> datetime:
    """Nine in the morning of the working day that many days ago, or the one before it."""
    day = day_of(at) - timedelta(days=days)
    while not shipped().is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9), VIETNAM)


def _letter(desk: Desk, content: str, when: datetime, *, by: Actor | None = None, points: tuple[str, ...] = (),
            kind: Kind = Kind.COMPLAINT, **more: Any) -> Case:  # fmt: skip
    """A letter of one content, with its case; `more` is known of the case."""
    by = by or desk.clerk()
    known = {"category": Category.LAND, "against_id": desk.ward, "known_on": day_of(when) - timedelta(days=20)}
    said = Said(
        content=content, area_id=desk.area, kind=kind, field=Field.LAND, reply_by=ReplyBy.PHONE, sender=SENDER,
        points=points, unit_id=by.unit_id, received_at=when, is_illustration=True,
        case=CaseSaid(**(known | more)),  # type: ignore[arg-type]  # fields of a case by name
    )  # fmt: skip
    letter = LetterSaid(way=LetterWay.POST, is_illustration=True)
    made = register_letter(letter=letter, contents=[said], by=by, at=when)
    return Case.objects.get(lead=made.parts[0].matter)


def _do(case: Case, key: str, by: Actor, when: datetime, text: str, number: str = "", **more: Any) -> None:
    do(case_id=case.pk, key=key, done=Done(text=text, number=number, **more), by=by, at=when)


def waiting(desk: Desk, at: datetime) -> None:
    """Came two days ago; whether it is accepted is not decided yet."""
    _letter(desk, PERMIT, _ago(at, 2), points=("Cấp giấy xác nhận", "Trả lời bằng văn bản"))


def overdue(desk: Desk, at: datetime) -> None:
    """Accepted, with a dialogue, and past its thirty days."""
    case = _letter(desk, FINE, _ago(at, 60))
    _do(case, "accept", desk.clerk(), _ago(at, 55), "Đơn đủ điều kiện, thụ lý để giải quyết.", "31/TB-UBND")
    _do(case, "verify", desk.clerk(), _ago(at, 50), "Giao công chức tư pháp xác minh biên bản vi phạm.", "32/QĐ-UBND")
    _do(case, "dialogue", desk.clerk(), _ago(at, 30), "Hai bên thống nhất xác minh lại vị trí để vật liệu.")


def suspended(desk: Desk, at: datetime) -> None:
    """Waiting for the result of another authority; the clock stands still."""
    case = _letter(desk, SUPPORT, _ago(at, 40), category=Category.POLICY)
    _do(case, "accept", desk.clerk(), _ago(at, 36), "Thụ lý để giải quyết.", "35/TB-UBND")
    _do(case, "suspend", desk.chair(), _ago(at, 20), "Chờ Sở Nội vụ trả lời về hồ sơ cư trú liên quan trực tiếp.",
        "40/QĐ-UBND")  # fmt: skip


def second_instance(desk: Desk, at: datetime) -> None:
    """Decided by the ward, sent and published; then complained of again, to the province."""
    case = _letter(desk, LAND, _ago(at, 75), points=("Đo lại diện tích", "Bồi thường đúng giá"))
    _do(case, "accept", desk.clerk(), _ago(at, 70), "Thụ lý để giải quyết.", "20/TB-UBND")
    text = "Đo lại diện tích theo hiện trạng; giữ nguyên đơn giá bồi thường đã phê duyệt."
    findings = {1: Finding.RIGHT, 2: Finding.WRONG}
    _do(case, "decide", desk.clerk(), _ago(at, 45), text, "51/QĐ-UBND", outcome=Outcome.PARTLY, findings=findings,
        figures={Figure.PERSON_LAND: Decimal(6)})  # fmt: skip
    _do(case, "send", desk.clerk(), _ago(at, 43), "Gửi người khiếu nại và Ủy ban nhân dân tỉnh qua bưu điện.")
    until = day_of(_ago(at, 40)) + timedelta(days=20)
    _do(case, "publish", desk.clerk(), _ago(at, 40), "Niêm yết tại bảng tin.", place="Trụ sở phường", until=until)
    second = _letter(desk, LAND, _ago(at, 12), by=desk.inspector(), procedure=Procedure.SECOND_COMPLAINT,
                     previous_id=case.pk)  # fmt: skip
    _do(second, "accept", desk.inspector(), _ago(at, 6), "Thụ lý giải quyết lần hai.", "112/TB-UBND")


def denounced(desk: Desk, at: datetime) -> None:
    """Accepted; the denouncer is sealed, and the accused is still to be told what is said."""
    case = _letter(desk, BRIBE, _ago(at, 9), kind=Kind.DENUNCIATION, category=Category.CORRUPTION,
                   criteria=frozenset({"many-people"}), known_on=None)  # fmt: skip
    _do(case, "accept-denunciation", desk.clerk(), _ago(at, 3), "Có căn cứ để xác minh, thụ lý.", "44/QĐ-UBND")


def unreadable(desk: Desk, at: datetime) -> None:
    letter = LetterSaid(way=LetterWay.POST, flaw=Flaw.ILLEGIBLE, note="Rách nát, không đọc được.", is_illustration=True)
    register_letter(letter=letter, contents=(), by=desk.clerk(), at=_ago(at, 4))
