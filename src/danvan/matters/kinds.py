"""Kinds, channels and fields of what people say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from danvan.base.search import TextIndex

SAID = TextIndex("matters_matter", "fold")
"""Code, words and place of every matter, without accents."""


class Kind(TextChoices):
    """Told apart by content and purpose, never by the title (Luật Tiếp công dân, điều 2)."""

    OPINION = "opinion", _("Ý kiến đóng góp")
    REFLECTION = "reflection", _("Phản ánh")
    RECOMMENDATION = "recommendation", _("Kiến nghị")
    COMPLAINT = "complaint", _("Khiếu nại")


MEETING_OPINION = "meeting-opinion"
"""Commitment kind of an opinion gathered at a listening meeting; reports count these apart."""
REVIEW = "review"
"""Commitment kind of what a dispute opens; counted apart from first answers."""
CLOCKS = (*Kind.values, MEETING_OPINION, REVIEW)
"""Every kind of commitment that runs for a matter."""
PETITIONS = (Kind.REFLECTION, Kind.RECOMMENDATION, Kind.COMPLAINT)
RULES = {
    Kind.OPINION: "NOI-YK",
    Kind.REFLECTION: "NOI-KNPA",
    Kind.RECOMMENDATION: "NOI-KNPA",
    Kind.COMPLAINT: "KN-27",
}
"""The legal clock that starts on the day of receipt."""


class Intake(TextChoices):
    PORTAL = "portal", _("Cổng trực tuyến")
    OFFICE = "office", _("Trực tiếp tại trụ sở")
    PHONE = "phone", _("Điện thoại")
    PAPER = "paper", _("Đơn, thư")
    ZALO = "zalo", _("Tin nhắn Zalo")
    MEETING = "meeting", _("Buổi lắng nghe")
    IMPORT = "import", _("Nạp từ bảng tính")


class ReplyBy(TextChoices):
    EMAIL = "email", _("Thư điện tử")
    PHONE = "phone", _("Điện thoại")
    OFFICE = "office", _("Nhận tại trụ sở")
    NONE = "none", _("Không cần trả lời riêng, tự tra cứu bằng mã")


class Field(TextChoices):
    SECURITY = "security", _("An ninh trật tự")
    LAND = "land", _("Đất đai, nhà ở")
    ROADS = "roads", _("Giao thông, hạ tầng")
    ENVIRONMENT = "environment", _("Môi trường, vệ sinh")
    WELFARE = "welfare", _("Chính sách xã hội")
    HEALTH = "health", _("Y tế")
    EDUCATION = "education", _("Giáo dục")
    PROCEDURE = "procedure", _("Thủ tục hành chính")
    CONDUCT = "conduct", _("Thái độ, tác phong phục vụ")
    ECONOMY = "economy", _("Sản xuất, kinh doanh")
    CULTURE = "culture", _("Văn hóa, thể thao")
    OTHER = "other", _("Lĩnh vực khác")


FIELD_CODES = {
    Field.SECURITY: "at",
    Field.LAND: "dd",
    Field.ROADS: "gt",
    Field.ENVIRONMENT: "mt",
    Field.WELFARE: "cs",
    Field.HEALTH: "yt",
    Field.EDUCATION: "gd",
    Field.PROCEDURE: "tt",
    Field.CONDUCT: "td",
    Field.ECONOMY: "kd",
    Field.CULTURE: "vh",
    Field.OTHER: "kh",
}
"""What an officer types instead of choosing; also the hidden codes of the spreadsheet."""


class Settled(TextChoices):
    YES = "yes", _("Đã được giải quyết")
    PARTLY = "partly", _("Giải quyết một phần")
    NO = "no", _("Chưa được giải quyết")


class MeetingState(TextChoices):
    DRAFT = "draft", _("Đang ghi")
    FINISHED = "finished", _("Đã kết thúc")


class SheetColumn(TextChoices):
    """The columns of a spreadsheet of opinions; one file may hold many meetings."""

    HELD_ON = "held_on", _("Ngày họp")
    TITLE = "title", _("Tên hội nghị")
    PLACE = "place", _("Nơi tổ chức")
    AREA = "area", _("Xã, phường")
    CHAIR = "chair", _("Chức danh chủ trì")
    ATTENDANCE = "attendance", _("Số người dự")
    CONTENT = "content", _("Nội dung ý kiến")
    FIELD = "field", _("Lĩnh vực")
    HAMLET = "hamlet", _("Tổ, ấp, thôn")
    UNIT = "unit", _("Cơ quan trả lời")
    ANSWER = "answer", _("Trả lời tại chỗ")
    ANSWERED_ON = "answered_on", _("Ngày trả lời")


STEP_LOOKS = {
    "open": ("inbox", "info"),
    "accept": ("check", "info"),
    "hand-over": ("exchange", "plain"),
    "take-over": ("exchange", "plain"),
    "ask": ("question", "warn"),
    "add": ("plus", "plain"),
    "reply": ("message", "plain"),
    "resume": ("clock", "plain"),
    "extend": ("calendar", "warn"),
    "re-date": ("calendar", "plain"),
    "urge": ("bell", "plain"),
    "answer": ("message", "good"),
    "confirm": ("check", "good"),
    "dispute": ("undo", "danger"),
    "lapse": ("clock", "plain"),
    "withdraw": ("undo", "plain"),
    "cancel": ("close", "plain"),
}
"""Icon and tone of each step in a timeline."""
