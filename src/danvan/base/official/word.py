"""The paper as a Word file: the same paper always gives the same bytes."""

import io
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from danvan.base.official.paper import TO_FILL_IN, Annex, Basis, Centred, Heading, Paper, Signature, Table
from danvan.base.official.wordml import (
    draw_line_above,
    keep_on_one_page,
    put_page_number,
    repeat_on_every_page,
    restart_page_numbers,
    set_cell_margins,
    without_clock,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LEFT_SHARE = 0.41
"""Of the text width, what the box of the issuing body takes; the national heading needs the rest."""
EM_CAPITAL, EM_SMALL = 0.615, 0.453
"""Average width of a bold letter in ems, measured on the heading itself; for the length of the rules under lines."""
ISSUER_RULE = 0.42
"""Between a third and a half of the line above it."""
EMU_PER_POINT = 12_700
NO_BREAK_SPACE = "\u00a0"
"""Keeps an empty cell as low as its row."""
SIGNATURE_ROOM = 66
"""Points left for the signature and the seal."""


def as_docx(paper: Paper) -> bytes:
    """The whole paper; needs `python-docx`, loaded here because it is slow."""
    import docx

    document = docx.Document()
    _properties(document, paper)
    _page(document.sections[0], paper, restart=False)
    _head(document, paper)
    _title(document, paper)
    _addressees(document, paper)
    _body(document, paper)
    _foot(document, paper)
    for annex in paper.annexes:
        _annex(document, paper, annex)
    made = io.BytesIO()
    document.save(made)
    return without_clock(made.getvalue())


def _properties(document: "Document", paper: Paper) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    about, day = document.core_properties, datetime.combine(paper.issued_on, time())
    about.title, about.author, about.language = paper.title, paper.issuer_name, "vi-VN"
    about.created = about.modified = day
    about.revision, about.comments, about.last_modified_by = 1, "", ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = paper.form.font, Pt(paper.form.size["body"])
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), paper.form.font)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(0), 1.0


def _page(section: Any, paper: Paper, *, restart: bool) -> None:
    """A4 upright, the margins of the form, and the page number centred in the top margin from page 2 on."""
    from docx.shared import Mm

    page = paper.form.page
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.header_distance = section.footer_distance = Mm(page["header"])
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    if restart:
        restart_page_numbers(section)
    number = section.header.paragraphs[0]
    _align(number, "center")
    put_page_number(number, paper.form.size["page_number"])


def _head(document: "Document", paper: Paper) -> None:
    from docx.shared import Pt

    left, right = _two_columns(document, paper)
    form, size = paper.form, paper.form.size
    if paper.superior:
        _line(left, paper.superior, size["superior"])
    for line in paper.issuer:
        _line(left, line, size["issuer"], bold=True)
    _rule(left, ISSUER_RULE * _width(paper.issuer[-1], size["issuer"]))
    _line(right, form.national, size["national"], bold=True)
    _line(right, form.motto, size["motto"], bold=True)
    _rule(right, _width(form.motto, size["motto"]))
    left, right = _next_row(left)
    _line(left, paper.number, size["number"])
    _line(right, paper.place, size["place"], italic=True)
    if paper.is_draft:
        _line(left, form.draft, size["number"], bold=True)
    if not paper.kind_title:
        _line(left, f"{form.subject} {paper.subject}", size["subject"]).paragraph_format.space_before = Pt(6)


def _two_columns(document: "Document", paper: Paper, share: float = LEFT_SHARE) -> tuple["_Cell", "_Cell"]:
    from docx.shared import Mm

    page = paper.form.page
    width = page["width"] - page["left"] - page["right"]
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    set_cell_margins(table, 0)
    for column, part in zip(table.columns, (share, 1 - share), strict=True):
        column.width = Mm(width * part)
        for cell in column.cells:
            cell.width = Mm(width * part)
    return table.cell(0, 0), table.cell(0, 1)


def _next_row(cell: "_Cell") -> tuple["_Cell", "_Cell"]:
    from docx.shared import Pt

    table: Any = cell._parent  # noqa: SLF001 -- the way from a cell to its table
    row = table.add_row()
    for new, old in zip(row.cells, table.rows[0].cells, strict=True):
        new.width = old.width
        new.paragraphs[0].paragraph_format.space_before = Pt(6)
    return row.cells[0], row.cells[1]


