"""Official papers: the form as dated rules, sentences bound to figures, and the two renderings."""

from danvan.reports.documents.form import Form, all_forms, dated_place, form_for
from danvan.reports.documents.making import draft_paper, issued_paper
from danvan.reports.documents.paper import Paper, head_of, paper_of, shown, usual_head
from danvan.reports.documents.pdf import as_pdf
from danvan.reports.documents.word import as_docx

__all__ = [
    "Form", "Paper", "all_forms", "as_docx", "as_pdf", "dated_place", "draft_paper", "form_for", "head_of",
    "issued_paper", "paper_of", "shown", "usual_head",
]  # fmt: skip
