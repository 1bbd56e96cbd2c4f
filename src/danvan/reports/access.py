"""Who may see which sheets, and who may put a name under them; asked both ways.

Sight follows the tree as it was on the last day of the sheet's period: a unit that has since moved elsewhere shows its
old sheets to the old superior and its new ones to the new.
"""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from danvan.base.errors import Absent, Forbidden
from danvan.reports.models import Sheet
from danvan.rules.periods import Period
from danvan.units.access import Actor, require, sees
from danvan.units.models import UnitClosure
from danvan.units.roles import Permission


def sheets_in_sight(by: Actor) -> QuerySet[Sheet]:
    """The sheets this actor may read: of the own unit, and for subtree roles of those below it in that period."""
    if not by.may(Permission.SHEET_READ) or by.unit_id is None:
        return Sheet.objects.none()
    if not by.subtree:
        return Sheet.objects.filter(unit_id=by.unit_id)
    stood = UnitClosure.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lt=OuterRef("ends_on")),
        Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("ends_on")),
        ancestor_id=by.unit_id,
        descendant_id=OuterRef("unit_id"),
    )
    return Sheet.objects.filter(Q(unit_id=by.unit_id) | Exists(stood))


def may_see(by: Actor, sheet: Sheet) -> bool:
    """The yes/no form of `sheets_in_sight`."""
    return by.may(Permission.SHEET_READ) and sees(by, sheet.unit_id, sheet.ends_on - timedelta(1))


def require_figures(by: Actor, unit_id: UUID, period: Period) -> None:
    """Refuses whoever may not see the figures of a unit for a period; out of sight is told as absent."""
    require(by, Permission.SHEET_READ)
    if not sees(by, unit_id, period.last_day):
        raise Absent


def require_own(by: Actor, permission: Permission, sheet: Sheet) -> None:
    """Writing on a sheet is the business of its own unit alone; whoever may not even see it is told it is absent."""
    if not may_see(by, sheet):
        raise Absent
    require(by, permission)
    if by.unit_id != sheet.unit_id:
        raise Forbidden("Chỉ đơn vị lập biểu mới làm được việc này.", "not-own-unit")
