"""What was disposed of, and what people asked about their own data. No personal value in either."""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaModel
from danvan.people.kinds import DataRequestKind, DataRequestOutcome


class DisposalBatch(AreaModel):
    """Records of one retention class destroyed together: how many, from which days, by whom and under which rule."""

    retention = models.CharField(max_length=30)
    count = models.PositiveIntegerField()
    oldest_on = models.DateField()
    newest_on = models.DateField()
    source = models.CharField(max_length=200)
    label = models.CharField(max_length=120)
    post_ref = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="disposal_batch_is_not_empty"),
            models.CheckConstraint(condition=Q(oldest_on__lte=F("newest_on")), name="disposal_batch_days_in_order"),
            models.CheckConstraint(condition=~Q(retention="") & ~Q(label=""), name="disposal_batch_says_what_and_who"),
        ]
        indexes = [models.Index(fields=["home_area", "at"], name="disposals_of_an_area")]


class DataRequest(AreaModel):
    """A person asked for their own data or for its erasure; kept after the data itself is gone."""

    kind = models.CharField(max_length=8, choices=DataRequestKind.choices)
    outcome = models.CharField(max_length=8, choices=DataRequestOutcome.choices)
    contact_ref = models.UUIDField()
    reason = models.CharField(max_length=300)
    label = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DataRequestKind.values, outcome__in=DataRequestOutcome.values),
                name="data_request_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(label=""), name="data_request_has_a_reason"),
        ]
        indexes = [models.Index(fields=["contact_ref", "at"], name="data_requests_of_a_contact")]
