"""Official reports: sentences bound to figures, in the form of official papers."""

from danvan.reports.documents.making import draft_paper, issued_paper
from danvan.reports.documents.paper import head_of, paper_of, shown, usual_head

__all__ = ["draft_paper", "head_of", "issued_paper", "paper_of", "shown", "usual_head"]
