"""The statutory forms of a province and year, against statements written by hand for the same figures.

    python -m bench.forms [--engine postgresql|sqlite] [--sizes 10000 100000 1000000]

A thousand letters are registered, accepted, decided, refused, guided, passed on by the actions themselves and copied
inside the database under other ids, codes and numbers. Both sides must give the same figures; ours may take at most
twice as long.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.database import database

SEEDED = 1000
OFFICES = 60
LIMIT = 2.0
COPIED = {
    "commitments_commitment": ("id", "code"),
    "commitments_step": ("id", "commitment_id"),
    "matters_letter": ("id", "number"),
    "matters_matter": ("id", "code", "letter_id", "case_id", "current_id"),
    "matters_mattercommitment": ("id", "matter_id", "commitment_id"),
    "matters_case": ("id", "lead_id", "previous_id"),
    "matters_stage": ("id", "case_id", "commitment_id"),
    "matters_casefigure": ("id", "case_id"),
}
"""Everything the forms read, with the columns that get another value in each copy."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    args = parser.parse_args()
    with database(args.engine):
        return _measure(args.engine, args.sizes)


def _measure(engine: str, sizes: list[int]) -> int:
    from bench.fill import country
    from danvan.units.access import system
    from danvan.units.models import UnitClosure

    offices = [office for office in country(system("bench")) if office.shard == 42][:OFFICES]
    above = UnitClosure.objects.get(descendant_id=offices[0].unit_id, depth=1).ancestor_id
    _seed(offices)
    failed, copies = 0, 1
    for size in sizes:
        _copy(copies, size // SEEDED)
        copies = size // SEEDED
        print(f"\n## {engine}, {size} đơn\n")
        print("| biểu | của ta (giây) | viết tay (giây) | lần | đạt |\n|---|---|---|---|---|")
        failed += _forms(above)
    return 1 if failed else 0


def _forms(above: UUID) -> int:
    from bench.forms_by_hand import BY_HAND, by_hand
    from danvan.reports.queries.statutory import Scope, fill
    from danvan.reports.statutory import all_forms
    from danvan.rules.periods import parse

    period, failed = parse("2026"), 0
    scope = Scope(above, period, own=False)
    for form in all_forms():
        if not form.covers(period):
            continue
        ours, filled = _timed(lambda form=form: fill(form, above, period))  # type: ignore[misc]
        if form.code not in BY_HAND:
            print(f"| {form.code} | {ours:.2f} | | | |", flush=True)
            continue
        theirs, figures = _timed(lambda form=form: by_hand(form.code, scope.parameters))  # type: ignore[misc]
        same = figures == {key: filled.total[key] for key in figures}
        holds = same and ours <= LIMIT * theirs
        failed += not holds
        verdict = "có" if holds else "KHÔNG" if same else f"KHÁC SỐ {figures} {filled.total}"
        print(f"| {form.code} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} | {verdict} |", flush=True)
    return failed


def _timed(call: Callable[[], Any], rounds: int = 3) -> tuple[float, Any]:
    best, answer = float("inf"), None
    for _ in range(rounds):
        started = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - started)
    return best, answer


