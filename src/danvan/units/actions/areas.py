"""Loading the dated areas; running it again after an update of the data changes only what differs."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction

from danvan.rules.text import fold, place_key
from danvan.rules.trees import Link, closure
from danvan.units import catalogue
from danvan.units.access import Actor
from danvan.units.actions.agencies import require_manager
from danvan.units.models import (
    Area,
    AreaAlias,
    AreaClosure,
    AreaSuccession,
    AreaVersion,
    HomeArea,
    catalogue_id,
)

BATCH = 2000


@transaction.atomic
def load_areas(*, by: Actor) -> dict[str, int]:
    """Fills the area tables from the packaged catalogue and returns how many rows each holds.

    Areas are only ever added, because other tables point at them; names, successions and the closure are made afresh.
    """
    require_manager(by)
    areas = catalogue.read_areas()
    ids = {area.key: catalogue_id("area", area.key) for area in areas}
    Area.objects.bulk_create((Area(id=i, key=key) for key, i in ids.items()), ignore_conflicts=True, batch_size=BATCH)
    return {
        "areas": len(ids),
        "versions": _replace(AreaVersion, _versions(areas, ids)),
        "aliases": _replace(AreaAlias, _aliases(ids)),
        "successions": _replace(AreaSuccession, _successions(ids)),
        "shards": _replace(HomeArea, _shards(ids)),
        "closure": _replace(AreaClosure, _closure(areas, ids)),
    }


def _replace(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    model._base_manager.all().delete()
    return len(model._base_manager.bulk_create(list(rows), batch_size=BATCH))


def _versions(areas: Iterable[catalogue.AreaRow], ids: dict[str, UUID]) -> Iterable[AreaVersion]:
    for area in areas:
        for version in area.versions:
            yield AreaVersion(
                area_id=ids[area.key],
                level=area.level,
                code=version.code,
                prefix=version.prefix,
                name=version.name,
                full_name=version.full_name,
                parent_id=ids[version.parent_key] if version.parent_key else None,
                valid_from=version.valid_from,
                valid_to=version.valid_to,
                fold=fold(version.full_name),
                sort_key=place_key(version.full_name)[:400],
            )


def _aliases(ids: dict[str, UUID]) -> Iterable[AreaAlias]:
    for row in catalogue.read_aliases():
        yield AreaAlias(area_id=ids[row.key], alias=row.alias, fold=fold(row.alias))


def _successions(ids: dict[str, UUID]) -> Iterable[AreaSuccession]:
    for row in catalogue.read_succession():
        yield AreaSuccession(
            before_id=ids[row.from_key],
            after_id=ids[row.to_key],
            on=row.on_date,
            event=row.event,
            share=row.share,
            default=row.is_default,
            source=row.source,
            confidence=row.confidence,
        )


def _shards(ids: dict[str, UUID]) -> Iterable[HomeArea]:
    for row in catalogue.read_home_areas():
        yield HomeArea(shard=row.shard, area_id=ids[row.area_key], valid_from=row.valid_from, valid_to=row.valid_to)


def _closure(areas: Iterable[catalogue.AreaRow], ids: dict[str, UUID]) -> Iterable[AreaClosure]:
    links = (
        Link(ids[a.key], ids[v.parent_key] if v.parent_key else None, v.valid_from, v.valid_to)
        for a in areas
        for v in a.versions
    )
    for pair in closure(links):
        yield AreaClosure(
            ancestor_id=pair.ancestor,
            descendant_id=pair.descendant,
            depth=pair.depth,
            valid_from=pair.start,
            valid_to=pair.end,
        )
