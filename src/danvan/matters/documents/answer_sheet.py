"""The answer sheet for the next meeting: what became of everything that was said at the last one."""

from datetime import date

from danvan.base.official import Column, Heading, Line, Paper, Part, Table
from danvan.matters.documents.minutes import ILLUSTRATION, plain_paper
from danvan.matters.queries.minutes import AnswerLine, AnswerSheet
from danvan.rules.numbers import write

TITLE = "PHIẾU TRẢ LỜI"
COLUMNS = (Column("STT", 12), Column("Nội dung ý kiến", 60), Column("Tình trạng", 42), Column("Trả lời", 51))


def answer_paper(sheet: AnswerSheet) -> Paper:
    held = sheet.meeting
    about = f"Các ý kiến tại buổi “{held.title}” ngày {held.held_on:%d/%m/%Y}" if held else NOTHING_BEFORE
    return plain_paper(
        sheet.issuer, sheet.on, sheet.place, kind_title=TITLE, abstract=(about,), body=_body(sheet) if held else ()
    )


NOTHING_BEFORE = "Chưa có buổi lắng nghe nào trước đó"


def _body(sheet: AnswerSheet) -> tuple[Part, ...]:
    answered = (
        f"Đã trả lời {write(sheet.answered)}/{write(len(sheet.lines))} ý kiến, tính đến ngày {sheet.on:%d/%m/%Y}."
    )
    return (
        *((Heading(ILLUSTRATION),) if sheet.meeting and sheet.meeting.is_illustration else ()),
        f"Đã trả lời {answered}.",
        _table([_row(line, sheet.on) for line in sheet.lines]),
        *((Heading("Ý kiến của các buổi trước đó chưa được trả lời"),
           _table([_row(line, sheet.on, with_day=True) for line in sheet.debts])) if sheet.debts else ()),
    )  # fmt: skip


def _table(rows: list[tuple[str, ...]]) -> Table:
    return Table(COLUMNS, tuple(Line(row) for row in rows))


def _until(line: AnswerLine, on: date) -> str:
    if line.due is None:
        return ""
    late = (on - line.due).days
    return f"trễ {late} ngày (hạn {line.due:%d/%m/%Y})" if late > 0 else f"hạn {line.due:%d/%m/%Y}"


def _row(line: AnswerLine, on: date, *, with_day: bool = False) -> tuple[str, ...]:
    where = ", ".join(
        part for part in (line.hamlet, f"buổi ngày {line.meeting.held_on:%d/%m/%Y}" if with_day else "") if part
    )
    content = f"{line.content}\n({where})" if where else line.content
    if line.is_open:
        standing = "\n".join(part for part in (line.state, line.holder, _until(line, on)) if part)
        return str(line.number), content, standing, ""
    answered = f"ngày {line.answered_on:%d/%m/%Y}" if line.answered_on else ""
    return str(line.number), content, "\n".join(p for p in ("đã trả lời", line.holder, answered) if p), line.answer
