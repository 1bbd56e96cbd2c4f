"""Names of the field for who answers and where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tree(TextChoices):
    """Parallel organisations; they meet at the same level of the same area, never by parent."""

    GOVERNMENT = "government", _("Chính quyền")
    PARTY = "party", _("Đảng")
    FRONT = "front", _("Mặt trận")
    POLICE = "police", _("Công an")
    ARMY = "army", _("Quân đội")


class Level(TextChoices):
    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Event(TextChoices):
    """What happened to a unit or an area on a date."""

    MERGE = "merge", _("sáp nhập")
    SPLIT = "split", _("chia tách")
    RENAME = "rename", _("đổi tên")
    TRANSFER = "transfer", _("điều chỉnh một phần")
    END = "end", _("kết thúc hoạt động")
    CREATE = "create", _("thành lập")
    TAKE_OVER = "take-over", _("tiếp nhận nhiệm vụ")


class Confidence(TextChoices):
    RESOLUTION = "resolution", _("theo văn bản")
    SOURCE = "source", _("theo nguồn dữ liệu")
    DERIVED = "derived", _("suy ra")
    DISPUTED = "disputed", _("các nguồn khác nhau")


class AdminVerb(TextChoices):
    """What operators, and holders who delegate, do to units, accounts, posts and the calendar."""

    UNIT_ADDED = "unit-added", _("thêm đơn vị")
    UNIT_CHANGED = "unit-changed", _("đổi thông tin đơn vị")
    UNIT_ENDED = "unit-ended", _("kết thúc đơn vị")
    UNITS_LOADED = "units-loaded", _("nạp danh sách đơn vị")
    ACCOUNT_ADDED = "account-added", _("thêm tài khoản")
    PASSWORD_RESET = "password-reset", _("đặt lại mật khẩu")
    ACCOUNT_STOPPED = "account-stopped", _("ngừng tài khoản")
    ACCOUNT_RESUMED = "account-resumed", _("mở lại tài khoản")
    POST_GIVEN = "post-given", _("giao chức vụ")
    POST_ENDED = "post-ended", _("thôi chức vụ")
    DELEGATED = "delegated", _("ủy quyền")
    DELEGATION_ENDED = "delegation-ended", _("thu hồi ủy quyền")
    TOKEN_ISSUED = "token-issued", _("cấp mã truy cập cho máy")
    TOKEN_REVOKED = "token-revoked", _("thu hồi mã truy cập của máy")
    DAY_DECIDED = "day-decided", _("quyết định một ngày của lịch làm việc")
    YEAR_DECIDED = "year-decided", _("xác nhận lịch làm việc cả năm")


AREA_SOURCES = {
    "vau": _("dữ liệu vietnamadminunits"),
    "nq202": _("Nghị quyết 202/2025/QH15"),
    "derived": _("suy ra từ các xã của huyện"),
    "hand": _("ghi tay theo văn bản"),
}
"""What the sources of successions are called on a page."""
