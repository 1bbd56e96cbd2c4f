"""Which matters look alike, and which of them a person has said belong together."""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.matters.kinds import LinkWhy
from danvan.matters.models.said import Matter
from danvan.units.models import Area, Post


class LikenessMark(AreaModel):
    """One number of a matter's signature (`rules.likeness`), found by place, number and day; swept after half a year.

    It says nothing about a person and cannot be turned back into words. There are sixteen of a matter and they are most
    of the rows that taking it in writes, so each has as few indexes as will do and no key for the database to check:
    they are written in the statement of their matter. Who sweeps walks through the table at night.
    """

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    mark = models.IntegerField()
    received_on = models.DateField()

    class Meta(AreaModel.Meta):
        constraints = [models.UniqueConstraint(fields=["matter", "mark", "home_area"], name="likeness_mark_once")]
        indexes = [models.Index(fields=["area", "mark", "received_on"], name="likeness_of_a_place")]


class MatterLink(AreaModel):
    """A later matter belongs with an earlier one, because somebody said so and why. Both stay as they are, each with
    its sender, clock and answer. A link that was a mistake is ended, never deleted.
    """

    matter = AreaForeignKey(Matter, models.PROTECT, related_name="links")
    original = AreaForeignKey(Matter, models.PROTECT, related_name="linked")
    why = models.CharField(max_length=9, choices=LinkWhy.choices)
    reason = models.CharField(max_length=300)
    linked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["home_area", "matter", "original"], condition=Q(ended_at__isnull=True), name="matter_link_once"
            ),
            models.CheckConstraint(condition=~Q(matter=F("original")), name="matter_link_joins_two"),
        ]
