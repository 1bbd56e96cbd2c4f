"""Where the forms are found, and what a page of them says."""

import re
from html import unescape

from django.http import HttpResponse

from danvan.units.models import Unit
from tests.world import World


def address(world: World, code: str = "01/XLD", unit: Unit | None = None, **more: str) -> str:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/bieu-mau/?bieu={code}&ky=2026-04&donvi={(unit or world.ubnd_binh_an).pk}{rest}"


def cell_of(world: World, key: str, code: str = "01-xld", unit: Unit | None = None, period: str = "2026-04") -> str:
    return f"/bieu-mau/{code}/{(unit or world.ubnd_binh_an).pk}/{period}/o/{key}/"


def words(response: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
