"""Finds the mark of a state secret on a paper: MẬT, TỐI MẬT, TUYỆT MẬT (Luật 117/2025, điều 5).

Such papers may not lie on a machine with a network, so they are turned away before anything of them is kept. A mark is
a stamp: alone on its line, alone in its column of the heading, or after “Độ mật:”. Words in running text (`bí mật`,
`mật khẩu`, `đóng dấu Mật`) are none. Only text is read: a stamp inside a scanned picture is not seen.
"""

import re
from enum import StrEnum

from danvan.rules.composed import composed

HEADING_LINES = 15
"""How far down a page its heading may reach."""


class Secrecy(StrEnum):
    SECRET = "Mật"  # noqa: S105 -- a mark on a paper
    TOP_SECRET = "Tối mật"  # noqa: S105 -- same
    HIGHEST = "Tuyệt mật"


_STAMPS = {"MẬT": Secrecy.SECRET, "TỐIMẬT": Secrecy.TOP_SECRET, "TUYỆTMẬT": Secrecy.HIGHEST}
_WITHOUT_MARKS = {"TUYETMAT": Secrecy.HIGHEST}
"""`MAT` and `TOI MAT` without accents are also `mắt`, `mặt`, `tôi mất`."""
_FRAME = " \t\u00a0.,:;!|/\\*_=~()[]{}<>«»\"'“”‘’"
_COLUMNS = re.compile(r"\t+|[ \u00a0]{2,}|\|")
_DEGREE = re.compile(
    r"(?:^|[\s(\[|])(?:(?:mức )?độ (?:mật|bảo mật)|dấu (?:chỉ )?(?:mức )?độ mật)\s*[:=–-]\s*"
    r"(tuyệt mật|tối mật|mật)(?![^\W_])(?! (?:khẩu|độ|mã|thư))"
)
_GOES_ON = frozenset("BÍ BẢO ĐỘ CƠ NỘI THÂN TRÍ".split())
"""Last word of a heading broken over two lines, such as `ĐỘ / MẬT` over a column."""
_BROKEN_OFF = frozenset("KHẨU ĐỘ MÃ THƯ ONG VỤ".split())
_NAME_PARTS = re.compile(r"[()\[\]{}_\-–—.,;+#]+")


def secrecy_mark(text: str) -> Secrecy | None:
    """The first mark in the text of a paper (pages parted by form feeds) or in what somebody typed."""
    for page in composed(text).text.replace("\r\n", "\n").split("\f"):
        lines = [line for line in re.split(r"[\n\r\v\u2028\u2029]", page) if line.strip()]
        for number, line in enumerate(lines):
            found = _in_line(line, is_heading=number < HEADING_LINES)
            if found and not _is_broken(lines, number):
                return found
    return None


def secrecy_mark_in_name(file_name: str) -> Secrecy | None:
    """A mark as a part of a file's name of its own: `[MẬT] kế hoạch.docx`, `BC-TUYET-MAT.pdf`, not `mật khẩu.docx`."""
    name = composed(file_name).text
    stem = name.rpartition(".")[0] or name
    parts = [part.strip() for part in _NAME_PARTS.split(stem) if part.strip()]
    for number, part in enumerate(parts):
        upper = part.upper().replace(" ", "")
        pair = "".join(parts[number : number + 2]).upper().replace(" ", "")
        found = _STAMPS.get(upper) or _STAMPS.get(pair) or _WITHOUT_MARKS.get(upper) or _WITHOUT_MARKS.get(pair)
        found = found or _shouted_at_an_end(part.split())
        if found and not (number and upper == "MẬT" and parts[number - 1].upper() in _GOES_ON):
            return found
    return None


def _in_line(line: str, *, is_heading: bool) -> Secrecy | None:
    degree = _DEGREE.search(line.lower())
    if degree:
        return Secrecy(degree[1].capitalize())
    if is_heading:
        columns = [column for column in _COLUMNS.split(line) if column.strip()]
        found = _shouted(line) or next((mark for mark in map(_shouted, columns) if mark), None)
        if found and not re.search(r"(?:^|[ \t])(?:BÍ|BẢO|ĐỘ)\s+MẬT", line):
            return found
        return _STAMPS.get(_bare(line).replace(" ", "").upper()) if _begins_great(line) else None
    return _shouted(line)


def _begins_great(line: str) -> bool:
    return not line.lstrip().startswith(("-", "+", "•", "–")) and _bare(line)[:1].isupper()


def _bare(line: str) -> str:
    return line.strip(_FRAME)


def _shouted(line: str) -> Secrecy | None:
    """The whole of it is a stamp in capitals; its letters may stand apart, as in `M Ậ T`."""
    letters = re.sub(r"[\s.·]+", "", _bare(line))
    return (_STAMPS.get(letters) or _WITHOUT_MARKS.get(letters)) if len(letters) <= 10 else None


def _is_broken(lines: list[str], number: int) -> bool:
    """`ĐỘ / MẬT` and `MẬT / ĐỘ DÂN SỐ` are one heading each, parted by the width of a column."""
    before = _bare(lines[number - 1]).split() if number else []
    after = _bare(lines[number + 1]).split() if number + 1 < len(lines) else []
    if "".join(lines[number].split()).strip(_FRAME).upper() != "MẬT":
        return False
    return bool(before and before[-1].upper() in _GOES_ON) or bool(after and after[0] in _BROKEN_OFF)


def _shouted_at_an_end(words: list[str]) -> Secrecy | None:
    if len(words) < 2:
        return None
    if words[-1] == "MẬT" and words[-2].upper() not in _GOES_ON:
        return {"TỐI": Secrecy.TOP_SECRET, "TUYỆT": Secrecy.HIGHEST}.get(words[-2].upper(), Secrecy.SECRET)
    if words[0] == "MẬT" and words[1].upper() not in _BROKEN_OFF:
        return Secrecy.SECRET
    two = "".join(words[:2]).upper()
    return _STAMPS.get(two) or _WITHOUT_MARKS.get(two)
