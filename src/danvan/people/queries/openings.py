"""Askings to open an identity, as those see them who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from danvan.base.clock import day_of
from danvan.base.errors import Absent
from danvan.people.access import may_consent, may_refuse, standing
from danvan.people.kinds import OpeningState
from danvan.people.models import CustodyEvent, IdentityOpening, IdentityShare, SealedFile
from danvan.units.access import Actor
from danvan.units.queries import unit_names

MOST = 100


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


def letters_of(identity_id: UUID) -> int:
    """How many letters are sealed with it, numbered from 1."""
    return SealedFile.objects.filter(identity_id=identity_id).count()


@dataclass(frozen=True)
class Asking:
    """An asking as the list and its page show it."""

    opening: IdentityOpening
    unit: str
    state: OpeningState
    is_mine: bool


def askings(by: Actor, at: datetime) -> list[Asking]:
    """What one asked, and what one is asked as a custodian who holds a share; newest first."""
    on = day_of(at)
    rows = IdentityOpening.objects.filter(_held(by, on) | Q(asked_account=by.account_id or 0))
    found = list(rows.order_by("-asked_at", "-id")[:MOST])
    names = unit_names({row.unit_ref for row in found}, on)
    return [
        Asking(row, names.get(row.unit_ref, ""), row.state(at), row.asked_account == by.account_id) for row in found
    ]


def waiting_for(by: Actor, at: datetime) -> int:
    """How many askings wait for this custodian's word; for the menu and the morning page."""
    rows = IdentityOpening.objects.filter(_held(by, day_of(at)), opened_at__isnull=True, refused_at__isnull=True)
    return rows.filter(lapses_at__gt=at).exclude(consent_account=by.account_id).count()


def _held(by: Actor, on: date) -> Exists:
    keys = standing(on).filter(account=by.account_id or 0)
    return Exists(
        IdentityShare.objects.filter(
            identity=OuterRef("identity_id"), home_area=OuterRef("home_area"), custodian__in=keys
        )
    )


@dataclass(frozen=True)
class AskingPage:
    asking: Asking
    log: tuple[CustodyEvent, ...]
    files: int
    may_consent: bool
    may_refuse: bool


def asking_page(opening_id: UUID, *, by: Actor, at: datetime) -> AskingPage:
    """One asking with its log. Whoever asked sees it too; nobody else does but custodians who hold a share."""
    opening = IdentityOpening.objects.filter(pk=opening_id).select_related("identity").first()
    if opening is None or not _concerns(opening, by, day_of(at)):
        raise Absent
    names = unit_names({opening.unit_ref}, day_of(at))
    asking = Asking(opening, names.get(opening.unit_ref, ""), opening.state(at), opening.asked_account == by.account_id)
    return AskingPage(
        asking=asking,
        log=tuple(CustodyEvent.objects.filter(opening_ref=opening.pk).order_by("at", "id")),
        files=opening.identity.files.count(),
        may_consent=may_consent(by, opening, at),
        may_refuse=may_refuse(by, opening, at),
    )


def _concerns(opening: IdentityOpening, by: Actor, on: date) -> bool:
    if by.account_id is None:
        return False
    mine = IdentityOpening.objects.filter(_held(by, on) | Q(asked_account=by.account_id))
    return mine.filter(pk=opening.pk, home_area=opening.home_area).exists()
