from django.db import models

from danvan.base.area import AreaModel


class IdempotencyKey(AreaModel):
    """What a write call with this key already made, so that a repeated call answers the same and writes nothing."""

    key = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    made = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [models.UniqueConstraint(fields=["home_area", "verb", "key"], name="idempotency_key_once")]


class WorkerBeat(models.Model):
    """A worker says that it lives; the tasks of one that fell silent go back into the queue."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()


class NightJob(models.Model):
    """When a recurring job was last put into the queue; claimed by an update, so that one worker does so."""

    name = models.CharField(max_length=60, primary_key=True)
    last_run_at = models.DateTimeField()


class AuditCheckpoint(models.Model):
    """The state of all ledgers of one area at a moment: how many steps, and a hash over every ledger's head.

    Kept elsewhere too (printed, mailed, on a stick) it proves that no ledger was cut short afterwards.
    """

    home_area = models.SmallIntegerField()
    taken_at = models.DateTimeField()
    ledgers = models.PositiveIntegerField()
    steps = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home_area", "taken_at"], name="audit_checkpoint_once")]
