"""Every write of the core. A step is checked against the table, chained, counted, and the derived columns follow."""

from danvan.commitments.actions.calendar import YEARS, decide_day, decide_year, redate_open
from danvan.commitments.actions.many import Opened, Opening, open_many
from danvan.commitments.actions.steps import NOTHING, Begun, Given, Promise, begin, open_commitment, take_step
from danvan.commitments.actions.succession import end_unit_and_pass_on, pass_on_of_ended, pass_to_successors
from danvan.commitments.actions.upkeep import (
    CONFIRM_WITHIN,
    lapse_unconfirmed,
    rebuild_all,
    squash_tallies,
    take_checkpoint,
)

__all__ = [
    "CONFIRM_WITHIN",
    "NOTHING",
    "YEARS",
    "Begun",
    "Given",
    "Opened",
    "Opening",
    "Promise",
    "begin",
    "decide_day",
    "decide_year",
    "end_unit_and_pass_on",
    "lapse_unconfirmed",
    "open_commitment",
    "open_many",
    "pass_on_of_ended",
    "pass_to_successors",
    "rebuild_all",
    "redate_open",
    "squash_tallies",
    "take_checkpoint",
    "take_step",
]
