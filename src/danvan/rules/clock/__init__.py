"""Legal clocks: which rule holds on a day, and until when something is due under it, with every day explained.

`table` holds the dated rules (`data/clocks.toml`), `arithmetic` counts, `explanation` puts the count into sentences.
"""

from danvan.rules.clock.arithmetic import MAX_DAYS, due
from danvan.rules.clock.deadline import ClockRefused, Deadline, Extension, Line, Pause
from danvan.rules.clock.extension import complexity_criteria, may_extend, may_pause
from danvan.rules.clock.table import ClockRule, ExtensionRule, all_rules, pick, rule_by_id, rule_version

__all__ = [
    "MAX_DAYS",
    "ClockRefused",
    "ClockRule",
    "Deadline",
    "Extension",
    "ExtensionRule",
    "Line",
    "Pause",
    "all_rules",
    "complexity_criteria",
    "due",
    "may_extend",
    "may_pause",
    "pick",
    "rule_by_id",
    "rule_version",
]
