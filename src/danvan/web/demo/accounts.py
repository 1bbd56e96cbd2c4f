"""The accounts one signs in with to try the demonstration; the command prints them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from danvan.base.clock import day_of
from danvan.units.access import Actor, in_force
from danvan.units.actions import add_account, give_post
from danvan.units.kinds import Tree
from danvan.units.models import Account, UnitVersion

PASSWORD = "lang-nghe-dan-2026"  # noqa: S105 -- printed for everybody who tries the demonstration


@dataclass(frozen=True)
class Demo:
    username: str
    full_name: str
    unit: str
    title: str
    role: str
    try_this: str


ACCOUNTS = (
    Demo("canbo", "Trần Minh Nam", "ubnd", "Cán bộ tiếp công dân", "officer", "Việc hôm nay, trả lời, buổi lắng nghe"),
    Demo("lanhdao", "Lê Văn Tư", "ubnd", "Chủ tịch UBND phường", "leader", "gia hạn, ký biểu tháng"),
    Demo("congan", "Phan Quốc Hùng", "ca", "Cán bộ Công an phường", "officer", "ghi biên bản buổi lắng nghe"),
    Demo("congtacvien", "Nguyễn Thị Mai", "ubnd", "Tổ trưởng tổ dân phố", "collaborator", "ghi ý kiến ở cơ sở"),
    Demo("dieuphoi", "Hoàng Thị Lan", "ubnd-ht", "Chuyên viên tổng hợp", "coordinator", "tổng hợp tỉnh, đôn đốc"),
    Demo("chutich", "Võ Đình Sáu", "ubnd-ht", "Lãnh đạo UBND tỉnh", "chief", "ký báo cáo tỉnh"),
    Demo("congantinh", "Đặng Hữu Bình", "ca-ht", "Chuyên viên Công an tỉnh", "coordinator", "360 hội nghị năm 2023"),
    Demo("kiemtra", "Bùi Thị Kim", "ubnd-ht", "Thanh tra viên", "auditor", "chỉ xem, kiểm tra sổ bước"),
    Demo("giukhoa1", "Phan Quốc Khánh", "ubnd", "Công chức tư pháp", "officer", "giữ khóa danh tính, bên thứ nhất"),
    Demo("giukhoa2", "Lâm Hải Yến", "ubnd", "Công chức văn phòng", "officer", "giữ khóa danh tính, bên thứ hai"),
    Demo("vanhanh", "Vũ Anh Tuấn", "ubnd-ht", "Quản trị hệ thống", "operator", "đơn vị, tài khoản, lịch làm việc"),
)
WARD = "thanh sen"
PASSPHRASES = {"giukhoa1": "lua chin vang dong thang tam", "giukhoa2": "cau tre lac leo nhip thu bay"}
"""With which the two custodians of the ward open a sealed identity, for whoever tries it; one for each side in turn."""


def load(by: Actor, at: datetime) -> None:
    ward = {
        kind: UnitVersion.objects.get(in_force(day_of(at)), tree=tree, level="commune", fold__endswith=f"phuong {WARD}")
        for kind, tree in (("ubnd", Tree.GOVERNMENT), ("ca", Tree.POLICE))
    }
    for demo in ACCOUNTS:
        unit = ward[demo.unit].unit_id if demo.unit in ward else _unit(demo.unit)
        account = add_account(username=demo.username, full_name=demo.full_name, password=PASSWORD, by=by, at=at)
        give_post(account=account, unit_id=unit, title=demo.title, role=demo.role, by=by, at=at)


def _unit(key: str) -> UUID:
    return UnitVersion.objects.get(unit__key=key, valid_to=None).unit_id


@cache
def illustration() -> Account:
    """Under this name the generated sheets are signed; nobody can sign in with it."""
    account, _made = Account.objects.get_or_create(
        username="minh-hoa", defaults={"full_name": "Chữ ký minh họa", "is_active": False, "password": "!"}
    )
    return account


def shown() -> str:
    """The table that `danvan demo` prints."""
    lines = [f"  {d.username:12} {d.title:26} {d.try_this}" for d in ACCOUNTS]
    phrases = [f"  {name:12} cụm mật khẩu mở danh tính: {phrase}" for name, phrase in PASSPHRASES.items()]
    return "\n".join([f"Tài khoản dùng thử, mật khẩu chung: {PASSWORD}", *lines, *phrases])