def _line(
    cell: "_Cell", text: str, size: float, *, bold: bool = False, italic: bool = False, align: str = "center"
) -> "Paragraph":
    """One more line in a box; the empty paragraph every new cell begins with is used first."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()
    _run(paragraph, text, size, bold=bold, italic=italic)
    _align(paragraph, align)
    return paragraph


def _run(paragraph: "Paragraph", text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _align(paragraph: "Paragraph", side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())


def _width(text: str, size: float) -> float:
    """How long a bold line is in points, near enough for a rule under it."""
    return len(text) * size * (EM_CAPITAL if text.isupper() else EM_SMALL)


def _rule(box: Any, length: float) -> None:
    """A thin line of a given length in points, centred: the top border of an empty paragraph with equal indents."""
    from docx.shared import Pt

    paragraph = box.add_paragraph()
    room = (box.width.pt if box.width else 0) if hasattr(box, "width") else _text_width(box)
    _indented(paragraph, max(0.0, (room - length) / 2))
    _run(paragraph, "", 2)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(2), Pt(4)
    draw_line_above(paragraph)


def _text_width(document: "Document") -> float:
    section: Any = document.sections[-1]
    return float(section.page_width - section.left_margin - section.right_margin) / EMU_PER_POINT


def _indented(paragraph: "Paragraph", points: float) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(points)


def _title(document: "Document", paper: Paper) -> None:
    """The kind of paper and what it is about; a letter has neither."""
    size = paper.form.size
    if not paper.kind_title:
        return
    _centred(document, paper.kind_title, size["kind"], before=18)
    for line in paper.abstract:
        _centred(document, line, size["abstract"])
    if paper.abstract:
        _rule(document, ISSUER_RULE * min(_width(paper.abstract[0], size["abstract"]), _text_width(document)))


def _centred(document: "Document", text: str, size: float, *, before: float = 0) -> "Paragraph":
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _run(paragraph, text, size, bold=True)
    _align(paragraph, "center")
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _addressees(document: "Document", paper: Paper) -> None:
    """One stands on the line; several in a list under it. Then whose decision it is."""
    from docx.shared import Mm, Pt

    many = len(paper.addressees) > 1
    lines = [f"{paper.form.addressed}:"] if many else [f"{paper.form.addressed}: {each}" for each in paper.addressees]
    if many:
        lines += [f"- {each};" for each in paper.addressees[:-1]] + [f"- {paper.addressees[-1]}."]
    for number, line in enumerate(lines, 1):
        paragraph = document.add_paragraph()
        _run(paragraph, line, paper.form.size["body"])
        _align(paragraph, "left" if many else "center")
        look = paragraph.paragraph_format
        look.space_before, look.space_after = Pt(12 if number == 1 else 3), Pt(12 if number == len(lines) else 0)
        if many:
            look.left_indent = Mm(34 if number == 1 else 40)
    if paper.authority:
        _centred(document, paper.authority, paper.form.size["authority"], before=12).paragraph_format.space_after = Pt(
            6
        )


def _body(document: "Document", paper: Paper) -> None:
    for part in paper.body:
        if isinstance(part, Heading):
            _paragraph(document, paper, part.text, bold=True).paragraph_format.keep_with_next = True
        elif isinstance(part, Basis):
            _paragraph(document, paper, part.text, italic=True)
        elif isinstance(part, Centred):
            made = _centred(document, part.text, paper.form.size["body"], before=paper.form.body["before"])
            made.paragraph_format.keep_with_next = True
        elif isinstance(part, Table):
            _gap(document, 8)
            _table(document, part, paper.form.size["table"])
        else:
            _paragraph(document, paper, part)
    if paper.is_kept_with_signature:
        document.paragraphs[-1].paragraph_format.keep_with_next = True


def _paragraph(
    document: "Document", paper: Paper, text: str, *, bold: bool = False, italic: bool = False
) -> "Paragraph":
    from docx.shared import Mm, Pt

    rules, paragraph = paper.form.body, document.add_paragraph()
    if text.endswith(TO_FILL_IN):
        _leader(paragraph, paper)
    _run(paragraph, text, paper.form.size["body"], bold=bold, italic=italic)
    _align(paragraph, "justify")
    spacing = paragraph.paragraph_format
    spacing.first_line_indent, spacing.space_before = Mm(rules["indent"]), Pt(rules["before"])
    spacing.line_spacing = rules["line"]
    return paragraph


def _leader(paragraph: "Paragraph", paper: Paper) -> None:
    """Dots up to the right margin, to write on."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm

    page = paper.form.page
    width = Mm(page["width"] - page["left"] - page["right"])
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _foot(document: "Document", paper: Paper) -> None:
    """Recipients on the left, the signer on the right, level with each other; or all who sign, then recipients."""
    _gap(document, 12).paragraph_format.keep_with_next = paper.is_kept_with_signature or None
    if paper.signatures:
        left, right = _two_columns(document, paper, share=0.5)
        for number, each in enumerate(paper.signatures):
            if number and not number % 2:
                left, right = _next_row(left)
            _signed(right if number % 2 else left, paper, each)
        _kept(left)
        _recipients(document.add_paragraph(), document.add_paragraph, paper)
        return
    left, right = _two_columns(document, paper, share=0.5)
    _recipients(left.paragraphs[0], left.add_paragraph, paper)
    for line in paper.signer:
        _line(right, line, paper.form.size["signer"], bold=True).paragraph_format.keep_with_next = True
    _name(right, paper, paper.signer_name)
    _kept(left)


