"""`danvan form`: a statutory form of a unit and period, on the screen, as JSON or as a spreadsheet."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan.rules.periods import Period, PeriodRefused, parse

if TYPE_CHECKING:
    from danvan.reports.queries.statutory import Filled

NAME = "form"
HELP = "lập biểu thống kê (01/TCD, 01/XLD…04/XLD, 01/KQGQ…04/KQGQ) của một đơn vị trong một kỳ"
EPILOG_PERIODS = "2026-11, 2026-Q2, 2026-H1, 2026-9M, 2026, hoặc 2026-01-01..2026-03-31"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="BIỂU", nargs="?", help="mã biểu, ví dụ 01/XLD")
    parser.add_argument("--unit", metavar="ĐƠN_VỊ", help="mã, khóa hoặc tên đơn vị")
    parser.add_argument("--period", metavar="KỲ", help=EPILOG_PERIODS)
    parser.add_argument("--own", action="store_true", help="chỉ số của chính đơn vị, không cộng đơn vị cấp dưới")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    parser.add_argument("--xlsx", metavar="TỆP", type=Path, help="ghi ra tệp Excel theo mẫu")
    parser.add_argument("--list", action="store_true", help="liệt kê các biểu và thời gian áp dụng")


def run(args: argparse.Namespace) -> int:
    """0 when everything that can be checked adds up, 1 when something does not, 2 when there is no such form."""
    from danvan.web.commands.database import ready

    ready()
    from danvan.base.errors import Refused

    try:
        if args.list:
            print(_listed())
            return 0
        filled = _filled(args)
        if args.xlsx:
            from danvan.reports.statutory_workbook import form_as_xlsx

            args.xlsx.write_bytes(form_as_xlsx(filled))
        print(_answer(filled, args))
    except (Refused, PeriodRefused) as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Không ghi được tệp {args.xlsx}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0 if filled.holds else 1


def _filled(args: argparse.Namespace) -> "Filled":
    from danvan.base.errors import Invalid
    from danvan.reports.queries.statutory import fill
    from danvan.reports.statutory import codes, form_for
    from danvan.units.queries import unit_meant

    if not args.form:
        raise Invalid("no-form", f"Hãy ghi mã biểu: {', '.join(codes())}. Xem tất cả bằng --list.")
    if not args.unit or not args.period:
        raise Invalid("no-unit", f"Cần --unit (mã, khóa hoặc tên đơn vị) và --period ({EPILOG_PERIODS}).")
    period = parse(args.period)
    form = form_for(args.form, period)
    return fill(form, unit_meant(args.unit, period.last_day).unit_id, period, own=args.own)


def _listed() -> str:
    from danvan.reports.statutory import all_forms
    from danvan.rules.calendar import dated

    rows = [
        f"{form.code:8}  {len(form.columns):>3} cột  từ {dated(form.valid_from)}"
        f"{f' đến trước {dated(form.valid_to)}' if form.valid_to else '':24}  {form.basis:25}  {form.title}"
        for form in all_forms()
    ]
    return "\n".join(rows)


def _answer(filled: "Filled", args: argparse.Namespace) -> str:
    if args.json:
        from danvan.reports.queries.statutory import as_data

        return json.dumps(as_data(filled), ensure_ascii=False, indent=2)
    if args.xlsx:
        return f"Đã ghi {args.xlsx}."
    return "\n".join([*_head(filled, filled.period), "", *_columns(filled), "", *_checks(filled)])


def _head(filled: "Filled", period: Period) -> list[str]:
    whole = "chính đơn vị" if filled.own else f"đơn vị và cấp dưới, {sum(line.units for line in filled.lines)} đơn vị"
    return [
        f"Biểu {filled.form.code}. {filled.form.title} ({filled.form.basis})",
        f"{filled.root.name} ({whole}); {period.label}, {period.span}",
    ]


def _columns(filled: "Filled") -> list[str]:
    from danvan.rules.numbers import write

    width = max(len(column.full_title) for column in filled.form.columns)
    return [
        f"{column.number:>3}  {column.full_title:{width}}  {_shown(filled.total[column.key], write):>16}  {column.unit}"
        for column in filled.form.columns
    ]


def _shown(value: Any, write: Any) -> str:
    return "không theo dõi" if value is None else str(write(value))


def _checks(filled: "Filled") -> list[str]:
    words = {True: "khớp", False: "KHÔNG KHỚP", None: "không kiểm tra được (có cột không theo dõi)"}
    lines = [f"{each.identity.printed}: {words[each.holds]}" for each in filled.checked]
    lines += [f"Cột {part.number} lớn hơn cột {whole.number}: KHÔNG KHỚP" for part, whole in filled.exceeding]
    return lines
