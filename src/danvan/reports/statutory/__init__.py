"""The statistical forms of the Inspectorate, one file of data for each form and version."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from danvan.base.errors import Absent, Invalid
from danvan.reports.statutory.form import Checked, Column, Form, Identity, Value, slug_of
from danvan.rules.calendar import dated
from danvan.rules.periods import Period

__all__ = ["Checked", "Column", "Form", "Identity", "Value", "all_forms", "codes", "form_for", "form_of_slug"]

ORDER = ("TCD", "XLD", "KQGQ")


@cache
def all_forms() -> tuple[Form, ...]:
    """Every version of every form, in the order of the circular, older versions first."""
    files = {path.stem: path for path in Path(__file__).parent.glob("*.toml")}
    data = {name: tomllib.loads(path.read_text(encoding="utf-8")) for name, path in files.items()}
    forms = [_read(_with_columns(row, data)) for row in data.values()]
    return tuple(sorted(forms, key=lambda each: (_place(each.code), each.valid_from)))


def _with_columns(row: dict[str, Any], data: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A version without columns of its own takes everything but its validity from the version it names."""
    if "columns" in row:
        return row
    taken = {name: value for name, value in data[row["columns_of"]].items() if name != "valid_to"}
    return taken | row


def _place(code: str) -> tuple[int, str]:
    return ORDER.index(code.partition("/")[2]), code


def codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.code for form in all_forms()))


def form_for(code: str, period: Period) -> Form:
    """The version of a form that a period is reported on; `01-xld` is understood as well as `01/XLD`.

    Refuses an unknown form, and one that no circular asks for in that period.
    """
    versions = [form for form in all_forms() if form.slug == slug_of(code.strip())]
    if not versions:
        raise Invalid("no-form", f"Không có biểu “{code}”. Các biểu: {', '.join(codes())}.", "form")
    found = next((form for form in versions if form.covers(period)), None)
    if found is None:
        spans = "; ".join(_span(form) for form in versions)
        raise Invalid("form-not-then", f"Kỳ “{period.label}” không có biểu {versions[0].code}: {spans}.", "period")
    return found


def form_of_slug(slug: str, period: Period) -> Form:
    """As `form_for`, for an address: what is not there is absent."""
    if slug not in {form.slug for form in all_forms()}:
        raise Absent
    return form_for(slug, period)


def _span(form: Form) -> str:
    ends = f" và trước {dated(form.valid_to)}" if form.valid_to else ""
    return f"{form.basis} dùng cho kỳ kết thúc từ {dated(form.valid_from)}{ends}"


def _read(row: dict[str, Any]) -> Form:
    return Form(
        code=row["code"],
        version=row["version"],
        title=row["title"],
        basis=row["basis"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        evidence=row["evidence"],
        source=row["source"],
        notes=tuple(row["notes"]),
        columns=tuple(_column(each) for each in row["columns"]),
        identities=tuple(_identity(each) for each in row["identities"]),
        within=tuple((part, whole) for part, whole in row["within"]),
        carries=tuple(row["carries"]) if "carries" in row else None,
    )


def _column(row: dict[str, Any]) -> Column:
    where = {
        name: tuple(value) if isinstance(value, list) else (value,) for name, value in row.get("where", {}).items()
    }
    named = {name: value for name, value in row.items() if name not in {"from", "where", "group"}}
    return Column(**named, group=tuple(row.get("group", ())), source=row.get("from", ""), where=where)


def _identity(row: dict[str, Any]) -> Identity:
    equal = tuple(tuple(side.split(" + ")) for side in row["equal"])
    return Identity(row["printed"], equal, row.get("note", ""))
