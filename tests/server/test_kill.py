"""The real server, killed between receipt and answer: what was acknowledged is there when it comes back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

READY_WITHIN = 90
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from datetime import date, timedelta
from danvan.base.clock import now, today
from danvan.units.access import system
from danvan.units.actions import issue_token
from tests import world as worlds
world = worlds.build()
nam = worlds.an_officer(name="Nam", username="nam", unit=world.ubnd_binh_an)
expires_on = today() + timedelta(days=1)
print(world.xa_binh_an.id, issue_token(holding=nam.holding, name="x", expires_on=expires_on, by=system("x"), at=now()))
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, on the embedded default."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANVAN_")}
    return {**kept, "DANVAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "danvan.web.settings"}


@contextmanager
def serving(home: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "danvan.web.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=home, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port, server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped by itself"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


def call(port: int, path: str, token: str, body: dict[str, str] | None = None) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told: dict[str, str] = json.load(answer)
        return told


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(home):
    prepared = subprocess.run([sys.executable, "-c", PREPARE], env=home, capture_output=True, text=True, check=True)
    area_id, token = prepared.stdout.split()[-2:]
    said = {"content": "Cầu Đỏ gãy lan can, đi lại nguy hiểm.", "area_id": area_id, "kind": "reflection"}
    with serving(home) as (port, server):
        acknowledged = [call(port, "/api/v1/matters", token, said)["code"] for _ in range(12)]
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)
    with serving(home) as (port, _server):
        assert [call(port, f"/api/v1/matters/{code}", token)["code"] for code in acknowledged] == acknowledged
    verified = subprocess.run(
        [sys.executable, "-m", "danvan.web.cli", "audit", "verify", "--json"],
        env=home, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(verified.stdout)["ok"]
