"""The official report of a sheet: every box of the form with its words."""

from datetime import date
from decimal import Decimal

from danvan.base.official import Annex, Column, Form, Heading, Line, Paper, dated_place, form_for
from danvan.reports.actions.papers import Head
from danvan.reports.content import Child, Content
from danvan.reports.documents.sentences import completeness, opening, sections
from danvan.reports.indicators import Figure
from danvan.reports.kinds import SIGNED, Authority, Scope, Standing
from danvan.reports.models import OfficialReport
from danvan.rules.numbers import percent, write
from danvan.rules.periods import Period

UNKNOWN = "–"
KIND, SYMBOL = "BÁO CÁO", "BC"


def paper_of(content: Content, head: Head, *, is_draft: bool) -> Paper:
    """The paper of a sheet under a head; the form is the one in force on the day of issue."""
    form = form_for(content.issuer.tree, head.issued_on)
    annexes = _annexes(content, form)
    superior, issuer = form.letterhead(content.issuer.name, content.issuer.superior)
    return Paper(
        form=form,
        is_draft=is_draft,
        superior=superior,
        issuer=issuer,
        issuer_name=content.issuer.name,
        number=form.numbered(head.number, head.symbol),
        place=dated_place(head.place, head.issued_on),
        kind_title=KIND,
        abstract=(content.abstract, _named(content.period)),
        addressees=(head.addressee,) if head.addressee else (),
        body=_body(content, head, form, len(annexes)),
        signer=_signer_lines(head),
        signer_name=head.signer_name,
        recipients=tuple(line.strip(" -;.") for line in head.recipients.splitlines() if line.strip(" -;.")),
        annexes=annexes,
        issued_on=head.issued_on,
    )


def _named(period: Period) -> str:
    """`Tháng 11 năm 2026`; the days stand in the first sentence."""
    name = period.label.partition(" (")[0].replace("/", " năm ")
    return name[0].upper() + name[1:]


def head_of(report: OfficialReport) -> Head:
    return Head(
        number=report.number, symbol=report.symbol, place=report.place, issued_on=report.issued_on,
        signer_title=report.signer_title, signer_name=report.signer_name, recipients=report.recipients,
        addressee=report.addressee, authority=Authority(report.authority), on_behalf_of=report.on_behalf_of,
        assessment=report.assessment, next_steps=report.next_steps,
    )  # fmt: skip


def usual_head(content: Content, on: date) -> Head:
    """What a paper of this unit usually carries; people change it before it goes out."""
    form = form_for(content.issuer.tree, on)
    body = form.body_of(content.issuer.name)
    title = content.signed.title if content.signed else ""
    upward = content.issuer.superior
    return Head(
        number="",
        symbol=f"{SYMBOL}-{content.issuer.symbol or 'UBND'}",
        place=content.issuer.place,
        issued_on=on,
        signer_title=_office(title) if body else title,
        signer_name=content.signed.name if content.signed else "",
        recipients="\n".join(["Như trên;" if upward else "Các đơn vị trực thuộc;", "Lưu: VT."]),
        addressee=upward,
        authority=Authority.BODY if body else Authority.NONE,
        on_behalf_of=body,
    )


def _office(title: str) -> str:
    """`Chủ tịch UBND xã Bình An` signs as `Chủ tịch` under `TM. ỦY BAN NHÂN DÂN`."""
    for stop in (" UBND", " Ủy ban nhân dân", " HĐND", " Hội đồng nhân dân"):
        title = title.partition(stop)[0]
    return title


def _signer_lines(head: Head) -> tuple[str, ...]:
    titles = [line.strip().upper() for line in head.signer_title.splitlines() if line.strip()]
    if head.authority == Authority.BODY:
        return (f"TM. {head.on_behalf_of}".strip().upper(), *titles)
    if head.authority == Authority.NONE:
        return tuple(titles)
    return (f"{head.authority} {head.on_behalf_of}".strip().upper(), *titles)


