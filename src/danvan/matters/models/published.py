"""What an office has put before everybody, and the lists an officer keeps for himself."""

from django.db import models
from django.db.models import Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.matters.kinds import Field
from danvan.matters.models.said import Matter
from danvan.units.models import Account, Area, Post, Unit


class PublishedAnswer(AreaModel):
    """A question and its answer in words written for everybody: not the sender's text, and nothing that leads to it.

    `code` is its public address and no code of a matter. `matter` is for the office: nothing public shows it. What was
    published in error is withdrawn, and who did both stays on record.
    """

    matter = AreaForeignKey(Matter, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    field = models.CharField(max_length=12, choices=Field.choices)
    question = models.TextField()
    answer = models.TextField()
    fold = models.TextField()
    published_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField()
    withdrawn_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "code"], name="published_code_once"),
            models.UniqueConstraint(
                fields=["home_area", "matter"], condition=Q(withdrawn_at__isnull=True), name="published_once"
            ),
            models.CheckConstraint(condition=~Q(question="") & ~Q(answer=""), name="published_says_something"),
        ]
        indexes = [models.Index(fields=["-published_on", "-code"], name="published_newest")]


class SavedView(models.Model):
    """A list narrowed as an officer likes it, under a name; it shows what he may see when he opens it, no more."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="saved_view_once")]
