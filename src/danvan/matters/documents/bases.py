"""Which laws a paper rests on, by what it handles and the day it bears."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from danvan.matters.documents.wordings import Faulty, chosen
from danvan.rules.procedure import DENUNCIATIONS, Procedure

FILE = "bases.toml"
COMPLAINT, DENUNCIATION, LETTER = "complaint", "denunciation", "letter"


@dataclass(frozen=True)
class Law:
    """In force on [`valid_from`, `valid_to`); `issuer` narrows it to bodies whose name begins so."""

    text: str
    handles: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    issuer: str


def family(procedure: Procedure | None) -> str:
    if procedure is None:
        return LETTER
    return DENUNCIATION if procedure in DENUNCIATIONS else COMPLAINT


def bases(procedure: Procedure | None, issuer: str, on: date) -> tuple[str, ...]:
    """The laws in force on a day, in the order of the file; refuses a file of the operator's that cannot be read."""
    handled = family(procedure)
    return tuple(
        law.text
        for law in laws()
        if handled in law.handles
        and law.valid_from <= on
        and (law.valid_to is None or on < law.valid_to)
        and issuer.startswith(law.issuer)
    )


def laws() -> list[Law]:
    path = chosen(FILE)
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["law"]
        return [_law(row) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise Faulty(path, 0, "mỗi [[law]] có text, for (danh sách), from (ngày); thêm to, issuer nếu cần.") from error


def _law(row: dict[str, Any]) -> Law:
    """Compared once, so that a word where a day belongs is found when the file is read."""
    start, end = row["from"], row.get("to")
    if not isinstance(start, date) or not (end is None or isinstance(end, date)) or not isinstance(row["text"], str):
        raise TypeError(row)
    return Law(row["text"], tuple(row["for"]), start, end, row.get("issuer", ""))
