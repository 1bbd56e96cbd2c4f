"""The form of official papers: which boxes, how large, where, and since when. The rules stand in `forms.toml`."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from danvan.base.errors import Invalid
from danvan.rules.text import PLACE_PREFIXES


@dataclass(frozen=True)
class Form:
    key: str
    title: str
    trees: tuple[str, ...]
    valid_from: date
    font: str
    national: str
    motto: str
    number: str
    subject: str
    draft: str
    addressed: str
    recipients: str
    annex: str
    without_superior: tuple[str, ...]
    ends_with: str
    page: dict[str, float]
    page_allowed: dict[str, tuple[float, float]]
    size: dict[str, float]
    size_allowed: dict[str, tuple[float, float]]
    body: dict[str, float]

    def numbered(self, number: str, symbol: str) -> str:
        """`Số: 05/BC-UBND`: below 10 with a zero before it; a number not yet given leaves room to write it."""
        shown = f"{int(number):02}" if number else "\u00a0" * 6
        return self.number.format(number=shown, symbol=symbol)

    def written(self, number: str) -> str:
        """A number that was typed with its symbol, `5/TB-UBND`, as the form shows it."""
        number, _slash, symbol = padded(number).partition("/")
        return self.number.format(number=number, symbol=symbol) if symbol else f"Số: {number}"

    def letterhead(self, name: str, superior: str) -> tuple[str, tuple[str, ...]]:
        """The body above, and the issuing body line by line; a People's Committee or Council names none above it."""
        body = self.body_of(name)
        lines = tuple(part.upper() for part in (body, name.removeprefix(body).strip()) if part)
        return ("" if body else shortened(superior).upper()), lines

    def body_of(self, name: str) -> str:
        """`Ủy ban nhân dân` of `Ủy ban nhân dân xã Bình An`; empty for whoever stands under another body."""
        return next((body for body in self.without_superior if name.startswith(f"{body} ")), "")


def padded(number: str) -> str:
    """`05/TB-UBND` of `5/TB-UBND`, wherever a paper is named by its number."""
    parts = re.fullmatch(r"(\d{1,6})\s*/\s*(.+)", number.strip())
    return f"{int(parts[1]):02}/{parts[2]}" if parts else number.strip()


def shortened(name: str) -> str:
    return name.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")


def dated_place(place: str, day: date) -> str:
    """`Cần Thơ, ngày 05 tháng 02 năm 2026`: a zero before days below 10 and before the months 1 and 2 only."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place or '……'}, ngày {day.day:02} tháng {month} năm {day.year}"


def proper_name(place: str) -> str:
    """`Bình An` of `Xã Bình An, Tỉnh Mẫu`: papers are dated with the name of the place alone."""
    place = place.partition(",")[0].strip()
    prefix = next((each for each in PLACE_PREFIXES if place.lower().startswith(f"{each} ")), "")
    return place[len(prefix) :].strip()


@cache
def all_forms() -> tuple[Form, ...]:
    data = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
    return tuple(_read(row) for row in data["form"])


def _read(row: dict[str, Any]) -> Form:
    page, size = dict(row["page"]), dict(row["size"])
    allowed = {"page_allowed": _ranges(page.pop("allowed")), "size_allowed": _ranges(size.pop("allowed"))}
    lists = {name: tuple(row[name]) for name in ("trees", "without_superior")}
    return Form(**{**row, **lists, **allowed, "page": page, "size": size})


def _ranges(pairs: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    return {name: (pair[0], pair[1]) for name, pair in pairs.items()}


def form_for(tree: str, on: date) -> Form:
    """The newest form that a unit of that tree used on a day; refuses where none is known."""
    fitting = [form for form in all_forms() if tree in form.trees and form.valid_from <= on]
    if not fitting:
        raise Invalid("no-form", "Chưa có thể thức văn bản cho khối cơ quan này; hãy dùng biểu hoặc bảng tính.")
    return max(fitting, key=lambda form: form.valid_from)


def nearest_form(tree: str, on: date) -> Form:
    """For plain papers every unit wants, such as minutes: the form of its tree, or else the first there is."""
    try:
        return form_for(tree, on)
    except Invalid:
        return all_forms()[0]
