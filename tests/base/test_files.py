"""A file is whole or absent, kept once, and kept for as long as a row names it."""

import hashlib
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from pytest_django import Settings

from danvan.base import files
from danvan.base.errors import Absent

NOW = datetime.now(tz=UTC)


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def lying(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_what_was_put_comes_back(store: Path) -> None:
    digest = files.put(b"Bien ban")
    with files.open(digest) as file:
        assert file.read() == b"Bien ban"
    assert digest == hashlib.sha256(b"Bien ban").hexdigest()


def test_the_same_bytes_are_kept_once(store: Path) -> None:
    assert files.put(b"A") == files.put(b"A") != files.put(b"B")
    assert len(lying(store)) == 2


def test_only_the_owner_of_the_process_reads_the_store(store: Path) -> None:
    files.put(b"A")
    open_to_others = [path for path in [store, *store.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.parametrize("name", ["", "a", "../../etc/passwd", "f" * 63, "F" * 64, "f" * 64, f"{'f' * 64}\n"])
def test_a_name_that_is_no_stored_digest_is_absent(name: str) -> None:
    with pytest.raises(Absent):
        files.open(name)


def test_a_file_cut_short_on_the_disk_is_written_again(store: Path) -> None:
    digest = files.put(b"whole")
    lying(store)[0].write_bytes(b"wh")
    assert files.put(b"whole") == digest
    assert lying(store)[0].read_bytes() == b"whole"


class TestFullDisk:
    def test_a_limit_on_file_size_leaves_nothing_half_written(self, store: Path) -> None:
        """A process of its own, whose files may hold 64 KiB."""
        code = """
            import sys, django
            from pathlib import Path
            django.setup()
            from django.conf import settings
            from danvan.base import files
            settings.FILES_ROOT = Path(sys.argv[1])
            kept = files.put(b"k" * 1000)
            try:
                files.put(b"x" * 200_000)
            except files.DiskFull as refusal:
                print(refusal.code, refusal.status, files.open(kept).read() == b"k" * 1000)
        """
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), str(store)],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "danvan.web.settings"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout.strip(), done.stderr) == ("disk-full 507 True", "")
        assert [path.stat().st_size for path in lying(store)] == [1000]

    def test_a_disk_without_room_leaves_nothing_half_written(self, store: Path, small_disk: Path) -> None:
        kept = files.put(b"k" * 1000)
        with pytest.raises(files.DiskFull) as refusal:
            files.put(b"x" * 2_000_000)
        assert refusal.value.sentence.startswith("Máy chủ đã hết chỗ lưu tệp")
        assert [path.name for path in lying(small_disk)] == [kept]
        assert files.put(b"small again")


@pytest.fixture
def small_disk(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB in memory where this machine lets us mount one; else a limit on what one file may hold."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], check=False, capture_output=True
    )
    settings.FILES_ROOT = disk
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    if mounted.returncode:
        resource.setrlimit(resource.RLIMIT_FSIZE, (262_144, usual[1]))
    yield disk
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    if mounted.returncode == 0:
        subprocess.run(["umount", disk], check=True)


@pytest.fixture
def named(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[models.Model]]:
    """A table of the test's own, one column of which names stored files."""
    with isolate_apps("danvan.base") as apps:

        class Scan(models.Model):
            digest = files.DigestField()

            class Meta:
                app_label = "base"

        with connection.schema_editor() as editor:
            editor.create_model(Scan)
        monkeypatch.setattr(files, "apps", apps)
        yield Scan
        with connection.schema_editor() as editor:
            editor.delete_model(Scan)


class TestSweeping:
    def test_after_a_day_what_no_row_names_is_gone(self, named: type[models.Model], store: Path) -> None:
        kept, forgotten = files.put(b"kept"), files.put(b"forgotten")
        (store / "new").mkdir(exist_ok=True)
        (store / "new" / "half").write_bytes(b"ha")
        named._default_manager.create(digest=kept)
        assert files.sweep(at=NOW) == 0
        assert files.sweep(at=NOW + timedelta(days=2)) == 2
        assert [path.name for path in lying(store)] == [kept]
        with pytest.raises(Absent):
            files.open(forgotten)

    def test_a_file_put_again_counts_as_new(self, named: type[models.Model], store: Path) -> None:
        digest = files.put(b"A")
        before = (NOW - timedelta(days=9)).timestamp()
        os.utime(lying(store)[0], (before, before))
        assert files.put(b"A") == digest
        assert files.sweep(at=NOW) == 0

    def test_where_no_table_names_files_nothing_is_swept(self, monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
        files.put(b"A")
        with isolate_apps("danvan.base") as nothing:
            monkeypatch.setattr(files, "apps", nothing)
            assert files.sweep(at=NOW + timedelta(days=9)) == 0
        assert len(lying(store)) == 1
