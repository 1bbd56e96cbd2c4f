"""Serves the pages; on the embedded default it also delivers notices, so that one command is the whole system."""

import argparse
import os

NAME = "serve"
HELP = "Chạy hệ thống trên máy này (DANVAN_PORT hoặc --port, mặc định 8000)."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("DANVAN_PORT") or 8000))
    parser.add_argument("--address", default=os.environ.get("DANVAN_ADDRESS", "127.0.0.1"))
    parser.add_argument("--threads", type=int, default=8, help="số yêu cầu phục vụ cùng lúc trong một tiến trình")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình; SQLite chỉ dùng một")


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DANVAN_PORT", str(args.port))
    from danvan.web.commands.database import ready

    ready(migrate=True)
    from django.conf import settings
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    call_command("collectstatic", verbosity=0, interactive=False)
    embedded = str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
    if embedded:
        os.environ["DANVAN_WORKER_IN_THREAD"] = "1"
    print(f"danvan: http://localhost:{args.port}/  (Ctrl+C để dừng)", flush=True)
    Granian(
        "danvan.web.wsgi:application",
        address=args.address,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=1 if embedded else args.workers,
        blocking_threads=args.threads,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0
