"""Which column of somebody's spreadsheet means what: by the words of its heading, or as the unit said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from danvan.matters.kinds import SheetColumn
from danvan.matters.models import SheetHeading
from danvan.rules.text import fold

REQUIRED = (SheetColumn.HELD_ON, SheetColumn.TITLE, SheetColumn.CONTENT)
LOOKED_THROUGH = 15
"""Rows in which the headings are looked for; above them stand titles."""
LONGEST_HEADING = 120
_ALSO_CALLED: Mapping[SheetColumn, tuple[str, ...]] = {
    SheetColumn.HELD_ON: ("ngay", "ngay to chuc", "thoi gian", "ngay thang", "thoi gian to chuc"),
    SheetColumn.TITLE: ("hoi nghi", "ten buoi", "ten cuoc hop", "cuoc hop", "ten hoi nghi cuoc hop"),
    SheetColumn.PLACE: ("noi", "dia diem", "dia diem to chuc", "noi hop"),
    SheetColumn.AREA: ("xa", "dia ban", "phuong", "xa phuong dac khu", "don vi hanh chinh"),
    SheetColumn.CHAIR: ("chu tri", "chuc danh nguoi chu tri"),
    SheetColumn.ATTENDANCE: ("so nguoi", "so nguoi tham du", "so luot nguoi du", "nguoi du"),
    SheetColumn.CONTENT: ("noi dung", "y kien", "noi dung y kien kien nghi", "noi dung phan anh", "noi dung kien nghi"),
    SheetColumn.FIELD: ("loai", "nhom linh vuc"),
    SheetColumn.HAMLET: ("ap", "thon", "to", "to dan pho", "khu pho", "thon ap", "to ap", "thon to dan pho", "ban"),
    SheetColumn.UNIT: ("don vi tra loi", "co quan giai quyet", "don vi giai quyet", "co quan don vi tra loi"),
    SheetColumn.ANSWER: ("tra loi", "noi dung tra loi", "ket qua tra loi", "giai trinh tai cho"),
    SheetColumn.ANSWERED_ON: ("ngay giai quyet",),
}
NAMES = {
    name: column
    for column, names in _ALSO_CALLED.items()
    for name in (fold(str(column.label)), *names, column.value.replace("_", " "))
}


@dataclass(frozen=True)
class Headings:
    """`row` counts from 0; `columns` says where each column stands; `words` are the headings as they are written."""

    row: int
    columns: dict[SheetColumn, int]
    words: list[str]

    @property
    def missing(self) -> list[SheetColumn]:
        return [column for column in REQUIRED if column not in self.columns]

    @property
    def unread(self) -> list[str]:
        read = set(self.columns.values())
        return [word for index, word in enumerate(self.words) if word and index not in read]


def remembered(unit_id: UUID) -> dict[str, SheetColumn]:
    rows = SheetHeading.objects.filter(unit_id=unit_id).values_list("heading", "column")
    return {heading: SheetColumn(column) for heading, column in rows}


def find_headings(rows: Sequence[Sequence[Any]], known: Mapping[str, SheetColumn]) -> Headings:
    """The row that names most of our columns, else the first with at least three words in it."""
    names = {**NAMES, **known}
    candidates = [_headings(number, row, names) for number, row in enumerate(rows[:LOOKED_THROUGH])]
    best = max(candidates, key=lambda each: len(each.columns), default=Headings(0, {}, []))
    if len(best.columns) >= 2:
        return best
    return next((each for each in candidates if sum(map(bool, each.words)) >= 3), best)


def _headings(number: int, row: Sequence[Any], names: Mapping[str, SheetColumn]) -> Headings:
    words = [" ".join(str(cell).split())[:LONGEST_HEADING] for cell in row]
    columns: dict[SheetColumn, int] = {}
    for index, word in enumerate(words):
        column = names.get(fold(word))
        if column is not None:
            columns.setdefault(column, index)
    return Headings(number, columns, words)
