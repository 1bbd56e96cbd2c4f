"""The code and PIN just given out: shown for half an hour to the session that sent the matter, to no other."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from danvan.base.encryption import CannotOpen, keyring
from danvan.matters.actions import Received

NAME = "received"
SHOWN = timedelta(minutes=30)


@dataclass(frozen=True)
class Receipt:
    matter_id: UUID
    pin: str = field(repr=False)


def keep_receipt(request: HttpRequest, received: Received, at: datetime) -> None:
    matter_id = str(received.matter.id)
    request.session[NAME] = {
        "matter": matter_id,
        "pin": base64.b64encode(keyring().seal(received.pin, _context(matter_id))).decode(),
        "until": (at + SHOWN).isoformat(),
    }


def receipt_of(request: HttpRequest, at: datetime) -> Receipt | None:
    kept = request.session.get(NAME)
    if not kept or datetime.fromisoformat(kept["until"]) < at:
        return None
    try:
        pin = keyring().open(base64.b64decode(kept["pin"]), _context(kept["matter"]))
    except CannotOpen:
        return None
    return Receipt(UUID(kept["matter"]), pin)


def discard_receipt(request: HttpRequest) -> None:
    request.session.pop(NAME, None)


def _context(matter_id: str) -> str:
    return f"matters.receipt:{matter_id}"
