from django.db import models
from django.db.models import Q

from danvan.base.area import AreaModel
from danvan.people.kinds import Purpose


class Contact(AreaModel):
    """How to reach one citizen about one matter. Every personal value is sealed; nothing can be searched but by key.

    A record serves one purpose and expires; the same person writing twice makes two records. `opened` counts in
    `ContactOpening`. `id_number` is filled only at a reception, where the law asks for it.
    """

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    expires_on = models.DateField()
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    address = models.BinaryField(null=True)
    id_number = models.BinaryField(null=True)
    phone_key = models.CharField(max_length=64, blank=True)
    email_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    name__isnull=True,
                    phone__isnull=True,
                    email__isnull=True,
                    address__isnull=True,
                    id_number__isnull=True,
                )
                & Q(phone_key="", email_key=""),
                name="contact_erased_keeps_nothing",
            )
        ]
        indexes = [
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="contact_by_phone"),
            models.Index(fields=["email_key"], condition=~Q(email_key=""), name="contact_by_email"),
            models.Index(fields=["expires_on"], condition=Q(erased_at__isnull=True), name="contact_to_erase"),
        ]


class ContactOpening(AreaModel):
    """Somebody read a contact: who, when, and what for. Kept after the contact itself is erased."""

    contact_ref = models.UUIDField()
    post_ref = models.BigIntegerField(null=True)
    unit_ref = models.UUIDField(null=True)
    label = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="contact_opening_has_a_reason")]
        indexes = [models.Index(fields=["contact_ref", "at"], name="openings_of_a_contact")]
