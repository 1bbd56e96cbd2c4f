"""Creating through the whole stack beside a view that inserts one row, over real connections to a real server."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.test import Client

from bench.meter import Cost, cost, resident_megabytes
from danvan.base.clock import now, today
from danvan.units.access import system
from danvan.units.actions import issue_token
from danvan.units.models import AreaVersion, Holding

CLIENTS = 8
SECONDS = 6.0


def area() -> str:
    return str(AreaVersion.objects.filter(level="commune", valid_to=None, parent__key="p42@old")[0].area_id)


def body(area_id: str) -> bytes:
    said = {"content": "Đèn đường hỏng hơn một tháng, tối đi lại không an toàn.", "area_id": area_id, "field": "roads",
            "kind": "reflection"}  # fmt: skip
    return json.dumps(said).encode()


def token() -> str:
    """The key of a machine that takes in for an officer; citizens may send only so many an hour."""
    holding = Holding.objects.get(account__username="xa")
    expires_on = today() + timedelta(days=1)
    return issue_token(
        holding=holding, name=f"bench {uuid.uuid4()}", expires_on=expires_on, by=system("bench"), at=now()
    )


def created(area_id: str) -> Cost:
    """One creation through the API: statements and CPU."""
    client, bearer = Client(), f"Bearer {token()}"

    def once() -> None:
        answer = client.post("/api/v1/matters", body(area_id), content_type="application/json",
                             headers={"Idempotency-Key": str(uuid.uuid4()), "Authorization": bearer})  # fmt: skip
        if answer.status_code != 201:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:200]!r}")

    return cost(once)


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """Granian with one worker, as `danvan serve` runs it; yields its port and the worker's process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "danvan.web.wsgi:application", "--interface", "wsgi", "--port",
               str(port), "--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error"]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, "DANVAN_ROOT_URLCONF": "bench.urls"})
    try:
        _wait(port)
        yield port, _worker(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _worker(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(children[-1]) if children else parent


def rate(port: int, send: Callable[[http.client.HTTPConnection], int]) -> float:
    """Requests answered per second with `CLIENTS` at once, for `SECONDS`."""
    stop, done = time.monotonic() + SECONDS, [0] * CLIENTS

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < stop:
            if send(connection) == 201:
                done[number] += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def insert_one(connection: http.client.HTTPConnection) -> int:
    connection.request("POST", "/bench/insert/", f"name={uuid.uuid4()}",
                       {"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    return _status(connection)


def create_one(area_id: str) -> Callable[[http.client.HTTPConnection], int]:
    payload, bearer = body(area_id), f"Bearer {token()}"

    def send(connection: http.client.HTTPConnection) -> int:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4()),
                   "Authorization": bearer}  # fmt: skip
        connection.request("POST", "/api/v1/matters", payload, headers)
        return _status(connection)

    return send


def _status(connection: http.client.HTTPConnection) -> int:
    answer = connection.getresponse()
    answer.read()
    return answer.status


def rates() -> tuple[float, float, float]:
    """Inserting one row, creating a matter (each the better of two alternating rounds), and the worker's megabytes."""
    area_id = area()
    with server() as (port, worker):
        inserted, made = [], []
        for _ in range(2):
            inserted.append(rate(port, insert_one))
            made.append(rate(port, create_one(area_id)))
        return max(inserted), max(made), resident_megabytes(worker)
