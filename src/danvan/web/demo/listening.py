"""The listening meetings of Hà Tĩnh in 2023: 360 of them, 2.680 opinions, generated and marked as illustration."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from danvan.base.clock import VIETNAM
from danvan.commitments.actions import lapse_unconfirmed
from danvan.matters.actions.meetings import Head, new_meeting
from danvan.matters.actions.opinions import Opinion, take_in_opinions
from danvan.matters.kinds import Field, MeetingState
from danvan.matters.models import Meeting
from danvan.units.access import Actor, in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import UnitVersion
from danvan.units.roles import ROLES
from danvan.web.demo.plan import (
    MEETINGS_2023,
    OPINIONS_2023,
    Illustration,
    hosts,
    illustrations,
    meeting_days,
    split,
)

TITLE = "Công an lắng nghe ý kiến Nhân dân"
SOURCE = "bài công bố ngày 04/01/2024"
YEAR = 2023
CLOSING = time(16, 30)


def officer(unit_id: UUID) -> Actor:
    """Somebody of the unit, for steps that happened before anybody here had an account."""
    return Actor(label="Cán bộ", role=ROLES["officer"], unit_id=unit_id)


def load() -> None:
    """Every meeting in its own unit and on its own day; answers on the spot, or within three weeks."""
    rng = Random(YEAR)  # noqa: S311 -- the same meetings on every machine
    units = {str(row.unit_id): row for row in _police(date(YEAR, 12, 31))}
    days = meeting_days(rng, YEAR, MEETINGS_2023)
    sizes = split(OPINIONS_2023, MEETINGS_2023, rng, least=3)
    for day, size, key in zip(days, sizes, hosts(rng, sorted(units), MEETINGS_2023), strict=True):
        _meeting(units[key], day, list(illustrations(rng, size, security_share=0.62)), rng)
    lapse_unconfirmed(at=datetime(YEAR + 1, 3, 1, 2, tzinfo=VIETNAM))


def _police(on: date) -> Iterator[UnitVersion]:
    rows = UnitVersion.objects.filter(in_force(on), tree=Tree.POLICE, level=Level.COMMUNE)
    yield from rows.order_by("sort_key", "unit_id")


def _meeting(unit: UnitVersion, day: date, opinions: list[Illustration], rng: Random) -> None:
    by, at = officer(unit.unit_id), datetime.combine(day, CLOSING, VIETNAM)
    place = f"Nhà văn hóa {rng.choice(opinions).place}"
    head = Head(
        TITLE,
        day,
        place,
        unit.area_id,  # type: ignore[arg-type]  # every commune has one
        chair="Trưởng Công an xã",
        attendance=40 + rng.randrange(110),
        is_illustration=True,
    )
    meeting = new_meeting(head=head, by=by, at=at)
    rows = [_opinion(n, each, unit, at, rng) for n, each in enumerate(opinions, 1)]
    take_in_opinions(meetings=[(meeting, rows)], by=by, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.FINISHED, finished_at=at)


def _opinion(number: int, each: Illustration, unit: UnitVersion, at: datetime, rng: Random) -> Opinion:
    wait = timedelta(0) if each.on_the_spot else timedelta(days=2 + rng.randrange(24))
    return Opinion(
        row=number,
        content=each.said,
        field=Field(each.field),
        hamlet=each.place,
        unit_id=unit.unit_id,
        unit=unit.name,
        answer=each.answer,
        answered_at=at + wait,
        source=SOURCE,
    )
