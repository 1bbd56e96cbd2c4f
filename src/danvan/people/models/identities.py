"""The sealed identity of a denouncer: the body, its files, the parts of its key, and every asking to open it."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.base.files import DigestField
from danvan.people.kinds import OpeningState, Side
from danvan.people.models.custody import Custodian
from danvan.units.models import Unit


class SealedIdentity(AreaModel):
    """Who denounced, sealed at intake under a key that nobody keeps whole.

    `custody` is the unit whose custodians hold its two parts. Neither the case nor anything that was typed can be
    reached from here; the case points here.
    """

    custody = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.BinaryField(null=True)
    sealed_at = models.DateTimeField()
    retention = models.CharField(max_length=30, blank=True)
    expires_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(body__isnull=True), name="identity_erased_keeps_nothing"
            )
        ]
        indexes = [
            models.Index(fields=["custody"], name="identities_of_a_custody"),
            models.Index(
                fields=["expires_on"], condition=Q(erased_at__isnull=True, expires_on__isnull=False),
                name="identity_to_erase",
            ),
        ]  # fmt: skip


class SealedFile(AreaModel):
    """A scanned letter, handwriting and all: ciphertext in the store. Its kind and size are written nowhere."""

    identity = AreaForeignKey(SealedIdentity, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    digest = DigestField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "identity", "number"], name="sealed_file_once"),
        ]


class IdentityShare(AreaModel):
    """The part of a side, sealed to one custodian. One person never holds a share of both sides."""

    identity = AreaForeignKey(SealedIdentity, models.CASCADE, related_name="shares")
    custodian = models.ForeignKey(Custodian, models.PROTECT, related_name="shares")
    account_ref = models.BigIntegerField()
    side = models.CharField(max_length=6, choices=Side.choices)
    sealed = models.BinaryField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["home_area", "identity", "account_ref"], name="one_share_of_an_identity_per_person"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="identity_share_side_is_known"),
        ]


class IdentityOpening(AreaModel):
    """Somebody who handles the case asks to know who denounced; two custodians of two sides consent, or one refuses.

    It lapses at `lapses_at` if it was not opened by then, and is good for one opening.
    """

    identity = AreaForeignKey(SealedIdentity, models.CASCADE, related_name="openings")
    purpose = models.CharField(max_length=200)
    unit_ref = models.UUIDField()
    asked_account = models.BigIntegerField()
    asked_label = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    consent_account = models.BigIntegerField(null=True)
    consent_side = models.CharField(max_length=6, choices=Side.choices, blank=True)
    consented_at = models.DateTimeField(null=True)
    opened_account = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    refused_account = models.BigIntegerField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="identity_opening_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(consent_account__isnull=True, consented_at__isnull=True, consent_side="")
                | Q(consent_account__isnull=False, consented_at__isnull=False, consent_side__in=Side.values),
                name="identity_consent_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_account__isnull=True)
                | Q(opened_at__isnull=False, opened_account__isnull=False, consent_account__isnull=False),
                name="identity_opened_after_a_consent",
            ),
            models.CheckConstraint(
                condition=Q(opened_account__isnull=True) | ~Q(opened_account=F("consent_account")),
                name="identity_opened_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refusal="")
                | Q(refused_at__isnull=False, opened_at__isnull=True) & ~Q(refusal=""),
                name="identity_refusal_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lapses_at"], condition=Q(opened_at__isnull=True, refused_at__isnull=True),
                name="identity_openings_waiting",
            )
        ]  # fmt: skip

    def state(self, at: datetime) -> OpeningState:
        if self.opened_at is not None:
            return OpeningState.OPENED
        if self.refused_at is not None:
            return OpeningState.REFUSED
        if at >= self.lapses_at:
            return OpeningState.LAPSED
        return OpeningState.WAITING if self.consented_at is None else OpeningState.HALF


class OpeningShare(AreaModel):
    """The part of the side that consented, sealed to one custodian of the other; gone once it ends."""

    opening = AreaForeignKey(IdentityOpening, models.CASCADE, related_name="shares")
    custodian = models.ForeignKey(Custodian, models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "opening", "custodian"], name="opening_share_once"),
        ]
