"""The store of files: each kept once, under the SHA-256 of its content, readable by the owner of the process only.

A file is whole or absent: it is written aside, forced to the disk and then renamed. What a rolled-back change left
behind is swept later; what a `DigestField` of any table names is kept.
"""

import errno
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.db import models

from danvan.base.errors import Absent, Refused

NEW = "new"
"""Folder of half-written files, beside the finished ones so that a rename never crosses disks."""
KEPT_UNNAMED = timedelta(days=1)
"""How long a file no row names is left alone: the change that brought it may not have been committed yet."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DiskFull(Refused):
    status = 507

    def __init__(self) -> None:
        super().__init__(
            "disk-full",
            "Máy chủ đã hết chỗ lưu tệp nên chưa nhận được tệp này. Hãy thử lại sau, hoặc gửi mà không kèm tệp.",
        )


class DigestField(models.CharField[str, str]):
    """A column that names a stored file; the sweep keeps every file such a column names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)


def put(data: bytes) -> str:
    """The digest under which the bytes are now safely on the disk; refuses with `DiskFull`, leaving nothing behind."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    try:
        os.utime(path)
        if path.stat().st_size == len(data):
            return digest
    except FileNotFoundError:
        pass
    try:
        _write(path, data)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull from error
        raise
    return digest


def open(digest: str) -> BinaryIO:  # noqa: A001 -- read as files.open
    """The stored bytes as a file to read; a digest that is none, or unknown, is told as absent."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Absent
    try:
        return _path(digest).open("rb")
    except FileNotFoundError:
        raise Absent("Tệp này không còn trong kho.") from None


def sweep(*, at: datetime) -> int:
    """Deletes files that no row names and that have lain for a day; says how many."""
    named = _named()
    if named is None:
        return 0
    before = (at - KEPT_UNNAMED).timestamp()
    return sum(_swept(path, before) for path in _lying() if path.name not in named)


def _path(digest: str) -> Path:
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def _write(path: Path, data: bytes) -> None:
    root = Path(settings.FILES_ROOT)
    root.parent.mkdir(parents=True, exist_ok=True)
    for folder in (root, root / NEW, path.parent.parent, path.parent):
        folder.mkdir(exist_ok=True, mode=stat.S_IRWXU)
    handle, name = tempfile.mkstemp(dir=root / NEW)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, root):
        _force_to_disk(folder)


def _force_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _named() -> set[str] | None:
    """Every digest some row names; None where no table has such a column, so that nothing can be judged unnamed."""
    columns = [(m, f.name) for m in apps.get_models() for f in m._meta.local_fields if isinstance(f, DigestField)]
    if not columns:
        return None
    return {digest for model, name in columns for digest in model._base_manager.values_list(name, flat=True)}


def _lying() -> Iterator[Path]:
    root = Path(settings.FILES_ROOT)
    yield from root.glob(f"{NEW}/*")
    yield from root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")


def _swept(path: Path, before: float) -> bool:
    """Moves the file aside before looking at its age again: a `put` of the same bytes meanwhile makes it young."""
    if path.stat().st_mtime >= before:
        return False
    aside = Path(settings.FILES_ROOT) / NEW / f"{path.name}.old"
    aside.parent.mkdir(exist_ok=True, mode=stat.S_IRWXU)
    path.rename(aside)
    if aside.stat().st_mtime >= before:
        aside.rename(path)
        return False
    aside.unlink()
    return True
