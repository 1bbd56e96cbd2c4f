"""The minutes of a listening meeting as a Word file, to be signed by hand (biên bản, Nghị định 30/2020/NĐ-CP)."""

from danvan.base.word import Word, dated_place
from danvan.matters.queries.minutes import MinuteLine, Minutes
from danvan.rules.numbers import write

ROOM = "……"
"""What people fill in by hand."""
ILLUSTRATION = "Minh họa: nội dung do phần mềm tạo ra, không phải lời của ai."
COLUMNS = (("STT", 12), ("Nội dung ý kiến", 67), ("Lĩnh vực; tổ, ấp", 34), ("Trả lời tại chỗ hoặc cơ quan trả lời", 52))


def minutes_docx(minutes: Minutes) -> bytes:
    meeting, issuer = minutes.meeting, minutes.issuer
    word = Word(f"Biên bản {meeting.title}")
    word.letterhead(
        issuer=issuer.name,
        superior=issuer.superior,
        number=f"Số: {ROOM}/BB-{issuer.symbol}" if issuer.symbol else f"Số: {ROOM}/BB",
        place_and_day=dated_place(minutes.place, meeting.held_on),
    )
    word.heading("Biên bản", [meeting.title])
    if meeting.is_illustration:
        word.paragraph(ILLUSTRATION, bold=True)
    for line in _circumstances(minutes):
        word.paragraph(line)
    word.paragraph("I. Ý KIẾN CỦA NGƯỜI DÂN", bold=True)
    word.paragraph(_summary(minutes))
    if minutes.lines:
        word.table(COLUMNS, [_row(line) for line in minutes.lines])
    word.paragraph("II. KẾT LUẬN", bold=True)
    for line in meeting.conclusion.splitlines() or ["…" * 60, "…" * 60]:
        word.paragraph(line)
    word.paragraph(
        f"Hội nghị kết thúc vào hồi {ROOM} giờ {ROOM} phút cùng ngày. Biên bản đã được đọc lại để người dự cùng nghe./."
    )
    word.signers("Người ghi biên bản", "Chủ trì")
    word.recipients(["Cơ quan được giao trả lời", "Lưu: VT, hồ sơ hội nghị"])
    return word.saved()


def _circumstances(minutes: Minutes) -> list[str]:
    meeting = minutes.meeting
    began = f"{meeting.began:%H giờ %M phút}" if meeting.began else f"{ROOM} giờ {ROOM} phút"
    people = f"{write(meeting.attendance)} người" if meeting.attendance else f"{ROOM} người"
    return [
        f"Thời gian bắt đầu: {began}, ngày {meeting.held_on:%d/%m/%Y}.",
        f"Địa điểm: {meeting.place}, {minutes.place}.",
        f"Số người dự: {people}.",
        f"Chủ trì: {meeting.chair or ROOM}.",
        f"Người ghi biên bản: {ROOM * 8}",
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


def _row(line: MinuteLine) -> list[str]:
    due = f"Trả lời trước hết ngày {line.due:%d/%m/%Y}." if line.due and not line.answer else ""
    reply = line.answer or "\n".join(part for part in (line.unit, due) if part)
    return [str(line.number), line.content, "\n".join(part for part in (line.field, line.hamlet) if part), reply]
