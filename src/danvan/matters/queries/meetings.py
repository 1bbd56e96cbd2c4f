"""Reading listening meetings: the list, one of them, where they may be held, and what came of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from danvan.base.errors import Absent
from danvan.base.keyset import Order, Page, Strand, page
from danvan.matters.access import meetings_visible
from danvan.matters.kinds import MeetingState
from danvan.matters.models import Matter, Meeting, MeetingRow
from danvan.rules.ledger import RUNNING
from danvan.units.access import Actor, in_force
from danvan.units.models import AreaClosure, AreaVersion, UnitVersion
from danvan.units.queries import area_named, provinces, unit_names

PAGE_ROWS = 100


@dataclass(frozen=True)
class Counts:
    """`said`: rows while the meeting is being written down, matters afterwards; `open` are not yet answered."""

    said: int
    open: int
    on_the_spot: int


@dataclass(frozen=True)
class ListedMeeting:
    meeting: Meeting
    unit: str
    counts: Counts

    @property
    def is_draft(self) -> bool:
        return self.meeting.state == MeetingState.DRAFT


def meetings(*, by: Actor, on: date, after: str = "", before: str = "") -> Page[ListedMeeting]:
    """Meetings of the units in sight, the newest first, with what came of them; five queries however many."""
    visible = Strand(Meeting.objects.filter(meetings_visible(by, on)))
    found = page([visible], ["id"], lambda row: row[0], NEWEST_FIRST, after=after, before=before)
    rows = Meeting.objects.in_bulk(found.rows)
    said, typed = _counts(Matter.objects.filter(meeting_id__in=found.rows)), _typed(found.rows)
    names = unit_names({meeting.unit_id for meeting in rows.values()}, on)
    listed = [
        ListedMeeting(rows[i], names.get(rows[i].unit_id, ""), said.get(i, Counts(typed.get(i, 0), 0, 0)))
        for i in found.rows
    ]
    return Page(listed, found.previous, found.next)


NEWEST_FIRST = Order("held_on", "id", newest_first=True)


def _typed(ids: list[UUID]) -> dict[UUID, int]:
    rows = MeetingRow.objects.filter(meeting_id__in=ids).values("meeting_id").annotate(typed=Count("id")).order_by()
    return {row["meeting_id"]: row["typed"] for row in rows}


ANSWERED_AT_ONCE = Q(clocks__ordinal=1, clocks__commitment__stopped_on=F("meeting__held_on"))


def _counts(matters: QuerySet[Matter]) -> dict[UUID, Counts]:
    counted = matters.values("meeting_id").annotate(
        said=Count("id", distinct=True),
        open=Count("id", filter=Q(current__state__in=RUNNING), distinct=True),
        at_once=Count("id", filter=ANSWERED_AT_ONCE, distinct=True),
    )
    return {row["meeting_id"]: Counts(row["said"], row["open"], row["at_once"]) for row in counted.order_by()}


def meeting_of(meeting_id: UUID, *, by: Actor, on: date) -> Meeting:
    """The meeting, if it is in sight; otherwise told as absent."""
    found = Meeting.objects.filter(meetings_visible(by, on), pk=meeting_id).first()
    if found is None:
        raise Absent
    return found


def last_meeting(*, by: Actor) -> Meeting | None:
    """The unit's newest meeting: the next one is usually called the same and held in the same place."""
    return Meeting.objects.filter(unit_id=by.unit_id).order_by("-held_on", "-id").first() if by.unit_id else None


def place_of(meeting: Meeting, on: date) -> str:
    return area_named(meeting.area_id, min(meeting.held_on, on))


def areas_for_meetings(unit_id: UUID, on: date) -> list[tuple[UUID, str]]:
    """Where a unit may hold a meeting: its own area and every one below; for a unit without an area, the provinces."""
    area_id = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).values_list("area_id", flat=True).first()
    if area_id is None:
        return [(row.area_id, row.full_name) for row in provinces(on)]
    below = AreaClosure.objects.filter(in_force(on), ancestor_id=area_id).values_list("descendant_id", "depth")
    depth = dict(below)
    rows = AreaVersion.objects.filter(in_force(on), area_id__in=depth).order_by("sort_key")
    return [(row.area_id, row.full_name) for row in sorted(rows, key=lambda row: depth[row.area_id])]


@dataclass(frozen=True)
class HeldMatter:
    matter: Matter
    holder: str


@dataclass(frozen=True)
class Outcome:
    """What came of a finished meeting, one page of it. `next` is the row after which the next page begins."""

    meeting: Meeting
    unit: str
    place: str
    matters: list[HeldMatter]
    next: int | None
    counts: Counts
    on: date

    @property
    def source(self) -> str:
        """Whose figures an illustrated meeting follows: what its opinions say of themselves."""
        return next((held.matter.source for held in self.matters if held.matter.source), "")


def outcome(meeting: Meeting, on: date, after: int = 0) -> Outcome:
    """The opinions by row with their state; five queries however many there are."""
    of_this = Matter.objects.filter(home_area=meeting.home_area, meeting=meeting)
    found = list(of_this.filter(row__gt=after).select_related("current").order_by("row")[: PAGE_ROWS + 1])
    matters = found[:PAGE_ROWS]
    names = unit_names({meeting.unit_id, *(matter.current.owed_by_id for matter in matters)}, on)
    return Outcome(
        meeting=meeting,
        unit=names.get(meeting.unit_id, ""),
        place=place_of(meeting, on),
        matters=[HeldMatter(matter, names.get(matter.current.owed_by_id, "")) for matter in matters],
        next=matters[-1].row if len(found) > PAGE_ROWS else None,
        counts=_counts(of_this).get(meeting.id, Counts(0, 0, 0)),
        on=on,
    )
