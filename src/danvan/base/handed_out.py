"""A secret just given out: shown for half an hour to the session it was given to, sealed while it lies there."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpRequest

from danvan.base.encryption import CannotOpen, keyring

SHOWN = timedelta(minutes=30)


@dataclass(frozen=True)
class HandedOut:
    about: str
    secret: str = field(repr=False)


def hand_out(request: HttpRequest, name: str, *, about: str, secret: str, at: datetime) -> None:
    """Keeps `secret` under `name` in the session; the one before it under that name is gone."""
    sealed = base64.b64encode(keyring().seal(secret, _context(name, about))).decode()
    request.session[name] = {"about": about, "secret": sealed, "until": (at + SHOWN).isoformat()}


def handed_out(request: HttpRequest, name: str, at: datetime) -> HandedOut | None:
    kept = request.session.get(name)
    if not kept or datetime.fromisoformat(kept["until"]) < at:
        return None
    try:
        secret = keyring().open(base64.b64decode(kept["secret"]), _context(name, kept["about"]))
    except CannotOpen:
        return None
    return HandedOut(kept["about"], secret)


def take_back(request: HttpRequest, name: str) -> None:
    request.session.pop(name, None)


def _context(name: str, about: str) -> str:
    return f"handed-out:{name}:{about}"
