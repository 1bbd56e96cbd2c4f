from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from danvan.people.models import Contact, ContactOpening
from danvan.people.written import email_key, phone_key, written_email, written_phone


def with_phone(phone: str) -> QuerySet[Contact]:
    """The records of one number, however typed; none for no number. The caller narrows them to what is in sight."""
    key = phone_key(written_phone(phone))
    return Contact.objects.filter(phone_key=key) if key else Contact.objects.none()


def with_email(email: str) -> QuerySet[Contact]:
    key = email_key(written_email(email))
    return Contact.objects.filter(email_key=key) if key else Contact.objects.none()


def openings_of(contact_id: UUID) -> QuerySet[ContactOpening]:
    """Who read this contact and what for, newest first."""
    return ContactOpening.objects.filter(contact_ref=contact_id).order_by("-at", "-id")


def times_opened(contact_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How often each of these contacts was read; one query for the whole page."""
    ids = list(contact_ids)
    rows = ContactOpening.objects.filter(contact_ref__in=ids).values("contact_ref").annotate(times=Count("id"))
    return dict.fromkeys(ids, 0) | {row["contact_ref"]: row["times"] for row in rows.order_by()}
