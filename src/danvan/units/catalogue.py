"""The packaged administrative areas of Việt Nam as plain rows: what the first load of the area tables reads.

Four tables and a drawing, all text, all under `data/`; no Django, no state, nothing cached. Intervals are half-open,
`[valid_from, valid_to)`; an absent beginning means "before our data begin", an absent end "in force". Where the facts
come from and what is doubtful is in `data/areas/sources.toml`; how they were made, in `scripts/build_areas.py`.
"""

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, cast

Level = Literal["province", "district", "commune"]
Event = Literal["merge", "split", "end"]
Confidence = Literal["resolution", "source", "derived", "disputed"]
AliasKind = Literal["short", "spelling", "former", "absorbed"]

CENTRAL_SHARD = 0
"""The shard code of what belongs to no province; every other code is in `read_home_areas`."""

_DATA = files("danvan.units") / "data"


@dataclass(frozen=True, slots=True)
class AreaVersionRow:
    """How an area was called, coded and placed over one interval; `end_reason` says why the interval ended.

    Reasons: `merge`, `split`, `abolished` end the area; `rename`, `retype`, `recode`, `reparent`, joined by "+" where
    several came together, lead to its next version.
    """

    valid_from: date | None
    valid_to: date | None
    prefix: str
    name: str
    code: str
    parent_key: str | None
    end_reason: str

    @property
    def full_name(self) -> str:
        return f"{self.prefix} {self.name}"

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One territory, whatever it was called: the key is only ever compared, never read for its code or date.

    The versions follow each other without a gap. An area that absorbed another is a new area, linked by succession.
    """

    key: str
    level: Level
    versions: tuple[AreaVersionRow, ...]

    @property
    def valid_from(self) -> date | None:
        return self.versions[0].valid_from

    @property
    def valid_to(self) -> date | None:
        return self.versions[-1].valid_to

    @property
    def end_reason(self) -> str:
        return self.versions[-1].end_reason

    def on(self, day: date) -> AreaVersionRow | None:
        return next((version for version in self.versions if version.covers(day)), None)


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """What became of an area on a day.

    `merge`: the whole of it went into the successor. `split`: it was divided, and each successor holds a part.
    `end`: its level was abolished, and the successor, a commune, is where it lies today.
    `share` is the declared part of the area that the successor holds, empty where nobody declared it. `is_default`
    names the successor to try first when the place inside a divided area is unknown; an estimate, not a fact.
    """

    from_key: str
    to_key: str
    on_date: date
    event: Event
    share: Decimal | None
    is_default: bool
    source: str
    confidence: Confidence

    @property
    def can_rebase(self) -> bool:
        """Whether figures of the area may be carried over to the successor; without a share they must not be added."""
        return self.share is not None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name people use: shortened, spelt otherwise, the area's own earlier one, or of a unit it had absorbed."""

    key: str
    alias: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class HomeAreaRow:
    """The frozen shard code (1..4095) that stands for a province; a former province has the code of its successor."""

    shard: int
    area_key: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the tile grid; a mark carries a label, a province is labelled by its name on the day shown."""

    area_key: str
    column: int
    row: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """The provinces as equal squares in roughly their places, and the two archipelagos as labelled marks."""

    valid_from: date
    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    marks: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class DataVersion:
    """What to print beside the areas: the version, and the last day for which changes were looked for."""

    version: str
    known_until: date


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts of the catalogue come from; `key` is the one in the column `source` of the successions."""

    key: str
    name: str
    version: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Act:
    """A decision whose effect is in the data from a day on."""

    number: str
    on: date
    effect: str


def read_areas() -> tuple[AreaRow, ...]:
    """Every area, past and present, provinces first, then districts, then communes."""
    rows = groupby(_table("areas.csv"), key=itemgetter("key"))
    return tuple(_area(key, list(versions)) for key, versions in rows)


def read_succession() -> tuple[SuccessionRow, ...]:
    return tuple(
        SuccessionRow(
            from_key=row["from_key"],
            to_key=row["to_key"],
            on_date=date.fromisoformat(row["on_date"]),
            event=cast(Event, row["event"]),
            share=Decimal(row["share"]) if row["share"] else None,
            is_default=row["is_default"] == "1",
            source=row["source"],
            confidence=cast(Confidence, row["confidence"]),
        )
        for row in _table("succession.csv")
    )


def read_aliases() -> tuple[AliasRow, ...]:
    return tuple(AliasRow(row["key"], row["alias"], cast(AliasKind, row["kind"])) for row in _table("aliases.csv"))


def read_home_areas() -> tuple[HomeAreaRow, ...]:
    return tuple(
        HomeAreaRow(int(row["shard"]), row["area_key"], _day(row["valid_from"]), _day(row["valid_to"]))
        for row in _table("home_areas.csv")
    )


def read_tile_grid() -> TileGrid:
    grid = json.loads((_DATA / "tile_grid.json").read_text(encoding="utf-8"))

    def squares(kind: str) -> tuple[Tile, ...]:
        return tuple(Tile(tile["area"], tile["column"], tile["row"], tile.get("label", "")) for tile in grid[kind])

    begin = date.fromisoformat(grid["valid_from"])
    return TileGrid(begin, grid["columns"], grid["rows"], squares("tiles"), squares("marks"))


def read_data_version() -> DataVersion:
    data = _sources()["data"]
    return DataVersion(data["version"], data["known_until"])


def read_sources() -> tuple[Source, ...]:
    return tuple(
        Source(row["id"], row["name"], row.get("version", ""), row.get("licence", ""), row.get("url", ""))
        for row in _sources()["source"]
    )


def read_acts() -> tuple[Act, ...]:
    """In the order in which they took effect."""
    return tuple(Act(row["number"], row["from"], row["effect"]) for row in _sources()["act"])


def _sources() -> dict[str, Any]:
    return tomllib.loads((_DATA / "areas" / "sources.toml").read_text(encoding="utf-8"))


def _table(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((_DATA / "areas" / name).read_text(encoding="utf-8").splitlines())


def _area(key: str, rows: list[dict[str, str]]) -> AreaRow:
    return AreaRow(key, cast(Level, rows[0]["level"]), tuple(_version(row) for row in rows))


def _version(row: dict[str, str]) -> AreaVersionRow:
    return AreaVersionRow(
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        prefix=row["prefix"],
        name=row["name"],
        code=row["code"],
        parent_key=row["parent_key"] or None,
        end_reason=row["end_reason"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
