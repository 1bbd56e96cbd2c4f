"""Tasks that leave traces, and a worker to be killed: `python -m tests.base.work <file that stops it>`."""

import os
import sys
import time
from pathlib import Path
from uuid import UUID

from django_tasks import task

FOREVER = 120


@task()
def write_one_row(folder: str, wait: str) -> None:
    """Writes one row however often it runs; its first run then, or before that, waits to be killed."""
    from danvan.base.clock import now
    from danvan.base.once import once

    is_first = not list(Path(folder).iterdir())
    if is_first and wait == "before":
        _wait(folder)
    once(home_area=0, verb="test", key=folder[-80:], at=now(), make=_row)
    if is_first and wait == "after":
        _wait(folder)
    (Path(folder) / f"{os.getpid()}.done").touch()


@task()
def fail_for_a_while() -> None:
    from danvan.base.jobs import TryAgain

    raise TryAgain


@task()
def fail() -> None:
    raise ZeroDivisionError


def _row(_made: UUID) -> None:
    from danvan.base.clock import now
    from danvan.base.models import AuditCheckpoint

    AuditCheckpoint.objects.create(home_area=0, taken_at=now(), ledgers=0, steps=0, digest="")


def _wait(folder: str) -> None:
    (Path(folder) / f"{os.getpid()}.began").touch()
    time.sleep(FOREVER)


if __name__ == "__main__":
    import django

    django.setup()
    from danvan.base.jobs import Rhythm, run_worker

    run_worker(Path(sys.argv[1]).exists, Rhythm(poll=0.05, beat=0.2, order=0.3, silence=1.5))
