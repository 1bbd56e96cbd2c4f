"""The agencies that the published articles speak of, dated, with the province of Hà Tĩnh down to its communes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from danvan.units.access import Actor, in_force
from danvan.units.actions import UnitFacts, add_units, load_areas
from danvan.units.kinds import Event, Level, Tree
from danvan.units.models import Area, AreaSuccession, AreaVersion, UnitSuccession, catalogue_id
from danvan.units.queries import communes_of

REFORM = date(2025, 7, 1)
POLICE_WITHOUT_DISTRICTS = date(2025, 3, 1)
PARTY_MERGER = date(2025, 3, 1)
HA_TINH = "p42@old"


def area(key: str) -> UUID:
    return Area.objects.values_list("id", flat=True).get(key=key)


def load(by: Actor) -> None:
    load_areas(by=by)
    add_units(facts=[*_centre(), *_provinces(), *_ha_tinh_before(), *_ha_tinh_now()], by=by)
    UnitSuccession.objects.bulk_create(_successions())


def _centre() -> Iterator[UnitFacts]:
    yield UnitFacts("bca", "Bộ Công an", Tree.POLICE, Level.CENTRAL, symbol="BCA")
    yield UnitFacts("tcct", "Tổng cục Chính trị Quân đội nhân dân Việt Nam", Tree.ARMY, Level.CENTRAL, symbol="CT")
    yield UnitFacts("bdvtw", "Ban Dân vận Trung ương", Tree.PARTY, Level.CENTRAL, valid_to=date(2025, 2, 1))
    yield UnitFacts("btgdvtw", "Ban Tuyên giáo và Dân vận Trung ương", Tree.PARTY, Level.CENTRAL,
                    valid_from=date(2025, 2, 1))  # fmt: skip


_PROVINCES = (
    # slug, area, name, from, to
    ("ht", HA_TINH, "tỉnh Hà Tĩnh", "Tỉnh ủy Hà Tĩnh", None, None),
    ("hg", "p93@old", "tỉnh Hậu Giang", "Tỉnh ủy Hậu Giang", None, REFORM),
    ("ag0", "p89@old", "tỉnh An Giang", "Tỉnh ủy An Giang", None, REFORM),
    ("ag", "p91@2025-07-01", "tỉnh An Giang", "Tỉnh ủy An Giang", REFORM, None),
    ("ct", "p92@2025-07-01", "thành phố Cần Thơ", "Thành ủy Cần Thơ", REFORM, None),
)


def _provinces() -> Iterator[UnitFacts]:
    for slug, key, name, committee, start, end in _PROVINCES:
        place = area(key)
        more: dict[str, Any] = {"level": Level.PROVINCE, "area_id": place, "valid_from": start, "valid_to": end}
        yield UnitFacts(f"ubnd-{slug}", f"Ủy ban nhân dân {name}", tree=Tree.GOVERNMENT, short_name=f"UBND {name}",
                        symbol="UBND", **more)  # fmt: skip
        yield UnitFacts(f"ca-{slug}", f"Công an {name}", tree=Tree.POLICE, parent_key="bca", symbol="CAT", **more)
        yield UnitFacts(f"mttq-{slug}", f"Ủy ban Mặt trận Tổ quốc Việt Nam {name}", tree=Tree.FRONT, symbol="MTTQ",
                        **more)  # fmt: skip
        yield UnitFacts(f"qs-{slug}", f"Bộ Chỉ huy quân sự {name}", tree=Tree.ARMY, parent_key="tcct", symbol="BCH",
                        **more)  # fmt: skip
        yield UnitFacts(f"tu-{slug}", committee, tree=Tree.PARTY, symbol="TU", **more)
        yield from _committee_board(slug, committee, place, start, end)


def _committee_board(
    slug: str, committee: str, place: UUID, start: date | None, end: date | None
) -> Iterator[UnitFacts]:
    parent = f"tu-{slug}"
    if start is None or start < PARTY_MERGER:
        yield UnitFacts(f"bdv-{slug}", f"Ban Dân vận {committee}", Tree.PARTY, Level.PROVINCE, parent_key=parent,
                        area_id=place, valid_from=start, valid_to=PARTY_MERGER, symbol="BDVTU")  # fmt: skip
    yield UnitFacts(f"btgdv-{slug}", f"Ban Tuyên giáo và Dân vận {committee}", Tree.PARTY, Level.PROVINCE,
                    parent_key=parent, area_id=place, valid_from=max(start or PARTY_MERGER, PARTY_MERGER),
                    valid_to=end, symbol="BTGDVTU")  # fmt: skip


def lowered(full_name: str) -> str:
    """`Phường Thành Sen` inside a name: `phường Thành Sen`."""
    return full_name[:1].lower() + full_name[1:]


def _ha_tinh_before() -> Iterator[UnitFacts]:
    """Police of the districts until they lost theirs, and of the communes under them."""
    on = date(2024, 12, 31)
    province = area(HA_TINH)
    districts = AreaVersion.objects.filter(in_force(on), level=Level.DISTRICT, parent_id=province)
    for row in districts:
        yield UnitFacts(_key("ca", row), f"Công an {lowered(row.full_name)}", Tree.POLICE, Level.DISTRICT,
                        parent_key="ca-ht", area_id=row.area_id, valid_to=POLICE_WITHOUT_DISTRICTS)  # fmt: skip
    by_id = {row.area_id: row for row in districts}
    for row in communes_of(province, on):
        name = f"Công an {lowered(row.full_name)}"
        above = _key("ca", by_id[row.parent_id]) if row.parent_id in by_id else "ca-ht"
        yield UnitFacts(_key("ca", row), name, Tree.POLICE, Level.COMMUNE, parent_key=above, area_id=row.area_id,
                        valid_to=POLICE_WITHOUT_DISTRICTS)  # fmt: skip
        yield UnitFacts(_key("ca", row), name, Tree.POLICE, Level.COMMUNE, parent_key="ca-ht", area_id=row.area_id,
                        valid_from=POLICE_WITHOUT_DISTRICTS, valid_to=REFORM)  # fmt: skip


def _ha_tinh_now() -> Iterator[UnitFacts]:
    for row in communes_of(area(HA_TINH), REFORM):
        name = lowered(row.full_name)
        common: dict[str, Any] = {"level": Level.COMMUNE, "area_id": row.area_id, "valid_from": REFORM}
        yield UnitFacts(_key("ubnd", row), f"Ủy ban nhân dân {name}", tree=Tree.GOVERNMENT, parent_key="ubnd-ht",
                        short_name=f"UBND {name}", symbol="UBND", **common)  # fmt: skip
        yield UnitFacts(_key("ca", row), f"Công an {name}", tree=Tree.POLICE, parent_key="ca-ht", symbol="CAX",
                        **common)  # fmt: skip


def _key(kind: str, row: AreaVersion) -> str:
    return f"{kind}-{row.area_id}"


def _successions() -> Iterator[UnitSuccession]:
    """Who took over: from the successions of the places, and the mergers of the boards."""
    pairs = [("bdvtw", "btgdvtw", date(2025, 2, 1))]
    pairs += [(f"bdv-{s}", f"btgdv-{s}", PARTY_MERGER) for s in ("ht", "hg", "ag0")]
    for kind in ("ubnd", "ca", "mttq", "qs", "tu", "btgdv"):
        pairs += [(f"{kind}-hg", f"{kind}-ct", REFORM), (f"{kind}-ag0", f"{kind}-ag", REFORM)]
    for before, after, on in pairs:
        yield UnitSuccession(
            before_id=catalogue_id("unit", before), after_id=catalogue_id("unit", after), on=on, event=Event.MERGE
        )
    yield from _police_of_communes()


def _police_of_communes() -> Iterator[UnitSuccession]:
    old = communes_of(area(HA_TINH), date(2024, 12, 31)).exclude(valid_to=None).values_list("area_id", flat=True)
    edges = AreaSuccession.objects.filter(before_id__in=list(old), on=REFORM).order_by("before_id", "-default")
    taken: set[UUID] = set()
    for edge in edges:
        yield UnitSuccession(
            before_id=catalogue_id("unit", f"ca-{edge.before_id}"),
            after_id=catalogue_id("unit", f"ca-{edge.after_id}"),
            on=REFORM,
            event=edge.event,
            default=edge.before_id not in taken,
            source=edge.source,
        )
        taken.add(edge.before_id)
