"""Walking through the citizen's pages with the test client, as somebody does who has no scripts."""

import io
import re
from typing import Any

from django.test import Client
from PIL import Image

from danvan.matters.models import Matter
from danvan.units.models import Area

CONTENT = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm."


def a_photo(colour: str = "red", **metadata: Any) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", **metadata)
    file.seek(0)
    file.name = "IMG_2026.jpg"
    return file


def fill_in(client: Client, area: Area, **changed: Any) -> None:
    """Every page up to the last one; `changed` replaces what is given by itself."""
    given = {"kind": "reflection", "content": CONTENT, "field": "roads", "place": "cầu Đỏ, ấp 3", "reply_by": "none"}
    given |= changed
    client.post("/gui/", {"kind": given["kind"]})
    client.post("/gui/o-dau/", {"area": area.id, "place": given["place"]})
    said = {name: given[name] for name in ("content", "field", "photos") if name in given}
    client.post("/gui/noi-dung/", said)
    client.post("/gui/nhan-tra-loi/", {n: given[n] for n in ("reply_by", "phone", "email", "name") if n in given})


def send(client: Client, area: Area, **changed: Any) -> tuple[Matter, str]:
    """Sends an opinion through the pages; the matter, and the PIN from the receipt."""
    fill_in(client, area, **changed)
    client.post("/gui/xem-lai/")
    page = client.get("/gui/da-nhan/")
    code, pin = (re.search(rf'id="{name}">([^<]+)<', text(page)) for name in ("ma-tra-cuu", "ma-pin"))
    assert code and pin, text(page)
    return Matter.objects.select_related("current", "contact").get(code=code[1]), pin[1]


def open_story(client: Client, code: str, pin: str) -> str:
    """The address of the page behind code and PIN."""
    return str(client.post("/tra-cuu/", {"code": code, "pin": pin})["Location"])


def text(response: Any) -> str:
    return str(response.content.decode())
