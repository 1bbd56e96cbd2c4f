"""What a person is shown of a checked report, and how much anybody may have checked. Nothing is stored."""

from dataclasses import dataclass
from functools import cached_property

from allauth.core.ratelimit import consume
from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.base.errors import Invalid, TooMany
from danvan.reports.prose import Checked, FigureRow, FindingRow, check_file

MAX_FILE = 2 * 1024 * 1024
MAX_TEXT = 60_000
ACTION = "report_check"
"""Its rate stands in the settings."""


def limit(request: HttpRequest) -> None:
    if not consume(request, action=ACTION):
        raise TooMany("too-many", _("Ông/Bà kiểm tra quá nhiều lần. Xin chờ ít phút rồi thử lại."))


def checked_file(name: str, data: bytes) -> Checked:
    """Refuses a file that is too large, or holds more text than can be read at one time."""
    if len(data) > MAX_FILE:
        raise Invalid("file-large", _("Tệp lớn quá 2 MB."), "file")
    checked = check_file(name, data)
    if len(checked["text"]) > MAX_TEXT:
        raise Invalid("text-long", _("Văn bản dài quá 60.000 ký tự. Hãy tách làm nhiều phần."), "file")
    return checked


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: plain, a figure, or a figure that some findings (by number) are about."""

    text: str
    is_figure: bool = False
    findings: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A checked report as the page shows it: findings first, the text with its figures marked, and their table."""

    checked: Checked

    @property
    def findings(self) -> list[FindingRow]:
        return self.checked["findings"]

    @property
    def figures(self) -> list[FigureRow]:
        return self.checked["figures"]

    @property
    def notice(self) -> str:
        return self.checked.get("notice", "")

    @cached_property
    def pieces(self) -> list[Piece]:
        text, pieces, at = self.checked["text"], [], 0
        for figure in self.figures:
            pieces.append(Piece(text[at : figure["start"]]))
            pieces.append(Piece(text[figure["start"] : figure["end"]], True, self._about(figure)))
            at = figure["end"]
        return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]

    def _about(self, figure: FigureRow) -> tuple[int, ...]:
        span = [figure["start"], figure["end"]]
        return tuple(number for number, finding in enumerate(self.findings, 1) if span in finding["spans"])
