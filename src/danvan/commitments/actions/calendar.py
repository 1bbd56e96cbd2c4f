"""What authorities decide about the working calendar, and what it does to running clocks."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from danvan.base.errors import Invalid
from danvan.commitments import ledger
from danvan.commitments.actions.many import BATCH, take_many
from danvan.commitments.models import CalendarDay, CalendarYear, Commitment
from danvan.commitments.queries import clocks_moved
from danvan.rules.calendar import named
from danvan.units.access import Actor, require, system
from danvan.units.actions import record
from danvan.units.kinds import AdminVerb
from danvan.units.roles import Permission

YEARS = range(2012, 2101)


@transaction.atomic
def decide_day(*, day: date, working: bool, reason: str, decision: str, by: Actor, at: datetime) -> list[UUID]:
    """Enters what an authority decided about a day and re-dates the open clocks that it touches; closed ones stay.

    A day decided again takes the newer decision. Returns the commitments whose due day moved.
    """
    require(by, Permission.CALENDAR_MANAGE)
    why, paper = _said(reason, 160, "reason", "Ghi lý do, nhiều nhất 160 ký tự."), _decision(decision)
    if day.year not in YEARS:
        raise Invalid("bad-day", f"Chỉ nhận ngày từ năm {YEARS.start} đến năm {YEARS.stop - 1}.", "day")
    CalendarDay.objects.update_or_create(
        day=day,
        defaults={"working": working, "reason": why, "decision": paper, "entered_by_id": by.post_id, "entered_at": at},
    )
    what = "làm việc" if working else "nghỉ"
    note = f"Lịch làm việc thay đổi: {day:%d/%m/%Y} {what} ({paper})."
    moved = redate_open(note=note, by=system("lịch làm việc"), at=at, since=day)
    detail = f"{what}: {why} ({paper}); {len(moved)} việc đổi hạn"
    record(verb=AdminVerb.DAY_DECIDED, subject=named(day), detail=detail, by=by, at=at)
    return moved


@transaction.atomic
def decide_year(*, year: int, decision: str, by: Actor, at: datetime) -> None:
    """Names the decision that settles a year: its days are then no longer provisional. No due day moves by it."""
    require(by, Permission.CALENDAR_MANAGE)
    paper = _decision(decision)
    if year not in YEARS:
        raise Invalid("bad-year", f"Chỉ nhận từ năm {YEARS.start} đến năm {YEARS.stop - 1}.", "year")
    CalendarYear.objects.update_or_create(
        year=year, defaults={"decision": paper, "entered_by_id": by.post_id, "entered_at": at}
    )
    record(verb=AdminVerb.YEAR_DECIDED, subject=f"năm {year}", detail=paper, by=by, at=at)


def _decision(typed: str) -> str:
    return _said(typed, 80, "decision", "Ghi số và ngày của văn bản quyết định, nhiều nhất 80 ký tự.")


def _said(typed: str, most: int, field: str, sentence: str) -> str:
    text = " ".join(typed.split())
    if not text or len(text) > most:
        raise Invalid(f"{field}-missing", sentence, field)
    return text


def redate_open(*, note: str, by: Actor, at: datetime, since: date = date.min) -> list[UUID]:
    """Computes the running clocks against the calendar of today, those that end no earlier than `since`; a changed one
    gets a step that says why.
    """
    moved = [found.commitment.id for found in clocks_moved(ledger.calendar(), since)]
    for start in range(0, len(moved), BATCH):
        some = Commitment.objects.filter(id__in=moved[start : start + BATCH])
        take_many(rows=some, verb="re-date", note=note, by=by, at=at)
    return moved
