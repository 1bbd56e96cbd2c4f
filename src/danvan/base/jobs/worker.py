"""A worker: one loop that runs tasks, one thread that keeps its heart beating and the queue in order."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import Error, close_old_connections, connections
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from danvan.base.clock import now
from danvan.base.jobs import nights, queue

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rhythm:
    """In seconds: how often to look for work, to beat, to put the queue in order, and when a worker counts as gone."""

    poll: float = 1
    beat: float = 5
    order: float = 15
    silence: float = 30


USUAL = Rhythm()


def run_worker(stop: Callable[[], bool], rhythm: Rhythm = USUAL) -> None:
    """Runs tasks until `stop()`; the running one is finished first. Outlives a database that goes away and returns.

    The caller turns signals into `stop`: an interrupt raised inside a task would count as that task's failure.
    """
    autodiscover_modules("jobs")
    heart = _Heart(rhythm)
    heart.start()
    try:
        while not stop():
            if not (heart.is_beating() and _run_one(heart.worker_id)):
                time.sleep(rhythm.poll)
    finally:
        heart.stop()


def start_in_thread(rhythm: Rhythm = USUAL) -> Callable[[], None]:
    """A worker inside the serving process, for an installation that is one process; returns what stops it."""
    stopped = threading.Event()

    def run() -> None:
        run_worker(stopped.is_set, rhythm)
        connections.close_all()

    thread = threading.Thread(target=run, name="danvan-worker", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join()

    return stop


def _run_one(worker_id: str) -> bool:
    """Runs the next task; False where there was none, or the database is out of reach."""
    close_old_connections()
    try:
        if not DBTaskResult.objects.ready().exists():
            return False
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_id,
            excluded_queue_names=[],
        ).run()
    except Error as error:
        _lost_database(error)
        return False
    return True


def _lost_database(error: Error) -> None:
    logger.warning("worker cannot reach the database, trying again: %s", type(error).__name__)
    connections.close_all()


@dataclass
class _Heart:
    rhythm: Rhythm
    worker_id: str = field(default_factory=lambda: uuid4().hex)
    last: float = float("-inf")

    def __post_init__(self) -> None:
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, name="danvan-heart", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join()

    def is_beating(self) -> bool:
        """Whether the others believe in us: a worker that they take for dead must claim nothing."""
        return time.monotonic() - self.last < self.rhythm.silence / 2

    def run(self) -> None:
        order_at = time.monotonic()
        while not self.stopped.is_set():
            close_old_connections()
            try:
                began = time.monotonic()
                queue.beat(self.worker_id)
                self.last = began
                if began >= order_at:
                    order_at = began + self.rhythm.order
                    self.put_in_order()
            except Error as error:
                _lost_database(error)
            self.stopped.wait(self.rhythm.beat)
        self.leave()

    def put_in_order(self) -> None:
        queue.give_back(timedelta(seconds=self.rhythm.silence))
        queue.retry_failed()
        nights.hand_out(now())

    def leave(self) -> None:
        try:
            queue.leave(self.worker_id)
        except Error as error:
            _lost_database(error)
        connections.close_all()
