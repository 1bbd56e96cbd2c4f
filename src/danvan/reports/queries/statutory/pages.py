"""A filled form as its page shows it: headings in rows, every figure with its column, what may be chosen instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.reports.queries.statutory.filled import Filled, Line, filled_for
from danvan.reports.statutory import Column, Form, Value, all_forms, codes
from danvan.reports.statutory.layout import Heading, code_of, depth, headings
from danvan.rules.periods import Kind, Period
from danvan.units.access import Actor

KINDS = (Kind.YEAR, Kind.NINE_MONTHS, Kind.HALF, Kind.QUARTER, Kind.MONTH)


@dataclass(frozen=True)
class FormPage:
    filled: Filled
    periods: list[Period]

    @property
    def form(self) -> Form:
        return self.filled.form

    @property
    def depth(self) -> int:
        return depth(self.form)

    @property
    def code_row(self) -> list[str]:
        return [code_of(self.form, column) for column in self.form.columns]

    @property
    def heading_rows(self) -> list[list[Heading]]:
        found = headings(self.form)
        return [[each for each in found if each.row == level] for level in range(self.depth)]

    @property
    def rows(self) -> Iterator[tuple[Line, list[tuple[Column, Value]]]]:
        for line in self.filled.lines:
            yield line, [(column, line.values[column.key]) for column in self.form.columns]

    @property
    def total(self) -> list[tuple[Column, Value]]:
        return [(column, self.filled.total[column.key]) for column in self.form.columns]

    @property
    def opens(self) -> bool:
        """Whether there are rows of other units below the unit's own."""
        return len(self.filled.lines) > 1

    @property
    def codes(self) -> list[tuple[str, str]]:
        """Every form with its title."""
        titles = {form.code: form.title for form in all_forms()}
        return [(code, titles[code]) for code in codes()]


def form_page(by: Actor, form: Form, unit_id: UUID, period: Period, on: date, *, own: bool) -> FormPage:
    """The page of a form, for whoever may see the figures of that unit and period."""
    return FormPage(filled_for(by, form, unit_id, period, own=own), _periods(period, on))


def _periods(chosen: Period, on: date) -> list[Period]:
    """State periods of this year and the last that have begun, longest first; and the chosen one if it is none."""
    years = sorted(
        {Period.containing(Kind.YEAR, on).code, Period.containing(Kind.YEAR, on).previous.code}, reverse=True
    )
    found = [
        Period.state(kind, int(year), number)
        for year in years
        for kind in KINDS
        for number in range(1, {Kind.HALF: 2, Kind.QUARTER: 4, Kind.MONTH: 12}.get(kind, 1) + 1)
    ]
    begun = [period for period in found if period.start <= on]
    return begun if chosen in begun else [chosen, *begun]


def last_closed_quarter(on: date) -> Period:
    return Period.containing(Kind.QUARTER, on).previous
