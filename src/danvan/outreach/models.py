from django.db import models
from django.db.models import Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.outreach.kinds import FOR_AN_OFFICER, Channel, Delivery, Template
from danvan.people.models import Contact
from danvan.units.models import Post, Unit


class Notice(AreaModel):
    """One thing to tell one person: written in the transaction of the change, delivered by a job.

    It holds a template name and the public code only, never the text of a matter: what goes out is made at delivery.
    `unit` answers for the person being reached, so that what no machine can deliver is that unit's to do.
    """

    template = models.CharField(max_length=12, choices=Template.choices)
    code = models.CharField(max_length=30)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    contact = AreaForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=160, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(template__in=Template.values), name="notice_template_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notice_channel_known"),
            models.CheckConstraint(
                condition=Q(state=Delivery.WAITING, settled_at__isnull=True)
                | Q(state__in=[Delivery.SENT, *FOR_AN_OFFICER, Delivery.DONE], settled_at__isnull=False),
                name="notice_settled_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | Q(state=Delivery.DONE), name="notice_done_by_an_officer"
            ),
        ]
        indexes = [
            models.Index(fields=["code", "created_at"], name="notices_of_a_code"),
            # what the officers of a unit have to do, oldest first
            models.Index(
                fields=["unit", "created_at", "id"], condition=Q(state__in=FOR_AN_OFFICER), name="notices_to_do"
            ),
            models.Index(fields=["created_at"], condition=Q(state=Delivery.WAITING), name="notices_waiting"),
        ]
