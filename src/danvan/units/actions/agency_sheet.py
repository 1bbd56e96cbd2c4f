"""Agencies from a spreadsheet: every row gets a verdict first, and is loaded only when asked to."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from danvan.base.errors import Invalid
from danvan.rules.periods import PeriodRefused, parse_day
from danvan.rules.text import fold, nfc
from danvan.units.access import Actor
from danvan.units.actions.agencies import UnitFacts, add_units, require_manager
from danvan.units.kinds import Level, Tree
from danvan.units.models import AreaVersion, Unit

COLUMNS = (
    "Mã khóa", "Tên đơn vị", "Tên gọn", "Ký hiệu văn bản", "Hệ thống", "Cấp", "Mã khóa cấp trên", "Mã địa bàn",
    "Từ ngày", "Đến trước ngày",
)  # fmt: skip
MAX_ROWS = 10_000


@dataclass(frozen=True)
class Verdict:
    """What became of one row: its number in the sheet, and the sentence where it is wrong."""

    row: int
    facts: UnitFacts | None
    sentence: str


def read_agencies(data: bytes) -> list[Verdict]:
    """Checks every row of the first visible sheet; writes nothing. Refuses a file that is no such spreadsheet."""
    rows = _rows(data)
    heads = [nfc(str(cell)).strip() for cell in rows[0]] if rows else []
    if tuple(heads[: len(COLUMNS)]) != COLUMNS:
        raise Invalid("wrong-columns", "Dòng đầu phải có các cột: " + ", ".join(COLUMNS) + ".", "file")
    if len(rows) > MAX_ROWS + 1:
        raise Invalid("too-many-rows", f"Tệp có hơn {MAX_ROWS} dòng.", "file")
    known = set(Unit.objects.values_list("key", flat=True))
    keys = known | {str(r[0]).strip() for r in rows[1:]}
    areas = dict(AreaVersion.objects.filter(valid_to=None).values_list("code", "area_id"))
    return [_verdict(i, row, keys, areas) for i, row in enumerate(rows[1:], 2) if any(str(c).strip() for c in row)]


def _rows(data: bytes) -> Sequence[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = [s.name for s in book.sheets_metadata if "Visible" in str(s.visible)]
        return book.get_sheet_by_name(names[0]).to_python() if names else []
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid("not-a-spreadsheet", "Không đọc được tệp này như một bảng tính .xlsx.", "file") from error


def _verdict(number: int, row: Sequence[object], keys: set[str], areas: dict[str, UUID]) -> Verdict:
    cells = [nfc(str(c)).strip() if not isinstance(c, date | datetime) else c for c in row]
    cells += [""] * (len(COLUMNS) - len(cells))
    key, name, short, symbol, tree, level, parent, area, start, end = cells[: len(COLUMNS)]
    try:
        facts = UnitFacts(
            key=_filled(key, "Mã khóa"),
            name=_filled(name, "Tên đơn vị"),
            short_name=str(short),
            symbol=str(symbol),
            tree=Tree(_choice(tree, Tree, "Hệ thống")),
            level=Level(_choice(level, Level, "Cấp")),
            parent_key=_one_of(parent, keys, "Mã khóa cấp trên"),
            area_id=_area(area, areas),
            valid_from=_day(start, "Từ ngày"),
            valid_to=_day(end, "Đến trước ngày"),
        )
    except Invalid as error:
        return Verdict(number, None, error.sentence)
    return Verdict(number, facts, "")


def _filled(cell: object, column: str) -> str:
    if not str(cell):
        raise Invalid("empty", f"Cột “{column}” đang trống.")
    return str(cell)


def _choice(cell: object, choices: type[Tree] | type[Level], column: str) -> str:
    by_name = {fold(str(choice.label)): choice.value for choice in choices}
    found = by_name.get(fold(str(cell)))
    if found is None:
        raise Invalid("unknown-choice", f"Cột “{column}”: “{cell}” phải là một trong: "
                      + ", ".join(str(c.label) for c in choices) + ".")  # fmt: skip
    return found


def _one_of(cell: object, keys: set[str], column: str) -> str:
    if str(cell) and str(cell) not in keys:
        raise Invalid("unknown-key", f"Cột “{column}”: không có đơn vị “{cell}”.")
    return str(cell)


def _area(cell: object, areas: dict[str, UUID]) -> UUID | None:
    if not str(cell):
        return None
    code = str(cell).removesuffix(".0")
    found = areas.get(code) or areas.get(code.zfill(2)) or areas.get(code.zfill(5))
    if found is None:
        raise Invalid("unknown-area", f"Cột “Mã địa bàn”: không có mã “{cell}” trong danh mục hiện hành.")
    return found


def _day(cell: object, column: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not str(cell):
        return None
    with suppress(PeriodRefused):
        return parse_day(str(cell))
    raise Invalid("bad-day", f"Cột “{column}”: “{cell}” không phải ngày dạng 31/12/2026.")


@transaction.atomic
def load_agencies(*, data: bytes, by: Actor) -> int:
    """Loads a sheet whose every row is right; refuses the whole of it otherwise, naming the first wrong rows."""
    require_manager(by)
    verdicts = read_agencies(data)
    wrong = [v for v in verdicts if v.facts is None]
    if wrong:
        lines = "; ".join(f"dòng {v.row}: {v.sentence}" for v in wrong[:5])
        raise Invalid("wrong-rows", f"{len(wrong)} dòng chưa đúng, chưa nạp gì. {lines}", "file")
    return len(add_units(facts=[v.facts for v in verdicts if v.facts], by=by))
