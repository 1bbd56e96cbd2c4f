"""Every write about units, areas, posts and accounts."""

from danvan.units.actions.accounts import add_account, delegate, give_post, issue_token
from danvan.units.actions.agencies import UnitFacts, add_units, end_unit
from danvan.units.actions.agency_sheet import load_agencies, read_agencies
from danvan.units.actions.areas import load_areas

__all__ = [
    "UnitFacts",
    "add_account",
    "add_units",
    "delegate",
    "end_unit",
    "give_post",
    "issue_token",
    "load_agencies",
    "load_areas",
    "read_agencies",
]
