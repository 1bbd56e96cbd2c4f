"""Typed readers of the environment; a secret may also come from the file named by `NAME_FILE`."""

import os
from pathlib import Path
from urllib.parse import unquote, urlparse


def text(name: str, default: str = "") -> str:
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise ValueError(f"{name} must be true or false, not {value!r}")
    return value in {"1", "true", "yes"} if value else default


def number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str, home: Path) -> dict[str, object]:
    """`postgresql://user:password@host:port/name`, or `sqlite:///path`; empty means SQLite in the home folder."""
    parts = urlparse(url or f"sqlite:///{home / 'danvan.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DANVAN_DATABASE starts with postgresql:// or sqlite:///")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": number("DANVAN_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"prepare_threshold": 1 if flag("DANVAN_PREPARED", default=True) else None},
    }
