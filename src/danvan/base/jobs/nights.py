"""Jobs that come round by themselves, whichever worker is there to hand them out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from danvan.base.clock import now
from danvan.base.jobs.queue import enqueue
from danvan.base.models import NightJob

NightWork = Callable[[datetime], object]
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
WRONG_CLOCK = timedelta(days=1)
"""A job last handed out so far in the future was so under a wrong clock; it does not wait for that day to come."""


@dataclass(frozen=True)
class Night:
    every: timedelta
    work: NightWork


_nights: dict[str, Night] = {}


def nightly(name: str, every: timedelta) -> Callable[[NightWork], NightWork]:
    """Enrols a function of a package's `jobs.py`; it is called with the present moment, at least once per round."""

    def enrolled(work: NightWork) -> NightWork:
        if name in _nights:
            raise ValueError(f"two night jobs are called {name}")
        _nights[name] = Night(every, work)
        return work

    return enrolled


def hand_out(at: datetime) -> list[str]:
    """Puts the jobs that are due into the queue; of several workers one does so. Returns their names."""
    last = dict(NightJob.objects.values_list("name", "last_run_at"))
    NightJob.objects.bulk_create(
        [NightJob(name=name, last_run_at=NEVER) for name in _nights.keys() - last.keys()], ignore_conflicts=True
    )
    return [
        name
        for name, night in _nights.items()
        if _is_due(last.get(name, NEVER), night.every, at) and _claimed(name, night.every, at)
    ]


def _is_due(last: datetime, every: timedelta, at: datetime) -> bool:
    return last <= at - every or last > at + WRONG_CLOCK


@transaction.atomic
def _claimed(name: str, every: timedelta, at: datetime) -> bool:
    due = Q(last_run_at__lte=at - every) | Q(last_run_at__gt=at + WRONG_CLOCK)
    if not NightJob.objects.filter(due, name=name).update(last_run_at=at):
        return False
    enqueue("danvan.base.jobs.nights.run", name)
    return True


@task()
def run(name: str) -> None:
    _nights[name].work(now())
