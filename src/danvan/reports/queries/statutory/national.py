"""Rows for the national database of complaints and denunciations (Nghị định 55/2022/NĐ-CP, Điều 6): one a matter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.matters.access import visible
from danvan.matters.kinds import Kind
from danvan.matters.models import Matter
from danvan.reports.access import require_figures
from danvan.rules.periods import Period
from danvan.rules.procedure import Phase
from danvan.units.access import Actor, in_force, require
from danvan.units.models import UnitClosure
from danvan.units.queries import unit_names
from danvan.units.roles import Permission

MOST = 50_000
Cell = str | int | date | None
OUTSIDE = {Phase.GUIDED, Phase.FORWARDED, Phase.CHECKED}
UNKNOWN = (
    "Họ tên, địa chỉ người gửi để trống: nằm trong kho liên hệ, mở từng việc với lý do. Với tố cáo không bao giờ xuất.",
    "Chưa có mẫu nhập chính thức: tên, thứ tự cột theo Điều 6 Nghị định 55/2022/NĐ-CP như đã biết, cần đối chiếu.",
    "Không có trong tệp vì chưa biết cột hoặc không theo dõi: số định danh, khoản 6 Điều 6, kết quả thi hành.",
)


@dataclass(frozen=True)
class NationalTable:
    titles: tuple[str, ...]
    rows: list[list[Cell]]
    notes: tuple[str, ...] = UNKNOWN


def national_rows(by: Actor, unit_id: UUID, period: Period, on: date) -> NationalTable:
    """What came as a letter in the period to a unit and those below, as far as this actor may open it; two statements
    beside those for rights. Refuses more than 50.000 rows. Nothing tells who denounced, nor who sent anything.
    """
    require(by, Permission.MATTER_READ)
    require_figures(by, unit_id, period)
    below = UnitClosure.objects.filter(in_force(period.last_day), ancestor_id=unit_id).values("descendant_id")
    rows = Matter.objects.filter(
        visible(by, on), letter__isnull=False, holder_id__in=below, received_on__gte=period.start,
        received_on__lt=period.end,
    )  # fmt: skip
    in_order = rows.order_by("received_on", "letter__year", "letter__number", "part", "id")
    found = list(in_order.select_related("letter", "case")[: MOST + 1])
    if len(found) > MOST:
        raise Invalid("rows-many", "Quá 50.000 dòng. Hãy chọn kỳ ngắn hơn hoặc từng đơn vị.", "ky")
    names = unit_names({matter.holder_id for matter in found}, on)
    return NationalTable(tuple(COLUMNS), [[read(each, names) for read in COLUMNS.values()] for each in found])


Read = Callable[[Matter, dict[UUID, str]], Cell]


def _case(read: Callable[[Matter], Cell]) -> Read:
    return lambda matter, _names: read(matter) if matter.case else None


def _plain(read: Callable[[Matter], Cell]) -> Read:
    return lambda matter, _names: read(matter)


COLUMNS: dict[str, Read] = {
    "Mã vụ việc": _plain(lambda m: m.code),
    "Số đơn trong sổ": _plain(lambda m: f"{m.letter.number}/{m.letter.year}"),
    "Ngày nhận": _plain(lambda m: m.received_on),
    "Nguồn đơn": _plain(lambda m: str(m.letter.get_way_display())),
    "Họ tên, địa chỉ": _plain(lambda _m: None),
    "Số người đứng tên": _plain(lambda m: None if m.kind == Kind.DENUNCIATION else m.letter.signers),
    "Loại": _plain(lambda m: str(m.get_kind_display())),
    "Tóm tắt nội dung": _plain(lambda m: m.summary),
    "Đủ điều kiện xử lý": _plain(lambda m: "Không" if m.letter.flaw else "Có"),
    "Lý do không đủ điều kiện": _plain(lambda m: str(m.letter.get_flaw_display()) if m.letter.flaw else None),
    "Lĩnh vực": lambda m, _n: str(m.case.get_category_display() if m.case else m.get_field_display()),
    "Thuộc thẩm quyền": _case(lambda m: "Không" if m.case.phase in OUTSIDE else "Có"),
    "Tình trạng": _case(lambda m: str(m.case.get_phase_display())),
    "Đơn vị đang giữ": lambda m, names: names.get(m.holder_id, ""),
    "Ngày thụ lý": _case(lambda m: m.case.accepted_on),
    "Ngày quyết định, kết luận": _case(lambda m: m.case.decided_on),
    "Kết quả": _case(lambda m: str(m.case.get_outcome_display()) if m.case.outcome else None),
    "Đúng hạn": _case(lambda m: None if m.case.is_on_time is None else "Có" if m.case.is_on_time else "Không"),
}
"""Every column with how it is read; what does not apply stays empty."""
