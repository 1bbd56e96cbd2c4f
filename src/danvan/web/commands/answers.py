"""Reads published answers again: what finds a person's traces grows with each version, what was published does not."""

import argparse
import json
from dataclasses import asdict

NAME = "answers"
HELP = "Rà lại các câu trả lời đã công khai: còn gì có thể chỉ đến một người không."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="việc")
    check = verbs.add_parser("check", help="liệt kê câu cần người đọc lại; không gỡ, không sửa gì")
    check.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Status 1 where something was found, so that a timer can tell somebody."""
    from danvan.web.commands.database import ready

    ready()
    from danvan.matters.queries.published import published_in_doubt

    found = list(published_in_doubt())
    if args.json:
        print(json.dumps([asdict(row) for row in found], ensure_ascii=False, default=str))
    for row in [] if args.json else found:
        print(f"/da-tra-loi/{row.code}/  {row.published_on:%d/%m/%Y}  {row.unit}: {', '.join(row.kinds)}")
    if not found and not args.json:
        print("Không tìm thấy gì. Máy không thấy hết: người công khai vẫn là người chịu trách nhiệm.")
    return 1 if found else 0
