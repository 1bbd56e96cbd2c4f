"""What the officer's pages cost beside a bare one, at two sizes of database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.db.models.functions import Length
from django.test import Client

from bench.fill import PASSWORD
from bench.meter import Cost, cost
from danvan.matters.models import Matter


@dataclass(frozen=True)
class Row:
    """A line of the table: what was asked, what it cost, and the limit it is held against."""

    what: str
    cost: Cost
    limit: str
    holds: bool


def signed_in(name: str) -> Client:
    client = Client()
    answer = client.post("/tai-khoan/dang-nhap/", {"login": name, "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"{name} could not sign in")
    return client


def pages() -> Iterator[Row]:
    """Lists and details, for a commune and for a province; each against the bare page and a number of statements."""
    for name, folders in (("xa", ("waiting", "late", "all")), ("tinh", ("waiting", "late", "closed", "all"))):
        client = signed_in(name)
        yield _row(f"{name}: hôm nay", client, "/hom-nay/", 12)
        for folder in folders:
            yield _row(f"{name}: danh sách “{folder}”", client, f"/viec/?folder={folder}", 12)
        yield _row(f"{name}: lọc lĩnh vực", client, "/viec/?folder=all&field=security", 12)
        yield _row(f"{name}: trang thứ 20", client, _deep(client, 20), 12)
        yield _row(f"{name}: tìm chữ", client, "/viec/?folder=all&q=trom+xe+may", 12)
        yield _row(f"{name}: tìm một từ hiếm", client, "/viec/?folder=all&q=so+123456", 12)
    written = Matter.objects.annotate(length=Length("code")).filter(home_area=42, length=len("DV42-7K3M-92QFH"))
    code = written.order_by("received_on").values_list("code", flat=True)[0]
    yield _row("tinh: một việc", signed_in("tinh"), f"/viec/{code}/", 10, 0)


def _row(what: str, client: Client, path: str, most: int, times: int = 3) -> Row:
    if client.get(path).status_code != 200:
        raise RuntimeError(f"{path} did not answer")
    spent = cost(lambda: client.get(path), beside=lambda: client.get("/bench/bare/"))
    limit = f"≤ {most} câu lệnh" + (f", ≤ {times} ×" if times else "")
    return Row(what, spent, limit, spent.statements <= most and (not times or spent.times <= times))


NEXT = re.compile(r'rel="next" href="([^"]+)"')


def _deep(client: Client, depth: int) -> str:
    """The address of a page far down, reached as a person would: by “next”."""
    path = "/viec/?folder=all"
    for _ in range(depth):
        found = NEXT.search(client.get(path).content.decode())
        if not found:
            return path
        path = "/viec/" + unescape(found[1])
    return path


def bare_page() -> Cost:
    client = signed_in("tinh")
    return cost(lambda: client.get("/bench/bare/"))
