"""A database to measure in: PostgreSQL of the run's own, or SQLite in a folder that is thrown away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from tests.postgres import running

# One process of the server for one connection, so that all its work is seen in its CPU time.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "autovacuum": "on", "shared_buffers": "512MB",
           "work_mem": "16MB", "maintenance_work_mem": "512MB", "max_wal_size": "4GB",
           "max_parallel_workers_per_gather": "0", "random_page_cost": "1.1"}  # fmt: skip


@contextmanager
def database(engine: str) -> Iterator[Path]:
    """Sets everything danvan reads from the environment, makes the tables, and yields the home folder."""
    home = Path(tempfile.mkdtemp(prefix="danvan-bench-"))
    os.environ.update(DANVAN_HOME=str(home), DJANGO_SETTINGS_MODULE="danvan.web.settings", DANVAN_LOG_LEVEL="ERROR",
                      DANVAN_HOSTS="localhost,127.0.0.1,testserver")  # fmt: skip
    try:
        if engine == "sqlite":
            os.environ.pop("DANVAN_DATABASE", None)
            _ready()
            yield home
        else:
            with running(DURABLE) as url:
                os.environ["DANVAN_DATABASE"] = url
                _ready()
                yield home
                _disconnect()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _ready() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
