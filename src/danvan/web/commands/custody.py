"""Tells in numbers how the custodies stand. There is no command that opens anything, and none can be written."""

import argparse
import json
from dataclasses import asdict

NAME = "custody"
HELP = "Tình trạng giữ khóa danh tính: mỗi đơn vị có mấy người mỗi bên, bao nhiêu danh tính không ai mở được nữa."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="việc")
    status = verbs.add_parser("status", help="liệt kê, chỉ có số, không có tên ai")
    status.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready()
    from danvan.base.clock import VIETNAM, today
    from danvan.people.queries import custody_status

    rows = custody_status(today())
    if args.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=str))
        return 0
    for row in rows:
        opened = f"{row.last_opened.astimezone(VIETNAM):%d/%m/%Y}" if row.last_opened else "chưa mở lần nào"
        print(
            f"{row.unit}: bên thứ nhất {row.first}, bên thứ hai {row.second} người có khóa; "
            f"{row.kept} danh tính, {row.lost} không ai mở được nữa; lần mở gần nhất: {opened}"
        )
    if not rows:
        print("Chưa đơn vị nào giao người giữ khóa.")
    return 0
