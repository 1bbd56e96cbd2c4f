"""The dated rules, and the choice of the one that holds on a day.

Selection: the row in force on the day the clock's starting event happened. The amending law of 2025 has no transitional
clause, so whoever opens a clock keeps `id` and `version`; `rule_version` finds that very row again for ever.
"""

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from danvan.rules.calendar import dated
from danvan.rules.clock.deadline import ClockRefused
from danvan.rules.phrase import Phrase

Unit = Literal["wd", "cd"]
LENGTH = "%(days)s %(unit)s"
UNITS = {"wd": "ngày làm việc", "cd": "ngày"}
WEAK = frozenset({"M", "s-", "T"})


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """Up to `times` additions of `days` (`special` times for a specially complex case), on condition of `needs`."""

    days: int
    times: int
    special: int
    needs: str


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One legal clock of one rule set, in force on [valid_from, valid_to).

    `complex`, `remote`, `remote_complex` are ceilings from the same start; None where the rule knows no such case.
    `type` "quota" and "rule" are duties that no event starts; `quota` then says what is owed, and `due` refuses them;
    `times` days in each `per` where it can be counted (`rules.receptions`).
    """

    id: str
    version: str
    rule_set: str
    kinds: tuple[str, ...]
    step: str
    title: str
    source: str
    evidence: str
    valid_from: date
    valid_to: date | None = None
    type: Literal["clock", "quota", "rule"] = "clock"
    starts_on: str = ""
    starts_on_text: str = ""
    n: int = 0
    unit: Unit = "cd"
    complex: int | None = None
    remote: int | None = None
    remote_complex: int | None = None
    ext: ExtensionRule | None = None
    pauses: bool = False
    bound: Literal["max", "min"] = "max"
    quota: str = ""
    times: int = 0
    per: Literal["", "week", "month"] = ""
    alternative: str = ""
    note: str = ""
    family: str = ""

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def length(self) -> str:
        """7 ngày làm việc; for a duty without a clock, what is owed."""
        return str(self.lasts)

    @property
    def lasts(self) -> Phrase:
        return Phrase(self.quota) if self.quota else Phrase(LENGTH, {"days": self.n, "unit": Phrase(UNITS[self.unit])})

    def as_json(self) -> dict[str, Any]:
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        ext = self.ext and {item.name: getattr(self.ext, item.name) for item in fields(self.ext)}
        ends = self.valid_to and self.valid_to.isoformat()
        return plain | {"valid_from": self.valid_from.isoformat(), "valid_to": ends, "ext": ext, "length": self.length}


@cache
def raw() -> dict[str, Any]:
    text = files("danvan.rules").joinpath("data/clocks.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def all_rules() -> tuple[ClockRule, ...]:
    """Every row, in the order of the law."""
    return tuple(_rule(row, name) for row in raw()["rule"] for name in row["sets"])


def rule_by_id(rule_id: str, on: date) -> ClockRule:
    """The row of this id in force on `on`; an id without its letter (KN-27) finds the lettered row in force.

    Refuses an unknown id, naming near ones, and a day outside the rule's life, naming the row that holds instead.
    """
    rows = _rows().get(rule_id.strip().casefold())
    if not rows:
        raise ClockRefused("unknown-rule", _unknown(rule_id.strip()))
    for row in rows:
        if row.in_force(on):
            return row
    raise ClockRefused("not-in-force", _not_in_force(rows, on))


def rule_version(rule_id: str, version: str) -> ClockRule:
    """The row a clock was opened under, whatever is in force today."""
    for row in _rows().get(rule_id.casefold(), ()):
        if row.version == version:
            return row
    raise ClockRefused("unknown-rule", f"Không có quy tắc “{rule_id}” bản “{version}”.")


def pick(kind: str, step: str, on: date) -> ClockRule:
    """The row for this kind of matter and this step in force on `on`."""
    rows = _by_step().get((kind, step))
    if not rows:
        raise ClockRefused("unknown-step", _unknown_step(kind, step))
    for row in rows:
        if row.in_force(on):
            return row
    raise ClockRefused("not-in-force", _not_in_force(rows, on))


def _rule(row: dict[str, Any], name: str) -> ClockRule:
    rule_set = raw()["sets"][name]
    given = {key: value for key, value in row.items() if key not in {"sets", "from", "to"}}
    event = given.get("starts_on", "")
    return ClockRule(
        **given
        | {
            "version": given.get("version", name),
            "rule_set": name,
            "kinds": tuple(given["kinds"]),
            "ext": ExtensionRule(**given["ext"]) if "ext" in given else None,
            "starts_on_text": raw()["events"][event] if event else "",
            "valid_from": row.get("from", rule_set["from"]),
            "valid_to": row.get("to", rule_set.get("to")),
        }
    )


@cache
def _rows() -> dict[str, tuple[ClockRule, ...]]:
    found: dict[str, tuple[ClockRule, ...]] = {}
    for row in all_rules():
        for name in filter(None, {row.id.casefold(), row.family.casefold()}):
            found[name] = (*found.get(name, ()), row)
    return found


@cache
def _by_step() -> dict[tuple[str, str], tuple[ClockRule, ...]]:
    found: dict[tuple[str, str], tuple[ClockRule, ...]] = {}
    for row in all_rules():
        for kind in row.kinds:
            found[kind, row.step] = (*found.get((kind, row.step), ()), row)
    return found


def _unknown(rule_id: str) -> str:
    names = {name.casefold(): name for row in all_rules() for name in (row.family, row.id) if name}
    begun = [name for name in names if rule_id and name.startswith(rule_id.casefold())]
    near = (begun or get_close_matches(rule_id.casefold(), names, n=3, cutoff=0.6))[:3]
    hint = f" Có phải: {', '.join(names[name] for name in near)}?" if near else " Xem danh sách bằng --list."
    return f"Không có quy tắc “{rule_id}”.{hint}"


def _unknown_step(kind: str, step: str) -> str:
    steps = sorted(known for of_kind, known in _by_step() if of_kind == kind)
    if not steps:
        return f"Không có loại việc “{kind}”. Các loại: {', '.join(sorted({of_kind for of_kind, _ in _by_step()}))}."
    return f"Loại việc {kind} không có bước “{step}”. Các bước: {', '.join(steps)}."


def _not_in_force(rows: tuple[ClockRule, ...], on: date) -> str:
    first, last = rows[0], rows[-1]
    if on < first.valid_from:
        life = f"{first.id} có hiệu lực từ {dated(first.valid_from)}"
    elif last.valid_to:
        life = f"{last.id} đã hết hiệu lực từ {dated(last.valid_to)}"
    else:
        life = f"{last.id} không có hiệu lực vào ngày này"
    current = [row for row in _by_step()[first.kinds[0], first.step] if row.in_force(on)]
    instead = (
        f"áp dụng {current[0].id} ({current[0].version}: {current[0].length})" if current else "chưa có quy tắc khác"
    )
    return f"Quy tắc {life}; vào ngày {dated(on)} {instead}."
