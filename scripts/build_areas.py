"""Write the dated administrative areas of Việt Nam from a build-time package and our own list of changes.

    pip install vietnamadminunits==1.0.4      (MIT; never a run-time dependency)
    python scripts/build_areas.py

Writes `areas.csv` and `succession.csv` under `src/danvan/units/data/areas/`; the same input gives the same bytes.
The other files there are kept by hand. What the columns mean is in `danvan.units.catalogue`; where the facts come from,
and what is doubtful about them, in `sources.toml` beside the data.

The choices made here:

* **An area is a territory.** As long as the territory is the same, the key is the same, and name, type, code and
  parent are dated versions of it. So Hà Tĩnh is one area before and after 2025-07-01, tỉnh Thừa Thiên Huế and thành phố
  Huế are one, and a commune that was taken over whole and alone keeps its key even if its name or type changed. A
  commune or province that absorbed anything is another territory and gets a new key: An Giang today is not the An Giang
  of 2024, which is linked to it by a `merge`.
* **Keys** are a letter for the level, the code under which the area entered, and "@" with the day it began; codes are
  re-used with another meaning, so a key is never read, only compared. "@old" means before our data begin.
* **Vintage.** What the package calls "before" is the state on the last day, 2025-06-30. It is stated with an open
  beginning, which is right for nearly every province and not for the communes and districts merged in 2019-2025.
* **Districts** end on 2025-07-01. The package does not map them; their edges follow from those of their communes and
  lead to a lower level, so they answer "where is that today", never "who takes over".
* **Shares.** 1 where the whole goes to one successor, empty where the area was divided: the package knows no share.
  The default of a divided commune is the package's guess by area and distance, good for a first address, not for sums.
"""

import csv
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from areas_source import Source, Unit, drop_false_edges, read_package

REFORM = date(2025, 7, 1)
EXPECTED = {"p old": 63, "d old": 696, "c old": 10_035, "p new": 34, "c new": 3_321}
LEVELS = {"p": "province", "d": "district", "c": "commune"}
TARGET = Path(__file__).parents[1] / "src/danvan/units/data/areas"
CHANGES = Path(__file__).with_name("area_changes.toml")


@dataclass(frozen=True)
class Version:
    """One row of areas.csv."""

    key: str
    valid_from: date | None
    valid_to: date | None
    unit: Unit
    parent_key: str
    end_reason: str


class Edge(NamedTuple):
    """One row of succession.csv."""

    from_key: str
    to_key: str
    event: str
    whole: bool
    default: bool
    source: str
    confidence: str


def continuing(source: Source) -> dict[str, str]:
    """Old id -> new id of the areas whose territory is untouched: provinces of their own, communes one to one."""
    into = source.predecessors()
    merged = defaultdict(list)
    for old, new in source.provinces.items():
        merged[new].append(old)
    same = {olds[0]: new for new, olds in merged.items() if len(olds) == 1}
    for old, successors in source.edges.items():
        new = next(iter(successors))
        if old.startswith("c") and len(successors) == 1 and into[new] == {old}:
            same[old] = new
    return same


def new_keys(source: Source, same: dict[str, str]) -> dict[str, str]:
    keys = {unit: f"{unit}@{REFORM}" for unit in source.new}
    return keys | {new: old_key(old) for old, new in same.items()}


def old_key(unit: str) -> str:
    return f"{unit}@old" if unit else ""


def difference(before: Unit, after: Unit, moved: bool) -> str:
    reasons = {
        "rename": before.name != after.name,
        "retype": before.prefix != after.prefix,
        "recode": before.code != after.code,
        "reparent": moved,
    }
    return "+".join(reason for reason, holds in reasons.items() if holds)


def versions(source: Source, same: dict[str, str], keys: dict[str, str]) -> list[Version]:
    rows = []
    for unit in source.old.values():
        start, parent, parts = old_key(unit.id), old_key(unit.parent), source.edges.get(unit.id, {})
        if unit.letter == "p" and unit.id in same:
            rows.append(Version(start, None, None, unit, parent, ""))
        elif unit.id in same:
            after = source.new[same[unit.id]]
            rows.append(Version(start, None, REFORM, unit, parent, difference(unit, after, moved=True)))
        else:
            reason = {"p": "merge", "d": "abolished"}.get(unit.letter) or ("split" if len(parts) > 1 else "merge")
            rows.append(Version(start, None, REFORM, unit, parent, reason))
    unchanged = set(same.values())
    for unit in source.new.values():
        if unit.letter == "p" and unit.id in unchanged:
            continue
        rows.append(Version(keys[unit.id], REFORM, None, unit, keys.get(unit.parent, ""), ""))
    return rows


