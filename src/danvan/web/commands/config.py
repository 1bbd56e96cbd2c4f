"""What is in force, where it came from, and whether it can work."""

import argparse
import os
from pathlib import Path

NAME = "config"
HELP = "Kiểm tra cấu hình: giá trị đang dùng, lấy từ đâu, và có chạy được không."
VARIABLES = (
    "DANVAN_HOME", "DANVAN_DATABASE", "DANVAN_CONN_MAX_AGE", "DANVAN_PREPARED", "DANVAN_SECRET_KEY", "DANVAN_VAULT_KEY",
    "DANVAN_HOSTS", "DANVAN_ORIGINS", "DANVAN_TLS", "DANVAN_PROXIES", "DANVAN_SESSION_HOURS", "DANVAN_PORT",
    "DANVAN_PUBLIC_URL", "DANVAN_SMTP_HOST", "DANVAN_SMTP_PORT", "DANVAN_SMTP_USER", "DANVAN_SMTP_PASSWORD",
    "DANVAN_SMTP_TLS", "DANVAN_MAIL_FROM", "DANVAN_HOTLINE", "DANVAN_OFFICE", "DANVAN_LOG_LEVEL",
)  # fmt: skip
SECRET = ("KEY", "PASSWORD", "DATABASE")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=["check"])


def run(args: argparse.Namespace) -> int:
    del args
    from danvan.web.commands.database import ready

    ready()
    for name in VARIABLES:
        print(f"{name:22} {_origin(name):12} {_shown(name)}")
    problems = [*_database(), *_keys(), *_fonts(), *_papers()]
    for sentence in problems:
        print(f"! {sentence}")
    print("Cấu hình chạy được." if not problems else f"{len(problems)} điều cần xem lại.")
    return 1 if problems else 0


def _origin(name: str) -> str:
    if os.environ.get(f"{name}_FILE"):
        return "tệp"
    return "môi trường" if os.environ.get(name) else "mặc định"


def _shown(name: str) -> str:
    value = os.environ.get(f"{name}_FILE") or os.environ.get(name, "")
    return "(đã đặt, không hiện)" if value and name.endswith(SECRET) and not name.endswith("_FILE") else value


def _database() -> list[str]:
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        call_command("check", database=["default"], verbosity=0)
        call_command("migrate", check_unapplied=True, verbosity=0)
    except DatabaseError as error:
        return [f"Không mở được cơ sở dữ liệu: {error}"]
    except SystemExit:
        return ["Cơ sở dữ liệu chưa cập nhật: chạy danvan serve hoặc danvan manage migrate."]
    print(f"{'cơ sở dữ liệu':22} {connection.vendor:12} {connection.settings_dict['NAME']}")
    return []


def _keys() -> list[str]:
    from django.conf import settings

    found: list[str] = []
    for name in ("session.key", "vault.key"):
        path = Path(settings.HOME) / "keys" / name
        if not path.exists():
            continue
        mode = path.stat().st_mode & 0o777
        print(f"{'khóa':22} {mode:o}{'':9} {path}")
        if mode & 0o077:
            found.append(f"Người khác đọc được khóa {path}: đặt quyền 600.")
    return found


def _fonts() -> list[str]:
    from danvan.base.official.fonts import chosen

    print(f"{'phông chữ PDF':22} {'':12} {chosen()}")
    return []


def _papers() -> list[str]:
    from danvan.matters.documents.faults import faults

    return faults()
