"""An official paper as data: every box of the form with its words, ready for Word and for PDF."""

from dataclasses import dataclass
from datetime import date

from danvan.base.official.form import Form


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Basis:
    """A law or a paper the paper rests on (căn cứ ban hành), in italics before what it says."""

    text: str


@dataclass(frozen=True)
class Centred:
    """`QUYẾT ĐỊNH:` on a line of its own."""

    text: str


@dataclass(frozen=True)
class Column:
    """`width` in millimetres."""

    title: str
    width: float
    number: bool = False


@dataclass(frozen=True)
class Line:
    cells: tuple[str, ...]
    is_group: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


Part = Heading | Basis | Centred | Table | str
TO_FILL_IN = "\t"
"""At the end of a paragraph: dots up to the right margin, to be completed by hand."""


@dataclass(frozen=True)
class Annex:
    heading: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def table(self) -> Table:
        return Table(self.columns, self.lines)

    def reference(self, paper: "Paper") -> str:
        """Which paper the annex belongs to."""
        number, day = paper.number.removeprefix("Số: "), paper.place.partition(", ")[2]
        return f"(Kèm theo {paper.kind_title.capitalize()} số {number} {day} của {paper.issuer_name})"


@dataclass(frozen=True)
class Signature:
    """One of several who sign minutes side by side; `name` empty: written by hand."""

    title: str
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """From top to bottom. A letter has no `kind_title` but a `subject`, which stands under its number (công văn).

    `authority`: whose decision it is, above the bases (`CHỦ TỊCH ỦY BAN NHÂN DÂN …`). A paper is signed by one
    `signer`, line by line, or by the parties in `signatures`. `is_kept_with_signature`: no signature stands alone on a
    page, the last paragraph goes with it.
    """

    form: Form
    issued_on: date
    superior: str
    issuer: tuple[str, ...]
    issuer_name: str
    number: str
    place: str
    kind_title: str
    abstract: tuple[str, ...]
    body: tuple[Part, ...]
    recipients: tuple[str, ...]
    signer: tuple[str, ...] = ()
    signer_name: str = ""
    signatures: tuple[Signature, ...] = ()
    subject: str = ""
    authority: str = ""
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    is_draft: bool = False
    is_kept_with_signature: bool = False

    @property
    def title(self) -> str:
        return " ".join(self.abstract) or self.subject
