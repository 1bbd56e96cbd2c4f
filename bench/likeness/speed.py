"""What looking for letters sent again costs in a large table of signatures.

    python -m bench.likeness.speed [sqlite|postgresql] [matters, so many or more each time]

200 real matters of one commune, and the signatures of so many others (16 random marks each) of the last 90 days in 100
communes, filled in by the database itself without their matters; asked by an officer of the commune, who sees 200, and
by a coordinator of its province. Costs are CPU of the database server and of us.
"""

import json
import sys
from typing import Any

from bench.database import database
from bench.likeness.measure import letters

_POSTGRESQL = """
INSERT INTO matters_likenessmark (id, home_area, matter_id, area_id, mark, received_on)
SELECT gen_random_uuid(), 42, m.id, (%s::uuid[])[1 + m.n %% 100], (random() * 4e9 - 2e9)::int, %s::date - m.n %% 90
FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, %s) n) m, generate_series(1, 16)"""
_SQLITE = """
WITH RECURSIVE m(n, id) AS (SELECT 1, lower(hex(randomblob(16))) UNION ALL
  SELECT n + 1, lower(hex(randomblob(16))) FROM m WHERE n < %s),
k(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < 16)
INSERT INTO matters_likenessmark (id, home_area, matter_id, area_id, mark, received_on)
SELECT lower(hex(randomblob(16))), 42, m.id, json_extract(%s, '$[' || (m.n %% 100) || ']'),
  abs(random()) %% 4000000000 - 2000000000, date(%s, '-' || (m.n %% 90) || ' days') FROM m, k"""


def main(engine: str, sizes: list[int]) -> None:
    with database(engine):
        from django.db import connection

        from bench.copied import unindexed
        from bench.fill import TODAY, country
        from bench.meter import cost
        from danvan.base.clock import now
        from danvan.matters.actions import Said, receive
        from danvan.matters.models import LikenessMark
        from danvan.matters.queries.likeness import candidates
        from danvan.units.access import CITIZEN, Actor, system
        from danvan.units.models import UnitClosure
        from danvan.units.roles import ROLES

        offices = country(system("bench"))
        here = next(office for office in offices if office.shard == 42)
        above = UnitClosure.objects.get(descendant_id=here.unit_id, depth=1).ancestor_id
        officer = Actor(label="x", role=ROLES["officer"], unit_id=here.unit_id)
        coordinator = Actor(label="x", role=ROLES["coordinator"], unit_id=above)
        told = letters(200, 1)
        for text in told:
            receive(said=Said(content=text, area_id=here.area_id), by=CITIZEN, at=now())
        areas = [here.area_id, *(office.area_id for office in offices[:99])]
        for size, before in zip(sizes, [0, *sizes], strict=False):
            with connection.cursor() as cursor, unindexed(cursor, ["matters_likenessmark"]):
                _fill(cursor, connection.vendor, areas, size - before, TODAY)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            print(f"{engine}, {size} matters, {LikenessMark.objects.count()} marks")
            for by in (officer, coordinator):

                def look(by: Actor = by) -> list[Any]:
                    return candidates(content=told[0].lower(), area_id=here.area_id, by=by, on=now().date())

                spent = cost(look)
                print(f"  {by.role.key}: {len(look())} shown, {spent.statements} statements, "
                      f"{spent.milliseconds:.1f} ms CPU", flush=True)  # fmt: skip


def _fill(cursor: Any, vendor: str, areas: list[Any], many: int, day: Any) -> None:
    if vendor == "postgresql":
        cursor.execute(_POSTGRESQL, [areas, day, many])
    else:
        cursor.execute(_SQLITE, [many, json.dumps([area.hex for area in areas]), str(day)])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", [int(each) for each in sys.argv[2:]] or [62_500])
