"""The answer sheet for the next meeting as a Word file: what became of everything that was said at the last one."""

from datetime import date

from danvan.base.word import Word, dated_place
from danvan.matters.documents.minutes import ILLUSTRATION
from danvan.matters.queries.minutes import AnswerLine, AnswerSheet
from danvan.rules.numbers import write

COLUMNS = (("STT", 12), ("Nội dung ý kiến", 60), ("Tình trạng", 42), ("Trả lời", 51))


def answer_sheet_docx(sheet: AnswerSheet) -> bytes:
    word = Word("Phiếu trả lời ý kiến")
    word.letterhead(
        issuer=sheet.issuer.name,
        superior=sheet.issuer.superior,
        number="",
        place_and_day=dated_place(sheet.place, sheet.on),
    )
    if sheet.meeting is None:
        word.heading("Phiếu trả lời", ["Chưa có buổi lắng nghe nào trước đó"])
        return word.saved()
    held = sheet.meeting
    word.heading("Phiếu trả lời", [f"Các ý kiến tại buổi “{held.title}” ngày {held.held_on:%d/%m/%Y}"])
    if held.is_illustration:
        word.paragraph(ILLUSTRATION, bold=True)
    word.paragraph(
        f"Đã trả lời {write(sheet.answered)}/{write(len(sheet.lines))} ý kiến, tính đến ngày {sheet.on:%d/%m/%Y}."
    )
    word.table(COLUMNS, [_row(line, sheet.on) for line in sheet.lines])
    if sheet.debts:
        word.paragraph("Ý kiến của các buổi trước đó chưa được trả lời", bold=True)
        word.table(COLUMNS, [_row(line, sheet.on, with_day=True) for line in sheet.debts])
    return word.saved()


def _until(line: AnswerLine, on: date) -> str:
    if line.due is None:
        return ""
    late = (on - line.due).days
    return f"trễ {late} ngày (hạn {line.due:%d/%m/%Y})" if late > 0 else f"hạn {line.due:%d/%m/%Y}"


def _row(line: AnswerLine, on: date, *, with_day: bool = False) -> list[str]:
    where = ", ".join(
        part for part in (line.hamlet, f"buổi ngày {line.meeting.held_on:%d/%m/%Y}" if with_day else "") if part
    )
    content = f"{line.content}\n({where})" if where else line.content
    if line.is_open:
        standing = "\n".join(part for part in (line.state, line.holder, _until(line, on)) if part)
        return [str(line.number), content, standing, ""]
    answered = f"ngày {line.answered_on:%d/%m/%Y}" if line.answered_on else ""
    return [str(line.number), content, "\n".join(p for p in ("đã trả lời", line.holder, answered) if p), line.answer]
