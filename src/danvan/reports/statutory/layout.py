"""How a form is printed: its headings one under the other, and the row of codes below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from danvan.reports.statutory.form import Column, Form


@dataclass(frozen=True)
class Heading:
    """One cell of the headings: where it stands, from 0, and how far it reaches."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def depth(form: Form) -> int:
    """How many rows the headings take."""
    return 1 + max(len(column.group) for column in form.columns)


def headings(form: Form) -> list[Heading]:
    """The headings as the form prints them: a group over its columns, a column without one over all rows below it."""
    rows = depth(form)
    found = [
        Heading(column.title, len(column.group), place, rows - len(column.group), 1)
        for place, column in enumerate(form.columns)
    ]
    for level in range(rows - 1):
        found += _groups(form.columns, level)
    return sorted(found, key=lambda each: (each.row, each.column))


def _groups(columns: Sequence[Column], level: int) -> Iterator[Heading]:
    start = 0
    for place in range(1, len(columns) + 1):
        path = columns[start].group[: level + 1]
        if place < len(columns) and columns[place].group[: level + 1] == path:
            continue
        if len(path) > level:
            yield Heading(path[level], level, start, 1, place - start)
        start = place


def code_of(form: Form, column: Column) -> str:
    """The number of a column with the identity printed under it, such as `1=2+3=4+5`."""
    printed = (each.printed.partition(" ")[0] for each in form.identities)
    return next((text for text in printed if text.partition("=")[0] == str(column.number)), str(column.number))
