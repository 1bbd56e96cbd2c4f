"""Who owes which sheet: opening the duty, reminding, and taking a signed sheet in at the unit it is owed to."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Forbidden, Refused
from danvan.base.ids import CENTRAL
from danvan.commitments.actions import Given, Promise, open_commitment, take_step
from danvan.commitments.models import Commitment
from danvan.commitments.queries import calendar
from danvan.reports.access import sheets_in_sight
from danvan.reports.kinds import REPORT_DUE, Scope, SheetState
from danvan.reports.models import Sheet
from danvan.reports.queries.tree import members
from danvan.reports.regimes import Regime, all_regimes
from danvan.rules.calendar import WorkingCalendar
from danvan.rules.ledger import State
from danvan.rules.periods import Period
from danvan.units.access import Actor, in_force, require
from danvan.units.models import AreaClosure, HomeArea, UnitVersion
from danvan.units.queries import shard_of_unit
from danvan.units.roles import Permission


def open_due_sheets(*, by: Actor, at: datetime) -> int:
    """Opens the sheets of the periods that have closed, each with the duty to sign it; returns how many were opened.

    Every unit stands in its own transaction and is opened once, so the job may be stopped and run again at any time.
    """
    on, days, opened = day_of(at), calendar(), 0
    for regime in all_regimes():
        period = regime.last_closed(on)
        if not regime.covers(period):
            continue
        for version, home_area in _owing(regime, period):
            opened += _open_due(version, home_area, regime, period, days, by, at)
    return opened


def _owing(regime: Regime, period: Period) -> list[tuple[UnitVersion, int]]:
    """The units that owe a sheet of the period and have none yet, with the shard each lies in; four queries."""
    day = period.last_day
    there = Sheet.objects.filter(regime=regime.key, period=period.code, scope=Scope.OWN).values("unit_id")
    rows = UnitVersion.objects.filter(in_force(day), tree__in=regime.trees, level__in=regime.levels)
    owing = list(rows.filter(parent__isnull=False).exclude(unit_id__in=there).order_by("sort_key", "unit_id"))
    shards = _shards({row.area_id for row in owing if row.area_id}, day)
    return [(row, shards.get(row.area_id, CENTRAL) if row.area_id else CENTRAL) for row in owing]


def _shards(areas: set[UUID], on: date) -> dict[UUID, int]:
    provinces = dict(HomeArea.objects.filter(in_force(on)).values_list("area_id", "shard"))
    pairs = AreaClosure.objects.filter(in_force(on), descendant_id__in=areas, ancestor_id__in=list(provinces))
    return {below: provinces[above] for below, above in pairs.values_list("descendant_id", "ancestor_id")}


def _open_due(
    version: UnitVersion, home_area: int, regime: Regime, period: Period, days: WorkingCalendar, by: Actor, at: datetime
) -> int:
    due = regime.due(period, days)
    promise = Promise(
        kind=REPORT_DUE, code=f"{regime.key}-{period.code}-{version.unit_id.hex[-12:]}", owed_by=version.unit_id,
        agreed_due=due, owed_to_unit=version.parent_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            commitment, _step = open_commitment(
                promise=promise, home_area=home_area, by=by, at=at, held_in=home_area, days=days
            )
            _new_sheet(home_area, version.unit_id, regime, period, Scope.OWN, at, due=due, commitment=commitment)
    except IntegrityError:
        if Sheet.objects.filter(unit_id=version.unit_id, regime=regime.key, period=period.code).exists():
            return 0
        raise
    return 1


def _new_sheet(
    home_area: int, unit_id: UUID, regime: Regime, period: Period, scope: Scope, at: datetime, *,
    due: date | None = None, commitment: Commitment | None = None,
) -> Sheet:  # fmt: skip
    sheet = Sheet(
        home_area=home_area, unit_id=unit_id, scope=scope, regime=regime.key, period=period.code,
        starts_on=period.start, ends_on=period.end, due=due, commitment=commitment, opened_at=at,
    )  # fmt: skip
    sheet.save(force_insert=True)
    return sheet


@transaction.atomic
def draw_up(*, regime: Regime, period: Period, scope: Scope, by: Actor, at: datetime) -> Sheet:
    """The draft of the actor's own unit for a period, opened now where nobody opened it; a signed one is returned.

    Refuses a roll-up by a unit that has none below it on the last day of the period.
    """
    require(by, Permission.SHEET_PREPARE)
    if by.unit_id is None:
        raise Absent
    same = Sheet.objects.filter(unit_id=by.unit_id, regime=regime.key, period=period.code, scope=scope)
    if found := same.order_by("-version").first():
        return found
    tree = members(by.unit_id, period.last_day)
    if scope is Scope.SUBTREE and len(tree) == 1:
        raise Refused("nothing-below", "Đơn vị không có đơn vị trực thuộc trong kỳ này nên không có gì để tổng hợp.")
    return _new_sheet(shard_of_unit(by.unit_id, period.last_day), by.unit_id, regime, period, scope, at)


@transaction.atomic
def accept(*, sheet_id: UUID, by: Actor, at: datetime) -> Sheet:
    """The unit a signed sheet is owed to takes it in, which closes the duty. Nobody takes in their own sheet."""
    sheet = sheets_in_sight(by).select_related("commitment").filter(pk=sheet_id).first()
    if sheet is None:
        raise Absent
    if sheet.commitment is None or sheet.commitment.owed_to_unit_id != by.unit_id:
        raise Forbidden("Chỉ đơn vị cấp trên mà biểu này gửi đến mới tiếp nhận được.", "not-owed-to-you")
    _confirm(sheet, by, at)
    return sheet


@transaction.atomic
def accept_signed(*, regime: Regime, period: Period, by: Actor, at: datetime) -> int:
    """Takes in every sheet of a period that is signed and owed to the actor's unit; returns how many."""
    require(by, Permission.MATTER_SUPERVISE)
    rows = sheets_in_sight(by).filter(
        regime=regime.key, period=period.code, version=1, state=SheetState.SIGNED,
        commitment__state=State.ANSWERED, commitment__owed_to_unit_id=by.unit_id,
    )  # fmt: skip
    return sum(1 for sheet in rows.select_related("commitment") if _confirm(sheet, by, at))


def _confirm(sheet: Sheet, by: Actor, at: datetime) -> bool:
    require(by, Permission.MATTER_SUPERVISE)
    if sheet.commitment_id is None:
        return False
    take_step(commitment_id=sheet.commitment_id, verb="confirm", by=by, at=at)
    return True


@transaction.atomic
def urge_missing(
    *, unit_ids: Iterable[UUID], regime: Regime, period: Period, text: str, by: Actor, at: datetime
) -> int:
    """Reminds units that have not signed, as a step of each one's duty; returns how many were reminded."""
    require(by, Permission.MATTER_SUPERVISE)
    if not text.strip():
        raise Refused("text-missing", "Hãy ghi nội dung đôn đốc.", "text")
    rows = sheets_in_sight(by).filter(
        unit_id__in=list(unit_ids), regime=regime.key, period=period.code, commitment__state=State.OPEN
    )
    reminded = 0
    for commitment_id in rows.values_list("commitment_id", flat=True).distinct():
        take_step(commitment_id=commitment_id, verb="urge", by=by, at=at, given=Given(note=text.strip()[:300]))
        reminded += 1
    return reminded
