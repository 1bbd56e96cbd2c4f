"""Work that outlives a request: a queue on the database itself, and the jobs that come round by themselves.

`django-tasks-db` queues, claims and runs. By itself it loses a task whose worker is killed, so our workers say every
few seconds that they live, and each of them puts the tasks of the silent ones back. A task may therefore run more than
once: it takes only ids, looks first whether its work is done, and is written so that a second run changes nothing.
"""

from danvan.base.jobs import tidying
from danvan.base.jobs.nights import nightly
from danvan.base.jobs.queue import TryAgain, enqueue
from danvan.base.jobs.worker import Rhythm, run_worker, start_in_thread

__all__ = ["Rhythm", "TryAgain", "enqueue", "nightly", "run_worker", "start_in_thread", "tidying"]