def cut(row: Version, day: date, before: Unit, after: Unit) -> list[Version]:
    return [
        replace(row, valid_to=day, unit=before, end_reason=difference(before, after, moved=False)),
        replace(row, valid_from=day, unit=after),
    ]


def with_changes(rows: list[Version], changes: dict[str, Any]) -> list[Version]:
    """Cut the versions that a hand-listed change of name or type falls into."""
    letters = {level: letter for letter, level in LEVELS.items()}
    for entry in changes["earlier"]:
        row = only(r for r in rows if r.unit.id == letters[entry["level"]] + entry["code"] and r.valid_from is None)
        before = replace(row.unit, prefix=entry["prefix"], name=entry["name"])
        rows[rows.index(row) : rows.index(row) + 1] = cut(row, entry["until"], before, row.unit)
    for entry in changes["later"]:
        for code in entry["codes"]:
            row = only(r for r in rows if r.unit.id == letters[entry["level"]] + code and r.valid_to is None)
            after = replace(row.unit, prefix=entry["prefix"])
            rows[rows.index(row) : rows.index(row) + 1] = cut(row, entry["from"], row.unit, after)
    return rows


def only(rows: Iterable[Version]) -> Version:
    (row,) = rows
    return row


def succession(source: Source, same: dict[str, str], keys: dict[str, str], changes: dict[str, Any]) -> list[Edge]:
    doubtful = {("c" + entry["old"], "c" + entry["new"]) for entry in changes["doubtful_edge"]}
    rows = [
        Edge(old_key(old), keys[new], "merge", True, True, "nq202", "resolution")
        for old, new in source.provinces.items()
        if old not in same
    ]
    gone: dict[str, set[str]] = defaultdict(set)
    for old, successors in source.edges.items():
        if old.startswith("c"):
            gone[source.old[old].parent] |= successors.keys()
        if old in same:
            continue
        whole = len(successors) == 1
        event = "end" if old.startswith("d") else "merge" if whole else "split"
        for new, default in successors.items():
            confidence = "disputed" if (old, new) in doubtful else "source"
            rows.append(Edge(old_key(old), keys[new], event, whole, default, "vau", confidence))
    for old, targets in gone.items():
        alone = len(targets) == 1
        rows += [Edge(old_key(old), keys[new], "end", alone, alone, "derived", "derived") for new in targets]
    return sorted(rows, key=lambda row: (order(row.from_key), order(row.to_key)))


def order(key: str) -> tuple[int, str, str]:
    unit, begun = key.split("@")
    return "pdc".index(unit[0]), unit[1:], begun if begun != "old" else ""


def write(path: Path, header: str, rows: Iterable[Iterable[str]]) -> int:
    lines = [header.split(","), *rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    return len(lines) - 1


def version_row(row: Version) -> list[str]:
    begin = row.valid_from.isoformat() if row.valid_from else ""
    end = row.valid_to.isoformat() if row.valid_to else ""
    unit = row.unit
    return [row.key, begin, end, LEVELS[unit.letter], unit.prefix, unit.name, unit.code, row.parent_key, row.end_reason]


def edge_row(row: Edge) -> list[str]:
    share, default = "1" if row.whole else "", "1" if row.default else "0"
    return [row.from_key, row.to_key, REFORM.isoformat(), row.event, share, default, row.source, row.confidence]


def check_counts(source: Source) -> None:
    found: dict[str, int] = defaultdict(int)
    for units, era in ((source.old, "old"), (source.new, "new")):
        for unit in units.values():
            found[f"{unit.letter} {era}"] += 1
    if found != EXPECTED:
        sys.exit(f"the package counts {dict(found)}, expected {EXPECTED}")


def main() -> None:
    changes = tomllib.loads(CHANGES.read_text(encoding="utf-8"))
    source = read_package()
    check_counts(source)
    dropped = drop_false_edges(source, changes)
    same = continuing(source)
    keys = new_keys(source, same)
    rows = with_changes(versions(source, same, keys), changes)
    rows.sort(key=lambda row: (order(row.key), row.valid_from or date.min))
    header = "key,valid_from,valid_to,level,prefix,name,code,parent_key,end_reason"
    areas = write(TARGET / "areas.csv", header, map(version_row, rows))
    header = "from_key,to_key,on_date,event,share,is_default,source,confidence"
    edges = write(TARGET / "succession.csv", header, map(edge_row, succession(source, same, keys, changes)))
    sys.stdout.write(f"{areas} versions, {edges} edges, {len(same)} areas continue\n")
    sys.stdout.write(f"{len(dropped)} false edges dropped:\n")
    for old, new in dropped:
        before, after = source.old[old], source.new[new]
        sys.stdout.write(f"  {old} {before.full_name} -> {new} {after.full_name}\n")


if __name__ == "__main__":
    main()
