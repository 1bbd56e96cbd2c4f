"""Every write about units, areas, posts and accounts."""

from danvan.units.actions.accounts import (
    Seat,
    add_account,
    open_account,
    reset_password,
    resume_account,
    stop_account,
)
from danvan.units.actions.agencies import UnitChange, UnitFacts, add_unit, add_units, change_unit, end_unit
from danvan.units.actions.agency_sheet import COLUMNS, Verdict, load_agencies, read_agencies
from danvan.units.actions.areas import load_areas
from danvan.units.actions.log import record
from danvan.units.actions.posts import delegate, end_delegation, end_holding, give_post
from danvan.units.actions.tokens import issue_token, revoke_token

__all__ = [
    "COLUMNS",
    "Seat",
    "UnitChange",
    "UnitFacts",
    "Verdict",
    "add_account",
    "add_unit",
    "add_units",
    "change_unit",
    "delegate",
    "end_delegation",
    "end_holding",
    "end_unit",
    "give_post",
    "issue_token",
    "load_agencies",
    "load_areas",
    "open_account",
    "read_agencies",
    "record",
    "reset_password",
    "resume_account",
    "revoke_token",
    "stop_account",
]
