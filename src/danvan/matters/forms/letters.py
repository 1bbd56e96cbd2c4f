"""A letter as the registrar types it: the paper once, then each of its contents, by keyboard alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from danvan.base.clock import day_of
from danvan.base.ids import read_code
from danvan.matters.actions import CaseSaid, LetterSaid, Said, Sender
from danvan.matters.actions.letters import MOST_CONTENTS
from danvan.matters.forms.acts import criteria_field
from danvan.matters.forms.fields import Pictures, Words, photos_of
from danvan.matters.forms.intake import line, lines_of, moment_of
from danvan.matters.forms.placed import PlacedForm
from danvan.matters.kinds import (
    FORMAL,
    Category,
    Field,
    Flaw,
    Intake,
    Kind,
    Language,
    LetterWay,
    ReplyBy,
    SameWhy,
    Writer,
)
from danvan.matters.queries.competence import Competence, TimeBar, competent, time_bar
from danvan.matters.queries.letters import case_of_code, letter_numbered
from danvan.rules.procedure import PROCEDURE_NAMES, Procedure, complexity
from danvan.rules.text import fold
from danvan.units.queries.directory import units_called

INTAKES = {LetterWay.DIRECT: Intake.OFFICE, LetterWay.HANDED: Intake.OFFICE, LetterWay.PORTAL: Intake.PORTAL}
"""The channel of a letter's matters; everything else came on paper."""
ORDINARY = {Kind.COMPLAINT: Procedure.COMPLAINT, Kind.DENUNCIATION: Procedure.DENUNCIATION}


