from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from danvan.matters.kinds import PUBLISHED, SAID


class MattersConfig(AppConfig):
    name = "danvan.matters"
    label = "matters"
    verbose_name = "Tiếp nhận"

    def ready(self) -> None:
        post_migrate.connect(_install_text_index, sender=self)


def _install_text_index(using: str, **_more: Any) -> None:
    SAID.install(connections[using])
    PUBLISHED.install(connections[using])
