"""Loads agencies from a spreadsheet."""

import argparse
import sys
from pathlib import Path

NAME = "load-agencies"
HELP = "Nạp danh sách cơ quan từ tệp .xlsx; --dry-run chỉ kiểm tra từng dòng."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready(migrate=True)
    from danvan.base.clock import now, today
    from danvan.base.errors import Refused
    from danvan.units.access import system
    from danvan.units.actions import load_agencies, read_agencies

    try:
        data, by = args.file.read_bytes(), system("load-agencies")
        if args.dry_run:
            for verdict in read_agencies(data, by=by, on=today()):
                print(f"dòng {verdict.row}: {verdict.sentence or 'đúng'}")
            return 0
        print(f"Đã nạp {load_agencies(data=data, by=by, at=now())} đơn vị.")
    except (OSError, Refused) as error:
        print(getattr(error, "sentence", error), file=sys.stderr)
        return 2
    return 0
