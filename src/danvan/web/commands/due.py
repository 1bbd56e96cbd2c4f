"""`danvan due`: when something is due under a legal clock, and why, day by day."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date

from danvan.rules import clock
from danvan.rules.calendar import CalendarDay, Kind, WorkingCalendar, dated, named, shipped
from danvan.rules.clock import ClockRefused, ClockRule, Deadline, Extension, Pause
from danvan.rules.periods import PeriodRefused, parse_day

NAME = "due"
HELP = "tính ngày đến hạn theo quy tắc pháp luật và giải thích từng ngày"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rule", metavar="MÃ", help="mã quy tắc, ví dụ KN-28")
    parser.add_argument(
        "--kind", metavar="LOẠI", help="loại việc (KN, TC, …); cùng --step thì chọn quy tắc đang có hiệu lực"
    )
    parser.add_argument("--step", metavar="BƯỚC", help="bước của loại việc, ví dụ accept, resolve")
    parser.add_argument("--start", metavar="NGÀY", help="ngày xảy ra sự kiện bắt đầu, dd/mm/yyyy hoặc yyyy-mm-dd")
    parser.add_argument("--remote", action="store_true", help="vùng sâu, vùng xa đi lại khó khăn")
    parser.add_argument("--complex", action="store_true", help="vụ việc phức tạp")
    parser.add_argument(
        "--pause", metavar="TỪ..ĐẾN", action="append", default=[], help="tạm dừng; bỏ trống ĐẾN nếu còn tạm dừng"
    )
    parser.add_argument("--extend", metavar="SỐ_NGÀY", action="append", default=[], help="gia hạn thêm số ngày")
    parser.add_argument("--off", metavar="NGÀY", action="append", default=[], help="coi ngày này là ngày nghỉ")
    parser.add_argument("--work", metavar="NGÀY", action="append", default=[], help="coi ngày này là ngày làm việc")
    parser.add_argument("--list", action="store_true", help="liệt kê mọi quy tắc")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")


def run(args: argparse.Namespace, *, calendar: WorkingCalendar | None = None) -> int:
    """`calendar` stands in for the shipped one, where an office keeps its own days."""
    try:
        print(_listed(args) if args.list else _answered(args, calendar or shipped()))
    except (ClockRefused, PeriodRefused) as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2
    return 0


def _answered(args: argparse.Namespace, calendar: WorkingCalendar) -> str:
    if not args.start:
        raise ClockRefused("no-start", "Cần --start: ngày xảy ra sự kiện bắt đầu, ví dụ --start 21/08/2026.")
    start = parse_day(args.start)
    rule = _chosen(args, start)
    overridden = calendar.with_days([*_days(args.off, Kind.OFF), *_days(args.work, Kind.WORK)])
    deadline = clock.due(
        rule,
        start,
        overridden,
        remote=args.remote,
        complex_=args.complex,
        pauses=_pauses(rule, args.pause),
        extensions=_extensions(rule, args.extend),
    )
    return json.dumps(deadline.as_json(), ensure_ascii=False, indent=2) if args.json else _sentences(deadline)


def _chosen(args: argparse.Namespace, start: date) -> ClockRule:
    if args.rule and (args.kind or args.step):
        raise ClockRefused("two-choices", "Chỉ dùng --rule, hoặc --kind cùng --step, không dùng cả hai.")
    if args.rule:
        return clock.rule_by_id(args.rule, start)
    if args.kind and args.step:
        return clock.pick(args.kind.upper(), args.step, start)
    raise ClockRefused("no-rule", "Cần --rule MÃ, hoặc --kind LOẠI cùng --step BƯỚC. Xem danh sách bằng --list.")


def _days(texts: Iterable[str], kind: Kind) -> list[CalendarDay]:
    reason = "nghỉ theo lựa chọn --off" if kind is Kind.OFF else "làm việc theo lựa chọn --work"
    return [CalendarDay(parse_day(text), kind, reason) for text in texts]


def _pauses(rule: ClockRule, texts: list[str]) -> list[Pause]:
    if texts and (refusal := clock.may_pause(rule)):
        raise ClockRefused("no-pause", refusal)
    spans = (text.partition("..") for text in texts)
    return [Pause(parse_day(first), parse_day(last) if last else None) for first, _, last in spans]


def _extensions(rule: ClockRule, texts: list[str]) -> list[Extension]:
    needs = rule.ext.needs if rule.ext else ""
    return [Extension(_granted(rule, already, text), needs) for already, text in enumerate(texts)]


def _granted(rule: ClockRule, already: int, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ClockRefused("bad-extension", f"Số ngày gia hạn “{text}” không phải số.")
    days = int(text[:9])
    if refusal := clock.may_extend(rule, already, days=days):
        raise ClockRefused("no-extension", refusal)
    return days


def _sentences(deadline: Deadline) -> str:
    head = f"Đến hạn: {named(deadline.due_rolled)}"
    if deadline.due_statutory != deadline.due_rolled:
        head += f" (theo luật {dated(deadline.due_statutory)}, lùi vì rơi vào ngày nghỉ)"
    return "\n".join([head, *(f"  {line.text}" for line in deadline.explanation)])


def _listed(args: argparse.Namespace) -> str:
    rules = [rule for rule in clock.all_rules() if not args.kind or args.kind.upper() in rule.kinds]
    if args.json:
        return json.dumps([rule.as_json() for rule in rules], ensure_ascii=False, indent=2)
    head = ("MÃ", "BẢN", "LOẠI", "BƯỚC", "THỜI HẠN", "TỪ", "ĐẾN HẾT", "CHỨNG CỨ", "NỘI DUNG")
    rows = [head, *map(_row, rules)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _row(rule: ClockRule) -> tuple[str, ...]:
    ends = dated(date.fromordinal(rule.valid_to.toordinal() - 1)) if rule.valid_to else ""
    kinds = ",".join(rule.kinds)
    start = dated(rule.valid_from)
    return (rule.id, rule.version, kinds, rule.step, rule.length, start, ends, rule.evidence, rule.title)
