"""Askings to open an identity, as those see them who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from danvan.people.models import IdentityOpening


@dataclass(frozen=True)
class OpeningShown:
    """What a denouncer is shown of an asking: when, and whether it was opened. Never who asked or what for."""

    asked_at: datetime
    opened_at: datetime | None
    refused_at: datetime | None


def openings_shown(identity_id: UUID) -> Sequence[OpeningShown]:
    """Every asking about this identity, newest first."""
    rows = IdentityOpening.objects.filter(identity_id=identity_id).order_by("-asked_at", "-id")
    return [OpeningShown(row.asked_at, row.opened_at, row.refused_at) for row in rows]
