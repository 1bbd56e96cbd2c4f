"""Who may see and do what with a matter; asked both ways."""

import hmac
from datetime import date

from django.db.models import Exists, OuterRef, Q

from danvan.base.encryption import keyring
from danvan.base.errors import Forbidden
from danvan.commitments.models import Commitment
from danvan.matters.models import Case, Matter, Meeting, OpinionSheet, Reception, ReceptionDay, ReceptionSlot
from danvan.units.access import Actor, ids_in_sight, sees
from danvan.units.roles import Permission


def visible(by: Actor, on: date) -> Q:
    """Matters held by, or taken in by, a unit in this actor's sight; a filter over `Matter`."""
    if not by.may(Permission.MATTER_READ):
        return Q(pk__in=[])
    units = ids_in_sight(by, on)
    current = Commitment.objects.filter(pk=OuterRef("current_id"), home_area=OuterRef("home_area"))
    return Q(Exists(current.filter(owed_by_id__in=units))) | Q(taken_in_by_id__in=units)


def may_see(by: Actor, matter: Matter, commitment: Commitment, on: date) -> bool:
    """The yes/no form of `visible`."""
    if not by.may(Permission.MATTER_READ):
        return False
    return sees(by, commitment.owed_by_id, on) or sees(by, matter.taken_in_by_id, on)


def may_record_in(by: Actor, case: Case) -> bool:
    """What happened in a case without a step of its own is written down by the unit that has it."""
    return by.may(Permission.MATTER_HANDLE) and by.unit_id == case.holder_id


def pin_key(code: str, pin: str) -> str:
    """What is kept of a PIN: a keyed hash bound to its code."""
    return keyring().look_up(pin, f"matter-pin:{code}")


def pin_opens(matter: Matter | None, code: str, pin: str) -> bool:
    """Whether the PIN belongs to the matter of this code; does the same work where there is no such matter."""
    kept = matter.pin_key if matter else ""
    return hmac.compare_digest(kept.rjust(64, "-"), pin_key(code, pin))


def meetings_visible(by: Actor, on: date) -> Q:
    """Listening meetings of the units in sight; a filter over `Meeting`."""
    return _of_units_in_sight(by, Permission.MATTER_READ, on)


def letters_visible(by: Actor, on: date) -> Q:
    """Letters in the registers of the units in sight; a filter over `Letter`."""
    return _of_units_in_sight(by, Permission.MATTER_READ, on)


def sheets_visible(by: Actor, on: date) -> Q:
    """Spreadsheets handed in, by the units in sight; a filter over `OpinionSheet`."""
    return _of_units_in_sight(by, Permission.MATTER_READ, on)


def receptions_visible(by: Actor, on: date) -> Q:
    """Reception days are figures, so whoever reads sheets reads them; a filter over `ReceptionDay`."""
    return _of_units_in_sight(by, Permission.SHEET_READ, on)


def _of_units_in_sight(by: Actor, permission: Permission, on: date) -> Q:
    return Q(unit_id__in=ids_in_sight(by, on)) if by.may(permission) else Q(pk__in=[])


def may_run(by: Actor, meeting: Meeting) -> bool:
    """A meeting is written down by the unit that holds it, whoever else may look on."""
    return by.may(Permission.MEETING_RUN) and by.unit_id == meeting.unit_id


def require_run(by: Actor, meeting: Meeting) -> None:
    """For a meeting in sight: one that may only be looked at is refused, not absent."""
    if not may_run(by, meeting):
        raise Forbidden("Chỉ đơn vị tổ chức buổi này được ghi.")


def may_load(by: Actor, sheet: OpinionSheet) -> bool:
    """A spreadsheet is loaded by the unit that handed it in."""
    return by.may(Permission.MEETING_RUN) and by.unit_id == sheet.unit_id


def require_load(by: Actor, sheet: OpinionSheet) -> None:
    if not may_load(by, sheet):
        raise Forbidden("Chỉ đơn vị nộp tệp này được nạp.")


def may_record(by: Actor, day: ReceptionDay) -> bool:
    """Numbers of a reception day are put right by the unit that received, and by nobody above it."""
    return by.may(Permission.RECEPTION_RECORD) and by.unit_id == day.unit_id


def require_record(by: Actor, day: ReceptionDay) -> None:
    if not may_record(by, day):
        raise Forbidden("Chỉ đơn vị tiếp công dân được sửa buổi này.")


def turns_visible(by: Actor, on: date) -> Q:
    """Entries of the register say what people came with: for whoever reads matters and figures of the unit, or of the
    unit that took over its duties; a filter over `Reception`.
    """
    if not (by.may(Permission.MATTER_READ) and by.may(Permission.SHEET_READ)):
        return Q(pk__in=[])
    units = ids_in_sight(by, on)
    return Q(unit_id__in=units) | Q(current__owed_by_id__in=units)


def may_keep_register(by: Actor, turn: Reception) -> bool:
    """An entry is put right, told and followed up by the unit that now owes the answer."""
    return by.may(Permission.RECEPTION_RECORD) and by.unit_id == turn.current.owed_by_id


def require_keep_register(by: Actor, turn: Reception) -> None:
    if not may_keep_register(by, turn):
        raise Forbidden("Chỉ đơn vị tiếp công dân được ghi vào sổ này.")


def slots_visible(by: Actor, on: date) -> Q:
    """Planned days, published or not, of the units in sight; a filter over `ReceptionSlot`."""
    return _of_units_in_sight(by, Permission.SHEET_READ, on)


def may_keep_calendar(by: Actor, slot: ReceptionSlot) -> bool:
    return by.may(Permission.RECEPTION_RECORD) and by.unit_id == slot.unit_id


def require_keep_calendar(by: Actor, slot: ReceptionSlot) -> None:
    if not may_keep_calendar(by, slot):
        raise Forbidden("Chỉ đơn vị tiếp công dân được sửa lịch này.")
