"""Sentences bound to figures. Every number in them comes from the sheet; what did not happen is said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from danvan.reports.content import Content
from danvan.reports.kinds import Scope
from danvan.rules.numbers import percent, write


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Figures of one group of a sheet, written out. A figure the sheet lacks reads as nothing at all."""

    content: Content
    group: str

    def number(self, name: str) -> str:
        figure = self.content.figure(f"{self.group}.{name}")
        return "" if figure is None else write(figure)

    def value(self, name: str) -> int:
        figure = self.content.figure(f"{self.group}.{name}")
        return int(figure or 0)

    def of(self, part: str, whole: str, thing: str, rate: str) -> str:
        """`290/312 việc, đạt 92,95%`."""
        share = self.content.figure(f"{self.group}.{rate}")
        reached = f", đạt {percent(Decimal(share))}" if share is not None else ""
        return f"{self.number(part)}/{self.number(whole)} {thing}{reached}"


def sections(content: Content) -> list[Section]:
    return [
        Section("Buổi lắng nghe ý kiến Nhân dân", tuple(_meetings(Told(content, "meetings")))),
        Section("Ý kiến đóng góp", tuple(_flow(Told(content, "opinions"), "ý kiến", "ý kiến đóng góp"))),
        Section("Tiếp công dân", tuple(_receptions(Told(content, "receptions")))),
        Section("Phản ánh, kiến nghị, khiếu nại, tố cáo", tuple(_petitions(Told(content, "petitions")))),
        Section(
            "Xem lại khi người dân chưa đồng ý", tuple(_flow(Told(content, "reviews"), "việc", "việc nào phải xem lại"))
        ),
    ]


def opening(content: Content) -> str:
    span = f"từ ngày {content.period.start:%d/%m/%Y} đến hết ngày {content.period.last_day:%d/%m/%Y}"
    subject = content.abstract[0].lower() + content.abstract[1:]
    who = content.issuer.name
    return f"{who} báo cáo {subject}, số liệu tính {span}, như sau:"


def completeness(content: Content) -> str:
    """How much of the whole the figures cover; a roll-up never hides who is missing."""
    found = content.completeness
    if content.scope != Scope.SUBTREE or found is None or not found.due:
        return ""
    if found.is_complete:
        return f"Số liệu tổng hợp từ biểu đã ký của đủ {found.signed}/{found.due} đơn vị trực thuộc."
    missing = len(found.missing)
    names = ", ".join(found.missing)
    return (
        f"Đã tổng hợp biểu đã ký của {found.signed}/{found.due} đơn vị trực thuộc; chưa tổng hợp được "
        f"{missing}/{found.due} đơn vị ({names}), số của các đơn vị này là số tạm tính theo sổ theo dõi."
    )


def _meetings(told: Told) -> Iterator[str]:
    if not told.value("held"):
        yield "Trong kỳ không tổ chức buổi lắng nghe ý kiến Nhân dân."
        return
    head = (
        f"Đã tổ chức {told.number('held')} buổi lắng nghe ý kiến Nhân dân với {told.number('attendance')} lượt người dự"
    )
    if not told.value("opinions"):
        yield f"{head}; không ghi nhận ý kiến nào."
        return
    at_once = told.of("on-the-spot", "opinions", "ý kiến", "on-the-spot-rate")
    yield f"{head}; ghi nhận {told.number('opinions')} ý kiến. Trả lời ngay tại buổi {at_once}."


def _flow(told: Told, thing: str, nothing: str) -> Iterator[str]:
    if not any(told.value(name) for name in ("carried", "received", "handed-in")):
        yield f"Trong kỳ không có {nothing}."
        return
    yield (
        f"Kỳ trước chuyển sang {told.number('carried')} {thing}; tiếp nhận trong kỳ {told.number('received')} {thing}"
        f"{_moved(told, thing)}; tổng số phải giải quyết {told.number('to-resolve')} {thing}."
    )
    answered = told.of("answered", "to-resolve", thing, "answered-rate")
    yield f"Đã trả lời {answered}{_timely(told, thing)}{_left(told, thing)}."
    if told.value("judged"):
        yield _judged(told, thing)


def _moved(told: Told, thing: str) -> str:
    parts = [
        f"; {words} {told.number(name)} {thing}"
        for name, words in (("handed-in", "nhận từ đơn vị khác chuyển đến"), ("handed-out", "chuyển đơn vị khác"))
        if told.value(name)
    ]
    return "".join(parts)


def _timely(told: Told, thing: str) -> str:
    if not told.value("answered"):
        return ""
    late = f", quá hạn {told.number('late')} {thing}" if told.value("late") else ""
    return f"; trả lời đúng hạn {told.of('on-time', 'answered', thing, 'on-time-rate')}{late}"


def _left(told: Told, thing: str) -> str:
    dropped = f"; người gửi rút hoặc hủy {told.number('dropped')} {thing}" if told.value("dropped") else ""
    return f"{dropped}; còn {told.number('unresolved')} {thing} chuyển kỳ sau"


def _judged(told: Told, thing: str) -> str:
    agreed = told.of("agreed", "judged", thing, "agreed-rate")
    return (
        f"Người nêu đã cho ý kiến về {told.number('judged')} {thing} được trả lời: đồng ý {agreed}; "
        f"chưa đồng ý {told.number('disputed')} {thing}."
    )


KINDS = {
    "reflection": "phản ánh",
    "recommendation": "kiến nghị",
    "complaint": "khiếu nại",
    "denunciation": "tố cáo",
}
"""Denunciations are told where the sheet counted them: sheets sealed earlier did not."""


def _petitions(told: Told) -> Iterator[str]:
    yield from _flow(told, "việc", "phản ánh, kiến nghị, khiếu nại, tố cáo")
    if told.value("received"):
        parts = [f"{told.number(kind)} {word}" for kind, word in KINDS.items() if told.number(kind)]
        yield f"Trong {told.number('received')} việc tiếp nhận có {', '.join(parts[:-1])} và {parts[-1]}."


def _receptions(told: Told) -> Iterator[str]:
    if not told.value("sessions"):
        yield "Trong kỳ không có buổi tiếp công dân nào."
        return
    led = f", trong đó người đứng đầu tiếp {told.number('led-by-head')} buổi" if told.value("led-by-head") else ""
    groups = f" (có {told.number('groups')} đoàn đông người)" if told.value("groups") else ""
    yield (
        f"Đã tổ chức {told.number('sessions')} buổi tiếp công dân{led}; tiếp {told.number('turns')} lượt"
        f"{groups}, {told.number('persons')} người về {told.number('cases')} vụ việc."
    )
