"""How figures, days and states are written on a page."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from danvan.base.clock import VIETNAM
from danvan.rules.ledger import State
from danvan.rules.numbers import round_half_up

NOTHING = "–"
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


@dataclass(frozen=True)
class Look:
    """A badge: what it says, and an icon, so that nothing is told by colour alone."""

    text: str | Promise
    tone: str
    icon: str


STATE_LOOKS = {
    State.NEW: Look(gettext_lazy("mới lập"), "plain", "edit"),
    State.OPEN: Look(gettext_lazy("đang giải quyết"), "info", "clock"),
    State.PAUSED: Look(gettext_lazy("chờ người dân bổ sung"), "warn", "pause"),
    State.SUSPENDED: Look(gettext_lazy("tạm đình chỉ"), "warn", "pause"),
    State.ANSWERED: Look(gettext_lazy("đã trả lời, chờ xác nhận"), "info", "message"),
    State.CONFIRMED: Look(gettext_lazy("người dân đồng ý"), "good", "check"),
    State.DISPUTED: Look(gettext_lazy("người dân chưa đồng ý"), "danger", "undo"),
    State.LAPSED: Look(gettext_lazy("hết hạn xác nhận"), "plain", "check"),
    State.WITHDRAWN: Look(gettext_lazy("người dân rút"), "plain", "undo"),
    State.CANCELLED: Look(gettext_lazy("đã hủy"), "plain", "close"),
    State.DONE: Look(gettext_lazy("đã xong bước này"), "good", "check"),
    State.SETTLED: Look(gettext_lazy("đã giải quyết theo thủ tục"), "good", "check"),
    State.TERMINATED: Look(gettext_lazy("đã đình chỉ"), "plain", "close"),
}


def number(value: float | Decimal | None) -> str:
    """`12.345,5`; nothing known is a dash, never a zero."""
    return NOTHING if value is None else str(number_format(value, force_grouping=True))


def percent(rate: float | Decimal | None, places: int = 2) -> str:
    """`97,13%` of a rate already in percent; halves round away from zero, as on paper."""
    if rate is None:
        return NOTHING
    return f"{number_format(round_half_up(Decimal(str(rate)), places), force_grouping=True)}%"


def day(value: date | datetime | None) -> str:
    value = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return value.strftime("%d/%m/%Y") if value else NOTHING


def day_words(value: date | datetime | None) -> str:
    value = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    if value is None:
        return NOTHING
    parts = {"weekday": WEEKDAYS[value.weekday()], "day": value.day, "month": value.month, "year": value.year}
    return _("%(weekday)s, ngày %(day)d tháng %(month)d năm %(year)d") % parts


def moment(value: datetime | None) -> str:
    if value is None:
        return NOTHING
    local = value.astimezone(VIETNAM)
    return _("%(time)s ngày %(day)s") % {"time": local.strftime("%H:%M"), "day": day(local)}


def lateness(due: date, on: date, *, is_over: bool = False) -> Look:
    """How far `on` lies from the due day, in calendar days: that is how people read a date.

    Once the clock has stopped nothing is left to wait for: it was in time, or late.
    """
    days = due.toordinal() - on.toordinal()
    if is_over and days >= 0:
        return Look(_("Đúng hạn"), "good", "check")
    if days < 0:
        return Look(ngettext("Trễ %(days)d ngày", "Trễ %(days)d ngày", -days) % {"days": -days}, "danger", "alert")
    if days == 0:
        return Look(_("Hạn hôm nay"), "warn", "clock")
    left = ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}
    return Look(left, "warn" if days <= NEARLY_DUE_DAYS else "plain", "clock")


NEARLY_DUE_DAYS = 3
