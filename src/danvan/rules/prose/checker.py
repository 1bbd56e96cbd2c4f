"""Holds the figures of a text against each other. It states and asks; it never corrects."""

from collections.abc import Sequence

from danvan.rules.prose.changes import check_changes
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.parts import check_parts
from danvan.rules.prose.passage import sentences
from danvan.rules.prose.rates import check_rates
from danvan.rules.prose.repeats import check_repeats
from danvan.rules.prose.shares import check_shares
from danvan.rules.prose.tables import check_tables


def check(text: str, figures: Sequence[Figure]) -> list[Finding]:
    """What does not add up among `figures`, which `read(text)` gave, in the order of the text.

    Only identities the text itself states are checked, and only where both sides are told apart for certain: a rate
    with its two terms, parts with their whole, a change with now and before. Qualified figures (hơn, gần, khoảng) are
    held against intervals; cutting off digits instead of rounding is no finding.
    """
    told = list(sentences(text, figures))
    checks = (check_rates, check_shares, check_parts, check_changes, check_repeats)
    found = {(finding.rule, finding.spans): finding for each in checks for finding in each(told)}
    found |= {(finding.rule, finding.spans): finding for finding in check_tables(text, figures)}
    return sorted(found.values(), key=lambda finding: (finding.spans, finding.rule))
