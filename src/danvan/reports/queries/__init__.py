"""Every non-trivial read of reporting."""

from danvan.reports.queries.checks import Finding, findings_of, findings_of_rollup, flags_of, past_of, usual
from danvan.reports.queries.drawing import Values, draw
from danvan.reports.queries.drill import Fact, Facts, facts
from danvan.reports.queries.keyset import Page, page_of
from danvan.reports.queries.recount import recount, recount_sql
from danvan.reports.queries.rollup import Completeness, Return, Rollup, Row, rollup
from danvan.reports.queries.sheets import (
    Difference,
    Listed,
    content_of,
    correction_of,
    differences,
    issuer_of,
    papers_of,
    sheet_seen_by,
    sheets_page,
    versions_of,
)
from danvan.reports.queries.tree import Member, members

__all__ = [
    "Completeness", "Difference", "Fact", "Facts", "Finding", "Listed", "Member", "Page", "Return", "Rollup", "Row",
    "Values", "content_of", "correction_of", "differences", "draw", "facts", "findings_of", "findings_of_rollup",
    "flags_of", "issuer_of", "members", "page_of", "papers_of", "past_of", "recount", "recount_sql", "rollup",
    "sheet_seen_by", "sheets_page", "usual", "versions_of",
]  # fmt: skip
