"""Telling people: the notice is written with the change it tells of, and a job delivers it afterwards."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.jobs import enqueue
from danvan.base.jobs.queue import MOST_ATTEMPTS
from danvan.outreach.channels import send
from danvan.outreach.kinds import FOR_AN_OFFICER, Channel, Delivery, Template
from danvan.outreach.models import Notice
from danvan.people.models import Contact
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

LONGEST_NOTE = 160
FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic(savepoint=False)
def tell(
    *, template: Template, code: str, contact: Contact, channel: Channel, unit_id: UUID, home_area: int, at: datetime
) -> Notice:
    """Writes the notice and puts its delivery into the queue, both in the caller's transaction.

    `unit_id` answers for reaching the person: what no machine can deliver becomes that unit's to do.
    """
    notice = Notice.objects.create(
        home_area=home_area,
        template=template,
        code=code,
        contact=contact,
        channel=channel,
        unit_id=unit_id,
        created_at=at,
    )
    _queue(notice.id)
    return notice


@transaction.atomic
def settle(*, notice_id: UUID, by: Actor, note: str = "", at: datetime) -> Notice:
    """An officer has reached the person (called, met, written). Refuses what is out of sight or not to do any more."""
    try:
        notice = Notice.objects.select_for_update().get(pk=notice_id)
    except Notice.DoesNotExist:
        raise Absent from None
    require(by, Permission.MATTER_HANDLE, notice.unit_id, day_of(at))
    if notice.state not in FOR_AN_OFFICER:
        raise Refused("notice-settled", _("Thông báo này không còn chờ cán bộ liên hệ."))
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        sentence = _("Ghi chú dài quá %(most)s ký tự.") % {"most": LONGEST_NOTE}
        raise Invalid("note-too-long", sentence, "note")
    notice.state, notice.settled_at, notice.settled_by_id, notice.receipt = Delivery.DONE, at, by.post_id, note
    notice.save(update_fields=["state", "settled_at", "settled_by", "receipt"])
    return notice


def pass_on(*, home_area: int, code: str, unit_id: UUID) -> int:
    """What is still to tell about a handed-over matter goes to the unit that holds it now: only that one may call."""
    rows = Notice.objects.filter(home_area=home_area, code=code, state__in=[Delivery.WAITING, *FOR_AN_OFFICER])
    return rows.update(unit_id=unit_id)


def deliver(*, notice_id: UUID, at: datetime) -> bool:
    """Tries to deliver a waiting notice and records what became of it; False where it is worth another attempt.

    Does nothing for a notice that is settled or gone. Nothing is locked while a server is talked to, so a worker lost
    between the sending and the record sends again, with the same message id.
    """
    notice = Notice.objects.select_related("contact").filter(pk=notice_id, state=Delivery.WAITING).first()
    if notice is None:
        return True
    outcome = send(notice)
    tried = notice.attempts + 1
    state = Delivery.FAILED if outcome.state is Delivery.WAITING and tried >= MOST_ATTEMPTS else outcome.state
    waits = state is Delivery.WAITING
    rows = Notice.objects.filter(pk=notice.pk, home_area=notice.home_area, state=Delivery.WAITING)
    rows.update(state=state, attempts=F("attempts") + 1, receipt=outcome.receipt, settled_at=None if waits else at)
    return not waits


def deliver_forgotten(*, at: datetime) -> int:
    """Queues again what still waits after a day: its task was lost with its last worker."""
    waiting = Notice.objects.filter(state=Delivery.WAITING, created_at__lt=at - FORGOTTEN_AFTER)
    ids = list(waiting.values_list("pk", flat=True))
    for notice_id in ids:
        _queue(notice_id)
    return len(ids)


def _queue(notice_id: UUID) -> None:
    enqueue("danvan.outreach.jobs.deliver", str(notice_id))
