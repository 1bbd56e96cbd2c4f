"""Agencies from a spreadsheet: every row gets a verdict first, and is loaded only when asked to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from danvan.base.clock import day_of
from danvan.base.errors import Invalid
from danvan.base.workbook import read_workbook
from danvan.rules.days import read_day
from danvan.rules.text import fold, nfc
from danvan.units.access import Actor, areas_in_reach, ids_in_sight
from danvan.units.actions.agencies import UnitFacts, add_units, require_manager
from danvan.units.actions.log import record
from danvan.units.kinds import AdminVerb, Level, Tree
from danvan.units.models import AreaVersion, Unit, UnitVersion

COLUMNS = (
    "Mã khóa", "Tên đơn vị", "Tên gọn", "Ký hiệu văn bản", "Hệ thống", "Cấp", "Mã khóa cấp trên", "Mã địa bàn",
    "Từ ngày", "Đến trước ngày",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What became of one row: its number in the sheet, and the sentence where it is wrong."""

    row: int
    facts: UnitFacts | None
    sentence: str
    cells: tuple[object, ...] = ()


@dataclass
class Known:
    """What a row is held against: keys and their trees, places, and how far the operator reaches (None: everywhere)."""

    trees: dict[str, str]
    areas: dict[str, UUID]
    keys_in_reach: frozenset[str] | None
    areas_in_reach: frozenset[UUID] | None
    there: frozenset[str]
    met: dict[tuple[str, date | None], int] = field(default_factory=dict)


def read_agencies(data: bytes, *, by: Actor, on: date) -> list[Verdict]:
    """Checks every row of the first visible sheet; writes nothing. Refuses a file that is no such spreadsheet.

    An operator may add below the units in sight and date those in sight anew; the system may do anything.
    """
    book = read_workbook(data)
    rows = book.sheets[0].rows if book.sheets else []
    heads = [nfc(str(cell)).strip() for cell in rows[0]] if rows else []
    if tuple(heads[: len(COLUMNS)]) != COLUMNS:
        raise Invalid("wrong-columns", "Dòng đầu phải có các cột: " + ", ".join(COLUMNS) + ".", "file")
    known = _known(rows[1:], by, on)
    return [_verdict(i, row, known) for i, row in enumerate(rows[1:], 2) if any(str(c).strip() for c in row)]


def _known(rows: Sequence[Sequence[object]], by: Actor, on: date) -> Known:
    versions = UnitVersion.objects.order_by(F("valid_from").asc(nulls_first=True))
    there = dict(versions.values_list("unit__key", "tree"))
    labels = {fold(str(tree.label)): tree.value for tree in Tree}
    in_sheet = {_text(row, 0): labels.get(fold(_text(row, 4)), "") for row in rows}
    current = AreaVersion.objects.filter(valid_to=None).values_list("code", "area_id")
    everywhere = by.is_system
    keys = (
        None
        if everywhere
        else frozenset(Unit.objects.filter(pk__in=ids_in_sight(by, on)).values_list("key", flat=True))
    )
    places = None if everywhere else frozenset(areas_in_reach(by, on).values_list("pk", flat=True))
    return Known({**in_sheet, **there}, dict(current), keys, places, frozenset(there))


def _text(row: Sequence[object], column: int) -> str:
    return nfc(str(row[column])).strip() if column < len(row) else ""


def _verdict(number: int, row: Sequence[object], known: Known) -> Verdict:
    cells = [nfc(str(c)).strip() if not isinstance(c, date | datetime) else c for c in row][: len(COLUMNS)]
    cells += [""] * (len(COLUMNS) - len(cells))
    try:
        facts = _facts(cells, known)
        _refuse_twice(number, facts, known)
        _refuse_out_of_reach(facts, known)
    except Invalid as error:
        return Verdict(number, None, error.sentence, tuple(cells))
    return Verdict(number, facts, "", tuple(cells))


def _facts(cells: Sequence[object], known: Known) -> UnitFacts:
    key, name, short, symbol, tree, level, parent, area, start, end = cells
    facts = UnitFacts(
        key=_filled(key, "Mã khóa", 80),
        name=_filled(name, "Tên đơn vị", 160),
        short_name=str(short),
        symbol=str(symbol),
        tree=Tree(_choice(tree, Tree, "Hệ thống")),
        level=Level(_choice(level, Level, "Cấp")),
        parent_key=_parent(str(parent), known),
        area_id=_area(str(area), known),
        valid_from=_day(start, "Từ ngày"),
        valid_to=_day(end, "Đến trước ngày"),
    )
    if facts.valid_from and facts.valid_to and facts.valid_to <= facts.valid_from:
        raise Invalid("ends-before", "Cột “Đến trước ngày” phải sau cột “Từ ngày”.")
    if facts.parent_key and known.trees[facts.parent_key] != facts.tree:
        other = known.trees[facts.parent_key]
        label = Tree(other).label if other else "chưa rõ"
        raise Invalid("other-tree", f"Cột “Mã khóa cấp trên”: “{facts.parent_key}” thuộc hệ thống {label}.")
    return facts


