"""Every write of reporting."""

from danvan.reports.actions.duties import accept, accept_signed, draw_up, open_due_sheets, urge_missing
from danvan.reports.actions.papers import Head, issue
from danvan.reports.actions.printed import PrintedFigure, keep_printed
from danvan.reports.actions.signing import answer_check, correct, sign

__all__ = [
    "Head", "PrintedFigure", "accept", "accept_signed", "answer_check", "correct", "draw_up", "issue", "keep_printed",
    "open_due_sheets", "sign", "urge_missing",
]  # fmt: skip