class LetterForm(PlacedForm):
    """The paper: what it is, where it belongs, who wrote it. `same` is the number in the register, as `12/2026`."""

    unmarked = True

    received_on = forms.DateField(
        label=_("Ngày nhận"),
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    way = forms.ChoiceField(label=_("Nhận qua"), choices=LetterWay.choices, initial=LetterWay.DIRECT)
    writer = forms.ChoiceField(label=_("Người viết đơn"), choices=Writer.choices, initial=Writer.PERSON)
    signers = forms.IntegerField(
        label=_("Số người đứng tên"),
        min_value=1,
        initial=1,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )
    forwarded_by = line(_("Cơ quan chuyển đến"), "w-20", max_length=200)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=Language.choices, initial=Language.VIETNAMESE)
    is_translated = forms.BooleanField(label=_("Có bản dịch được chứng thực"), required=False)
    is_anonymous = forms.BooleanField(label=_("Không ghi tên (nặc danh) hoặc mạo danh"), required=False)
    flaw = forms.ChoiceField(
        label=_("Điều kiện xử lý"), choices=[("", _("Đủ điều kiện")), *Flaw.choices], required=False
    )
    note = line(_("Ghi chú"), "w-full", max_length=300)
    same = line(_("Trùng với đơn số"), "w-8", max_length=12, help_text=_("Số trong sổ, ví dụ 12/2026."))
    same_why = forms.ChoiceField(
        label=_("Vì sao coi là trùng"), choices=[("", _("Không trùng")), *SameWhy.choices], required=False
    )
    name = line(_("Họ và tên"), "w-20", max_length=120)
    phone = line(_("Điện thoại"), "w-12", max_length=30, attrs={"inputmode": "tel"})
    email = line(_("Thư điện tử"), "w-20", max_length=254, attrs={"inputmode": "email"})
    address = line(_("Địa chỉ"), "w-full", max_length=200)
    reply_by = forms.ChoiceField(label=_("Trả lời qua"), choices=ReplyBy.choices, initial=ReplyBy.NONE)
    source = line(_("Số, ngày trên đơn"), "w-20", max_length=160)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    photos = Pictures()

    def __init__(
        self, data: Any = None, *, at: datetime, unit_id: UUID | None, files: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(data, at=at, **kwargs)
        self.uploads, self.unit_id = files, unit_id
        self.fields["key"].initial = str(uuid4())

    def clean_same(self) -> UUID | None:
        typed = self.cleaned_data["same"].strip()
        if not typed:
            return None
        number, _slash, year = typed.partition("/")
        there = number.isdecimal() and year.isdecimal() and self.unit_id is not None
        found = letter_numbered(int(number), int(year), self.unit_id) if there and self.unit_id else None
        if found is None:
            raise forms.ValidationError(_("Sổ của đơn vị không có đơn số này."))
        return found

    def letter(self) -> LetterSaid:
        data = self.cleaned_data
        return LetterSaid(
            way=LetterWay(data["way"]),
            writer=Writer(data["writer"]),
            signers=data["signers"],
            forwarded_by=data["forwarded_by"],
            language=Language(data["language"]),
            is_translated=data["is_translated"],
            is_anonymous=data["is_anonymous"],
            flaw=data["flaw"],
            same_as_id=data["same"],
            same_why=data["same_why"],
            note=data["note"],
            source=data["source"],
        )

    def sender(self) -> Sender:
        return Sender(**{name: self.cleaned_data[name] for name in ("name", "phone", "email", "address")})

    @property
    def received_at(self) -> datetime | None:
        return moment_of(self.cleaned_data["received_on"], None, self.at)

    def photos_sent(self) -> list[bytes]:
        return photos_of(self.uploads.getlist("photos")) if self.uploads else []


class ContentForm(forms.Form):
    """One content of a letter. An empty one says nothing and is left out; `against` is a unit's name or any words."""

    unmarked = True

    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices, initial=Kind.COMPLAINT)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices, initial=Field.OTHER)
    place = line(_("Chỗ cụ thể"), "w-full", max_length=200)
    content = Words(label=_("Nội dung"), missing="", required=False)
    points = forms.CharField(
        label=_("Từng yêu cầu"),
        required=False,
        help_text=_("Mỗi dòng một yêu cầu; quyết định phải kết luận từng yêu cầu."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    procedure = forms.ChoiceField(
        label=_("Trình tự"),
        required=False,
        choices=[("", _("Lần đầu")), *((key.value, PROCEDURE_NAMES[key]) for key in Procedure
                                       if key not in ORDINARY.values())],
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Thuộc loại trong biểu"), choices=Category.choices, initial=Category.OTHER)
    subject = line(_("Về việc gì"), "w-full", max_length=300, help_text=_("Bỏ trống: lấy câu đầu của nội dung."))
    against = line(
        _("Đơn vị bị khiếu nại, bị tố cáo"),
        "w-full",
        max_length=200,
        help_text=_("Tên đơn vị nay hoặc trước đây; không ghi tên người."),
        attrs={"list": "don-vi"},
    )
    is_against_head = forms.BooleanField(label=_("Về người đứng đầu hoặc cấp phó"), required=False)
    known_on = forms.DateField(
        label=_("Biết quyết định, hành vi ngày"),
        required=False,
        widget=forms.DateInput(attrs={"class": "w-8", "inputmode": "numeric", "autocomplete": "off"}),
    )
    is_remote = forms.BooleanField(label=_("Vùng sâu, vùng xa, đi lại khó khăn"), required=False)
    previous = line(_("Mã vụ việc đã giải quyết lần trước"), "w-20", max_length=40)

    def __init__(self, data: Any = None, *, number: int, at: datetime, unit_id: UUID | None, **kwargs: Any) -> None:
        super().__init__(data, prefix=f"nd-{number}", **kwargs)
        self.number, self.at, self.unit_id = number, at, unit_id
        self.fields["criteria"] = criteria_field()
        self.fields["content"].widget.attrs["rows"] = 4

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.data.get(self.add_prefix(name)) or "").strip() for name in ("content", "points", "subject")
        )

    def clean_points(self) -> list[str]:
        return lines_of(self.cleaned_data["points"])

    def clean_previous(self) -> UUID | None:
        typed = self.cleaned_data["previous"].strip()
        code = read_code(typed) if typed else None
        found = case_of_code(code) if code else None
        if typed and found is None:
            raise forms.ValidationError(_("Không có vụ việc nào mang mã này."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("content") and not self.is_empty:
            self.add_error("content", now("Hãy ghi nội dung."))
        data["against_id"] = self._against(data.get("against", ""))
        return data

    def _against(self, typed: str) -> UUID | None:
        """The one unit of that name, whenever it stood; anything else is kept as words."""
        if not typed.strip():
            return None
        found = units_called(typed, day_of(self.at))
        named = [unit for unit in found if fold(unit.name) == fold(typed).strip()] or found
        there = [unit for unit in named if unit.is_there] or named
        return there[0].unit_id if len(there) == 1 else None

    @property
    def is_formal(self) -> bool:
        return self.cleaned_data.get("kind") in FORMAL

    def case(self) -> CaseSaid:
        data = self.cleaned_data
        return CaseSaid(
            procedure=Procedure(data["procedure"]) if data["procedure"] else None,
            category=Category(data["category"]),
            subject=data["subject"],
            against_id=data["against_id"],
            against_text="" if data["against_id"] else data["against"],
            is_against_head=data["is_against_head"],
            known_on=data["known_on"],
            is_remote=data["is_remote"],
            criteria=frozenset(data["criteria"]),
            previous_id=data["previous"],
        )

    def said(self, letter: LetterForm, photos: Sequence[bytes] = ()) -> Said:
        """The sender is the letter's; the unit that registers a case also holds it, until an act passes it on."""
        data, of = self.cleaned_data, letter.cleaned_data
        more: Mapping[str, Any] = {"case": self.case(), "unit_id": self.unit_id} if self.is_formal else {}
        return Said(
            content=data["content"],
            area_id=of["area"],
            kind=Kind(data["kind"]),
            field=Field(data["field"]),
            place=data["place"],
            intake=INTAKES.get(LetterWay(of["way"]), Intake.PAPER),
            reply_by=ReplyBy(of["reply_by"]),
            sender=letter.sender(),
            points=data["points"],
            photos=photos,
            received_at=letter.received_at,
            **more,
        )

    def competence(self, on: date) -> list[Competence]:
        """Who resolves it, where the unit complained of is one of ours."""
        data = self.cleaned_data
        if not self.is_formal or not data.get("against_id"):
            return []
        chosen = Procedure(data["procedure"]) if data.get("procedure") else None
        return competent(Kind(data["kind"]), chosen, data["against_id"], is_head=data["is_against_head"], on=on)

    @property
    def unclear(self) -> str | Promise:
        """Why nobody can be named who resolves it; the letter is entered all the same."""
        data = self.cleaned_data
        if not self.is_formal:
            return ""
        if data.get("against_id"):
            return _("Đơn vị này đã kết thúc và hệ thống chưa ghi đơn vị kế tiếp.")
        if data.get("against"):
            return _(
                "Hệ thống không có đúng một đơn vị mang tên này, nay hoặc trước đây. Đơn vị đã bỏ khi sắp xếp, như cấp "
                "huyện từ 01/07/2025, thì ghi đơn vị kế tiếp. Đơn vẫn ghi vào sổ được."
            )
        return _("Hãy ghi đơn vị bị khiếu nại, bị tố cáo.")

    def time_bar(self, received_on: date) -> TimeBar | None:
        data = self.cleaned_data
        if data.get("kind") != Kind.COMPLAINT or not data.get("known_on"):
            return None
        return time_bar(Procedure(data.get("procedure") or Procedure.COMPLAINT), data["known_on"], received_on)

    @property
    def complexity(self) -> str:
        data = self.cleaned_data
        if not self.is_formal:
            return ""
        return complexity(
            Procedure(data.get("procedure") or ORDINARY[Kind(data["kind"])]), len(data.get("criteria", ()))
        )


def said_by(letter: LetterForm, contents: list[ContentForm]) -> list[Said]:
    """What the letter raises. Its photos and papers go with the part that denounces, where there is one: there they are
    sealed, handwriting and all; else with the first part.
    """
    given, photos = [each for each in contents if not each.is_empty], letter.photos_sent()
    sealed = next((each for each in given if each.cleaned_data["kind"] == Kind.DENUNCIATION), None)
    bearer = sealed or (given[0] if given else None)
    return [each.said(letter, photos if each is bearer else ()) for each in given]


def contents_of(data: Any, *, most: int, at: datetime, unit_id: UUID | None) -> list[ContentForm]:
    """As many contents as the page shows, at least one and at most as many as a letter may have."""
    shown = max(1, min(most, MOST_CONTENTS))
    return [ContentForm(data, number=number, at=at, unit_id=unit_id) for number in range(1, shown + 1)]


class RegisterFilterForm(forms.Form):
    """What narrows the register, as it stands in the address."""

    unmarked = True

    kind = forms.ChoiceField(label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *Kind.choices])
    flaw = forms.ChoiceField(
        label=_("Điều kiện xử lý"),
        required=False,
        choices=[("", _("Mọi đơn")), ("good", _("Đủ điều kiện")), ("flawed", _("Không đủ điều kiện")), *Flaw.choices],
    )
    year = forms.IntegerField(
        label=_("Năm"), required=False, min_value=1990, max_value=2200,
        widget=forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    unsorted = forms.BooleanField(label=_("Chưa phân loại, xử lý xong"), required=False)
