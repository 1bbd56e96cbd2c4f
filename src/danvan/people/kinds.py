"""What personal data is kept for and how long, who keeps the keys, and the forms in which opened data is handed on."""

from dataclasses import dataclass, field
from typing import NoReturn

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from danvan.people.retention import RETENTION, RetentionClass

__all__ = [
    "KEPT_DAYS",
    "RETENTION",
    "CustodyVerb",
    "DataRequestKind",
    "DataRequestOutcome",
    "OpeningState",
    "OwnCopy",
    "OwnSection",
    "PlainContact",
    "PlainIdentity",
    "Purpose",
    "RetentionClass",
    "Side",
]


class Purpose(TextChoices):
    ANSWER = "answer", _("trả lời ý kiến")
    RECEPTION = "reception", _("báo kết quả tiếp công dân")


KEPT_DAYS = dict.fromkeys(Purpose, RETENTION["contact"].days)
"""Days after the receipt; a running matter renews it."""


class Side(TextChoices):
    """The two sides of a custody. Opening takes one person of each; they are never the same person."""

    FIRST = "first", _("bên thứ nhất")
    SECOND = "second", _("bên thứ hai")

    @property
    def other(self) -> "Side":
        return Side.SECOND if self is Side.FIRST else Side.FIRST


class CustodyVerb(TextChoices):
    """What can be done with the keys and with a sealed identity; each leaves a line."""

    APPOINTED = "appointed", _("giao giữ khóa")
    KEYED = "keyed", _("đặt cụm mật khẩu")
    REKEYED = "rekeyed", _("đổi cụm mật khẩu")
    SHARED = "shared", _("chia phần khóa cho người cùng bên")
    HANDED_OVER = "handed-over", _("bàn giao phần khóa")
    ENDED = "ended", _("thôi giữ khóa")
    WRONG = "wrong", _("nhập sai cụm mật khẩu")
    ASKED = "asked", _("yêu cầu mở")
    CONSENTED = "consented", _("đồng ý")
    REFUSED = "refused", _("từ chối")
    OPENED = "opened", _("đã mở")
    RELEASED = "released", _("giao bản đã che")
    ERASED = "erased", _("đã hủy danh tính")


class OpeningState(TextChoices):
    WAITING = "waiting", _("chờ hai bên đồng ý")
    HALF = "half", _("một bên đã đồng ý")
    OPENED = "opened", _("đã mở")
    REFUSED = "refused", _("đã từ chối")
    LAPSED = "lapsed", _("hết hạn")


class DataRequestKind(TextChoices):
    EXPORT = "export", _("xin bản sao dữ liệu")
    ERASE = "erase", _("xin xóa dữ liệu")


class DataRequestOutcome(TextChoices):
    DONE = "done", _("đã làm")
    REFUSED = "refused", _("không làm được")


@dataclass(frozen=True)
class PlainContact:
    """A contact in the open. It goes to one screen or one message and nowhere else.

    It prints nothing of what it holds and cannot be pickled, so that no log, error report or cache picks it up.
    """

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email or self.address or self.id_number)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a plain contact is not stored")


@dataclass(frozen=True)
class OwnSection:
    """A part of the copy a person gets of their own data: pairs of label and value, in order."""

    title: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True)
class OwnCopy:
    """The same copy twice: to be read by people and by machines. It goes to the person and nowhere else."""

    html: str = field(repr=False)
    json: str = field(repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a copy of personal data is not stored")


@dataclass(frozen=True)
class PlainIdentity:
    """Who denounced, in the open: on the way into the seal, or on one screen after two custodians consented.

    Silent and unpicklable as `PlainContact`. `files` are the letters as they came, handwriting and all.
    """

    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.name or self.address or self.phone or self.email or self.id_number or self.files)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a plain identity is not stored")
