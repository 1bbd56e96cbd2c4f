"""The shape of the source itself: who may import whom, and what a file may be called."""

from pathlib import Path

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

SOURCE = Path(__file__).parent.parent / "src" / "danvan"
CONFIGURATION = str(SOURCE.parent.parent / "pyproject.toml")
GROUND = {"base", "rules", "web"}
"""Packages that do not follow the grammar of files: what lies below it, and the shell around it."""
PUBLIC = {"actions", "queries", "kinds", "access"}
ALSO_PUBLIC = {
    "units.roles",  # whoever acts names a permission
    "people.vault",  # has a contract of its own
}
FACES = {"urls", "desk", "portal", "api", "jobs", "forms"}
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "services", "managers"}


@pytest.fixture(scope="module")
def crossings() -> list[tuple[str, str]]:
    """Every import of one package's file by another package, without the ground: `matters.access`, `units.roles`."""
    graph = grimp.build_graph("danvan", exclude_type_checking_imports=True, cache_dir=None)
    pairs = [
        (importer.removeprefix("danvan."), imported.removeprefix("danvan."))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    ]
    return sorted((a, b) for a, b in pairs if "." in b and package(a) != package(b) and package(b) not in GROUND)


def package(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def file(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_the_contracts_in_pyproject_are_kept(capsys):
    kept = lint_imports(config_filename=CONFIGURATION, no_cache=True, no_logo=True) == 0
    assert kept, capsys.readouterr().out


def test_every_package_above_the_ground_keeps_the_grammar_of_files():
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - GROUND
    contracts = read_configuration(CONFIGURATION)["contracts_options"]
    grammar = next(contract for contract in contracts if contract["name"].startswith("Inside a package"))
    assert set(grammar["containers"]) == {f"danvan.{name}" for name in packages}


def test_packages_meet_only_at_their_public_files(crossings):
    """The shell is left out: it gathers every package's urls and api."""
    private = [
        f"{a} -> {b}"
        for a, b in crossings
        if package(a) != "web" and file(b) not in PUBLIC | {"models"} and ".".join(b.split(".")[:2]) not in ALSO_PUBLIC
    ]
    assert private == []


def is_face(module: str) -> bool:
    """The demonstration is none: it lays a year of rows at once."""
    return file(module) in FACES or (package(module) == "web" and file(module) != "demo")


def test_no_face_touches_the_tables_of_another_package(crossings):
    """Models, access, queries and actions may name another package's models; what is shown goes through these.

    The shell names those of `units`, because it signs people in.
    """
    touched = [
        f"{a} -> {b}"
        for a, b in crossings
        if file(b) == "models" and is_face(a) and (package(a), package(b)) != ("web", "units")
    ]
    assert touched == []


def test_no_file_is_a_junk_drawer():
    assert [path for path in SOURCE.rglob("*") if path.stem in JUNK_DRAWERS] == []