def _signed(cell: "_Cell", paper: Paper, signature: Signature) -> None:
    size = paper.form.size
    _line(cell, signature.title.upper(), size["signer"], bold=True).paragraph_format.keep_with_next = True
    _line(cell, "(Chữ ký, họ và tên)", size["number"], italic=True).paragraph_format.keep_with_next = True
    _name(cell, paper, signature.name)


def _name(cell: "_Cell", paper: Paper, name: str) -> None:
    from docx.shared import Pt

    _line(cell, name, paper.form.size["signer"], bold=True).paragraph_format.space_before = Pt(SIGNATURE_ROOM)


def _kept(cell: "_Cell") -> None:
    table: Any = cell._parent  # noqa: SLF001 -- the way from a cell to its table
    for row in table.rows:
        keep_on_one_page(row)


def _recipients(first: "Paragraph", another: Callable[[], "Paragraph"], paper: Paper) -> None:
    size = paper.form.size
    if not paper.recipients:
        return
    _run(first, paper.form.recipients, size["recipients_head"], bold=True, italic=True)
    _align(first, "left")
    for number, recipient in enumerate(paper.recipients, 1):
        paragraph = another()
        _run(paragraph, f"- {recipient}{'.' if number == len(paper.recipients) else ';'}", size["recipients"])
        _align(paragraph, "left")


def _gap(document: "Document", points: float) -> "Paragraph":
    from docx.shared import Pt

    paragraph: Paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph


def _annex(document: "Document", paper: Paper, annex: Annex) -> None:
    """On a page of its own, with pages numbered anew."""
    from docx.shared import Pt

    _page(document.add_section(), paper, restart=True)
    size = paper.form.size
    titles = ((annex.heading, size["annex"], True), (annex.title, size["annex"], True),
              (annex.reference(paper), size["annex_note"], False))  # fmt: skip
    for text, points, is_title in titles:
        paragraph = document.add_paragraph()
        _run(paragraph, text, points, bold=is_title, italic=not is_title)
        _align(paragraph, "center")
    _gap(document, 8)
    _table(document, annex.table, size["table"])
    for note in annex.notes:
        paragraph = document.add_paragraph()
        _run(paragraph, note, size["table"], italic=True)
        _align(paragraph, "justify")
        paragraph.paragraph_format.space_before = Pt(4)


def _table(document: "Document", held: Table, size: float) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(held.columns))
    table.style, table.autofit = "Table Grid", False
    set_cell_margins(table, 3)
    for column, cell in zip(held.columns, table.rows[0].cells, strict=True):
        _line(cell, column.title, size, bold=True)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    repeat_on_every_page(table.rows[0])
    for line in held.lines:
        row = table.add_row()
        keep_on_one_page(row)
        sides = ["right" if c.number else "center" if i == 0 else "left" for i, c in enumerate(held.columns)]
        for cell, text, side in zip(row.cells, line.cells, sides, strict=True):
            for each in (text or NO_BREAK_SPACE).split("\n"):
                _line(cell, each, size, bold=line.is_group or line.is_total, align=side)
    for column, sized in zip(held.columns, table.columns, strict=True):
        sized.width = Mm(column.width)
        for cell in sized.cells:
            cell.width = Mm(column.width)
