"""Which letters a PDF is set in.

Times New Roman is not free. The first metric-equal face found on the machine stands in; with none of them Typst's own
serif face does, which has every Vietnamese letter too, on other line breaks.
"""

from functools import cache
from pathlib import Path

FACES = (
    ("Tinos", Path("/usr/share/fonts/truetype/croscore")),
    ("Liberation Serif", Path("/usr/share/fonts/truetype/liberation2")),
    ("Liberation Serif", Path("/usr/share/fonts/truetype/liberation")),
)
WITHIN_TYPST = "Libertinus Serif"


@cache
def faces() -> tuple[list[str], list[Path]]:
    """Names in order of preference, and the folders they are read from."""
    found = [(name, folder) for name, folder in FACES if folder.is_dir()]
    return [*dict.fromkeys(name for name, _ in found), WITHIN_TYPST], [folder for _, folder in found]


def chosen() -> str:
    """The face PDFs are set in on this machine, for the operator."""
    names, folders = faces()
    return f"{names[0]} ({folders[0] if folders else 'kèm Typst'})"
