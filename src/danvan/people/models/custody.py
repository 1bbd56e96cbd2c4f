"""Who keeps the keys of sealed identities, and the log of everything done with them."""

from hashlib import sha256
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaModel, AreaQuerySet
from danvan.people.kinds import CustodyVerb, Side
from danvan.units.models import Account, Unit

KEPT = "lines of the custody log are kept as they were written"


class Custodian(models.Model):
    """A person who keeps a key of their own on one side of a unit's custody.

    Only the public half of the key lies here in the open. The private half is sealed under a passphrase that the
    custodian alone knows; both are empty until the custodian has set it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    side = models.CharField(max_length=6, choices=Side.choices)
    public_key = models.BinaryField(null=True)
    private_key = models.BinaryField(null=True)
    keyed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    appointed_by = models.CharField(max_length=120)
    appointed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "account"], condition=Q(ended_at__isnull=True), name="custodian_on_one_side_of_a_unit"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="custodian_side_is_known"),
            models.CheckConstraint(
                condition=Q(public_key__isnull=True, private_key__isnull=True, keyed_at__isnull=True)
                | Q(public_key__isnull=False, private_key__isnull=False, keyed_at__isnull=False),
                name="custodian_has_both_halves_or_none",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("appointed_at")),
                name="custodian_ends_after_appointment",
            ),
        ]

    @property
    def fingerprint(self) -> str:
        """Of the public key, to be compared over the telephone: a key that somebody slipped in shows by it."""
        if self.public_key is None:
            return ""
        digits = sha256(self.public_key).hexdigest()[:16].upper()
        return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


class AppendOnly(AreaQuerySet["CustodyEvent"]):
    def update(self, **_values: Any) -> NoReturn:
        raise TypeError(KEPT)

    def delete(self) -> NoReturn:
        raise TypeError(KEPT)


class CustodyEvent(AreaModel):
    """One line of the log: an appointment, an asking, a consent, a refusal, a wrong passphrase, an opening.

    No foreign keys: nothing that is removed takes a line with it. `custody_ref` is the unit whose custody it is,
    `unit_ref` the unit in whose name somebody acted. Never anything of the identity itself.
    """

    verb = models.CharField(max_length=16, choices=CustodyVerb.choices)
    custody_ref = models.UUIDField()
    identity_ref = models.UUIDField(null=True)
    opening_ref = models.UUIDField(null=True)
    account_ref = models.BigIntegerField(null=True)
    post_ref = models.BigIntegerField(null=True)
    unit_ref = models.UUIDField(null=True)
    label = models.CharField(max_length=250)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["CustodyEvent"]] = AppendOnly.as_manager()

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=CustodyVerb.values), name="custody_event_verb_is_known"),
            models.CheckConstraint(condition=~Q(label=""), name="custody_event_says_who"),
        ]
        indexes = [
            models.Index(fields=["custody_ref", "at"], name="custody_events_of_a_unit"),
            models.Index(fields=["identity_ref", "at"], name="custody_events_of_an_identity"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(KEPT)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError(KEPT)
