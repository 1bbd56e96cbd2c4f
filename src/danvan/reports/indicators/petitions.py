"""Petitions of four kinds, with the columns of the statutory forms they feed."""

from danvan.commitments.kinds import Measure
from danvan.matters.kinds import PETITIONS as PETITION_KINDS
from danvan.matters.kinds import REVIEW, Kind
from danvan.reports.indicators.flow import Flow
from danvan.reports.indicators.indicator import Group, Indicator
from danvan.reports.indicators.sources import Tallied

KINDS = tuple(kind.value for kind in PETITION_KINDS)
COLUMNS = {
    "carried": "01/XLD cột 2",
    "received": "01/XLD cột 3",
    "unresolved": "01/XLD cột 5",
}
"""Thông tư 01/2024/TT-TTCP. Our figures count what was answered; the form counts what was sorted."""


def _by_kind(kind: Kind, title: str, form: str) -> Indicator:
    source = Tallied((kind.value,), (Measure.RECEIVED,))
    return Indicator(f"petitions.{kind.value}", f"Trong đó: {title}", "việc", "Theo nội dung và mục đích của đơn.",
                     source, form=form, part_of="petitions.received")  # fmt: skip


BY_KIND = (
    _by_kind(Kind.REFLECTION, "phản ánh", "01/XLD cột 10 (một phần)"),
    _by_kind(Kind.RECOMMENDATION, "kiến nghị", "01/XLD cột 10 (một phần)"),
    _by_kind(Kind.COMPLAINT, "khiếu nại", "01/XLD cột 8"),
    _by_kind(Kind.DENUNCIATION, "tố cáo", "01/XLD cột 9"),
)
_CARRIED, _RECEIVED, *_FURTHER = Flow("petitions", "việc", KINDS, COLUMNS).indicators()

PETITIONS = Group(
    "petitions",
    "Phản ánh, kiến nghị, khiếu nại, tố cáo",
    "Một việc là một nội dung được nêu; không cộng với lượt tiếp, số người hay số đơn.",
    (_CARRIED, _RECEIVED, *BY_KIND, *_FURTHER),
)

REVIEWS = Group(
    "reviews",
    "Xem lại khi người dân chưa đồng ý",
    "Mỗi lần chưa đồng ý mở một lần xem lại có hạn riêng; không cộng vào số tiếp nhận.",
    Flow("reviews", "việc", (REVIEW,), {}).indicators(),
)
