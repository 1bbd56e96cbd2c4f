from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("thư điện tử")
    PHONE = "phone", _("gọi điện")
    OFFICE = "office", _("nhận tại trụ sở")
    IN_APP = "in-app", _("trong hệ thống")


class Delivery(TextChoices):
    WAITING = "waiting", _("chờ gửi")
    SENT = "sent", _("đã gửi")
    TO_DO = "to-do", _("cán bộ cần liên hệ")
    DONE = "done", _("cán bộ đã liên hệ")
    FAILED = "failed", _("không gửi được")
