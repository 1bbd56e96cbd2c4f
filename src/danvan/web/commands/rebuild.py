"""Derived columns and tallies, made again from the ledgers, or only compared with them."""

import argparse

NAME = "rebuild"
HELP = "Dựng lại trạng thái, hạn và số cộng dồn từ sổ bước; --check chỉ so sánh."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready()
    from danvan.commitments.actions import rebuild_all
    from danvan.commitments.queries import differences

    found = differences()
    for sentence in found[:50]:
        print(sentence)
    if args.check:
        print("Khớp hoàn toàn." if not found else f"{len(found)} chỗ lệch.")
        return 1 if found else 0
    columns, tallies = rebuild_all()
    print(f"Đã sửa {columns} việc và {tallies} số cộng dồn.")
    return 0
