"""Checks the ledgers: every step still hashes to what it did, and is chained to the one before."""

import argparse
import json
from pathlib import Path

NAME = "audit"
HELP = "Kiểm tra sổ bước: phát hiện bước bị sửa, xóa, đổi thứ tự; lập mốc kiểm tra."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="việc")
    verify = verbs.add_parser("verify", help="đi hết các sổ và so với mốc đã lập")
    verify.add_argument("--area", type=int, help="chỉ một mã vùng")
    verify.add_argument("--against", type=Path, help="tệp mốc do checkpoint in ra")
    verify.add_argument("--json", action="store_true")
    verbs.add_parser("checkpoint", help="lập mốc: số sổ, số bước và mã băm của mỗi vùng")


def run(args: argparse.Namespace) -> int:
    from danvan.web.commands.database import ready

    ready()
    return _verify(args) if args.verb == "verify" else _checkpoint()


def _verify(args: argparse.Namespace) -> int:
    from danvan.commitments.queries import missing_since, verify

    breaks = list(verify(args.area))
    marks = json.loads(args.against.read_text()) if args.against else None
    gone = list(missing_since(marks, args.area))
    if args.json:
        rows = [{"code": b.code, "seq": b.seq, "problem": b.sentence} for b in breaks]
        print(json.dumps({"ok": not breaks and not gone, "breaks": rows, "checkpoints": gone}, ensure_ascii=False))
    else:
        for found in breaks:
            print(f"{found.code}, bước {found.seq}: {found.sentence}")
        for sentence in gone:
            print(sentence)
        print("Sổ toàn vẹn." if not breaks and not gone else f"{len(breaks) + len(gone)} chỗ không toàn vẹn.")
    return 1 if breaks or gone else 0


def _checkpoint() -> int:
    from danvan.base.clock import now
    from danvan.commitments.actions import take_checkpoint

    marks = [
        {"home_area": m.home_area, "taken_at": m.taken_at.isoformat(), "ledgers": m.ledgers, "steps": m.steps,
         "digest": m.digest}
        for m in take_checkpoint(at=now())
    ]  # fmt: skip
    print(json.dumps(marks, ensure_ascii=False, indent=1))
    return 0