def _seed(offices: list[Any]) -> None:
    from django.db import connection, transaction

    rng, started = Random(1), time.monotonic()  # noqa: S311 -- the same rows in every run
    with transaction.atomic():
        for _ in range(SEEDED):
            _one(rng, rng.choice(offices), offices)
    with connection.cursor() as cursor:
        for table in COPIED:
            only = " WHERE verb IN ('open', 'lodge', 'take-up')" if table == "commitments_step" else ""
            cursor.execute(f"CREATE TABLE seeded_{table} AS SELECT id FROM {table}{only}")  # noqa: S608 -- our tables
    print(f"seeded {SEEDED} letters in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _one(rng: Random, office: Any, offices: list[Any]) -> None:  # noqa: PLR0915 -- one life, told in one piece
    """One letter with its life: a sixth are recommendations, the rest complaints and denunciations."""
    from danvan.base.clock import VIETNAM
    from danvan.matters.actions import CaseSaid, Done, LetterSaid, Said, do, register_letter
    from danvan.matters.kinds import Category, Field, Figure, Finding, Flaw, Kind, Outcome, Reason
    from danvan.matters.models import Case
    from danvan.units.access import Actor
    from danvan.units.roles import ROLES

    by = Actor(label="x", role=ROLES["officer"], unit_id=office.unit_id)
    at = datetime(2025, 12, 1, 9, tzinfo=VIETNAM) + timedelta(days=rng.randrange(330))
    if rng.random() < 0.06:
        register_letter(letter=LetterSaid(flaw=Flaw.ILLEGIBLE, note="Không đọc được."), contents=(), by=by, at=at)
        return
    kind = rng.choices((Kind.COMPLAINT, Kind.DENUNCIATION, Kind.RECOMMENDATION), (60, 24, 16))[0]
    said = Said(content="Nội dung đơn gửi đến cơ quan có thẩm quyền xem xét.", area_id=office.area_id, kind=kind,
                unit_id=office.unit_id, field=rng.choice(list(Field)),
                case=CaseSaid(category=rng.choice(list(Category))))  # fmt: skip
    row = register_letter(letter=LetterSaid(), contents=[said], by=by, at=at).letter
    if kind == Kind.RECOMMENDATION:
        return
    case, denounced = Case.objects.get(lead__letter=row), kind == Kind.DENUNCIATION

    def done(day: int, key: str, **more: Any) -> None:
        given = Done(text="Theo hồ sơ.", number="1/UBND", **more)
        do(case_id=case.pk, key=key, done=given, by=by, at=at + timedelta(days=day))

    choice = rng.random()
    if choice < 0.05:
        return
    if choice < 0.12:
        done(3, "refuse", reason=Reason.LATE)
    elif choice < 0.20:
        done(3, "forward", addressee="Cơ quan có thẩm quyền")
    elif choice < 0.26:
        other = next(each for each in offices if each.unit_id != office.unit_id)
        done(3, "transfer", unit_id=other.unit_id)
    else:
        done(4, "accept-denunciation" if denounced else "accept")
        if choice < 0.85:
            outcome = rng.choice((Outcome.RIGHT, Outcome.WRONG, Outcome.PARTLY))
            done(10 + rng.randrange(40), "conclude" if denounced else "decide", outcome=outcome,
                 findings={1: Finding.RIGHT} if case.lead.points.exists() else {},
                 figures={Figure.STATE_MONEY: 1_000_000 * rng.randrange(5)})  # fmt: skip


def _copy(first: int, last: int) -> None:
    from django.db import connection

    if last <= first:
        return
    with connection.cursor() as cursor, _unindexed(cursor):
        for table in COPIED:
            cursor.execute(_insert(table), [first, last - 1])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def _unindexed(cursor: Any) -> Iterator[None]:
    """On PostgreSQL keys that copy sound ones are not checked again."""
    from django.db import connection

    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
    yield
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = DEFAULT")


def _insert(table: str) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    names = [column.name for column in described if column.name != "fold_words"]
    values = ", ".join(_value(table, name) for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"""WITH RECURSIVE copies(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM copies WHERE n < %s)
        INSERT INTO {table} ({quoted}) SELECT {values} FROM copies, {table}
        WHERE id IN (SELECT id FROM seeded_{table})"""  # noqa: S608 -- our tables


def _value(table: str, name: str) -> str:
    """Every id under which a row is copied is its own id with the number of the copy inside."""
    from django.db import connection

    if name not in COPIED[table]:
        return f'"{name}"'
    if name == "code":
        return "code || '-' || n"
    if name == "number":
        return "number + n * 10000"
    if connection.vendor == "postgresql":
        text = f"CAST({name} AS varchar)"
        return f"CAST(substr({text}, 1, 24) || 'cccc' || lpad(to_hex(n), 4, '0') || substr({text}, 33, 4) AS uuid)"
    return f"substr({name}, 1, 20) || 'cccc' || printf('%%04x', n) || substr({name}, 29, 4)"


if __name__ == "__main__":
    sys.exit(main())
