"""The statutory forms of a province and year, against statements written by hand for every cell of two of them.

    python -m bench.forms [--engine postgresql|sqlite] [--sizes 10000 100000 1000000]

Letters live their lives by the actions themselves and are copied inside the database (`bench/letters.py`). Both sides
must give the same figures for every unit; ours may take at most twice as much CPU, ours and the server's together.
"""

import argparse
import sys
from functools import partial
from uuid import UUID

from bench.database import database

LIMIT = 2.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    args = parser.parse_args()
    with database(args.engine):
        return _measure(args.engine, args.sizes)


def _measure(engine: str, sizes: list[int]) -> int:
    from bench.copied import copy
    from bench.fill import country
    from bench.letters import COPIED, SEEDED, seed
    from danvan.units.access import system
    from danvan.units.models import UnitClosure

    offices = [office for office in country(system("bench")) if office.shard == 42]
    above = UnitClosure.objects.get(descendant_id=offices[0].unit_id, depth=1).ancestor_id
    seed(offices, above)
    failed, copies = 0, 1
    for size in sizes:
        copy(COPIED, copies, size // SEEDED)
        copies = size // SEEDED
        failed += forms(engine, size, above)
    return 1 if failed else 0


def forms(engine: str, size: int, above: UUID) -> int:
    """Prints what each form of the year costs; gives how many miss the limit or differ from what is written by hand."""
    from bench.forms_by_hand import BY_HAND, by_hand, differences
    from bench.meter import cost
    from danvan.reports.queries.statutory import Scope, fill
    from danvan.reports.queries.tree import members
    from danvan.reports.statutory import all_forms
    from danvan.rules.periods import parse

    period, failed = parse("2026"), 0
    scope, units = Scope(above, period, own=False), [each.unit_id for each in members(above, period.last_day)]
    print(f"\n## {engine}, {size} đơn, {len(units)} đơn vị\n")
    print("| biểu | của ta (ms CPU) | viết tay (ms CPU) | lần | đạt |\n|---|---|---|---|---|")
    for form in (each for each in all_forms() if each.covers(period)):
        ours = partial(fill, form, above, period)
        if form.code not in BY_HAND:
            print(f"| {form.code} | {cost(ours, rounds=3, before=1).milliseconds:.0f} | | | |", flush=True)
            continue
        theirs = partial(by_hand, form, scope)
        spent = cost(ours, theirs, rounds=3, before=1)
        wrong = differences(form, scope, units)
        holds = not wrong and spent.times <= LIMIT
        failed += not holds
        verdict = f"KHÁC SỐ {wrong}" if wrong else "có" if holds else "KHÔNG"
        by = spent.milliseconds / spent.times
        print(f"| {form.code} | {spent.milliseconds:.0f} | {by:.0f} | {spent.times:.2f} | {verdict} |", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
