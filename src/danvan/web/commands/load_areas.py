"""Loads the dated areas that the package carries."""

import argparse

NAME = "load-areas"
HELP = "Nạp danh mục địa giới có thời hạn (34 tỉnh, 3.321 xã hiện nay và các đơn vị trước đây)."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(args: argparse.Namespace) -> int:
    del args
    from danvan.web.commands.database import ready

    ready(migrate=True)
    from danvan.units.access import system
    from danvan.units.actions import load_areas

    for table, rows in load_areas(by=system("load-areas")).items():
        print(f"{table:12} {rows:>8}")
    return 0
