"""The repository keeps what it says about itself."""

import re
import socket
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.core.management import call_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "run.lock": PROJECT["dependencies"],
    "dev.lock": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
}
IGNORED = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().split())]
READ_BY_PEOPLE = {".py", ".md", ".html", ".css", ".js", ".toml", ".yml", ".sh", ".csv", ".typ", ".txt", ".json"}
PACKAGED_ELSEWHERE = ["*.min.js", "*.min.css", "*.map", "*.woff", "*.woff2", "*.ttf", "*.otf", "*.whl", "*.jar"]


def files(folder: Path = ROOT) -> Iterator[Path]:
    """What the repository holds: everything that .gitignore does not name."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def texts() -> Iterator[tuple[str, str]]:
    """Every file written by us that a person may read, this one left out because it quotes what it forbids."""
    for path in files():
        if path.suffix in READ_BY_PEOPLE and path != Path(__file__):
            yield str(path.relative_to(ROOT)), path.read_text()


def places(pattern: str, flags: int = 0) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line, flags)
    ]


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    needed = [
        *PROJECT["dependencies"],
        *(name for extra in PROJECT["optional-dependencies"].values() for name in extra),
    ]
    explained = [name for name in needed if any(re.match(rf'\s*"{re.escape(name)}",\s+# \S+', line) for line in lines)]
    assert explained == needed


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_every_dependency_in_a_version_we_accept(name):
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
    needed = [Requirement(line) for line in LOCKS[name]]
    assert [str(r) for r in needed if not r.specifier.contains(locked.get(canonicalize_name(r.name), "0"))] == []


@pytest.mark.parametrize("name", LOCKS)
def test_everything_locked_is_locked_by_its_hash(name):
    entries = (ROOT / "requirements" / name).read_text().replace("\\\n", " ").splitlines()
    assert [entry for entry in entries if entry and "--hash=sha256:" not in entry] == []


def test_nothing_is_left_for_later():
    assert places(r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_no_test_is_skipped_or_expected_to_fail():
    assert places(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(") == []


def test_nothing_depends_on_one_machine():
    assert places(r"\.\./shared|/work/|/home/\w+/|/Users/") == []


def test_no_page_asks_another_machine_for_anything():
    pages = [
        place
        for place in places(r"""(src|href|url)\s*[=(]\s*["']?(https?:)?//""")
        if ".html:" in place or ".css:" in place
    ]
    assert pages == []


def test_the_repository_holds_only_what_was_written_for_it():
    assert [str(path) for path in files() if any(fnmatch(path.name, pattern) for pattern in PACKAGED_ELSEWHERE)] == []
    assert places(r"(?i)copyright (\(c\)|©|\d{4})|@license|licensed under the (mit|bsd)|spdx-license") == []


def test_the_licence_is_the_one_that_is_declared():
    licence = (ROOT / "LICENSE").read_text()
    assert PROJECT["license"] == "Apache-2.0"
    assert re.search(r"Apache License\s+Version 2\.0, January 2004", licence)
    assert "END OF TERMS AND CONDITIONS" in licence


def test_the_description_for_public_bodies_agrees_with_the_project():
    described = (ROOT / "publiccode.yml").read_text()
    assert f"softwareVersion: {PROJECT['version']}\n" in described
    assert f"license: {PROJECT['license']}\n" in described


@pytest.mark.parametrize("document", [path for path in files() if path.suffix == ".md"], ids=lambda path: path.name)
def test_every_document_that_is_linked_exists(document):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_test_reaches_another_machine():
    with socket.socket() as attempt, pytest.raises(AssertionError):
        attempt.connect(("192.0.2.1", 443))


def test_the_migrations_make_the_tables_of_the_models(db, capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(f"a migration is missing:\n{capsys.readouterr().out}")
