"""Kinds, channels and fields of what people say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from danvan.base.search import TextIndex

SAID = TextIndex("matters_matter", "fold")
"""Code, words and place of every matter, without accents."""
PUBLISHED = TextIndex("matters_publishedanswer", "fold")
"""Words of every published question and answer, without accents."""


class Kind(TextChoices):
    """Told apart by content and purpose, never by the title (Luật Tiếp công dân, điều 2)."""

    OPINION = "opinion", _("Ý kiến đóng góp")
    REFLECTION = "reflection", _("Phản ánh")
    RECOMMENDATION = "recommendation", _("Kiến nghị")
    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")


FORMAL = (Kind.COMPLAINT, Kind.DENUNCIATION)
"""Handled by a procedure laid down by law, stage after stage, each with a clock of its own."""


BESIDE_ACTS = frozenset({"accept", "add", "urge", "re-date"})
"""Plain steps that remain in a case; everything else there is an act of its procedure."""


MEETING_OPINION = "meeting-opinion"
"""Commitment kind of an opinion gathered at a listening meeting; reports count these apart."""
REVIEW = "review"
"""Commitment kind of what a dispute opens; counted apart from first answers."""
DUTY = "duty"
"""Commitment kind of what must follow an act of a procedure: notify, send, publish, execute."""
CLOCKS = (*Kind.values, MEETING_OPINION, REVIEW, DUTY)
"""Every kind of commitment that runs for a matter."""
PETITIONS = (Kind.REFLECTION, Kind.RECOMMENDATION, Kind.COMPLAINT, Kind.DENUNCIATION)
RULES = {
    Kind.OPINION: "NOI-YK",
    Kind.REFLECTION: "NOI-KNPA",
    Kind.RECOMMENDATION: "NOI-KNPA",
    Kind.COMPLAINT: "KN-27",
    Kind.DENUNCIATION: "TC-24",
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


class LetterWay(TextChoices):
    """How a letter came; told apart in the register and the forms."""

    DIRECT = "direct", _("Nộp trực tiếp")
    POST = "post", _("Qua bưu chính")
    AGENCY = "agency", _("Cơ quan khác chuyển đến")
    HANDED = "handed", _("Trao tay khi tiếp công dân")
    PORTAL = "portal", _("Qua cổng trực tuyến")


class Writer(TextChoices):
    PERSON = "person", _("Cá nhân")
    GROUP = "group", _("Nhiều người cùng đứng tên")
    BODY = "body", _("Cơ quan, tổ chức")


class Language(TextChoices):
    """A language spoken in the country is not a foreign one: such a letter is taken in and translated by the office."""

    VIETNAMESE = "vi", _("Tiếng Việt")
    KHMER = "km", _("Tiếng Khmer")
    MINORITY = "minority", _("Tiếng dân tộc khác")
    FOREIGN = "foreign", _("Tiếng nước ngoài")


class Flaw(TextChoices):
    """Why a letter does not meet the conditions for handling (Thông tư 05/2021/TT-TTCP)."""

    LANGUAGE = "language", _("Viết bằng tiếng nước ngoài, không có bản dịch được chứng thực")
    UNDATED = "undated", _("Không ghi ngày, tháng, năm viết đơn")
    NAMELESS = "nameless", _("Không ghi họ tên, địa chỉ người viết đơn")
    UNSIGNED = "unsigned", _("Không có chữ ký hoặc điểm chỉ")
    UNCLEAR = "unclear", _("Không nêu rõ nội dung, lý do, yêu cầu")
    ILLEGIBLE = "illegible", _("Rách nát, tẩy xóa, không đọc được")
    INSULTING = "insulting", _("Lời lẽ xúc phạm, chia rẽ; nội dung trái pháp luật")
    SEVERAL = "several", _("Gửi nhiều nơi, trong đó có nơi có thẩm quyền")
    REPEATED = "repeated", _("Trùng với đơn đã nhận")
    RESOLVED = "resolved", _("Vụ việc đã được giải quyết đúng chính sách, pháp luật")


class SameWhy(TextChoices):
    DUPLICATE = "duplicate", _("Trùng nội dung, cùng người gửi")
    RESOLVED = "resolved", _("Việc đã được giải quyết")
    SAME_CASE = "same-case", _("Cùng một vụ việc")


class Category(TextChoices):
    """By what it is about, as the forms divide it (Thông tư 01/2024/TT-TTCP, 02 and 03/XLD)."""

    POLICY = "policy", _("Hành chính: chế độ, chính sách")
    LAND = "land", _("Hành chính: đất đai, nhà cửa")
    OFFICIALS = "officials", _("Hành chính: công chức, công vụ")
    ADMIN = "admin", _("Hành chính: nội dung khác")
    CORRUPTION = "corruption", _("Tham nhũng")
    JUDICIAL = "judicial", _("Tư pháp")
    PARTY = "party", _("Đảng, đoàn thể")
    OTHER = "other", _("Lĩnh vực khác")


class Finding(TextChoices):
    RIGHT = "right", _("Đúng")
    PARTLY = "partly", _("Đúng một phần")
    WRONG = "wrong", _("Sai")


class Outcome(TextChoices):
    """The result of a case; the last two are those of a second complaint (Luật Khiếu nại, Điều 40)."""

    RIGHT = "right", _("Đúng toàn bộ")
    PARTLY = "partly", _("Đúng một phần")
    WRONG = "wrong", _("Sai toàn bộ")
    UPHELD = "upheld", _("Công nhận quyết định giải quyết lần đầu")
    CHANGED = "changed", _("Hủy, sửa quyết định giải quyết lần đầu")


class Reason(TextChoices):
    """The lawful reasons for not accepting a case, and for ending one without a decision."""

    INTERNAL = "internal", _("Quyết định, hành vi trong nội bộ cơ quan; chỉ đạo, điều hành")
    NO_EFFECT = "no-effect", _("Không liên quan trực tiếp đến quyền, lợi ích của người khiếu nại")
    NO_CAPACITY = "no-capacity", _("Không có năng lực hành vi, không có người đại diện hợp pháp")
    REPRESENTATIVE = "representative", _("Người đại diện không hợp pháp")
    UNSIGNED = "unsigned", _("Đơn không có chữ ký hoặc điểm chỉ")
    LATE = "late", _("Hết thời hiệu mà không có lý do chính đáng")
    SECOND_DECIDED = "second-decided", _("Đã có quyết định giải quyết lần hai")
    NOT_CONTINUED = "not-continued", _("Đã đình chỉ, quá 30 ngày không khiếu nại tiếp")
    COURT = "court", _("Tòa án đã thụ lý hoặc đã giải quyết")
    ANONYMOUS = "anonymous", _("Không rõ người tố cáo, không có chứng cứ cụ thể để kiểm tra")
    NOT_NEW = "not-new", _("Đã giải quyết, không có tình tiết mới")
    NO_BASIS = "no-basis", _("Không có cơ sở để xác định hành vi vi phạm")
    NO_OBJECT = "no-object", _("Đối tượng khiếu nại, tố cáo không còn")
    DEATH = "death", _("Người khiếu nại, người bị tố cáo chết mà không có người kế thừa quyền, nghĩa vụ")
    OTHER = "other", _("Lý do khác theo luật, ghi rõ trong nội dung")


class Figure(TextChoices):
    """Results in numbers (01 to 04/KQGQ). Money in đồng, land in square metres."""

    STATE_MONEY = "state-money", _("Thu hồi cho Nhà nước: tiền (đồng)")
    STATE_LAND = "state-land", _("Thu hồi cho Nhà nước: đất (m²)")
    BODY_MONEY = "body-money", _("Trả lại tổ chức: tiền (đồng)")
    BODY_LAND = "body-land", _("Trả lại tổ chức: đất (m²)")
    PERSON_MONEY = "person-money", _("Trả lại cá nhân: tiền (đồng)")
    PERSON_LAND = "person-land", _("Trả lại cá nhân: đất (m²)")
    BODIES_RESTORED = "bodies-restored", _("Tổ chức được trả lại quyền lợi")
    PERSONS_RESTORED = "persons-restored", _("Cá nhân được trả lại quyền lợi")
    PERSONS_HANDLED = "persons-handled", _("Người bị kiến nghị xử lý hành chính")
    OFFICIALS_HANDLED = "officials-handled", _("Trong đó: cán bộ, công chức, viên chức")
    CASES_TO_POLICE = "cases-to-police", _("Vụ chuyển cơ quan điều tra")
    PERSONS_TO_POLICE = "persons-to-police", _("Người chuyển cơ quan điều tra")
    OFFICIALS_TO_POLICE = "officials-to-police", _("Trong đó: cán bộ, công chức, viên chức bị chuyển điều tra")


class Settled(TextChoices):
    YES = "yes", _("Đã được giải quyết")
    PARTLY = "partly", _("Giải quyết một phần")
    NO = "no", _("Chưa được giải quyết")


class LinkWhy(TextChoices):
    """Why a later matter belongs with an earlier one."""

    DUPLICATE = "duplicate", _("Gửi trùng: cùng một lá đơn, một ý kiến")
    SAME_CASE = "same-case", _("Cùng một việc, do nhiều người phản ánh")
    RESOLVED = "resolved", _("Việc này đã được giải quyết trước đó")


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
    "lodge": ("inbox", "info"),
    "begin": ("clock", "info"),
    "take-up": ("exchange", "info"),
    "accept": ("check", "info"),
    "transfer": ("exchange", "plain"),
    "record": ("edit", "plain"),
    "suspend": ("pause", "warn"),
    "continue": ("clock", "plain"),
    "re-base": ("calendar", "plain"),
    "fulfil": ("check", "good"),
    "settle": ("check", "good"),
    "terminate": ("close", "plain"),
    "retract": ("undo", "plain"),
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


RECEPTION = "reception"
"""Commitment kind of what a received citizen must be told (Luật Tiếp công dân, Điều 28); no matter hangs on it."""


class Occasion(TextChoices):
    """What a reception was held as (Thông tư 01/2024/TT-TTCP, 01/TCD)."""

    ROUTINE = "routine", _("Thường xuyên")
    PERIODIC = "periodic", _("Định kỳ")
    UNPLANNED = "unplanned", _("Đột xuất")


class LedBy(TextChoices):
    """Who received; the forms count each apart."""

    STAFF = "staff", _("Cán bộ tiếp công dân")
    HEAD = "head", _("Người đứng đầu")
    DELEGATED = "delegated", _("Người được ủy quyền")


class Told(TextChoices):
    """What a received citizen is told (Luật Tiếp công dân, Điều 28 khoản 1)."""

    ACCEPTED = "accepted", _("Đã thụ lý, nhận giải quyết")
    LATER = "later", _("Cần thêm thời gian")
    REFUSED = "refused", _("Từ chối thụ lý, nói rõ lý do")
    FORWARDED = "forwarded", _("Đã chuyển nơi có thẩm quyền")
    GUIDED = "guided", _("Đã hướng dẫn nơi có thẩm quyền")
    ANSWERED = "answered", _("Đã giải thích, trả lời xong")
