"""Roles as data: a title, one sentence a chief of office can read, and what it permits.

A post has exactly one role. `subtree` says whether the role reaches the units below its own.
"""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    ACCOUNT_MANAGE = "account.manage"
    AUDIT_READ = "audit.read"
    CALENDAR_MANAGE = "calendar.manage"
    CONTACT_OPEN = "contact.open"
    CUSTODY_APPOINT = "custody.appoint"
    MATTER_HANDLE = "matter.handle"
    MATTER_READ = "matter.read"
    MATTER_SUPERVISE = "matter.supervise"
    MATTER_TAKE_IN = "matter.take_in"
    MEETING_RUN = "meeting.run"
    RECEPTION_RECORD = "reception.record"
    REPORT_COMPOSE = "report.compose"
    SHEET_PREPARE = "sheet.prepare"
    SHEET_READ = "sheet.read"
    SHEET_SIGN = "sheet.sign"
    UNIT_MANAGE = "unit.manage"


@dataclass(frozen=True)
class Role:
    key: str
    title: str
    sentence: str
    permissions: frozenset[Permission]
    subtree: bool = False

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def _role(key: str, title: str, sentence: str, *permissions: Permission, subtree: bool = False) -> Role:
    return Role(key, title, sentence, frozenset(permissions), subtree)


P = Permission
ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "collaborator",
            "Cộng tác viên cơ sở",
            "Ghi nhận ý kiến người dân ở thôn, tổ, ấp và gửi về xã; xem những việc đơn vị mình đã nhận.",
            P.MATTER_TAKE_IN,
            P.MATTER_READ,
        ),
        _role(
            "officer",
            "Cán bộ tiếp nhận, giải quyết",
            "Tiếp nhận, chuyển, hỏi thêm, trả lời ý kiến thuộc đơn vị mình; lập biên bản buổi lắng nghe và biểu kỳ.",
            P.MATTER_TAKE_IN,
            P.MATTER_READ,
            P.MATTER_HANDLE,
            P.CONTACT_OPEN,
            P.MEETING_RUN,
            P.RECEPTION_RECORD,
            P.SHEET_READ,
            P.SHEET_PREPARE,
        ),
        _role(
            "leader",
            "Lãnh đạo ký",
            "Gia hạn, ký biểu và báo cáo, giao người giữ khóa danh tính của đơn vị mình, làm được mọi việc của cán bộ.",
            P.MATTER_TAKE_IN,
            P.MATTER_READ,
            P.MATTER_HANDLE,
            P.MATTER_SUPERVISE,
            P.CONTACT_OPEN,
            P.MEETING_RUN,
            P.RECEPTION_RECORD,
            P.SHEET_READ,
            P.SHEET_PREPARE,
            P.SHEET_SIGN,
            P.REPORT_COMPOSE,
            P.CUSTODY_APPOINT,
        ),
        _role(
            "coordinator",
            "Điều phối cấp trên",
            "Xem việc và số liệu của các đơn vị trực thuộc, đôn đốc, tổng hợp và soạn báo cáo; "
            "không mở thông tin liên hệ của người dân.",
            P.MATTER_READ,
            P.MATTER_SUPERVISE,
            P.SHEET_READ,
            P.SHEET_PREPARE,
            P.REPORT_COMPOSE,
            subtree=True,
        ),
        _role(
            "chief",
            "Lãnh đạo cấp trên",
            "Như điều phối, thêm quyền ký báo cáo tổng hợp và giao người giữ khóa danh tính của cấp mình.",
            P.MATTER_READ,
            P.MATTER_SUPERVISE,
            P.SHEET_READ,
            P.SHEET_PREPARE,
            P.SHEET_SIGN,
            P.REPORT_COMPOSE,
            P.CUSTODY_APPOINT,
            subtree=True,
        ),
        _role(
            "auditor",
            "Kiểm tra, giám sát",
            "Chỉ xem: việc, sổ bước và biểu của các đơn vị trực thuộc; không sửa gì, không mở thông tin liên hệ.",
            P.MATTER_READ,
            P.SHEET_READ,
            P.AUDIT_READ,
            subtree=True,
        ),
        _role(
            "operator",
            "Vận hành hệ thống",
            "Quản lý đơn vị, tài khoản và lịch làm việc; không xem nội dung ý kiến của người dân.",
            P.UNIT_MANAGE,
            P.ACCOUNT_MANAGE,
            P.CALENDAR_MANAGE,
            P.AUDIT_READ,
            subtree=True,
        ),
    )
}


def as_markdown() -> str:
    """The table of roles as the user guide prints it (`docs/huong-dan/quyen-han.md`)."""
    lines = [
        "# Quyền hạn",
        "",
        "Mỗi chức vụ có đúng một vai trò. Quyền đến từ chức vụ đang giữ, không đến từ tài khoản;",
        "hết nhiệm kỳ hoặc đơn vị kết thúc thì quyền hết theo.",
        "",
        "| vai trò | được làm gì | phạm vi | quyền |",
        "|---|---|---|---|",
    ]
    for role in ROLES.values():
        reach = "đơn vị mình và các đơn vị trực thuộc" if role.subtree else "đơn vị mình"
        rights = ", ".join(f"`{p}`" for p in sorted(role.permissions))
        lines.append(f"| {role.title} (`{role.key}`) | {role.sentence} | {reach} | {rights} |")
    return "\n".join([*lines, ""])
