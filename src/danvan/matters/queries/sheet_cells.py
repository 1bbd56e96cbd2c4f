"""The cells of one row of opinions: read, and told what is wrong with each."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from danvan.matters.kinds import SheetColumn
from danvan.rules.days import read_day
from danvan.rules.numbers import parse_typed
from danvan.rules.text import nfc

MOST_PEOPLE = 100_000
HEAD = (
    SheetColumn.HELD_ON,
    SheetColumn.TITLE,
    SheetColumn.PLACE,
    SheetColumn.AREA,
    SheetColumn.CHAIR,
    SheetColumn.ATTENDANCE,
)
LONGEST = {
    SheetColumn.TITLE: 200,
    SheetColumn.PLACE: 200,
    SheetColumn.CHAIR: 160,
    SheetColumn.CONTENT: 20_000,
    SheetColumn.HAMLET: 120,
    SheetColumn.ANSWER: 20_000,
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GUARDED = re.compile(r"'(?=[=+\-@])")
"""The apostrophe with which careful programs keep a text from becoming a formula; it is no part of the text."""


@dataclass
class Cells:
    """The raw cells of one row by column. `errors` keep the row out, `warnings` are to be looked at."""

    number: int
    raw: dict[SheetColumn, Any]
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def formula(self, column: SheetColumn) -> None:
        """Notes that a cell is computed: its last result is taken, and where there is none the row is wrong."""
        if text_of(self.raw.get(column, "")):
            self.warnings.append(f"{column.label}: ô là công thức; lấy giá trị đang có.")
        else:
            self.errors.append(f"{column.label}: ô là công thức bị lỗi hoặc chưa có kết quả.")

    @property
    def is_blank(self) -> bool:
        return not any(text_of(value) for value in self.raw.values())

    def text(self, column: SheetColumn) -> str:
        """The words of a cell; too long a text is an error, never cut."""
        text = text_of(self.raw.get(column, ""))
        if len(text) > LONGEST.get(column, 300):
            self.errors.append(f"{column.label}: nhiều nhất {LONGEST.get(column, 300)} ký tự.")
            return ""
        return text

    def day(self, column: SheetColumn) -> date | None:
        read = read_day(self.raw.get(column, ""))
        self._tell(column, read.doubt, read.error)
        return read.value

    def people(self, column: SheetColumn) -> int:
        """A whole number of people; nothing written counts as none, with a warning."""
        value = self.raw.get(column, "")
        if isinstance(value, bool | date | time) or value is None:
            value = text_of(value)
        read = parse_typed(value)
        if read.value is None:
            self._tell(column, "" if read.error else "để trống nên tính là 0.", read.error)
            return 0
        if read.value != int(read.value) or not 0 <= read.value <= MOST_PEOPLE:
            self._tell(column, "", read.doubt or "phải là số nguyên từ 0 đến 100.000.")
            return 0
        self._tell(column, read.doubt, "")
        return int(read.value)

    def _tell(self, column: SheetColumn, doubt: str, error: str) -> None:
        if error:
            self.errors.append(f"{column.label}: {error}")
        if doubt:
            self.warnings.append(f"{column.label}: {doubt}")


def text_of(value: Any) -> str:
    """A cell as words: whole numbers without a fraction, days as people write them."""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = _CONTROL.sub("", nfc("" if value is None else str(value))).replace("\r\n", "\n").strip()
    return _GUARDED.sub("", text, count=1) if text.startswith("'") else text
