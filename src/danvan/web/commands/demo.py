"""Fills an empty database with the demonstration and prints the accounts to try it with."""

import argparse

NAME = "demo"
HELP = "Nạp dữ liệu trình diễn và in tài khoản dùng thử."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="không làm gì khi đã có dữ liệu")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready(migrate=True)
    from danvan.base.clock import now
    from danvan.units.models import Unit
    from danvan.web.demo import accounts
    from danvan.web.demo.load import load

    if Unit.objects.exists():
        if not args.if_empty:
            print("Cơ sở dữ liệu đã có đơn vị; dữ liệu trình diễn chỉ nạp vào nơi còn trống.")
            return 2
    else:
        print("Đang nạp dữ liệu trình diễn (khoảng một phút)…", flush=True)
        load(at=now())
    print(accounts.shown(), flush=True)
    return 0
