"""What people type about units, accounts, posts and delegations → clean values."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from danvan.units.actions import Seat, UnitChange, UnitFacts
from danvan.units.kinds import Level, Tree
from danvan.units.models import Account
from danvan.units.roles import ROLES

BAD_DAY = {"invalid": _("Ngày chưa đúng; viết như 21/08/2026.")}
YEARS = range(1900, 2200)
Label = Any
"""A sentence, translated when it is shown."""


class Day(forms.DateField):
    """A day as people write it, day first."""

    def __init__(self, *, label: Label, hint: Label = "", missing: Label = "", required: bool = True) -> None:
        told = BAD_DAY | ({"required": missing} if missing else {})
        widget = forms.DateInput({"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y")
        super().__init__(label=label, help_text=hint, required=required, widget=widget, error_messages=told)

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Line(forms.CharField):
    """One line of text with the sentence that stands where it is missing."""

    def __init__(
        self, *, label: Label, most: int, hint: Label = "", missing: Label = "", required: bool = True, width: str = ""
    ) -> None:
        told: dict[str, Any] = {"required": missing} if missing else {}
        super().__init__(label=label, help_text=hint, required=required, max_length=most, error_messages=told)
        if width:
            self.widget.attrs["class"] = width


class LookUpForm(forms.Form):
    """A name and a day; without a day, today."""

    q = Line(label=_("Tên hoặc mã"), most=160, required=False, width="w-20")
    on = Day(label=_("Vào ngày"), required=False)

    @classmethod
    def asked(cls, query: QueryDict, today: date) -> Self:
        """The form as it was sent; the day stands in it even where nobody asked for one."""
        given = query.copy()
        if not given.get("on", "").strip():
            given["on"] = f"{today:%d/%m/%Y}"
        return cls(given)

    def day(self, today: date) -> date:
        return (self.cleaned_data.get("on") if self.is_valid() else None) or today

    def typed(self) -> str:
        return str(self.cleaned_data.get("q", "")).strip() if self.is_valid() else ""


class DirectoryForm(LookUpForm):
    q = Line(label=_("Tìm đơn vị"), most=160, required=False, width="w-20")
    tree = forms.ChoiceField(choices=Tree.choices, required=False, widget=forms.HiddenInput)


class UnitForm(forms.Form):
    """A new unit under one that exists."""

    name = Line(label=_("Tên đầy đủ"), most=160, missing=_("Ghi tên đơn vị."), width="w-full")
    short_name = Line(
        label=_("Tên gọn"),
        most=60,
        required=False,
        hint=_("Dùng trong danh sách, ví dụ UBND xã Bình An."),
        width="w-20",
    )
    symbol = Line(label=_("Ký hiệu văn bản"), most=30, required=False, width="w-8")
    level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices)
    area = forms.ChoiceField(label=_("Địa bàn"), required=False)
    key = Line(
        label=_("Mã khóa"), most=80, required=False, width="w-20",
        hint=_("Không đổi về sau. Để trống thì lấy theo tên."),
    )  # fmt: skip
    valid_from = Day(label=_("Hoạt động từ ngày"), missing=_("Ghi ngày bắt đầu hoạt động."))

    def __init__(self, *args: Any, areas: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Không phụ trách một địa bàn")), *areas]  # type: ignore[attr-defined]

    def facts(self, parent_key: str, tree: str) -> UnitFacts:
        given = self.cleaned_data
        return UnitFacts(
            key=given["key"],
            name=given["name"],
            short_name=given["short_name"],
            symbol=given["symbol"],
            tree=Tree(tree),
            level=Level(given["level"]),
            parent_key=parent_key,
            area_id=UUID(given["area"]) if given["area"] else None,
            valid_from=given["valid_from"],
        )


class UnitChangeForm(forms.Form):
    on = Day(
        label=_("Từ ngày"),
        missing=_("Ghi ngày bắt đầu mang tên mới."),
        hint=_("Trước ngày này đơn vị vẫn mang tên cũ. Chọn đúng ngày bắt đầu của bản đang dùng là sửa bản đó."),
    )
    name = Line(label=_("Tên đầy đủ"), most=160, missing=_("Ghi tên đơn vị."), width="w-full")
    short_name = Line(label=_("Tên gọn"), most=60, required=False, width="w-20")
    symbol = Line(label=_("Ký hiệu văn bản"), most=30, required=False, width="w-8")
    parent = forms.ChoiceField(label=_("Đơn vị cấp trên"), required=False)

    def __init__(self, *args: Any, parents: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Không có")), *parents]  # type: ignore[attr-defined]

    def change(self) -> UnitChange:
        given = self.cleaned_data
        parent = UUID(given["parent"]) if given["parent"] else None
        return UnitChange(given["on"], given["name"], given["short_name"], given["symbol"], parent)


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách đơn vị"),
        help_text=_("Bảng tính .xlsx theo mẫu. Chỉ kiểm tra, chưa ghi gì."),
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"required": _("Chọn tệp .xlsx."), "empty": _("Tệp rỗng.")},
    )


class SeatForm(forms.Form):
    """A post in a unit: its title, what it permits, and for how long."""

    title = Line(
        label=_("Chức vụ"),
        most=120,
        missing=_("Ghi chức vụ."),
        hint=_("Ký dưới mỗi bước, ví dụ Công chức văn hóa – xã hội."),
        width="w-20",
    )
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(role.key, format_html("<b>{}</b>: {}", role.title, role.sentence)) for role in ROLES.values()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một vai trò.")},
    )
    valid_from = Day(label=_("Từ ngày"), missing=_("Ghi ngày bắt đầu."))
    last_day = Day(label=_("Đến hết ngày"), required=False, hint=_("Để trống nếu không có thời hạn."))

    def seat(self, unit_id: UUID) -> Seat:
        given = self.cleaned_data
        return Seat(unit_id, given["title"], given["role"], given["valid_from"], day_after(given["last_day"]))


class AccountForm(SeatForm):
    """A person who is to sign in, with the first post."""

    full_name = Line(label=_("Họ và tên"), most=120, missing=_("Ghi họ và tên."), width="w-20")
    username = Line(
        label=_("Tên đăng nhập"), most=60, missing=_("Đặt tên đăng nhập."), width="w-12",
        hint=_("Chữ không dấu, chữ số, dấu chấm, gạch; ví dụ nam.tv."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Thư điện tử công vụ"), required=False, error_messages={"invalid": _("Địa chỉ thư chưa đúng.")}
    )
    field_order = ("full_name", "username", "email", "title", "role", "valid_from", "last_day")


class KnownAccountForm(SeatForm):
    """A post for somebody who has an account already, perhaps in another unit."""

    username = Line(
        label=_("Tên đăng nhập"), most=60, missing=_("Ghi tên đăng nhập."), width="w-12",
        hint=_("Của người đã có tài khoản, kể cả ở đơn vị khác."),
    )  # fmt: skip
    field_order = ("username", "title", "role", "valid_from", "last_day")


class EndForm(forms.Form):
    last_day = Day(label=_("Ngày cuối giữ chức vụ"), missing=_("Ghi ngày cuối cùng."))

    def on(self) -> date:
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


class ResetForm(forms.Form):
    without_second_step = forms.BooleanField(
        label=_("Tắt luôn xác thực hai lớp (mất điện thoại)"), required=False, widget=forms.CheckboxInput
    )


class TokenForm(forms.Form):
    name = Line(label=_("Máy hoặc phần mềm dùng mã"), most=80, missing=_("Ghi tên máy hoặc phần mềm."), width="w-20")
    expires_on = Day(label=_("Có hạn đến hết ngày"), missing=_("Ghi ngày hết hạn."))


class DelegationForm(forms.Form):
    to = forms.ChoiceField(label=_("Ủy quyền cho"), error_messages={"required": _("Chọn người được ủy quyền.")})
    valid_from = Day(label=_("Từ ngày"), missing=_("Ghi ngày bắt đầu."))
    last_day = Day(label=_("Đến hết ngày"), missing=_("Ghi ngày kết thúc; ủy quyền nào cũng có ngày kết thúc."))
    reason = Line(
        label=_("Lý do"),
        most=200,
        missing=_("Ghi lý do ủy quyền."),
        hint=_("Ví dụ: đi công tác, nghỉ phép."),
        width="w-full",
    )

    def __init__(self, *args: Any, colleagues: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in colleagues}
        names = [(key, f"{one.full_name} ({one.username})") for key, one in self.people.items()]
        self.fields["to"].choices = [("", _("Chọn người")), *names]  # type: ignore[attr-defined]

    def colleague(self) -> Account:
        return self.people[self.cleaned_data["to"]]

    def valid_to(self) -> date:
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


def day_after(day: date | None) -> date | None:
    """People name the last day of a time; the tables hold the first day after it."""
    return day + timedelta(days=1) if day else None


FIELDS = {"valid_to": "last_day", "on": "last_day", "parent_key": "parent"}
"""Under which field of a form a refusal stands whose action calls it otherwise."""


def add_refusal(form: forms.Form, field: str, sentence: str) -> None:
    """Puts the sentence of an action where the form shows it, at the whole where it has no such field."""
    name = field if field in form.fields else FIELDS.get(field, "")
    form.add_error(name if name in form.fields else None, sentence)