def _refuse_twice(number: int, facts: UnitFacts, known: Known) -> None:
    first = known.met.setdefault((facts.key, facts.valid_from), number)
    if first != number:
        raise Invalid("twice", f"Trùng mã khóa và ngày bắt đầu với dòng {first}.")


def _refuse_out_of_reach(facts: UnitFacts, known: Known) -> None:
    if known.keys_in_reach is None or known.areas_in_reach is None:
        return
    if facts.key in known.there and facts.key not in known.keys_in_reach:
        raise Invalid("unit-elsewhere", f"Đơn vị “{facts.key}” nằm ngoài phạm vi quản lý của bạn.")
    if not facts.parent_key:
        raise Invalid("parent-missing", "Cột “Mã khóa cấp trên” đang trống; đơn vị đứng đầu hệ thống do máy chủ nạp.")
    if facts.parent_key in known.there and facts.parent_key not in known.keys_in_reach:
        raise Invalid("parent-elsewhere", f"Đơn vị cấp trên “{facts.parent_key}” nằm ngoài phạm vi quản lý của bạn.")
    if facts.area_id and facts.area_id not in known.areas_in_reach:
        raise Invalid("area-elsewhere", "Cột “Mã địa bàn”: nằm ngoài địa bàn của đơn vị bạn.")


def _filled(cell: object, column: str, most: int) -> str:
    if not str(cell):
        raise Invalid("empty", f"Cột “{column}” đang trống.")
    if len(str(cell)) > most:
        raise Invalid("too-long", f"Cột “{column}” dài quá {most} ký tự.")
    return str(cell)


def _choice(cell: object, choices: type[Tree] | type[Level], column: str) -> str:
    by_name = {fold(str(choice.label)): choice.value for choice in choices}
    found = by_name.get(fold(str(cell)))
    if found is None:
        raise Invalid("unknown-choice", f"Cột “{column}”: “{cell}” phải là một trong: "
                      + ", ".join(str(c.label) for c in choices) + ".")  # fmt: skip
    return found


def _parent(key: str, known: Known) -> str:
    if key and key not in known.trees:
        raise Invalid("unknown-key", f"Cột “Mã khóa cấp trên”: không có đơn vị “{key}”.")
    return key


def _area(cell: str, known: Known) -> UUID | None:
    if not cell:
        return None
    code = cell.removesuffix(".0")
    found = known.areas.get(code) or known.areas.get(code.zfill(2)) or known.areas.get(code.zfill(5))
    if found is None:
        raise Invalid("unknown-area", f"Cột “Mã địa bàn”: không có mã “{cell}” trong danh mục hiện hành.")
    return found


def _day(cell: object, column: str) -> date | None:
    typed = read_day(cell)
    if typed.error:
        raise Invalid("bad-day", f"Cột “{column}”: {typed.error}")
    return typed.value


@transaction.atomic
def load_agencies(*, data: bytes, by: Actor, at: datetime) -> int:
    """Loads a sheet whose every row is right; refuses the whole of it otherwise, naming the first wrong rows."""
    require_manager(by)
    verdicts = read_agencies(data, by=by, on=day_of(at))
    wrong = [v for v in verdicts if v.facts is None]
    if wrong:
        lines = "; ".join(f"dòng {v.row}: {v.sentence}" for v in wrong[:5])
        raise Invalid("wrong-rows", f"{len(wrong)} dòng chưa đúng, chưa nạp gì. {lines}", "file")
    if not verdicts:
        raise Invalid("no-rows", "Tệp chưa có dòng nào dưới dòng tiêu đề.", "file")
    loaded = len(add_units(facts=[v.facts for v in verdicts if v.facts], by=by))
    names = "; ".join(v.facts.name for v in verdicts[:5] if v.facts)
    record(verb=AdminVerb.UNITS_LOADED, subject=f"{loaded} đơn vị", detail=names, by=by, at=at)
    return loaded
