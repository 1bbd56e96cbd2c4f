"""The queue's own rules: who lives, whose tasks go back, which failures are tried again."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danvan.base.models import WorkerBeat

MOST_ATTEMPTS = 5
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""The wait before the second, third, fourth and fifth attempt."""


class TryAgain(Exception):
    """A task raises it where its work failed for a passing reason; it names no person, for it is logged."""


class WorkersDied(Exception):
    """Recorded on a task whose workers were lost at each of its attempts."""


def enqueue(task: str, *args: str | int) -> None:
    """Puts a task into the queue by one INSERT in the caller's transaction.

    The task is named by its path, because actions, which enqueue, stand below the jobs that run.
    """
    import_string(task).enqueue(*args)


def beat(worker_id: str) -> None:
    """Says that this worker lives. The clock is the database's: machines may disagree about the time."""
    if not WorkerBeat.objects.filter(pk=worker_id).update(beat_at=Now()):
        WorkerBeat.objects.create(worker_id=worker_id, beat_at=Now())


def leave(worker_id: str) -> None:
    WorkerBeat.objects.filter(pk=worker_id).delete()


def give_back(silence: timedelta) -> int:
    """Tasks of workers silent for longer than `silence` become ready again, or failed after the last attempt.

    The running tasks are read before the living workers: a worker beats before its first claim, so whoever runs a task
    in the first reading stands in the second if it lives.
    """
    running = list(DBTaskResult.objects.running())
    living = set(WorkerBeat.objects.filter(beat_at__gte=Now() - silence).values_list("worker_id", flat=True))
    return sum(_given_back(row) for row in running if row.worker_ids[-1] not in living)


def _given_back(row: DBTaskResult[..., Any]) -> int:
    still_there = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    if len(row.worker_ids) < MOST_ATTEMPTS:
        return still_there.update(status=TaskResultStatus.READY, started_at=None)
    return still_there.update(
        status=TaskResultStatus.FAILED,
        finished_at=Now(),
        exception_class_path=_path_of(WorkersDied),
        traceback=f"worker lost at each of {MOST_ATTEMPTS} attempts",
    )


def retry_failed() -> int:
    """Tasks that asked to be tried again become ready after their wait; those that used up their attempts stay."""
    rows = DBTaskResult.objects.failed().filter(exception_class_path=_path_of(TryAgain))
    return sum(_retried(row, row.finished_at) for row in rows if len(row.worker_ids) < MOST_ATTEMPTS)


def _retried(row: DBTaskResult[..., Any], failed_at: datetime) -> int:
    still_there = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED, finished_at=failed_at)
    return still_there.update(
        status=TaskResultStatus.READY,
        run_after=failed_at + BACK_OFF[len(row.worker_ids) - 1],
        started_at=None,
        finished_at=None,
        exception_class_path="",
        traceback="",
    )


def _path_of(error: type[Exception]) -> str:
    return f"{error.__module__}.{error.__qualname__}"
