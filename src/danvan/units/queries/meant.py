"""Which unit somebody means at the command line or in a file: by id, by key or by name."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from danvan.base.errors import Invalid
from danvan.rules.text import fold
from danvan.units.access import in_force
from danvan.units.models import UnitSuccession, UnitVersion
from danvan.units.queries.directory import units_called

MOST_NAMED = 6


def unit_meant(typed: str, on: date) -> UnitVersion:
    """The unit of that id, key or name, as it was on the day.

    Refuses a name that several units of the day bear, telling where each belongs; one that is unknown; and a unit that
    was not there on the day, telling who took over its duties.
    """
    found = _identified(typed.strip()) or _named(typed, on)
    version = UnitVersion.objects.filter(in_force(on), unit_id=found).first()
    if version is None:
        raise Invalid("unit-not-then", f"“{typed}” không hoạt động ngày {on:%d/%m/%Y}.{_after(found)}", "unit")
    return version


def _identified(typed: str) -> UUID | None:
    try:
        wanted = Q(unit_id=UUID(typed))
    except ValueError:
        wanted = Q(unit__key=typed)
    return UnitVersion.objects.filter(wanted).values_list("unit_id", flat=True).first()


def _named(typed: str, on: date) -> UUID:
    exactly = UnitVersion.objects.filter(Q(fold=fold(typed)) | Q(short_name=typed))
    ids = _there_first(exactly, on) or [each.unit_id for each in units_called(typed, on) if each.is_there]
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise Invalid("no-unit", f"Không có đơn vị “{typed}”. Ghi mã, khóa, hoặc tên đầy đủ của đơn vị.", "unit")
    raise Invalid("many-units", f"Có {len(ids)} đơn vị hợp với “{typed}”: {_which(ids, on)}. Hãy ghi mã.", "unit")


def _there_first(rows: QuerySet[UnitVersion], on: date) -> list[UUID]:
    """Those in force on the day; where there are none, the one that ended last."""
    there = list(rows.filter(in_force(on)).values_list("unit_id", flat=True).distinct())
    if there:
        return there
    last = rows.order_by(F("valid_to").desc(nulls_last=True)).values_list("unit_id", flat=True).first()
    return [last] if last else []


def _which(ids: list[UUID], on: date) -> str:
    rows = UnitVersion.objects.filter(in_force(on), unit_id__in=ids[:MOST_NAMED]).order_by("sort_key", "unit_id")
    named = [f"{row.name} ({row.unit_id})" for row in rows]
    return "; ".join(named) + ("; …" if len(ids) > MOST_NAMED else "")


def _after(unit_id: UUID) -> str:
    edge = UnitSuccession.objects.filter(before_id=unit_id, default=True).first()
    if edge is None:
        return ""
    taker = UnitVersion.objects.filter(unit_id=edge.after_id).order_by(F("valid_from").desc(nulls_last=True)).first()
    return f" Từ {edge.on:%d/%m/%Y} việc của đơn vị này do {taker.name} làm." if taker else ""
