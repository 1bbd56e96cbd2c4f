"""Tables in a text: rows of cells parted by tabs or bars, under a heading row.

The heading says what a bare number in its column is (`Số đơn`, `Tỷ lệ (%)`, `Kinh phí (triệu đồng)`); a rate column
and a total row are identities of their own. A column is taken for the rate of two others only where most rows agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import permutations

from danvan.rules.figures import check_rate, check_sum
from danvan.rules.numbers import SCALES
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.lexicon import CLASS_OF, LONGEST_UNIT, older_tones
from danvan.rules.prose.parts import one_digit_explains
from danvan.rules.prose.rates import finding
from danvan.rules.text import fold, nfc

NARROWEST = 3  # cells; two are a labelled line
WIDEST = 24

_CELL = re.compile(r"[^\t|]+|(?<=[\t|])(?=[\t|])")
_IN_BRACKETS = re.compile(r"\(([^()]{1,30})\)")
_COUNTS = re.compile(r"^(?:tổng )?số (?:lượng )?", re.IGNORECASE)
_RATE_HEADS = ("ty le", "ti le", "dat", "so sanh")
_TOTAL_ROWS = ("tong", "cong", "toan")


@dataclass
class Row:
    """`places` are the figures of the cells (their index) or None, `label` the row's first words, folded."""

    spans: list[tuple[int, int]]
    label: str
    places: list[int | None] = field(default_factory=list)


@dataclass
class Table:
    heads: list[str]
    rows: list[Row]


def tables(text: str, figures: Sequence[Figure]) -> list[Table]:
    """Runs of neighbouring rows with the same number of cells, headed by a row without figures."""
    found: list[Table] = []
    start, next_figure, follows = 0, 0, False
    for line in text.split("\n"):
        spans = [(cell.start() + start, cell.end() + start) for cell in _CELL.finditer(line)] if _is_row(line) else []
        start += len(line) + 1
        if not NARROWEST <= len(spans) <= WIDEST:
            follows = False
            continue
        row = Row(spans, next((words for span in spans[:2] if (words := _words(text, span))), ""))
        next_figure = _fill(row, figures, next_figure)
        if follows and len(found[-1].heads) == len(spans) and any(place is not None for place in row.places):
            found[-1].rows.append(row)
        else:
            found.append(Table([nfc(text[begin:stop]).strip() for begin, stop in spans], []))
        follows = True
    return [table for table in found if table.rows]


def _is_row(line: str) -> bool:
    return "\t" in line or "|" in line


def _words(text: str, span: tuple[int, int]) -> str:
    words = fold(text[span[0] : span[1]])
    return "" if words.replace(" ", "").isdecimal() else words


def _fill(row: Row, figures: Sequence[Figure], first: int) -> int:
    """Gives each cell its figure where it holds exactly one; returns the next figure to look at."""
    place = first
    for start, stop in row.spans:
        while place < len(figures) and figures[place].start < start:
            place += 1
        inside = []
        while place < len(figures) and figures[place].start < stop:
            inside.append(place)
            place += 1
        row.places.append(inside[0] if len(inside) == 1 else None)
    return place


def with_headed_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Bare numbers take unit and multiplier from the heading of their column."""
    if not _is_row(text):
        return figures
    for table in tables(text, figures):
        headings = [_heading(head) for head in table.heads]
        for row in table.rows:
            for (unit, scale), head, place in zip(headings, table.heads, row.places, strict=True):
                if place is not None and figures[place].unit is None:
                    bare = figures[place]
                    figures[place] = replace(
                        bare, unit=unit, value=bare.value * scale, counted=bare.counted or head or None
                    )
    return figures


def _heading(head: str) -> tuple[str | None, Decimal]:
    """`Kinh phí (triệu đồng)` → đồng, 1.000.000; `Tỷ lệ (%)` → %; `Số hộ nghèo` → hộ."""
    bracketed = _IN_BRACKETS.search(head)
    words = older_tones((bracketed[1] if bracketed else _COUNTS.sub("", head)).lower()).split()
    scale = Decimal(1)
    while words and words[0] in SCALES:
        scale *= SCALES[words.pop(0)]
    if words == ["%"] or (not bracketed and "%" in head):
        return "%", Decimal(1)
    phrases = (" ".join(words[:length]) for length in range(min(LONGEST_UNIT, len(words)), 0, -1))
    unit = next((phrase for phrase in phrases if CLASS_OF.get(phrase, "time") not in {"rank", "time"}), None)
    return unit, scale if unit else Decimal(1)


def check_tables(text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    if not _is_row(text):
        return
    for table in tables(text, figures):
        rates = [column for column, head in enumerate(table.heads) if _is_rate_head(head)]
        for column in rates:
            yield from _rates(table, figures, column)
        yield from _totals(table, figures, rates)


def _is_rate_head(head: str) -> bool:
    return "%" in head or fold(head).startswith(_RATE_HEADS)


def _rates(table: Table, figures: Sequence[Figure], column: int) -> Iterator[Finding]:
    others = [other for other in range(len(table.heads)) if other != column]
    best: list[tuple[Figure, Figure, Figure, bool]] = []
    for part, whole in permutations(others, 2):
        triples = [_three(row, figures, column, part, whole) for row in table.rows]
        judged = [(*three, check_rate(*(figure.value for figure in three)).ok) for three in triples if three]
        if sum(each[3] for each in judged) > sum(each[3] for each in best):
            best = judged
    right = sum(each[3] for each in best)
    if right < 2 or right * 3 < len(best) * 2:
        return
    for stated, part_figure, whole_figure, ok in best:
        if not ok:
            verdict = check_rate(stated.value, part_figure.value, whole_figure.value)
            yield finding(verdict, (stated, part_figure, whole_figure))


def _three(row: Row, figures: Sequence[Figure], *columns: int) -> tuple[Figure, Figure, Figure] | None:
    places = [row.places[column] for column in columns]
    found = [figures[place] for place in places if place is not None]
    return (found[0], found[1], found[2]) if len(found) == 3 and found[2].value else None


def _totals(table: Table, figures: Sequence[Figure], rates: list[int]) -> Iterator[Finding]:
    """A total row against the rows above it; believed where another column closes or one digit explains it."""
    starts = (place for place, row in enumerate(table.rows) if place > 1 and row.label.startswith(_TOTAL_ROWS))
    at = next(starts, None)
    if at is None:
        return
    columns = []
    for column in range(len(table.heads)):
        cells = [row.places[column] for row in table.rows[: at + 1]]
        if column not in rates and cells and all(cell is not None for cell in cells):
            columns.append([figures[cell] for cell in cells if cell is not None])
    closing = [sum(each.value for each in column[:-1]) == column[-1].value for column in columns]
    for column_figures, closes in zip(columns, closing, strict=True):
        *parts, total = column_figures
        if not closes and (any(closing) or one_digit_explains(total, parts)):
            verdict = check_sum(total.value, [part.value for part in parts], unit=total.unit or "")
            spans = tuple(sorted((figure.start, figure.end) for figure in column_figures))
            yield Finding("sum", verdict.message, verdict.stated, verdict.computed, spans)
