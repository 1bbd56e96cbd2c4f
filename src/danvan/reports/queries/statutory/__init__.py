"""Statutory forms computed from letters, cases and receptions."""

from danvan.reports.queries.statutory.counting import Scope, count, statement
from danvan.reports.queries.statutory.filled import Filled, Line, as_data, fill, filled_for

__all__ = ["Filled", "Line", "Scope", "as_data", "count", "fill", "filled_for", "statement"]
