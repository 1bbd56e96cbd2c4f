"""Official papers: the form as dated rules, a paper as data, and its two renderings."""

from danvan.base.official.form import (
    Form,
    all_forms,
    dated_place,
    form_for,
    nearest_form,
    padded,
    proper_name,
    shortened,
)
from danvan.base.official.paper import (
    TO_FILL_IN,
    Annex,
    Basis,
    Centred,
    Column,
    Heading,
    Line,
    Paper,
    Part,
    Signature,
    Table,
)
from danvan.base.official.pdf import as_pdf
from danvan.base.official.word import as_docx

RENDERINGS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "pdf": ("application/pdf", as_pdf),
}
"""Media type and writer of each kind of file."""

__all__ = [
    "RENDERINGS", "TO_FILL_IN", "Annex", "Basis", "Centred", "Column", "Form", "Heading", "Line", "Paper", "Part",
    "Signature", "Table", "all_forms", "as_docx", "as_pdf", "dated_place", "form_for", "nearest_form", "padded",
    "proper_name", "shortened",
]  # fmt: skip
