"""Every write of the vault: contacts, the keys of custodians, sealed identities, disposal, requests about own data."""

from danvan.people.actions.contacts import keep, open_for, renew, reseal
from danvan.people.actions.custody import appoint_custodian, end_custody, hand_over_custody, share_with
from danvan.people.actions.disposal import dispose_identities, erase_expired, keep_identity, reopen_identity
from danvan.people.actions.keys import change_passphrase, set_passphrase
from danvan.people.actions.openings import ask_opening, clear_lapsed, consent, refuse, release_file
from danvan.people.actions.own_data import erase_on_request, export_own
from danvan.people.actions.sealing import seal_identity

__all__ = [
    "appoint_custodian",
    "ask_opening",
    "change_passphrase",
    "clear_lapsed",
    "consent",
    "dispose_identities",
    "end_custody",
    "erase_expired",
    "erase_on_request",
    "export_own",
    "hand_over_custody",
    "keep",
    "keep_identity",
    "open_for",
    "refuse",
    "release_file",
    "renew",
    "reopen_identity",
    "reseal",
    "seal_identity",
    "set_passphrase",
    "share_with",
]
