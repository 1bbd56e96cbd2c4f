"""Django's own commands; taken over by `danvan.web.cli` before arguments are read."""

import argparse

NAME = "manage"
HELP = "Lệnh quản trị của Django (migrate, shell, …)."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    from danvan.web.cli import main

    return main(["manage", *args.words])
