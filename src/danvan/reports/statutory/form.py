"""What one version of a statutory form says: its columns, what each counts, and which of them must add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from danvan.rules.periods import Period

Value = int | Decimal | None
"""A count or an amount; None where the records cannot tell, which is never zero."""


@dataclass(frozen=True)
class Column:
    """One printed column. `key` is stable over versions, `number` is only what this version prints.

    `source` names the rows it is counted from and `where` narrows them; `sum` adds up one of their columns instead of
    counting them, divided by `scale`. A column without a source is `unknown`, for the reason given there. `group` are
    the headings above it, from the top. `counted` is a sentence for whoever signs the form.
    """

    key: str
    number: int
    title: str
    unit: str
    counted: str
    group: tuple[str, ...] = ()
    source: str = ""
    where: Mapping[str, tuple[str, ...]] | None = None
    sum: str = ""
    scale: int = 1
    unknown: str = ""

    @property
    def full_title(self) -> str:
        return ": ".join((*self.group, self.title))

    @property
    def is_amount(self) -> bool:
        return self.scale != 1 or self.unit == "m²"


@dataclass(frozen=True)
class Checked:
    """An identity held against figures: each side, and whether they agree; None where an unknown column decides."""

    identity: "Identity"
    sides: tuple[Value, ...]
    holds: bool | None


@dataclass(frozen=True)
class Identity:
    """`printed` as it stands under the headings; `equal` the same in keys: every side is a sum and all are equal."""

    printed: str
    equal: tuple[tuple[str, ...], ...]
    note: str = ""

    def check(self, values: Mapping[str, Value]) -> Checked:
        """An unknown column is taken for what is missing from a sum: none where nothing is missing, and then it holds;
        it contradicts where what is known is too much already.
        """
        whole = values.get(self.equal[0][0])
        found = [self._side(side, values, whole) for side in self.equal]
        verdicts = [verdict for _known, verdict in found]
        holds = False if False in verdicts else None if None in verdicts else True
        return Checked(self, tuple(known for known, _verdict in found), holds)

    def _side(self, side: tuple[str, ...], values: Mapping[str, Value], whole: Value) -> tuple[Value, bool | None]:
        terms = [values.get(key) for key in side]
        known = [term for term in terms if term is not None]
        total = sum(known) if known else None
        if whole is None:
            return total, None
        if len(known) == len(terms) or sum(known) >= whole:
            return total, sum(known) == whole
        return total, None

    def said(self) -> str:
        return " = ".join(" + ".join(side) for side in self.equal)


@dataclass(frozen=True)
class Form:
    """One version of one form; valid for periods that end from `valid_from` up to but not including `valid_to`."""

    code: str
    version: str
    title: str
    basis: str
    valid_from: date
    valid_to: date | None
    evidence: str
    source: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    identities: tuple[Identity, ...]
    within: tuple[tuple[str, str], ...]
    carries: tuple[str, str] | None = None

    @property
    def slug(self) -> str:
        return slug_of(self.code)

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    def covers(self, period: Period) -> bool:
        return self.valid_from <= period.last_day and (self.valid_to is None or period.last_day < self.valid_to)

    def check(self, values: Mapping[str, Value]) -> tuple[Checked, ...]:
        """Every printed identity, then every part that must not exceed its whole."""
        return tuple(identity.check(values) for identity in self.identities)

    def exceeding(self, values: Mapping[str, Value]) -> tuple[tuple[Column, Column], ...]:
        """Parts that are larger than what they are part of."""
        return tuple(
            (self.by_key[part], self.by_key[whole])
            for part, whole in self.within
            if (some := values.get(part)) is not None and (all_ := values.get(whole)) is not None and some > all_
        )


def slug_of(code: str) -> str:
    """01/XLD as it stands in an address."""
    return code.lower().replace("/", "-")
