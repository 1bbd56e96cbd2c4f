"""Makes the shipped seed of the working calendar (`src/danvan/rules/data/calendar.toml`).

Order: the PyPI package `holidays` proposes the days; what the fixed law (Labour Code) says is marked official for every
year; what a named decision confirms is marked official with its number; the days the package gets wrong are corrected
here, with the number of the decision; the one day nobody has enacted (24/11) stays "unproven". The package is needed
only to run this script: `pip install -e .[build-data]`, then `python scripts/build_calendar.py`, or `--check` to see
whether the shipped file is what this script would write.
"""

import argparse
import re
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[1] / "src/danvan/rules/data/calendar.toml"
YEARS = range(2012, 2031)
PACKAGE = f"holidays {version('holidays')}"
SUBSTITUTED = re.compile(r"thay cho ngày (\d\d)/(\d\d)/(\d{4})")
CULTURE_DAY = "Ngày Văn hóa Việt Nam"


class Day(NamedTuple):
    day: date
    kind: str
    reason: str
    status: str
    decision: str
    source: str


# What confirms a whole year. Where the published plan is known only from the press, its number is still missing.
CONFIRMED = {
    2019: "Công văn 6519/VPCP-KGVX năm 2018",
    2024: "lịch nghỉ năm 2024 đã công bố (chưa ghi số văn bản)",
    2025: "Thông báo 6150/TB-BLĐTBXH năm 2024",
    2026: "lịch nghỉ năm 2026 đã công bố (chưa ghi số văn bản)",
}

# Decisions about single days.
SWAP_2024 = "Công văn 2450/VPCP-KGVX ngày 12/04/2024"
CONFIRMED_DAYS = {date(2018, 12, 31): CONFIRMED[2019], date(2024, 4, 29): SWAP_2024}

SWAP_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"
CORRECTIONS = [
    Day(date(2026, 1, 2), "off", "hoán đổi với thứ bảy 10/01/2026", "official", SWAP_2026, SWAP_2026),
    Day(date(2026, 1, 10), "work", "làm bù cho thứ sáu 02/01/2026", "official", SWAP_2026, SWAP_2026),
]

FIXED = {"Tết Dương lịch", "Ngày Giỗ Tổ Hùng Vương", "Ngày Chiến thắng", "Ngày Quốc tế Lao động"}
NAMES = {
    "Tết Nguyên Đán": "Mùng một Tết Nguyên đán",
    "29 Tết": "29 Tết Nguyên đán",
    "Ngày Giỗ Tổ Hùng Vương": "Giỗ Tổ Hùng Vương (10/3 âm lịch)",
    "Ngày Chiến thắng": "Ngày Chiến thắng 30/4",
    "Ngày Quốc tế Lao động": "Ngày Quốc tế Lao động 1/5",
}
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "Chủ nhật")


def vietnamese(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def labour_code(day: date) -> str:
    if day >= date(2021, 1, 1):
        return "Bộ luật Lao động 2019, Điều 112"
    return "Bộ luật Lao động 2012, Điều 115" if day >= date(2013, 5, 1) else "Bộ luật Lao động 1994, Điều 73"


def swapped_with(name: str) -> date | None:
    found = SUBSTITUTED.search(name)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def reason(day: date, name: str) -> str:
    if saturday := swapped_with(name):
        return f"hoán đổi với {vietnamese(saturday)}"
    base = name.removesuffix(" (nghỉ bù)")
    plain = NAMES.get(base, base.replace("Nguyên Đán", "Nguyên đán"))
    if base == "Quốc khánh":
        plain = "Quốc khánh 2/9" if (day.month, day.day) == (9, 2) or base != name else "ngày liền kề Quốc khánh 2/9"
    return plain if base == name else f"nghỉ bù {plain}"


def standing(day: date, name: str) -> tuple[str, str]:
    """Status and decision: the fixed law first, then a named decision, else a forecast."""
    if name.startswith(CULTURE_DAY):
        return ("unproven", "Nghị quyết 80-NQ/TW ngày 07/01/2026 (chưa thấy luật ban hành)")
    if name.removesuffix(" (nghỉ bù)") in FIXED or (name == "Quốc khánh" and (day.month, day.day) == (9, 2)):
        return "official", labour_code(day)
    if decision := CONFIRMED_DAYS.get(day) or CONFIRMED.get(day.year):
        return "official", decision
    return "forecast", ""


def proposed() -> list[Day]:
    """What the package says, day off by day off, with the Saturdays worked in exchange."""
    import holidays

    found = []
    for year in YEARS:
        for day, name in sorted(holidays.country_holidays("VN", years=year, language="vi").items()):
            if day.year != year:
                continue
            status, decision = standing(day, name)
            found.append(Day(day, "off", reason(day, name), status, decision, PACKAGE))
            if saturday := swapped_with(name):
                status = "official" if decision else "forecast"
                found.append(Day(saturday, "work", f"làm bù cho {vietnamese(day)}", status, decision, PACKAGE))
    return found


def corrected(days: list[Day]) -> list[Day]:
    by_day = {found.day: found for found in days} | {fixed.day: fixed for fixed in CORRECTIONS}
    return sorted(by_day.values())


def row(day: Day) -> str:
    return (
        f'  {{ date = {day.day}, kind = "{day.kind}", status = "{day.status}", reason = "{day.reason}", '
        f'decision = "{day.decision}", source = "{day.source}" }},'
    )


def rendered(days: list[Day]) -> str:
    out = [
        "# Working calendar of Vietnamese civil servants: days off, and Saturdays worked in exchange.",
        "# Written by scripts/build_calendar.py; correct the script, not this file.",
        "# status: official = fixed law or a named decision; forecast = no decision entered; unproven = not enacted.",
        "# A year without a decision is provisional.",
    ]
    for year in YEARS:
        out += ["", f"[years.{year}]", f'decision = "{CONFIRMED.get(year, "")}"', "days = ["]
        out += [row(day) for day in days if day.day.year == year]
        out.append("]")
    return "\n".join(out) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    text = rendered(corrected(proposed()))
    if parser.parse_args().check:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
