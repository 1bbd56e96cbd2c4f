"""Adds a person and seats them in a post; the password is asked for, never passed on the command line."""

import argparse
import getpass
import sys

NAME = "account"
HELP = "Thêm tài khoản và giao chức vụ: danvan account add TÊN --unit KHÓA --role VAI-TRÒ."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="việc")
    add = verbs.add_parser("add")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="họ và tên")
    add.add_argument("--unit", required=True, help="mã khóa đơn vị")
    add.add_argument("--title", required=True, help="chức vụ")
    add.add_argument("--role", required=True, help="vai trò; xem danvan account roles")
    roles = verbs.add_parser("roles")
    roles.add_argument("--markdown", action="store_true", help="bảng cho hướng dẫn sử dụng")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready(migrate=args.verb == "add")
    from danvan.units.roles import ROLES, as_markdown

    if args.verb == "roles" and args.markdown:
        print(as_markdown(), end="")
        return 0
    if args.verb == "roles":
        for role in ROLES.values():
            print(f"{role.key:14} {role.title}: {role.sentence}")
        return 0
    return _add(args)


def _add(args: argparse.Namespace) -> int:
    from django.db import transaction

    from danvan.base.clock import now
    from danvan.base.errors import Refused
    from danvan.units.access import system
    from danvan.units.actions import add_account, give_post
    from danvan.units.models import Unit

    password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    by, at = system("danvan account"), now()
    try:
        with transaction.atomic():
            account = add_account(username=args.username, full_name=args.name, password=password, by=by, at=at)
            unit = Unit.objects.get(key=args.unit)
            give_post(account=account, unit_id=unit.id, title=args.title, role=args.role, by=by, at=at)
    except Unit.DoesNotExist:
        print(f"Không có đơn vị “{args.unit}”.", file=sys.stderr)
        return 2
    except Refused as error:
        print(error.sentence, file=sys.stderr)
        return 2
    print(f"Đã thêm tài khoản {account.username}.")
    return 0
