"""Every non-trivial read of reporting."""

from danvan.reports.queries.checks import Finding, findings_of, findings_of_rollup, flags_of, past_of, usual
from danvan.reports.queries.drawing import Values, draw
from danvan.reports.queries.drill import Fact, Facts, facts
from danvan.reports.queries.opened import printed_figures, public_table, published_list
from danvan.reports.queries.overview import overview
from danvan.reports.queries.pages import facts_page, figure_page, overview_page, rollup_page, sheet_page
from danvan.reports.queries.recount import recount, recount_sql
from danvan.reports.queries.rollup import Completeness, Return, Rollup, Row, rollup
from danvan.reports.queries.sheets import (
    Difference,
    Listed,
    content_of,
    differences,
    issuer_of,
    papers_of,
    sheet_seen_by,
    sheets_page,
    versions_of,
)
from danvan.reports.queries.tree import Member, members

__all__ = [
    "Completeness", "Difference", "Fact", "Facts", "Finding", "Listed", "Member", "Return", "Rollup", "Row",
    "Values", "content_of", "differences", "draw", "facts", "facts_page", "figure_page", "findings_of",
    "findings_of_rollup", "flags_of", "issuer_of", "members", "overview", "overview_page", "papers_of",
    "past_of", "printed_figures", "public_table", "published_list", "recount", "recount_sql", "rollup", "rollup_page",
    "sheet_page", "sheet_seen_by", "sheets_page", "usual", "versions_of",
]  # fmt: skip
