"""What the cells “lĩnh vực” and “cơ quan trả lời” may mean: typed as a code, as initials or without accents."""

from datetime import date
from functools import cache
from uuid import UUID

from danvan.matters.kinds import FIELD_CODES, Field
from danvan.rules.picking import Option, Picked
from danvan.units.access import in_force
from danvan.units.models import AreaClosure, UnitClosure, UnitVersion

ABBREVIATED = (
    ("Ủy ban nhân dân", "UBND"),
    ("Công an", "CA"),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam", "MTTQ"),
    ("Ban Chỉ huy Quân sự", "BCHQS"),
    ("Bộ Chỉ huy Quân sự", "BCHQS"),
    ("Ban Tuyên giáo và Dân vận", "BTGDV"),
)


@cache
def field_options() -> tuple[Option[Field], ...]:
    return tuple(Option(field, str(field.label), (FIELD_CODES[field],)) for field in Field)


def answering_units(area_id: UUID, unit_id: UUID, on: date) -> list[Option[UUID]]:
    """The units that may answer for what is said at a place: its own, those above it, and those below `unit_id`.

    The nearest to the place come first; the unit that holds the meeting is always among them.
    """
    up = AreaClosure.objects.filter(in_force(on), descendant_id=area_id).values_list("ancestor_id", "depth")
    depth = dict(up)
    below = UnitClosure.objects.filter(in_force(on), ancestor_id=unit_id).values("descendant_id")
    units = UnitVersion.objects.filter(in_force(on))
    found = [*units.filter(area_id__in=depth), *units.filter(unit_id__in=below)]
    options = {
        unit.unit_id: _option(unit, depth.get(unit.area_id, len(depth)) if unit.area_id else 0) for unit in found
    }
    order = {unit.unit_id: unit.sort_key for unit in found}
    return sorted(options.values(), key=lambda option: (option.rank, order[option.key]))


def _option(unit: UnitVersion, rank: int) -> Option[UUID]:
    short = [unit.short_name] if unit.short_name else []
    short += [unit.name.replace(long, brief, 1) for long, brief in ABBREVIATED if unit.name.startswith(long)]
    return Option(unit.unit_id, unit.name, tuple(dict.fromkeys(short)), rank)


def sentence_of(picked: Picked[UUID] | Picked[Field], what: str) -> str:
    """What to tell somebody whose typed words name nothing, or several things."""
    if picked.among:
        return f"Có nhiều {what} như vậy: {'; '.join(picked.among[:4])}. Hãy ghi rõ hơn."
    return f"Không có {what} này."
