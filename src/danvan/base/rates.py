"""How often anybody may read what costs a search."""

from time import time

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.base.errors import TooMany

MINUTE = 60


def limit_reading(request: HttpRequest, action: str, most: int) -> None:
    """Refuses whoever reads more than `most` times in a minute from one address.

    Counted in the memory of each process: reading neither writes nor waits for whoever does. What is sent is counted
    in the cache table instead, over all processes.
    """
    counts, name = caches["memory"], f"{action}:{get_ip(request)}:{int(time()) // MINUTE}"
    count = counts.get(name, 0) + 1
    if count > most:
        raise TooMany("too-many", _("Ông/Bà tra cứu quá nhiều lần. Xin chờ một phút rồi thử lại."))
    counts.set(name, count, 2 * MINUTE)
