"""What was destroyed, under which rule; and what people asked about their own data."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from danvan.base.errors import Invalid
from danvan.base.ids import CENTRAL
from danvan.people.kinds import RETENTION, RetentionClass
from danvan.people.models import DataRequest, DisposalBatch
from danvan.units.access import Actor, require
from danvan.units.queries import shard_of_unit
from danvan.units.roles import Permission

SIZE = 50


@dataclass(frozen=True)
class Disposed:
    batch: DisposalBatch
    retention: RetentionClass | None


@dataclass(frozen=True)
class Disposals:
    """One page, newest first; `next` is where the following one begins."""

    rows: tuple[Disposed, ...]
    next: str
    previous: None = None


def disposals(by: Actor, on: date, *, after: str = "") -> Disposals:
    """The batches destroyed in the province of one's unit, in all for a central one; for auditors and operators."""
    require(by, Permission.AUDIT_READ)
    rows = DisposalBatch.objects.order_by("-id")
    area = shard_of_unit(by.unit_id, on) if by.unit_id else CENTRAL
    if area != CENTRAL:
        rows = rows.filter(home_area=area)
    if after:
        rows = rows.filter(pk__lt=_cursor(after))
    found = list(rows[: SIZE + 1])
    shown = tuple(Disposed(row, RETENTION.get(row.retention)) for row in found[:SIZE])
    return Disposals(shown, str(shown[-1].batch.pk) if len(found) > SIZE else "")


def data_requests_of(contact_id: UUID) -> QuerySet[DataRequest]:
    """What was asked about the data of one contact, newest first."""
    return DataRequest.objects.filter(contact_ref=contact_id).order_by("-at", "-id")


def _cursor(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("cursor", "Trang này không còn. Hãy mở lại danh sách từ đầu.", "after") from None
