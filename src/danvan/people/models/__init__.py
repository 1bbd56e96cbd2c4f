"""The tables of the vault: contacts, sealed identities with their custody, and what was disposed of."""

from danvan.people.models.contacts import Contact, ContactOpening
from danvan.people.models.custody import Custodian, CustodyEvent
from danvan.people.models.identities import IdentityOpening, IdentityShare, OpeningShare, SealedFile, SealedIdentity
from danvan.people.models.retention import DataRequest, DisposalBatch

__all__ = [
    "Contact",
    "ContactOpening",
    "Custodian",
    "CustodyEvent",
    "DataRequest",
    "DisposalBatch",
    "IdentityOpening",
    "IdentityShare",
    "OpeningShare",
    "SealedFile",
    "SealedIdentity",
]
