"""Reads the figures a Vietnamese report states and checks the identities it states between them.

    figures = read(text)            # every quantity, where it stands and what it counts
    findings = check(text, figures) # what does not add up, stated and computed; nothing is corrected

Both are proposals for a person to look at. Dates, document numbers, names with numbers and slogans are no figures.
"""

from danvan.rules.prose.checker import check
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.reader import read

__all__ = ["Figure", "Finding", "check", "read"]
