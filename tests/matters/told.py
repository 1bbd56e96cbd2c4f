"""Matters to stand on: what people told us, taken in by the product's own actions."""

from datetime import datetime, timedelta
from typing import Any

from danvan.matters.actions import Said, Words, act, receive
from danvan.matters.kinds import Field, Kind
from danvan.matters.models import Matter
from danvan.units.access import CITIZEN, Actor
from danvan.units.models import Area
from tests.world import AT, Officer

BRIDGE = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm."


def at(days: float = 0) -> datetime:
    """So many days after `AT`; before it where negative."""
    return AT + timedelta(days=days)


def told(area: Area, *, by: Actor = CITIZEN, when: datetime = AT, **said: Any) -> Matter:
    """A matter just told, about a bridge where nothing else is said."""
    given = {"content": BRIDGE, "field": Field.ROADS, "kind": Kind.REFLECTION} | said
    return receive(said=Said(area_id=area.id, **given), by=by, at=when).matter


def does(officer: Officer, verb: str, matter: Matter, *, when: datetime = AT, **words: Any) -> Matter:
    return act(matter_id=matter.id, verb=verb, words=Words(**words), by=officer.by, at=when)


def fresh(matter: Matter) -> Matter:
    return Matter.objects.select_related("current").get(pk=matter.pk)
