"""The only place that asks the machine what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Aware, in UTC; faces and jobs call it once and hand the moment down."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """The Vietnamese calendar day on which `moment` falls: legal clocks count these."""
    return moment.astimezone(VIETNAM).date()


def today() -> date:
    return day_of(now())
