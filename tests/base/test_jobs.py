"""What is put into the queue is done: after a crash, after a failure that passes, and on every round of the night."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danvan.base.clock import now
from danvan.base.jobs import Rhythm, enqueue, nights, queue, start_in_thread, tidying
from danvan.base.jobs.worker import _run_one
from danvan.base.models import AuditCheckpoint, IdempotencyKey, NightJob, WorkerBeat
from tests.world import AT, MAU

QUICK = Rhythm(poll=0.02, beat=0.1, order=0.2, silence=2)
SILENCE = timedelta(seconds=30)
Status = TaskResultStatus


def a_task(
    status: Status = Status.READY, worker_ids: list[str] | None = None, **fields: object
) -> DBTaskResult[..., Any]:
    enqueue("tests.base.work.fail")
    row = DBTaskResult.objects.order_by("-enqueued_at")[0]
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=status, worker_ids=worker_ids or [], started_at=AT if worker_ids else None, **fields
    )
    row.refresh_from_db()
    return row


def until(truth: Callable[[], bool], seconds: float = 15) -> bool:
    """Whether it comes true within that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if truth():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db
class TestLostWorkers:
    def test_a_task_of_a_silent_worker_goes_back_into_the_queue(self) -> None:
        task = a_task(Status.RUNNING, ["gone"])
        WorkerBeat.objects.create(worker_id="gone", beat_at=now() - timedelta(seconds=31))
        assert queue.give_back(SILENCE) == 1
        task.refresh_from_db()
        assert (task.status, task.worker_ids) == (Status.READY, ["gone"])

    def test_a_task_of_a_worker_nobody_knows_goes_back_too(self) -> None:
        a_task(Status.RUNNING, ["never heard of"])
        assert queue.give_back(SILENCE) == 1

    def test_a_task_of_a_living_worker_stays_with_it(self) -> None:
        queue.beat("alive")
        task = a_task(Status.RUNNING, ["gone", "alive"])
        assert queue.give_back(SILENCE) == 0
        task.refresh_from_db()
        assert task.status == Status.RUNNING

    def test_a_task_that_lost_five_workers_is_given_up(self) -> None:
        task = a_task(Status.RUNNING, ["a", "b", "c", "d", "e"])
        assert queue.give_back(SILENCE) == 1
        task.refresh_from_db()
        assert (task.status, task.exception_class_path) == (Status.FAILED, "danvan.base.jobs.queue.WorkersDied")
        assert task.finished_at is not None

    def test_who_beats_again_lives_again_and_who_leaves_is_gone(self) -> None:
        WorkerBeat.objects.create(worker_id="w", beat_at=AT)
        queue.beat("w")
        assert WorkerBeat.objects.get().beat_at > now() - timedelta(seconds=5)
        queue.leave("w")
        assert not WorkerBeat.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestPassingFailures:
    def test_a_task_that_asks_for_it_runs_again_after_longer_and_longer_waits(self) -> None:
        enqueue("tests.base.work.fail_for_a_while")
        waits = []
        for attempt in range(4):
            assert _run_one(f"w{attempt}")
            failed_at = DBTaskResult.objects.get().finished_at
            assert failed_at is not None and queue.retry_failed() == 1
            waits.append(DBTaskResult.objects.get().run_after - failed_at)
            assert not _run_one("too early")
            DBTaskResult.objects.update(run_after=now())
        assert waits == [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
        assert _run_one("the fifth") and queue.retry_failed() == 0
        assert DBTaskResult.objects.get().status == Status.FAILED

    def test_a_task_that_is_wrong_is_not_tried_again(self) -> None:
        enqueue("tests.base.work.fail")
        assert _run_one("w") and queue.retry_failed() == 0
        assert DBTaskResult.objects.get().status == Status.FAILED


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moments at which the only night job of the test, due every hour, was called."""
    called: list[datetime] = []
    monkeypatch.setattr(nights, "_nights", {})
    nights.nightly("count", every=timedelta(hours=1))(called.append)
    return called


@pytest.mark.django_db
class TestNights:
    @pytest.mark.django_db(transaction=True)
    def test_a_job_comes_round_when_its_time_has_passed(self, rounds: list[datetime]) -> None:
        minutes = [0, 1, 59, 60, 61, 120]
        handed_out = [bool(nights.hand_out(AT + timedelta(minutes=minute))) for minute in minutes]
        assert handed_out == [True, False, False, True, False, True]
        while _run_one("w"):
            pass
        assert len(rounds) == 3

    def test_of_two_workers_one_hands_it_out(self, rounds: list[datetime]) -> None:
        nights.hand_out(AT)
        later = AT + timedelta(hours=2)
        assert nights._claimed("count", timedelta(hours=1), later)
        assert not nights._claimed("count", timedelta(hours=1), later)

    def test_a_clock_that_was_once_wrong_stops_no_job(self, rounds: list[datetime]) -> None:
        nights.hand_out(AT + timedelta(days=9000))
        assert nights.hand_out(AT) == ["count"]

    def test_two_jobs_of_one_name_are_a_mistake(self, rounds: list[datetime]) -> None:
        with pytest.raises(ValueError, match="count"):
            nights.nightly("count", every=timedelta(hours=2))(rounds.append)

    def test_what_is_finished_and_forgotten_is_thrown_away(self) -> None:
        at = now()
        old, young = at - timedelta(days=100), at - timedelta(hours=1)
        kept = [
            a_task(Status.SUCCESSFUL, ["w"], finished_at=young),
            a_task(Status.FAILED, ["w"], finished_at=at - timedelta(days=29)),
            a_task(enqueued_at=old),
        ]
        a_task(Status.SUCCESSFUL, ["w"], finished_at=at - timedelta(days=2))
        a_task(Status.FAILED, ["w"], finished_at=old)
        for name, moment in {"old": old, "young": young}.items():
            WorkerBeat.objects.create(worker_id=name, beat_at=moment)
            IdempotencyKey.objects.create(home_area=MAU, verb="v", key=name, made=kept[0].pk, created_at=moment)
            Session.objects.create(session_key=name, session_data="", expire_date=moment + timedelta(hours=10))
        tidying.tidy(at)
        assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {task.pk for task in kept}
        assert [beat.worker_id for beat in WorkerBeat.objects.all()] == ["young"]
        assert [key.key for key in IdempotencyKey.objects.all()] == ["young"]
        assert [session.session_key for session in Session.objects.all()] == ["young"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_the_serving_process_does_the_work_and_leaves_when_told(tmp_path: Path) -> None:
    stop = start_in_thread(QUICK)
    enqueue("tests.base.work.write_one_row", str(tmp_path), "never")
    assert until(lambda: AuditCheckpoint.objects.count() == 1)
    assert until(lambda: NightJob.objects.filter(name="tidy").exists())
    stop()
    assert not WorkerBeat.objects.exists()


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Starts worker processes on the database of the test; told to stop at its end."""
    stop, started = tmp_path / "stop", []
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = (
            f"postgresql://{settings['USER']}@{quote(settings['HOST'], safe='')}:{settings['PORT']}/{settings['NAME']}"
        )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "danvan.web.settings", "DANVAN_DATABASE": url}

    def start() -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen([sys.executable, "-m", "tests.base.work", stop], env=environment))
        return started[-1]

    yield start
    stop.touch()
    for process in started:
        process.wait(timeout=10)


def _this_database() -> str:
    name, user, host, port = (connection.settings_dict[part] for part in ("NAME", "USER", "HOST", "PORT"))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"postgresql://{user}@{quote(host, safe='')}:{port}/{name}"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_inside_a_task_loses_and_doubles_nothing(
    moment: str, workers: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    """Killed before it wrote its row, or after that and before the queue knew of it."""
    traces = tmp_path / "traces"
    traces.mkdir()
    enqueue("tests.base.work.write_one_row", str(traces), moment)
    processes = {process.pid: process for process in (workers(), workers())}
    assert until(lambda: any(traces.glob("*.began")))
    killed = int(next(traces.glob("*.began")).stem)
    os.kill(killed, signal.SIGKILL)
    (other,) = processes.keys() - {killed}

    ours = DBTaskResult.objects.filter(task_path="tests.base.work.write_one_row")
    assert until(lambda: ours.filter(status=Status.SUCCESSFUL).exists())
    assert [trace.name for trace in traces.glob("*.done")] == [f"{other}.done"]
    assert len(ours.get().worker_ids) == 2
    assert AuditCheckpoint.objects.count() == 1
