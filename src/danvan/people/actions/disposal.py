"""Destroying what has served its time: batches by retention class, each leaving a record without a personal value."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Min, Model, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Refused
from danvan.people.actions.custody_log import record_disposal_of
from danvan.people.kinds import RETENTION
from danvan.people.models import (
    Contact,
    DisposalBatch,
    IdentityShare,
    OpeningShare,
    SealedFile,
    SealedIdentity,
)
from danvan.units.access import system

M = TypeVar("M", bound=Model)
NIGHT = system("Hệ thống, việc chạy hằng đêm")


@transaction.atomic
def erase_expired(*, at: datetime) -> int:
    """Empties the sealed values and keys of contacts whose day has come; who read them before stays on record."""
    due = Contact.objects.filter(erased_at__isnull=True, expires_on__lte=day_of(at))
    erased = 0
    for home_area, oldest, newest in _days_by_area(due, "created_at"):
        rows = due.filter(home_area=home_area)
        count = rows.update(name=None, phone=None, email=None, address=None, id_number=None, phone_key="", email_key="",
                            erased_at=at)  # fmt: skip
        _record("contact", home_area, count, oldest, newest, at)
        erased += count
    return erased


@transaction.atomic
def keep_identity(*, identity_id: UUID, retention: str, closed_on: date) -> None:
    """Starts the retention of an identity on the day its case was closed, as long as the file of the case is kept.

    `retention` is a key of `kinds.RETENTION`; a permanent class leaves it without an end. The case calls this again
    where it was reopened or proved serious. Nothing is destroyed before it was called.
    """
    kept = SealedIdentity.objects.filter(pk=identity_id, erased_at__isnull=True)
    if not kept.update(retention=retention, expires_on=RETENTION[retention].until(closed_on)):
        raise Absent


@transaction.atomic
def reopen_identity(*, identity_id: UUID) -> None:
    """The case runs again: its identity is kept without an end until the case is closed."""
    if not SealedIdentity.objects.filter(pk=identity_id, erased_at__isnull=True).update(retention="", expires_on=None):
        raise Refused("identity-erased", _("Danh tính đã được hủy khi hết thời hạn lưu."))


@transaction.atomic
def dispose_identities(*, at: datetime) -> int:
    """Destroys the identities whose day has come: body, shares, files. Who asked to open them stays on record."""
    due = SealedIdentity.objects.filter(erased_at__isnull=True, expires_on__lte=day_of(at))
    disposed = 0
    for retention in sorted(set(due.values_list("retention", flat=True))):
        rows = due.filter(retention=retention)
        for home_area, oldest, newest in _days_by_area(rows, "sealed_at"):
            count = _emptied(list(rows.filter(home_area=home_area).select_for_update()), at)
            _record(retention, home_area, count, oldest, newest, at)
            disposed += count
    return disposed


def _emptied(identities: list[SealedIdentity], at: datetime) -> int:
    OpeningShare.objects.filter(opening__identity__in=identities).delete()
    IdentityShare.objects.filter(identity__in=identities).delete()
    SealedFile.objects.filter(identity__in=identities).delete()
    for identity in identities:
        identity.body, identity.erased_at = None, at
        identity.save(update_fields=["body", "erased_at"])
        record_disposal_of(identity, by=NIGHT, at=at)
    return len(identities)


def _days_by_area(rows: QuerySet[M], column: str) -> list[tuple[int, date, date]]:
    day = TruncDate(F(column), tzinfo=VIETNAM)
    by_area = rows.annotate(day=day).values_list("home_area").order_by("home_area")
    return list(by_area.annotate(Min("day"), Max("day")))


def _record(retention: str, home_area: int, count: int, oldest: date, newest: date, at: datetime) -> None:
    DisposalBatch.objects.create(
        home_area=home_area, retention=retention, count=count, oldest_on=oldest, newest_on=newest,
        source=RETENTION[retention].source, label=NIGHT.label, at=at,
    )  # fmt: skip
