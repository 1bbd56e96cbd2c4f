"""Choices and names of the core."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from danvan.rules.ledger import STATE_NAMES, State

STATES = [(state.value, STATE_NAMES[state]) for state in State]


class OwedTo(TextChoices):
    CITIZEN = "citizen", _("người dân")
    UNIT = "unit", _("đơn vị")


class Measure(TextChoices):
    """What tallies count; each step of a ledger adds to some of them, at the unit that holds the commitment."""

    RECEIVED = "received", _("tiếp nhận")
    HANDED_IN = "handed-in", _("nhận chuyển đến")
    HANDED_OUT = "handed-out", _("chuyển đi")
    ANSWERED = "answered", _("đã trả lời")
    ON_TIME = "on-time", _("trả lời đúng hạn")
    LATE = "late", _("trả lời quá hạn")
    CONFIRMED = "confirmed", _("người gửi đồng ý")
    DISPUTED = "disputed", _("người gửi chưa đồng ý")
    LAPSED = "lapsed", _("hết hạn xác nhận")
    WITHDRAWN = "withdrawn", _("rút")
    CANCELLED = "cancelled", _("hủy")


SUBJECTS = {
    "TCD": _("Tiếp công dân"),
    "XLD": _("Xử lý đơn"),
    "PAKN": _("Phản ánh, kiến nghị về quy định hành chính"),
    "KN": _("Khiếu nại"),
    "TC": _("Tố cáo"),
    "NOI": _("Quy ước của đơn vị"),
}
"""What the ids of rules begin with."""

EVIDENCE = {
    "P": _("đọc trong văn bản"),
    "S": _("theo nguồn dẫn lại văn bản"),
    "s-": _("nguồn yếu, chưa đối chiếu"),
    "T": _("biểu mẫu đang dùng"),
    "M": _("chưa đối chiếu với văn bản"),
    "design": _("đơn vị tự đặt, pháp luật không ấn định"),
}
"""How well the number of days of a rule is known."""
