"""Delivers notices and runs the night shift."""

import argparse
import signal

NAME = "worker"
HELP = "Chạy hàng đợi công việc: gửi thông báo, việc định kỳ."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(args: argparse.Namespace) -> int:
    del args
    from danvan.web.commands.database import ready

    ready()
    from danvan.base.jobs import run_worker

    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    run_worker(lambda: bool(stopping))
    return 0
