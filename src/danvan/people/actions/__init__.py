"""Every write of the vault: contacts, the keys of custodians, sealed identities, disposal, requests about own data."""

from danvan.people.actions.contacts import erase_expired, keep, open_for, renew, reseal
from danvan.people.actions.sealing import seal_identity

__all__ = ["erase_expired", "keep", "open_for", "renew", "reseal", "seal_identity"]
