"""Words typed on a page whose grant ran out meanwhile: they wait in the form that asks for code and PIN again."""

import base64

from django.http import HttpRequest

from danvan.base.encryption import CannotOpen, keyring

NAME = "carried"
PAGES = {"add": "matter-story-add", "reply": "matter-story-reply", "verdict": "matter-story-verdict",
         "withdraw": "matter-story-withdraw"}  # fmt: skip
LONGEST = 60_000


def carried_in(request: HttpRequest) -> dict[str, str]:
    """What a posted form carries along; empty where it carries nothing."""
    words, to = request.POST.get("carried", "")[:LONGEST], request.POST.get("carried_to", "")
    return {"words": words, "to": to} if words and to in PAGES else {}


def carry(request: HttpRequest, token: str) -> str:
    """Puts what the form carried into the session, sealed, and names the page that wants it."""
    found = carried_in(request)
    if not found:
        return ""
    sealed = keyring().seal(found["words"], _context(token))
    request.session[NAME] = {"token": token, "sealed": base64.b64encode(sealed).decode()}
    return PAGES[found["to"]]


def carried_words(request: HttpRequest, token: str) -> str:
    """The words that wait for this page."""
    kept = request.session.get(NAME)
    if not kept or kept["token"] != token:
        return ""
    try:
        return keyring().open(base64.b64decode(kept["sealed"]), _context(token))
    except CannotOpen:
        return ""


def drop_carried(request: HttpRequest) -> None:
    request.session.pop(NAME, None)


def _context(token: str) -> str:
    return f"matters.carried:{token}"
