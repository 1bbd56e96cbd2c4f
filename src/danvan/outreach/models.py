from django.db import models
from django.db.models import Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.outreach.kinds import Channel, Delivery
from danvan.people.models import Contact
from danvan.units.models import Unit


class Notice(AreaModel):
    """One thing to tell one person or one unit: written in the transaction of the change, delivered by a job.

    It holds a template name and the public code only, never the text of a matter: what goes out is made at delivery.
    """

    template = models.CharField(max_length=40)
    code = models.CharField(max_length=30)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    contact = AreaForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=160, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Delivery.WAITING, settled_at__isnull=True)
                | (~Q(state=Delivery.WAITING) & Q(settled_at__isnull=False)),
                name="notice_settled_has_a_moment",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="notices_to_deliver")]
