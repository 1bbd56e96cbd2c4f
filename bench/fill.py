"""A database of N matters: a first part written by the actions themselves, the rest copied from it in the database."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from bench.copied import copy, mark
from danvan.base.clock import VIETNAM, now
from danvan.base.ids import new_code
from danvan.commitments.actions import Given, Opening, open_many
from danvan.matters.actions import Said, build_matter, promise_of
from danvan.matters.kinds import Field, Intake, Kind
from danvan.matters.models import Matter, MatterCommitment
from danvan.units.access import Actor, system
from danvan.units.actions import UnitFacts, add_account, add_units, give_post, load_areas
from danvan.units.kinds import Level, Tree
from danvan.units.models import AreaVersion, HomeArea, UnitVersion
from danvan.units.queries import communes_of
from danvan.units.roles import ROLES
from danvan.web.demo.plan import illustrations

SEEDED = 12_500
TODAY = date(2026, 11, 20)
PASSWORD = "toc-do-va-dan-2026"  # noqa: S105 -- of a database that is thrown away
PROVINCE = "p42@old"


@dataclass(frozen=True)
class Office:
    unit_id: UUID
    area_id: UUID
    shard: int


def country(by: Actor) -> list[Office]:
    """Every province and commune of today with its government, and one account for each level in Hà Tĩnh."""
    load_areas(by=by)
    shards = dict(HomeArea.objects.filter(valid_to=None).values_list("area_id", "shard"))
    facts: list[UnitFacts] = []
    communes: list[tuple[str, UUID, int]] = []
    for area_id, shard in shards.items():
        above = f"tinh-{area_id}"
        facts.append(UnitFacts(above, f"UBND tỉnh {shard}", Tree.GOVERNMENT, Level.PROVINCE, area_id=area_id))
        for row in communes_of(area_id, TODAY):
            key = f"xa-{row.area_id}"
            facts.append(UnitFacts(key, f"UBND {row.full_name}", Tree.GOVERNMENT, Level.COMMUNE, parent_key=above,
                                   area_id=row.area_id))  # fmt: skip
            communes.append((key, row.area_id, shard))
    add_units(facts=facts, by=by)
    ids = dict(UnitVersion.objects.values_list("unit__key", "unit_id"))
    return [Office(ids[key], area_id, shard) for key, area_id, shard in communes]


def people(by: Actor, offices: list[Office]) -> None:
    province = AreaVersion.objects.get(area__key=PROVINCE, valid_to=None).area_id
    here = next(o for o in offices if o.shard == 42)
    above = UnitVersion.objects.get(unit__key=f"tinh-{province}").unit_id
    for name, unit, role in (("xa", here.unit_id, "officer"), ("tinh", above, "coordinator")):
        account = add_account(username=name, full_name=name, password=PASSWORD, by=by, at=now())
        give_post(account=account, unit_id=unit, title=name, role=role, by=by, at=now())


def _chosen(offices: list[Office]) -> list[Office]:
    """All communes of Hà Tĩnh and a few of every other province: the fewer hands, the sooner it is written."""
    seen: Counter[int] = Counter()
    chosen = []
    for office in offices:
        seen[office.shard] += 1
        if office.shard == 42 or seen[office.shard] <= 6:
            chosen.append(office)
    return chosen


def seed(offices: list[Office]) -> None:
    rng = Random(1)  # noqa: S311 -- the same rows in every run
    said = illustrations(rng, SEEDED, security_share=0.3)
    batch: list[tuple[Said, Opening, Office]] = []
    for each in said:
        office = rng.choice(offices)
        at = datetime(2026, 11, 19, 8, tzinfo=VIETNAM) - timedelta(days=rng.randrange(600), minutes=rng.randrange(600))
        what = Said(content=f"{each.said} Số {rng.randrange(10**6)}.", area_id=office.area_id, field=Field(each.field),
                    kind=rng.choice((Kind.REFLECTION, Kind.OPINION, Kind.RECOMMENDATION)), place=each.place,
                    intake=rng.choice((Intake.PORTAL, Intake.PHONE, Intake.PAPER)))  # fmt: skip
        answered = rng.random() < 0.85
        opening = Opening(
            promise=promise_of(what, new_code(office.shard), office.unit_id),
            home_area=office.shard,
            at=at,
            answer=Given(payload_hash="0" * 64) if answered else None,
            answered_at=at + timedelta(days=rng.randrange(20)) if answered else None,
        )
        batch.append((what, opening, office))
    batch.sort(key=lambda row: str(row[2].unit_id))
    for office_rows in _by_office(batch):
        _write(office_rows)


def _by_office(batch: list[tuple[Said, Opening, Office]]) -> Iterator[list[tuple[Said, Opening, Office]]]:
    start = 0
    for end in range(1, len(batch) + 1):
        if end == len(batch) or batch[end][2] != batch[start][2]:
            yield batch[start:end]
            start = end


def _write(rows: list[tuple[Said, Opening, Office]]) -> None:
    by = Actor(label="x", role=ROLES["officer"], unit_id=rows[0][2].unit_id)
    with transaction.atomic():
        opened = open_many(openings=[o for _s, o, _f in rows], by=by)
        matters = [
            build_matter(said, each.commitment.code, each.commitment, by)
            for (said, _o, _f), each in zip(rows, opened, strict=True)
        ]
        Matter.objects.bulk_create(matters)
        MatterCommitment.objects.bulk_create(
            MatterCommitment(home_area=m.home_area, matter=m, commitment_id=m.current_id, ordinal=1) for m in matters
        )


COPIED = {
    "commitments_commitment": ("id", "code"),
    "commitments_step": ("id", "commitment_id"),
    "commitments_tally": (),
    "matters_matter": ("id", "code", "current_id"),
    "matters_mattercommitment": ("id", "matter_id", "commitment_id"),
}


def fill(matters: int) -> None:
    """Everything at once; says what it does on the standard error."""
    started = time.monotonic()
    by = system("bench")
    with transaction.atomic():
        offices = country(by)
        people(by, offices)
    seed(_chosen(offices))
    mark(COPIED)
    grow(matters)
    print(f"filled {matters} in {time.monotonic() - started:.0f} s", file=sys.stderr)


_grown = [1]


def grow(matters: int) -> None:
    """Copies until there are as many matters as asked for."""
    copies = round(matters / SEEDED)
    if copies > _grown[0]:
        copy(COPIED, _grown[0], copies)
        _grown[0] = copies
