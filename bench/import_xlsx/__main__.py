# ruff: noqa: INP001 -- a script, no package
"""How long it takes to load what one province gathered in a year: 2.680 opinions of 360 meetings from one .xlsx.

    python bench/import_xlsx [sqlite|postgres]

Prints a table: reading with a verdict on every row, loading in one transaction, and the audit of what was written.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent.parent)]


@contextmanager
def database(engine: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DANVAN_HOME": home, "DJANGO_SETTINGS_MODULE": "danvan.web.settings"}
        if engine == "postgres":
            with import_module("tests.postgres").running() as url:
                os.environ["DANVAN_DATABASE"] = url
                yield
        else:
            yield


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    with database(chosen):
        import_module("django").setup()
        import_module("measure").measure(chosen)
