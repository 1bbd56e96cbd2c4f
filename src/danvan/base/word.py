"""A Word file in the form of State papers (Nghị định 30/2020/NĐ-CP, Phụ lục I), part by part from top to bottom."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from danvan.rules.text import PLACE_PREFIXES

FONT = "Times New Roman"
NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
STANDS_ALONE = ("Ủy ban nhân dân", "Hội đồng nhân dân")
"""Bodies whose papers name none above them (Phụ lục I, mục II, khoản 2)."""
MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
TEXT_MM = 165
LEFT_MM = 68
"""Of the text width, what the box of the issuing body takes; the national heading needs the rest."""
BODY_PT, SMALL_PT, TABLE_PT = 14, 13, 12
SIGNATURE_PT = 66
"""Room for the signature and the seal."""


def dated_place(place: str, day: date) -> str:
    """`Cần Thơ, ngày 05 tháng 02 năm 2026`: a zero before days below 10 and before the months 1 and 2 only.

    `place` may be a full name (`Xã Bình An, Tỉnh Mẫu`); only the proper name of its first part is written.
    """
    place = place.partition(",")[0].strip()
    prefix = next((each for each in PLACE_PREFIXES if place.lower().startswith(f"{each} ")), "")
    place = place[len(prefix) :].strip() or "……"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"


class Word:
    """One paper; every method adds below what is there."""

    def __init__(self, title: str) -> None:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        self._document: Any = docx.Document()
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments, properties.language = title, "", "", "vi-VN"
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY_PT)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0
        page = self._document.sections[0]
        page.page_width, page.page_height, page.header_distance = Mm(210), Mm(297), Mm(10)
        for name, size in MARGINS_MM.items():
            setattr(page, name, Mm(size))
        page.different_first_page_header_footer = True
        self._number_of_page(page.header.paragraphs[0])

    def letterhead(self, *, issuer: str, superior: str, number: str, place_and_day: str) -> None:
        """The two boxes at the top: who issues, and the national heading; below them the number and the place."""
        left, right = self._row(LEFT_MM, TEXT_MM - LEFT_MM)
        body = next((name for name in STANDS_ALONE if issuer.startswith(f"{name} ")), "")
        if superior and not body:
            _line(left, superior.upper(), SMALL_PT)
        for line in (body, issuer.removeprefix(body).strip()) if body else (issuer,):
            _line(left, line.upper(), SMALL_PT, bold=True)
        _rule(left, (LEFT_MM - 25) / 2)
        _line(right, NATIONAL, SMALL_PT, bold=True)
        _line(right, MOTTO, BODY_PT, bold=True)
        _rule(right, 18)
        left, right = self._row(LEFT_MM, TEXT_MM - LEFT_MM)
        _line(left, number, SMALL_PT)
        _line(right, place_and_day, BODY_PT, italic=True)

    def heading(self, kind: str, abstract: Sequence[str]) -> None:
        """The kind of paper in capitals, what it is about, and the short rule under it."""
        _spaced(self._paragraph(kind.upper(), bold=True, side="center"), before=16)
        for line in abstract:
            self._paragraph(line, bold=True, side="center")
        _rule(self._document, 60)

    def paragraph(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of the body: justified, its first line indented 1,27 cm, 6 pt after the one above."""
        from docx.shared import Mm

        paragraph = self._paragraph(text, bold=bold, italic=italic, side="justify")
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.line_spacing = 1.15
        paragraph.paragraph_format.keep_with_next = bold
        _spaced(paragraph, before=6)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A bordered table; headings (title, millimetres) come again on each page and no row is torn apart."""
        from docx.shared import Mm, Pt

        gap = self._document.add_paragraph().paragraph_format
        gap.line_spacing, gap.keep_with_next = Pt(8), True
        table = self._document.add_table(rows=1, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        for cell, (title, _width) in zip(table.rows[0].cells, columns, strict=True):
            _line(cell, title, TABLE_PT, bold=True).paragraph_format.keep_with_next = True
        _mark(table.rows[0], "tblHeader", "cantSplit")
        for row in rows:
            added = table.add_row()
            _mark(added, "cantSplit")
            for index, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
                for line in text.split("\n"):
                    _line(cell, line, TABLE_PT, side="left" if index else "center")
        for column, (_title, width) in zip(table.columns, columns, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)

    def signers(self, left: str, right: str) -> None:
        """Two signatures side by side, never torn from each other."""
        _spaced(self._paragraph("", side="left"), before=6)
        first, second = self._row(TEXT_MM / 2, TEXT_MM / 2)
        for cell, title in ((first, left), (second, right)):
            _line(cell, title.upper(), BODY_PT, bold=True).paragraph_format.keep_with_next = True
            _line(cell, "(Chữ ký, họ và tên)", SMALL_PT, italic=True)
            _spaced(_line(cell, "", BODY_PT), before=SIGNATURE_PT)

    def recipients(self, names: Sequence[str]) -> None:
        """`Nơi nhận:` at the left, the last line ends with a full stop."""
        self._paragraph("Nơi nhận:", size=12, bold=True, italic=True, side="left")
        for number, name in enumerate(names, 1):
            self._paragraph(f"- {name}{'.' if number == len(names) else ';'}", size=11, side="left")

    def saved(self) -> bytes:
        file = BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _paragraph(
        self, text: str, *, side: str, size: float = BODY_PT, bold: bool = False, italic: bool = False
    ) -> Any:
        return _filled(self._document.add_paragraph(), text, size, bold=bold, italic=italic, side=side)

    def _row(self, *widths: float) -> list[Any]:
        from docx.shared import Mm

        table = self._document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = column.cells[0].width = Mm(width)
        _without_margins(table)
        _mark(table.rows[0], "cantSplit")
        return list(table.rows[0].cells)

    @staticmethod
    def _number_of_page(paragraph: Any) -> None:
        """Arabic, centred in the top margin; the first page has a header of its own, which stays empty."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        _filled(paragraph, "", SMALL_PT, side="center")
        for kind in ("begin", "", "end"):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = "PAGE"
            paragraph.runs[0]._r.append(part)  # noqa: SLF001 -- python-docx has no call for fields


def _filled(paragraph: Any, text: str, size: float, *, side: str, bold: bool = False, italic: bool = False) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, side.upper())
    return paragraph


def _line(cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, side: str = "center") -> Any:
    """One more line in a cell; the empty paragraph every new cell begins with is used first."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    return _filled(paragraph, text, size, bold=bold, italic=italic, side=side)


def _spaced(paragraph: Any, *, before: float) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(before)


def _rule(box: Any, indent: float) -> None:
    """A thin line: the top border of an empty paragraph, `indent` millimetres from either side."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    paragraph = box.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_before, form.line_spacing = Pt(4), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")  # noqa: SLF001 -- no call for it


def _without_margins(table: Any) -> None:
    """The boxes of the letterhead use all of their width: the national heading fits one line of 13 pt only so."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "0")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 -- python-docx has no call for it


def _mark(row: Any, *marks: str) -> None:
    from docx.oxml import OxmlElement

    for mark in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(f"w:{mark}"))  # noqa: SLF001 -- python-docx has no call for it
