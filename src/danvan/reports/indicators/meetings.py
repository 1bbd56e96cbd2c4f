"""Listening meetings."""

from danvan.reports.indicators.indicator import Aggregation, Group, Indicator
from danvan.reports.indicators.sources import Meetings, OfMeetings, Ratio

MEETINGS = Group(
    "meetings",
    "Buổi lắng nghe ý kiến Nhân dân",
    "Tính ở đơn vị tổ chức, theo ngày tổ chức; chỉ tính buổi đã kết thúc biên bản.",
    (
        Indicator("meetings.held", "Số buổi", "buổi", "Buổi lắng nghe đã tổ chức và kết thúc biên bản.",
                  Meetings(OfMeetings.HELD)),
        Indicator("meetings.attendance", "Số lượt người dự", "lượt người",
                  "Tổng số người dự các buổi; một người dự hai buổi tính hai lượt.", Meetings(OfMeetings.ATTENDANCE)),
        Indicator("meetings.opinions", "Số ý kiến tại các buổi", "ý kiến", "Ý kiến ghi trong biên bản các buổi.",
                  Meetings(OfMeetings.OPINIONS)),
        Indicator("meetings.on-the-spot", "Trong đó: trả lời ngay tại buổi", "ý kiến",
                  "Ý kiến đã được trả lời ngay trong ngày tổ chức buổi.", Meetings(OfMeetings.ON_THE_SPOT),
                  part_of="meetings.opinions"),
        Indicator("meetings.on-the-spot-rate", "Tỷ lệ trả lời ngay tại buổi", "%",
                  "Tính từ hai số đếm, không lưu; làm tròn hai chữ số.",
                  Ratio("meetings.on-the-spot", "meetings.opinions"), Aggregation.RATE),
    ),
)  # fmt: skip
