"""Statutory forms computed from letters, cases and receptions."""

from danvan.reports.queries.statutory.counting import Scope, count, statement
from danvan.reports.queries.statutory.filled import Filled, Line, as_data, fill, filled_for
from danvan.reports.queries.statutory.national import NationalTable, national_rows
from danvan.reports.queries.statutory.opened import Behind, Opened, opened
from danvan.reports.queries.statutory.pages import FormPage, form_page, last_closed_quarter

__all__ = [
    "Behind", "Filled", "FormPage", "Line", "NationalTable", "Opened", "Scope", "as_data", "count", "fill",
    "filled_for", "form_page", "last_closed_quarter", "national_rows", "opened", "statement",
]  # fmt: skip
