"""The minutes of a listening meeting, to be signed by hand (biên bản, Nghị định 30/2020/NĐ-CP)."""

from datetime import date

from danvan.base.official import (
    TO_FILL_IN,
    Column,
    Heading,
    Line,
    Paper,
    Part,
    Signature,
    Table,
    dated_place,
    nearest_form,
    proper_name,
)
from danvan.matters.queries.minutes import Issuer, MinuteLine, Minutes
from danvan.rules.numbers import write

ROOM = "……"
"""What people fill in by hand."""
ILLUSTRATION = "Minh họa: nội dung do phần mềm tạo ra, không phải lời của ai."
ENDED = f"Hội nghị kết thúc vào hồi {ROOM} giờ {ROOM} phút cùng ngày. Biên bản đã được đọc lại để người dự cùng nghe./."
COLUMNS = (
    Column("STT", 12),
    Column("Nội dung ý kiến", 67),
    Column("Lĩnh vực; tổ, ấp", 34),
    Column("Trả lời tại chỗ hoặc cơ quan trả lời", 52),
)


def minutes_paper(minutes: Minutes) -> Paper:
    meeting = minutes.meeting
    listed = (Table(COLUMNS, tuple(Line(_row(line)) for line in minutes.lines)),) if minutes.lines else ()
    body: list[Part] = [
        *((Heading(ILLUSTRATION),) if meeting.is_illustration else ()),
        *_circumstances(minutes),
        Heading("I. Ý KIẾN CỦA NGƯỜI DÂN"),
        _summary(minutes),
        *listed,
        Heading("II. KẾT LUẬN"),
        *(meeting.conclusion.splitlines() or [TO_FILL_IN, TO_FILL_IN]),
        ENDED,
    ]
    return plain_paper(
        minutes.issuer,
        meeting.held_on,
        minutes.place,
        kind_title="BIÊN BẢN",
        symbol="BB",
        abstract=(meeting.title,),
        body=tuple(body),
        signatures=(Signature("Người ghi biên bản"), Signature("Chủ trì")),
        recipients=("Cơ quan được giao trả lời", "Lưu: VT, hồ sơ hội nghị"),
    )


def plain_paper(
    issuer: Issuer, on: date, place: str, *, kind_title: str, abstract: tuple[str, ...], body: tuple[Part, ...],
    symbol: str = "", signatures: tuple[Signature, ...] = (), recipients: tuple[str, ...] = (),
) -> Paper:  # fmt: skip
    """A paper of a meeting, whose number is written by hand; a unit without a form of its own gets the State's."""
    form = nearest_form(issuer.tree, on)
    superior, lines = form.letterhead(issuer.name, issuer.superior)
    return Paper(
        form=form, issued_on=on, superior=superior, issuer=lines, issuer_name=issuer.name,
        number=form.numbered("", "-".join(filter(None, (symbol, issuer.symbol)))) if symbol else "",
        place=dated_place(proper_name(place), on), kind_title=kind_title, abstract=abstract, body=body,
        recipients=recipients, signatures=signatures,
    )  # fmt: skip


def _circumstances(minutes: Minutes) -> list[str]:
    meeting = minutes.meeting
    began = f"{meeting.began:%H giờ %M phút}" if meeting.began else f"{ROOM} giờ {ROOM} phút"
    people = f"{write(meeting.attendance)} người" if meeting.attendance else f"{ROOM} người"
    return [
        f"Thời gian bắt đầu: {began}, ngày {meeting.held_on:%d/%m/%Y}.",
        f"Địa điểm: {meeting.place}, {minutes.place}.",
        f"Số người dự: {people}.",
        f"Chủ trì: {meeting.chair or ROOM}.",
        f"Người ghi biên bản: {TO_FILL_IN}",
    ]


def _summary(minutes: Minutes) -> str:
    total, spot = len(minutes.lines), minutes.on_the_spot
    if not total:
        return "Không có ý kiến."
    told = f"Có {write(total)} ý kiến"
    if not spot:
        return f"{told}, được giao cơ quan trả lời như sau:"
    if spot == total:
        return f"{told}, đều được trả lời tại chỗ:"
    return f"{told}; {write(spot)} ý kiến được trả lời tại chỗ, {write(total - spot)} ý kiến được giao cơ quan trả lời:"


def _row(line: MinuteLine) -> tuple[str, ...]:
    due = f"Trả lời trước hết ngày {line.due:%d/%m/%Y}." if line.due and not line.answer else ""
    reply = line.answer or "\n".join(part for part in (line.unit, due) if part)
    return str(line.number), line.content, "\n".join(part for part in (line.field, line.hamlet) if part), reply
