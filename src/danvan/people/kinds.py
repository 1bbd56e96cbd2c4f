"""What a contact may be kept for and how long, and the form in which an opened one is handed on."""

from dataclasses import dataclass, field
from typing import NoReturn

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    ANSWER = "answer", _("trả lời ý kiến")


KEPT_DAYS = {Purpose.ANSWER: 180}
"""Days after the receipt; a running matter renews it."""


@dataclass(frozen=True)
class PlainContact:
    """A contact in the open. It goes to one screen or one message and nowhere else.

    It prints nothing of what it holds and cannot be pickled, so that no log, error report or cache picks it up.
    """

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email or self.address)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a plain contact is not stored")
