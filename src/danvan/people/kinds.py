"""What a contact may be kept for, and how long."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    ANSWER = "answer", _("trả lời ý kiến")


KEPT_DAYS = {Purpose.ANSWER: 180}
"""Days after the receipt; a running matter renews it."""
