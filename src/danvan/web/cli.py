"""`danvan`: one command line for everything. Django is loaded only by the commands that need the database."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "serve": "danvan.web.commands.serve",
    "worker": "danvan.web.commands.worker",
    "demo": "danvan.web.commands.demo",
    "check-report": "danvan.web.commands.check_report",
    "due": "danvan.web.commands.due",
    "form": "danvan.web.commands.form",
    "audit": "danvan.web.commands.audit",
    "custody": "danvan.web.commands.custody",
    "rebuild": "danvan.web.commands.rebuild",
    "load-areas": "danvan.web.commands.load_areas",
    "load-agencies": "danvan.web.commands.load_agencies",
    "account": "danvan.web.commands.account",
    "config": "danvan.web.commands.config",
    "papers": "danvan.web.commands.papers",
    "answers": "danvan.web.commands.answers",
    "manage": "danvan.web.commands.manage",
}


def main(argv: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.web.settings")
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] == "manage":
        return _manage(words[1:])
    parser = argparse.ArgumentParser(prog="danvan", description="Hệ thống công tác dân vận.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="lệnh")
    chosen = words[0] if words and words[0] in COMMANDS else None
    for name, path in COMMANDS.items():
        if chosen not in (None, name):
            continue
        module = importlib.import_module(path)
        sub = subparsers.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    args = parser.parse_args(words)
    try:
        code: int = args.run(args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- loads Django

    execute_from_command_line(["danvan manage", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
