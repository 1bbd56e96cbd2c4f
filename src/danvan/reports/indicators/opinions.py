"""Opinions: sent in one by one, or gathered at a listening meeting."""

from danvan.matters.kinds import MEETING_OPINION, Kind
from danvan.reports.indicators.flow import Flow
from danvan.reports.indicators.indicator import Group

OPINION_KINDS = (Kind.OPINION.value, MEETING_OPINION)

OPINIONS = Group(
    "opinions",
    "Ý kiến đóng góp",
    "Ý kiến gửi riêng và ý kiến ghi tại các buổi lắng nghe; tính ở đơn vị đang giữ vào ngày của từng bước.",
    Flow("opinions", "ý kiến", OPINION_KINDS, {}).indicators(),
)
