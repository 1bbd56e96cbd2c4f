"""What a session may look at after code and PIN were shown: that one matter, until half an hour of quiet has passed.

The address of the page carries a random token that is worth nothing outside this session; code and id are not in it.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from danvan.base.errors import Absent
from danvan.matters.models import Matter

NAME = "grants"
LASTS = timedelta(minutes=30)
RENEWED_BELOW = timedelta(minutes=25)
MOST = 5


def grant(request: HttpRequest, matter: Matter, at: datetime) -> str:
    """A token for this matter; the session gets a new key, so that nobody who planted the old one looks along."""
    request.session.cycle_key()
    token = secrets.token_urlsafe(12)
    kept = [(key, value) for key, value in _living(request, at).items() if value["matter"] != str(matter.id)]
    mine = {"matter": str(matter.id), "code": matter.code, "until": (at + LASTS).isoformat()}
    request.session[NAME] = dict([*kept[1 - MOST :], (token, mine)])
    return token


def granted(request: HttpRequest, token: str, at: datetime) -> UUID:
    """The matter this token opens in this session; refuses as absent what has run out or was never there."""
    grants = _living(request, at)
    if token not in grants:
        raise Absent
    if datetime.fromisoformat(grants[token]["until"]) - at < RENEWED_BELOW:
        grants[token]["until"] = (at + LASTS).isoformat()
        request.session[NAME] = grants
    return UUID(grants[token]["matter"])


def token_for(request: HttpRequest, code: str, at: datetime) -> str:
    """The token this session already has for a code; empty where it has none."""
    return next((key for key, value in _living(request, at).items() if value["code"] == code), "")


def revoke_all(request: HttpRequest) -> None:
    request.session.pop(NAME, None)


def _living(request: HttpRequest, at: datetime) -> dict[str, dict[str, str]]:
    grants: dict[str, dict[str, str]] = request.session.get(NAME, {})
    return {key: value for key, value in grants.items() if datetime.fromisoformat(value["until"]) >= at}
