"""`danvan check-report`: the figures of written reports, and what among them does not add up. Needs no database."""

import argparse
import json
import sys
from pathlib import Path

from danvan.reports.prose import Checked, FigureRow, FindingRow, Unreadable, check_file

NAME = "check-report"
HELP = "đọc số liệu trong báo cáo (.txt, .docx, - là đầu vào chuẩn) và chỉ ra chỗ không khớp"
CLEAN, FOUND, UNREADABLE = 0, 1, 2
AROUND = 160  # characters of the sentence shown on each side of a finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="TỆP", nargs="+", help="tệp báo cáo; - để đọc từ đầu vào chuẩn")
    parser.add_argument("--json", action="store_true", help="in mỗi tệp một dòng JSON")


def run(args: argparse.Namespace) -> int:
    """0 when everything adds up, 1 with findings, 2 when a file could not be read; the others are still checked."""
    codes = [_answer(name, as_json=args.json) for name in args.files]
    return max(codes)


def _answer(name: str, *, as_json: bool) -> int:
    try:
        checked = check_file(name, sys.stdin.buffer.read() if name == "-" else Path(name))
    except Unreadable as error:
        _refuse(name, error.sentence, as_json=as_json)
        return UNREADABLE
    if notice := checked.get("notice"):
        print(f"{name}: {notice}", file=sys.stderr)
    print(json.dumps(checked, ensure_ascii=False) if as_json else _shown(checked))
    return FOUND if checked["findings"] else CLEAN


def _refuse(name: str, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"file": name, "error": sentence}, ensure_ascii=False))
    else:
        print(f"{name}: {sentence}", file=sys.stderr)


def _shown(checked: Checked) -> str:
    lines = [f"{checked['file']}: {len(checked['figures'])} số liệu, {len(checked['findings'])} chỗ cần xem lại."]
    for finding in checked["findings"]:
        lines += ["", f"! {finding['message']}", f"  {_sentence(checked['text'], finding)}"]
    if checked["figures"]:
        lines += ["", f"{'Vị trí':>8}  {'Số':>22}  {'Đơn vị':14}  Nội dung"]
    return "\n".join([*lines, *(_row(figure) for figure in checked["figures"])])


def _sentence(text: str, finding: FindingRow) -> str:
    """The words around the figures of a finding, back to the line's or sentence's beginning where that is near."""
    start, end = finding["spans"][0][0], finding["spans"][-1][1]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before = before[max(before.rfind("\n"), before.rfind(". ")) + 1 :]
    stops = [place for place in (after.find("\n"), after.find(". ")) if place >= 0]
    return " ".join((before + text[start:end] + after[: min(stops, default=len(after))]).split())


def _row(figure: FigureRow) -> str:
    written = " ".join(part for part in (figure["qualifier"], figure["text"]) if part)
    return f"{figure['start']:>8}  {written:>22}  {figure['unit'] or '':14}  {figure['counted'] or ''}".rstrip()
