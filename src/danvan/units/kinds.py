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
