"""The few things of a Word file that python-docx has no call for; Word wants the parts of an element in their order."""

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def without_clock(data: bytes) -> bytes:
    """Zip entries carry the moment of writing; a fixed one keeps equal papers equal."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def restart_page_numbers(section: Any) -> None:
    section._sectPr.insert_element_before(_made("pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001 -- no public call for it


def put_page_number(paragraph: "Paragraph", size: float) -> None:
    """A field that Word fills in."""
    from docx.shared import Pt

    run = paragraph.add_run()
    run.font.size = Pt(size)
    instruction = _made("instrText")
    instruction.text = "PAGE"
    for part in (_made("fldChar", fldCharType="begin"), instruction, _made("fldChar", fldCharType="end")):
        run._r.append(part)  # noqa: SLF001 -- no public call for it


def set_cell_margins(table: Any, points: int) -> None:
    margins = _made("tblCellMar")
    for side in ("left", "right"):
        margins.append(_made(side, w=str(points * 20), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001 -- no public call for it


def draw_line_above(paragraph: "Paragraph") -> None:
    borders = _made("pBdr")
    borders.append(_made("top", val="single", sz="6", space="1", color="000000"))
    look = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- no public call for it
    look.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def keep_on_one_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_made("cantSplit"))  # noqa: SLF001 -- no public call for it


def repeat_on_every_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_made("tblHeader"))  # noqa: SLF001 -- no public call for it


def _made(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
