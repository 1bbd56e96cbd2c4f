"""Contacts: what a person typed comes in here and goes to the sealed columns, nowhere else."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import VIETNAM, day_of
from danvan.base.encryption import CannotOpen
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.base.ids import area_of
from danvan.people.access import require_opening
from danvan.people.kinds import KEPT_DAYS, PlainContact, Purpose
from danvan.people.models import Contact, ContactOpening
from danvan.people.vault import open_contact, seal_contact
from danvan.people.written import written_address, written_email, written_id_number, written_name, written_phone
from danvan.units.access import Actor

LONGEST_REASON = 200
BATCH = 500


@sensitive_variables()
def keep(
    *, home_area: int, purpose: Purpose, name: str = "", phone: str = "", email: str = "", address: str = "",
    id_number: str = "", at: datetime,
) -> Contact | None:  # fmt: skip
    """Seals what a citizen gave, or returns None where nothing was given.

    Refuses at `name`, `phone`, `email`, `address` or `id_number` what cannot be one, without repeating it.
    """
    plain = PlainContact(
        name=written_name(name),
        phone=written_phone(phone),
        email=written_email(email),
        address=written_address(address),
        id_number=written_id_number(id_number),
    )
    if not plain:
        return None
    expires_on = day_of(at) + timedelta(days=KEPT_DAYS[purpose])
    contact = Contact(home_area=home_area, purpose=purpose, expires_on=expires_on, created_at=at)
    seal_contact(contact, plain)
    contact.save(force_insert=True)
    return contact


@transaction.atomic(durable=True)
def open_for(*, contact_id: UUID, by: Actor, reason: str, unit_id: UUID, at: datetime) -> PlainContact:
    """Hands out a contact once the reading of it stands in the database; never inside a wider transaction.

    `unit_id` is the unit that holds the matter: the caller vouches that the contact belongs to it. Refuses who may not
    read, a unit out of sight, a missing reason and an erased contact; a refusal leaves no trace of a reading.
    """
    require_opening(by, unit_id, day_of(at))
    reason = _reason(reason)
    contact = _contact(contact_id)
    ContactOpening.objects.create(
        home_area=contact.home_area,
        contact_ref=contact.id,
        post_ref=by.post_id,
        unit_ref=by.unit_id,
        label=by.label,
        reason=reason,
        at=at,
    )
    try:
        return open_contact(contact)
    except CannotOpen:
        sentence = _("Không mở được thông tin liên hệ: khóa không khớp hoặc dữ liệu đã bị thay đổi.")
        raise Refused("contact-does-not-open", sentence) from None


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not reason:
        raise Invalid("reason-missing", _("Hãy ghi lý do mở thông tin liên hệ."), "reason")
    if len(reason) > LONGEST_REASON:
        sentence = _("Lý do dài quá %(most)s ký tự.") % {"most": LONGEST_REASON}
        raise Invalid("reason-too-long", sentence, "reason")
    return reason


def _contact(contact_id: UUID) -> Contact:
    try:
        contact = Contact.objects.get(pk=contact_id)
    except Contact.DoesNotExist:
        raise Absent from None
    if contact.erased_at is not None:
        day = f"{contact.erased_at.astimezone(VIETNAM):%d/%m/%Y}"
        sentence = _("Thông tin liên hệ đã được xóa ngày %(day)s vì hết thời hạn lưu.") % {"day": day}
        raise Refused("contact-erased", sentence)
    return contact


@transaction.atomic
def renew(*, contact_ids: Iterable[UUID], at: datetime) -> int:
    """Keeps the contacts of running matters for another period from today; never shortens one, never revives one."""
    ids, renewed = list(contact_ids), 0
    for purpose, days in KEPT_DAYS.items():
        until = day_of(at) + timedelta(days=days)
        kept = Contact.objects.filter(pk__in=ids, home_area__in={area_of(i) for i in ids}, erased_at__isnull=True)
        renewed += kept.filter(purpose=purpose, expires_on__lt=until).update(expires_on=until)
    return renewed


def reseal(*, by: Actor) -> int:
    """Seals every contact again under the newest key, so that the one before may go; says how many it did.

    Done in short transactions and safe to break off and repeat. Numbers are found by hashes of the oldest key: once
    that one is taken away, resealing again makes them anew.
    """
    if not by.is_system:
        raise Forbidden(_("Chỉ người vận hành máy chủ được mã hóa lại kho liên hệ."))
    areas = Contact.objects.values_list("home_area", flat=True).distinct().order_by()
    return sum(_resealed_area(area) for area in list(areas))


def _resealed_area(home_area: int) -> int:
    kept, done, last = Contact.objects.filter(home_area=home_area, erased_at__isnull=True), 0, UUID(int=0)
    while ids := list(kept.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        done += _resealed(kept.filter(pk__in=ids))
        last = ids[-1]
    return done


@transaction.atomic
def _resealed(rows: QuerySet[Contact]) -> int:
    contacts = list(rows.select_for_update())
    for contact in contacts:
        seal_contact(contact, open_contact(contact))
        contact.save()
    return len(contacts)
