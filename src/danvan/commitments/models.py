"""The core: something owed, and the append-only ledger of what was done about it.

No text of a matter, no person and no document stands here; the packages above point down to it.
"""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.commitments.kinds import STATES, Measure, OwedTo
from danvan.rules.ledger import ACTOR_NAMES, FINAL, MOVES, State, Track
from danvan.units.models import Area, Post, Unit


class Commitment(AreaModel):
    """A unit owes something, to somebody, until a moment, for a reason.

    Written once: kind, code, to whom, rule and its version, or the agreed day; the day the clock counts from, where
    that is not the day of the first step; and, for lists to be narrowed by, the topic and the channel (opaque here),
    the place and the day on which the thing was first raised. Everything from `state` on is derived from the ledger
    and rebuilt by `danvan rebuild`.
    """

    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=30)
    owed_to = models.CharField(max_length=8, choices=OwedTo.choices)
    owed_to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    opened_by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    rule_id = models.CharField(max_length=20, blank=True)
    rule_version = models.CharField(max_length=30, blank=True)
    is_remote = models.BooleanField(default=False)
    is_complex = models.BooleanField(default=False)
    agreed_due = models.DateField(null=True)
    clock_from = models.DateField(null=True)
    opened_at = models.DateTimeField()
    topic = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    raised_on = models.DateField()

    state = models.CharField(max_length=10, choices=STATES)
    track = models.CharField(max_length=6, default=Track.PLAIN)
    owed_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    held_in = models.SmallIntegerField()
    due = models.DateField(null=True)
    due_statutory = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    hops = models.PositiveSmallIntegerField(default=0)
    accepted_on = models.DateField(null=True)
    steps_taken = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "code"], name="commitment_code_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="commitment_state_known"),
            models.CheckConstraint(
                condition=(Q(rule_id="") & Q(agreed_due__isnull=False))
                | (~Q(rule_id="") & ~Q(rule_version="") & Q(agreed_due__isnull=True)),
                name="commitment_has_rule_or_agreed_day",
            ),
            models.CheckConstraint(
                condition=Q(owed_to=OwedTo.CITIZEN, owed_to_unit__isnull=True)
                | Q(owed_to=OwedTo.UNIT, owed_to_unit__isnull=False),
                name="commitment_owed_to_somebody",
            ),
            models.CheckConstraint(condition=Q(track__in=[t.value for t in Track]), name="commitment_track_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINAL), ended_on__isnull=False)
                | (~Q(state__in=sorted(FINAL)) & Q(ended_on__isnull=True)),
                name="commitment_ends_when_final",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OPEN) | Q(due__isnull=False), name="commitment_open_has_a_due_day"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due_statutory__lte=F("due")), name="commitment_rolls_forward"
            ),
        ]
        indexes = [
            # what one unit has to do, by state, most urgent first; the same for a province, the nation and one place;
            # the first two are counted on every page, so whose a row is and of what kind are read from the index
            models.Index(fields=["owed_by", "state", "due", "id", "kind"], name="commitment_inbox"),
            models.Index(fields=["held_in", "state", "due", "id", "owed_by", "kind"], name="commitment_province_inbox"),
            models.Index(fields=["state", "due", "id"], name="commitment_national_inbox"),
            models.Index(fields=["area", "state", "due", "id"], name="commitment_place_inbox"),
            # everything they ever had, newest first; most of it is closed, the newest is not
            models.Index(fields=["owed_by", "raised_on", "id"], name="commitment_all"),
            models.Index(fields=["held_in", "raised_on", "id"], name="commitment_province_all"),
            models.Index(fields=["raised_on", "id"], name="commitment_national_all"),
            models.Index(fields=["area", "raised_on", "id"], name="commitment_place_all"),
            models.Index(
                fields=["held_in", "raised_on", "id"],
                condition=Q(ended_on__isnull=False),
                name="commitment_province_closed",
            ),
            models.Index(
                fields=["raised_on", "id"], condition=Q(ended_on__isnull=False), name="commitment_national_closed"
            ),
            # a rare value is found by itself and then sorted
            models.Index(fields=["kind"], name="commitment_kind"),
            models.Index(fields=["topic"], name="commitment_topic"),
            models.Index(fields=["channel"], name="commitment_channel"),
        ]


class Step(AreaModel):
    """One line of the ledger: who, when, what, and a hash that binds it to the line before.

    `due` is the due day in force after the step, so that a calendar changed later never re-judges a clock that has
    stopped. `payload_hash` is the SHA-256 of the text or file that the package above keeps for this step; `note` holds
    a reason only where no such text exists (steps of the system).
    """

    commitment = AreaForeignKey(Commitment, models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.CharField(max_length=10)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    days = models.PositiveSmallIntegerField(default=0)
    due = models.DateField(null=True)
    due_statutory = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    payload_hash = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "commitment", "seq"], name="step_seq_once"),
            models.CheckConstraint(condition=Q(verb__in=sorted(MOVES)), name="step_verb_known"),
            models.CheckConstraint(
                condition=Q(actor__in=sorted(a.value for a in ACTOR_NAMES)), name="step_actor_known"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="step_seq_starts_at_one"),
        ]


class Tally(models.Model):
    """Signed deltas of one measure at one unit on one day, written in the transaction of the step and squashed later.

    Sums over them are exact at every moment; `danvan rebuild --check` recounts them from the ledger.
    """

    home_area = models.SmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    day = models.DateField()
    delta = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "day", "kind", "measure"], name="tally_of_a_unit")]


class CalendarDay(models.Model):
    """A day decided by an authority that differs from the shipped calendar; the newest row of a day wins."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    reason = models.CharField(max_length=160)
    decision = models.CharField(max_length=80)
    entered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="calendar_day_names_its_decision")]


class CalendarYear(models.Model):
    """The decision that settled a whole year; without one the year is provisional, and so is what is counted in it."""

    year = models.PositiveSmallIntegerField(unique=True)
    decision = models.CharField(max_length=80)
    entered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="calendar_year_names_its_decision")]
