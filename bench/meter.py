"""What something costs: statements, and CPU time of this process and of the database server together."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds of one call, how many statements it took, and how many times as much as another call."""

    milliseconds: float
    statements: int
    times: float = 1.0


def cost(
    call: Callable[[], object], beside: Callable[[], object] | None = None, rounds: int = 15, before: int = 3
) -> Cost:
    """The least of many rounds: others who use the machine can only make a call dearer. `beside` is called in turn with
    it, so that both meet the same machine; `before` is how often each is called first, unmeasured.
    """
    calls = [call, beside] if beside else [call]
    for one in calls * before:
        one()
    statements = _statements(call)
    rows = [[_once(one) for one in calls] for _ in range(rounds)]
    least = [min(times) for times in zip(*rows, strict=True)]
    return Cost(least[0], statements, least[0] / least[-1])


def _statements(call: Callable[[], object]) -> int:
    """Read at once: the next request empties the log."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def _once(call: Callable[[], object]) -> float:
    backend, before, own = _backend(), 0.0, time.process_time()
    if backend:
        before = _nanoseconds(backend)
    call()
    spent = time.process_time() - own
    return 1000 * spent + (_nanoseconds(backend) - before) / 1e6 if backend else 1000 * spent


def _backend() -> int:
    """The process of the server that serves this connection; none for SQLite, which runs inside this process."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _nanoseconds(pid: int) -> float:
    return float(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