def _body(content: Content, head: Head, form: Form, annexes: int) -> tuple[Heading | str, ...]:
    parts: list[Heading | str] = [opening(content)]
    if words := completeness(content):
        parts.append(words)
    parts.append(Heading("I. KẾT QUẢ", 1))
    for number, section in enumerate(sections(content), 1):
        parts += [Heading(f"{number}. {section.title}", 2), *section.paragraphs]
    chapters = [("ĐÁNH GIÁ CHUNG", head.assessment), ("NHIỆM VỤ TRONG THỜI GIAN TỚI", head.next_steps)]
    told = [(title, text) for title, text in chapters if text.strip()]
    for number, (title, text) in enumerate(told, 2):
        parts += [Heading(f"{'I' * number}. {title}", 1), *(line.strip() for line in text.splitlines() if line.strip())]
    listed = "Phụ lục kèm theo" if annexes == 1 else f"{annexes} Phụ lục kèm theo"
    return (*parts, f"Trên đây là báo cáo của {content.issuer.name} ({listed}){form.ends_with}")


def _annexes(content: Content, form: Form) -> tuple[Annex, ...]:
    found = [_figures(content)]
    if content.scope == Scope.SUBTREE and content.children:
        found.append(_children(content))
    if len(found) == 1:
        return (Annex(form.annex, *found[0]),)
    return tuple(Annex(f"{form.annex} {'I' * number}", *parts) for number, parts in enumerate(found, 1))


Parts = tuple[str, tuple[Column, ...], tuple[Line, ...], tuple[str, ...]]


def _figures(content: Content) -> Parts:
    columns = (
        Column("STT", 12),
        Column("Chỉ tiêu", 103),
        Column("Đơn vị tính", 25),
        Column("Số liệu", 25, number=True),
    )
    lines: list[Line] = []
    number = 0
    for group in content.groups:
        lines.append(Line(("", group.title, "", ""), is_group=True))
        for indicator in group.indicators:
            number += 1
            figure = shown(content.figure(indicator.key), is_rate=indicator.is_rate)
            lines.append(Line((str(number), indicator.title, indicator.unit, figure)))
    notes = [f"Giải trình: {remark.sentence} {remark.answer} ({remark.answered_by})."
             for remark in content.remarks if remark.answer]  # fmt: skip
    if content.signed:
        notes.append(f"Số liệu theo biểu {content.regime} kỳ {content.period.code}, bản {content.version}, mã kiểm tra "
                     f"{content.digest[:16]}.")  # fmt: skip
    return "SỐ LIỆU CHI TIẾT", columns, tuple(lines), tuple(notes)


OF_CHILDREN = (
    ("Số buổi lắng nghe", "meetings.held"),
    ("Ý kiến tiếp nhận", "opinions.received"),
    ("Ý kiến đã trả lời", "opinions.answered"),
    ("Việc phải giải quyết", "petitions.to-resolve"),
    ("Việc đã trả lời", "petitions.answered"),
    ("Việc trả lời đúng hạn", "petitions.on-time"),
    ("Tỷ lệ đúng hạn", "petitions.on-time-rate"),
)


def _children(content: Content) -> Parts:
    counts = [Column(title, 19 if _rate(content, key) else 15, number=True) for title, key in OF_CHILDREN]
    columns = (Column("STT", 11), Column("Đơn vị", 45), *counts)
    lines = [
        Line((str(i), _marked(child), *_figures_of(content, child))) for i, child in enumerate(content.children, 1)
    ]
    total = Line(("", "Tổng cộng", *(shown(content.figure(key), is_rate=_rate(content, key))
                                      for _t, key in OF_CHILDREN)), is_total=True)  # fmt: skip
    notes = ("(*) Đơn vị chưa ký biểu: số tạm tính theo sổ theo dõi.",) if any(
        _is_tentative(child) for child in content.children) else ()  # fmt: skip
    return "SỐ LIỆU THEO ĐƠN VỊ", columns, (*lines, total), notes


def _figures_of(content: Content, child: Child) -> tuple[str, ...]:
    return tuple(shown(content.figure_of(child, key), is_rate=_rate(content, key)) for _title, key in OF_CHILDREN)


def _rate(content: Content, key: str) -> bool:
    return content.dictionary[key].is_rate


def _is_tentative(child: Child) -> bool:
    return child.standing not in {*SIGNED, Standing.NOT_ASKED}


def _marked(child: Child) -> str:
    return f"{child.name} (*)" if _is_tentative(child) else child.name


def shown(figure: Figure, *, is_rate: bool) -> str:
    """A figure as a paper writes it; what is not known is a dash, never a zero."""
    if figure is None:
        return UNKNOWN
    return percent(Decimal(figure)) if is_rate else write(figure)
