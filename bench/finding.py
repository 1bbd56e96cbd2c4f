"""What taking in one matter and finding some cost among 10.000, 100.000 and 1.000.000.

    python -m bench.finding [--engine postgresql|sqlite] [--sizes 10000 100000 1000000]

A search is the whole page with its first screen of results, over everything a commune's officer and a province's
coordinator may see. Costs are CPU of the database server and of us.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from urllib.parse import urlencode

from bench.database import database

LIMIT = 100


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.finding", description=__doc__)
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    args = parser.parse_args()
    os.environ["DANVAN_ROOT_URLCONF"] = "bench.urls"
    with database(args.engine):
        from bench.fill import fill, grow

        failed = 0
        for size in args.sizes:
            fill(size) if size == args.sizes[0] else grow(size)
            failed += finding(args.engine)
        return 1 if failed else 0


def finding(engine: str) -> int:
    """Prints what it costs in the database that there is; gives how many searches miss the limit."""
    from bench.create import area, created
    from bench.meter import cost
    from bench.pages import signed_in
    from danvan.matters.models import Matter

    print(f"\n## {engine}, {Matter.objects.count()} việc\n\n| việc | câu lệnh | ms CPU | đạt |\n|---|---|---|---|")
    failed = 0
    for name in ("xa", "tinh"):
        client = signed_in(name)
        for what, asked in _asked(name):
            path = f"/viec/?folder=all&{urlencode(asked)}"
            if client.get(path).status_code not in {200, 302}:
                raise RuntimeError(f"{path} did not answer")
            spent = cost(lambda client=client, path=path: client.get(path), rounds=5, before=1)  # type: ignore[misc]
            holds = spent.milliseconds < LIMIT
            failed += not holds
            print(f"| {name}: tìm {what} | {spent.statements} | {spent.milliseconds:.0f} | "
                  f"{'có' if holds else 'KHÔNG'} |", flush=True)  # fmt: skip
    one = created(area())
    print(f"| tiếp nhận một việc qua API | {one.statements} | {one.milliseconds:.1f} | |", flush=True)
    return failed


def _asked(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What somebody types, all without accents: words that many have, that few have, a fragment of a code; and a place
    by a name it has no more, which is first told by its name of today.
    """
    from danvan.matters.models import Matter
    from danvan.rules.text import fold
    from danvan.units.models import AreaSuccession, AreaVersion, Holding

    unit_id = Holding.objects.get(account__username="xa").post.unit_id
    rows = Matter.objects.filter(home_area=42, meeting=None)
    row = (rows.filter(holder_id=unit_id) if name == "xa" else rows).order_by("received_on", "id")[0]
    here = rows.filter(holder_id=unit_id).values_list("area_id", flat=True)[0]
    before = AreaSuccession.objects.filter(after_id=here, default=True).order_by("before__key")[0].before_id
    old = AreaVersion.objects.filter(area_id=before)[0].name
    yield "chữ nhiều việc có", {"q": "trom xe may"}
    yield "chữ nhiều việc có mà không đứng cùng nhau", {"q": "truong mam non trom xe may"}
    yield "chữ ít việc có", {"q": f"so {row.fold.split(' so ')[1].split()[0]}"}
    yield "mảnh mã", {"q": row.code.split("-")[1].lower()}
    yield "theo tên nơi trước sắp xếp", {"place": fold(old), "q": "trom xe may"}
    yield "chữ trong nơi đã chọn", {"area": str(here), "q": "trom xe may"}


if __name__ == "__main__":
    sys.exit(main())
