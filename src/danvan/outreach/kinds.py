from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Template(TextChoices):
    """What a notice tells; its text is `templates/outreach/<value>.txt`, the subject on the first line."""

    RECEIPT = "receipt", _("đã tiếp nhận")
    QUESTION = "question", _("cần bổ sung thông tin")
    ANSWERED = "answered", _("đã trả lời")
    EXTENDED = "extended", _("gia hạn giải quyết")
    HANDED_OVER = "handed-over", _("đã chuyển đơn vị giải quyết")
    CASE_MOVED = "case-moved", _("có bước mới trong vụ việc")


class Channel(TextChoices):
    EMAIL = "email", _("thư điện tử")
    PHONE = "phone", _("gọi điện")
    OFFICE = "office", _("nhận tại trụ sở")


class Delivery(TextChoices):
    WAITING = "waiting", _("chờ gửi")
    SENT = "sent", _("đã gửi")
    TO_DO = "to-do", _("cán bộ cần liên hệ")
    DONE = "done", _("cán bộ đã liên hệ")
    FAILED = "failed", _("không gửi được, cán bộ cần liên hệ cách khác")


FOR_AN_OFFICER = (Delivery.TO_DO, Delivery.FAILED)
"""What no machine can deliver (any more): an officer calls, meets or writes."""
