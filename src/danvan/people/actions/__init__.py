"""Every write of the vault: contacts, the keys of custodians, sealed identities, disposal, requests about own data."""

from danvan.people.actions.contacts import erase_expired, keep, open_for, renew, reseal
from danvan.people.actions.custody import appoint_custodian, end_custody, hand_over_custody, share_with
from danvan.people.actions.keys import change_passphrase, set_passphrase
from danvan.people.actions.openings import ask_opening, clear_lapsed, consent, refuse, release_file
from danvan.people.actions.sealing import seal_identity

__all__ = [
    "appoint_custodian",
    "ask_opening",
    "change_passphrase",
    "clear_lapsed",
    "consent",
    "end_custody",
    "erase_expired",
    "hand_over_custody",
    "keep",
    "open_for",
    "refuse",
    "release_file",
    "renew",
    "reseal",
    "seal_identity",
    "set_passphrase",
    "share_with",
]
