"""The words of printed papers: writes ours out to start from, says what a wording may use, checks those in use."""

import argparse
from pathlib import Path

NAME = "papers"
HELP = "Mẫu văn bản của đơn thư: xuất ra để sửa, liệt kê chỗ điền, kiểm tra."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="việc")
    export = verbs.add_parser("export", help="ghi các mẫu kèm theo ra một thư mục; không đè tệp đã có")
    export.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    verbs.add_parser("names", help="liệt kê các chỗ điền dùng được trong mẫu")
    verbs.add_parser("check", help="đọc thử mọi mẫu đang dùng")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready()
    return {"export": _export, "names": _names, "check": _check}[args.verb](args)


def _export(args: argparse.Namespace) -> int:
    from danvan.matters.documents.wordings import SHIPPED

    args.folder.mkdir(parents=True, exist_ok=True)
    for shipped in sorted(SHIPPED.iterdir()):
        target = args.folder / shipped.name
        if target.exists():
            print(f"{target}: đã có, giữ nguyên")
            continue
        target.write_bytes(shipped.read_bytes())
        print(target)
    return 0


def _names(args: argparse.Namespace) -> int:
    del args
    from danvan.matters.documents.blanks import BLANKS

    for name, says in BLANKS.items():
        print(f"{'{' + name + '}':32} {says}")
    return 0


def _check(args: argparse.Namespace) -> int:
    del args
    from danvan.matters.documents.faults import faults

    found = faults()
    for sentence in found:
        print(f"! {sentence}")
    print(f"{len(found)} điều cần xem lại." if found else "Mọi mẫu văn bản đều đọc được.")
    return 1 if found else 0
