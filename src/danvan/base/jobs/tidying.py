"""What the base throws away by itself."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from danvan.base import files
from danvan.base.cache import forget_ended
from danvan.base.jobs.nights import nightly
from danvan.base.models import IdempotencyKey, WorkerBeat

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)
KEEP_KEYS = timedelta(days=90)


@nightly("tidy", every=timedelta(hours=1))
def tidy(at: datetime) -> None:
    """Finished tasks, workers long gone, keys nobody will send again, sessions and counters that ended.

    The queue is scanned for running tasks every few seconds, so finished ones do not stay long.
    """
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILED).delete()
    WorkerBeat.objects.filter(beat_at__lt=at - KEEP_DONE).delete()
    IdempotencyKey.objects.filter(created_at__lt=at - KEEP_KEYS).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_ended(at)


@nightly("sweep-files", every=timedelta(hours=24))
def sweep_files(at: datetime) -> None:
    files.sweep(at=at)
