"""Read the two systems of administrative units, and the mapping between them, from the build-time package.

The package joins communes by name within a present-day province, so two communes of one name each got the other's
successor as well. Of the communes of one name that lead to the same successor, only the one that shares most with its
other predecessors (the district, then the province) is believed; from the others, where they have another successor,
the edge is dropped as a **name echo**.
"""

import json
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE, PACKAGE_VERSION = "vietnamadminunits", "1.0.4"
PREFIXES = ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Quận", "Huyện", "Tỉnh", "Xã")


@dataclass(frozen=True)
class Unit:
    """One row of the package: a unit of one of the two systems."""

    letter: str
    code: str
    prefix: str
    name: str
    parent: str = ""

    @property
    def id(self) -> str:
        return self.letter + self.code

    @property
    def full_name(self) -> str:
        return f"{self.prefix} {self.name}"


@dataclass
class Source:
    """Both systems and the edges between their communes. Island districts without communes stand among the olds."""

    old: dict[str, Unit] = field(default_factory=dict)
    new: dict[str, Unit] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)
    edges: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))

    def predecessors(self) -> dict[str, set[str]]:
        into: dict[str, set[str]] = defaultdict(set)
        for old, successors in self.edges.items():
            for new in successors:
                into[new].add(old)
        return into


def split_name(full: str) -> tuple[str, str]:
    """Cut the type off a full name; the package's own type column is wrong in a few rows, its names are not."""
    text = " ".join(unicodedata.normalize("NFC", full).split())
    for prefix in PREFIXES:
        if text.casefold().startswith(prefix.casefold() + " "):
            return prefix, text[len(prefix) + 1 :]
    raise ValueError(f"no known type in {full!r}")


def package_data() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None or version(PACKAGE) != PACKAGE_VERSION:
        sys.exit(f"needs {PACKAGE}=={PACKAGE_VERSION} in this environment")
    return Path(spec.origin).parent / "data"


def read_package() -> Source:
    folder = package_data()
    source = Source()
    names = read_units(source, folder / "dataset.db")
    mapping = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    read_edges(source, names, mapping)
    return source


@dataclass
class Names:
    """The package's own names of units, by which its mapping refers to them."""

    old: dict[str, str] = field(default_factory=dict)
    new: dict[tuple[str, str], str] = field(default_factory=dict)
    old_provinces: dict[str, str] = field(default_factory=dict)
    new_provinces: dict[str, str] = field(default_factory=dict)


def read_units(source: Source, database: Path) -> Names:
    names = Names()
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    for row in connection.execute("SELECT * FROM admin_units_legacy"):
        province = Unit("p", row["provinceCode"], *split_name(row["province"]))
        district = lowest = Unit("d", row["districtCode"], *split_name(row["district"]), province.id)
        if row["wardCode"]:
            lowest = Unit("c", row["wardCode"], *split_name(row["ward"]), district.id)
        source.old |= {unit.id: unit for unit in (province, district, lowest)}
        names.old_provinces[row["provinceKey"]] = province.id
        names.old[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = lowest.id
    for row in connection.execute("SELECT * FROM admin_units"):
        province = Unit("p", row["provinceCode"], *split_name(row["province"]))
        commune = Unit("c", row["wardCode"], *split_name(row["ward"]), province.id)
        source.new |= {unit.id: unit for unit in (province, commune)}
        names.new_provinces[row["provinceKey"]] = province.id
        names.new[row["provinceKey"], row["wardKey"]] = commune.id
    return names


def read_edges(source: Source, names: Names, mapping: dict[str, Any]) -> None:
    for province, olds in mapping["DICT_PROVINCE"].items():
        source.provinces |= {names.old_provinces[old]: names.new_provinces[province] for old in olds}
    for province, wholes in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in wholes.items():
            for old in olds:
                source.edges[names.old[old]][names.new[province, new]] = True
    for province, divided in mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                source.edges[names.old[old]][names.new[province, part["newWardKey"]]] = part["isDefaultNewWard"]


def drop_false_edges(source: Source, changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Remove name echoes and the edges refused by hand; the default moves to the one that is left."""
    into = source.predecessors()
    refused = {("c" + entry["old"], "c" + entry["new"]) for entry in changes["refused_edge"]}

    def kinship(old: Unit, new: str) -> tuple[int, int]:
        others = [source.old[other] for other in into[new] if source.old[other].full_name != old.full_name]
        province = source.old[old.parent].parent
        near = sum(other.parent == old.parent for other in others)
        return near, sum(source.old[other.parent].parent == province for other in others if other.letter == "c")

    def is_echo(old: Unit, new: str) -> bool:
        namesakes = [source.old[other] for other in into[new] if source.old[other].full_name == old.full_name]
        return kinship(old, new) < max(kinship(namesake, new) for namesake in namesakes)

    dropped = []
    for old, successors in source.edges.items():
        false = [n for n in successors if (old, n) in refused or (len(successors) > 1 and is_echo(source.old[old], n))]
        dropped += [(old, new) for new in false]
    for old, new in dropped:
        del source.edges[old][new]
        if len(source.edges[old]) == 1:
            source.edges[old] = dict.fromkeys(source.edges[old], True)
    return sorted(dropped)
