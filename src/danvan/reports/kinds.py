"""Choices and names of reporting."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """Whose figures a sheet holds."""

    OWN = "own", _("của đơn vị")
    SUBTREE = "subtree", _("tổng hợp toàn bộ đơn vị trực thuộc")


class SheetState(TextChoices):
    DRAFT = "draft", _("đang lập")
    SIGNED = "signed", _("đã ký")


class Standing(TextChoices):
    """Where the sheet of one unit stands for a period."""

    ON_TIME = "on-time", _("đã ký đúng hạn")
    SIGNED_LATE = "signed-late", _("đã ký, trễ hạn")
    WAITING = "waiting", _("chưa ký, còn hạn")
    OVERDUE = "overdue", _("chưa ký, quá hạn")
    NOT_ASKED = "not-asked", _("không phải báo cáo")


SIGNED = frozenset({Standing.ON_TIME, Standing.SIGNED_LATE})
MISSING = frozenset({Standing.WAITING, Standing.OVERDUE})


class Flag(TextChoices):
    """What may be wrong with a figure; shown as a letter with an icon, never as a colour alone."""

    SUM = "S", _("tổng không khớp")
    RATIO = "T", _("tử số lớn hơn mẫu số")
    MISSING = "K", _("chưa có số liệu")
    LATE = "L", _("trễ hạn")
    BAND = "B", _("khác thường so với các kỳ trước")


class Basis(TextChoices):
    """Which figures a roll-up adds."""

    LATEST = "latest", _("đã ký và tạm tính")
    SEALED = "sealed", _("chỉ số đã ký")


class Authority(TextChoices):
    """In whose name a paper is signed (Nghị định 30/2020/NĐ-CP, Phụ lục I, khoản 7)."""

    NONE = "", _("ký theo chức vụ")
    BODY = "TM.", _("TM. – thay mặt tập thể")
    HEAD = "KT.", _("KT. – ký thay người đứng đầu")
    ORDER = "TL.", _("TL. – thừa lệnh")
    ACTING = "Q.", _("Q. – quyền cấp trưởng")


REPORT_DUE = "report-due"
"""Commitment kind of a periodic report that a unit owes to the one above it."""
