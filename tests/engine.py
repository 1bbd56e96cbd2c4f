"""The pytest plugin that gives one test run, and each of its workers, a home folder and a database of its own.

It acts through the environment before the settings are read, so that the tests run the product's settings and not a
second file of them. What it changes afterwards stands in `_make_quick`.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import postgres

ENGINES = ("sqlite", "postgres")
OF_THE_TESTS = {"DANVAN_SCREENS"}
"""What whoever runs the tests may ask of them."""
_until_the_end = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=ENGINES,
        default=os.environ.get("DANVAN_TEST_ENGINE", "sqlite"),
        help="the database to test on (DANVAN_TEST_ENGINE); PostgreSQL is started for the run",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["DANVAN_HOME"] = str(Path(os.environ["DANVAN_HOME"]) / worker)
    else:
        _prepare(early_config.known_args_namespace.engine)
    yield
    _make_quick()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database engine: {config.getoption('--engine')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that opens no database is the same on every engine; it runs once, with the embedded one."""
    if config.getoption("--engine") != "sqlite":
        without = [item for item in items if not _opens_a_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _opens_a_database(item)]


def _opens_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "db" in fixtures or "transactional_db" in fixtures or item.get_closest_marker("django_db") is not None


def pytest_unconfigure() -> None:
    _until_the_end.close()


def _prepare(engine: str) -> None:
    """Nothing of the caller's own danvan may leak in: neither its settings nor its data."""
    for name in [name for name in os.environ if name.startswith("DANVAN_") and name not in OF_THE_TESTS]:
        del os.environ[name]
    home = tempfile.mkdtemp(prefix="danvan-test-")
    _until_the_end.callback(shutil.rmtree, home, ignore_errors=True)
    os.environ["DANVAN_HOME"] = home
    if engine == "postgres":
        os.environ["DANVAN_DATABASE"] = _until_the_end.enter_context(postgres.running())


def _make_quick() -> None:
    from django.conf import settings
    from django.db import connections

    settings.PASSWORD_HASHERS = ["tests.hasher.QuickArgon2"]
    settings.CUSTODY_ARGON2 = (1, 8, 1)
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        connections.settings["default"]["TEST"]["NAME"] = str(Path(settings.HOME) / "test.sqlite3")
