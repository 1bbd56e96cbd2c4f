"""Everything a reader sees of a sheet, in one value: drawn afresh for a draft, read back unchanged from a signed one.

Pages, documents, spreadsheets and the API all render this and nothing else, so that a signed sheet looks for ever as
it did when it was signed, whatever becomes of unit names, titles of indicators or the records.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from danvan.reports.indicators import Figure, Group, Indicator, computed
from danvan.reports.indicators.indicator import Aggregation
from danvan.reports.indicators.sources import Ratio, Total
from danvan.rules.periods import Period, parse

EDITION = 1


@dataclass(frozen=True)
class Issuer:
    """The unit as it stood: its own name, the one above it, the symbol of its papers, the place it sits in."""

    unit_id: str
    name: str
    short_name: str
    superior: str
    symbol: str
    place: str
    tree: str


@dataclass(frozen=True)
class Child:
    """One row under a roll-up. `values` is empty where the unit had handed in nothing."""

    unit_id: str
    name: str
    standing: str
    signed_on: str
    values: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Completeness:
    due: int
    signed: int
    missing: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Remark:
    """A finding as it stood, with the answer given to it and by whom."""

    code: str
    flag: str
    sentence: str
    blocking: bool
    indicator: str = ""
    answer: str = ""
    answered_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.blocking and not self.answer


@dataclass(frozen=True)
class Signature:
    name: str
    title: str
    at: str


@dataclass(frozen=True)
class Content:
    issuer: Issuer
    regime: str
    title: str
    abstract: str
    period: Period
    scope: str
    version: int
    reason: str
    groups: tuple[Group, ...]
    values: dict[str, int]
    children: tuple[Child, ...] = ()
    completeness: Completeness | None = None
    remarks: tuple[Remark, ...] = ()
    signed: Signature | None = None

    @cached_property
    def dictionary(self) -> Mapping[str, Indicator]:
        return {each.key: each for group in self.groups for each in group.indicators}

    def figure(self, key: str) -> Figure:
        return computed(key, self.values, self.dictionary)

    def figure_of(self, child: Child, key: str) -> Figure:
        return computed(key, child.values, self.dictionary)

    @property
    def open_remarks(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.is_open)

    def as_data(self) -> dict[str, Any]:
        return {
            "edition": EDITION,
            "issuer": asdict(self.issuer),
            "regime": self.regime,
            "title": self.title,
            "abstract": self.abstract,
            "period": _period_written(self.period),
            "scope": self.scope,
            "version": self.version,
            "reason": self.reason,
            "groups": [_group_written(group) for group in self.groups],
            "values": self.values,
            "children": [asdict(child) for child in self.children],
            "completeness": self.completeness and asdict(self.completeness),
            "remarks": [asdict(remark) for remark in self.remarks],
            "signed": self.signed and asdict(self.signed),
        }

    def written(self) -> str:
        """Canonical JSON: the same content gives the same bytes on every machine."""
        return json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        return digest_of(self.written())

    @property
    def fingerprint(self) -> str:
        """Short hash of the figures and remarks alone: what somebody had before their eyes when they pressed “Ký”."""
        shown = json.dumps([self.values, [asdict(remark) for remark in self.remarks]], sort_keys=True)
        return digest_of(shown)[:16]


def digest_of(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def read(written: str) -> Content:
    """The content of a signed sheet as it was frozen."""
    data: dict[str, Any] = json.loads(written)
    completeness, signed = data["completeness"], data["signed"]
    return Content(
        issuer=Issuer(**data["issuer"]),
        regime=data["regime"],
        title=data["title"],
        abstract=data["abstract"],
        period=_period_read(data["period"]),
        scope=data["scope"],
        version=data["version"],
        reason=data["reason"],
        groups=tuple(_group_read(group) for group in data["groups"]),
        values=data["values"],
        children=tuple(Child(**child) for child in data["children"]),
        completeness=completeness and Completeness(
            completeness["due"], completeness["signed"], tuple(completeness["missing"]), tuple(completeness["late"])
        ),
        remarks=tuple(Remark(**remark) for remark in data["remarks"]),
        signed=signed and Signature(**signed),
    )  # fmt: skip


def _period_written(period: Period) -> dict[str, str]:
    return {"code": period.code, "label": period.label, "start": str(period.start), "end": str(period.end)}


def _period_read(data: dict[str, str]) -> Period:
    start, end = date.fromisoformat(data["start"]), date.fromisoformat(data["end"])
    return Period(parse(data["code"]).kind, start, end, data["label"], data["code"])


def _group_written(group: Group) -> dict[str, Any]:
    lines = [_line_written(each) for each in group.indicators]
    return {"key": group.key, "title": group.title, "note": group.note, "lines": lines}


def _line_written(line: Indicator) -> dict[str, Any]:
    source = asdict(line.source) if isinstance(line.source, Ratio | Total) else {}
    return {
        "key": line.key, "title": line.title, "unit": line.unit, "counted": line.counted, "form": line.form,
        "part_of": line.part_of, "aggregation": line.aggregation.value, **source,
    }  # fmt: skip


def _group_read(data: dict[str, Any]) -> Group:
    return Group(data["key"], data["title"], data["note"], tuple(_line_read(line) for line in data["lines"]))


def _line_read(data: dict[str, Any]) -> Indicator:
    source: Ratio | Total | None = None
    if "numerator" in data:
        source = Ratio(data["numerator"], data["denominator"])
    elif "plus" in data:
        source = Total(tuple(data["plus"]), tuple(data["minus"]))
    return Indicator(
        data["key"], data["title"], data["unit"], data["counted"], source, Aggregation(data["aggregation"]),
        data["form"], data["part_of"],
    )  # fmt: skip
