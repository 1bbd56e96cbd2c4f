"""Reception of citizens: the published days of leaders, and the register, one entry for each turn."""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.commitments.models import Commitment
from danvan.matters.kinds import Kind, LedBy, Occasion, Told
from danvan.matters.models.cases import Letter
from danvan.matters.models.said import Matter
from danvan.people.models import Contact, SealedIdentity
from danvan.units.models import Post, Unit


class ReceptionSlot(AreaModel):
    """Hours in which somebody of a unit will receive citizens. `who` is a title, never a name.

    Shown to the public once published; cancelled it stays, with its reason, so that nobody comes in vain.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=200)
    who = models.CharField(max_length=160)
    led_by = models.CharField(max_length=10, choices=LedBy.choices)
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    is_illustration = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["home_area", "unit", "on", "starts", "who"], condition=Q(cancelled_at__isnull=True),
                name="reception_slot_once",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="reception_slot_has_hours"),
            models.CheckConstraint(condition=Q(led_by__in=LedBy.values), name="reception_slot_leader_known"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="reception_slot_occasion_known"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, reason="") | Q(cancelled_at__isnull=False) & ~Q(reason=""),
                name="reception_slot_cancelled_for_a_reason",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "on", "starts"], name="reception_slots_of_a_unit"),
            models.Index(fields=["on"], condition=Q(published_at__isnull=False), name="reception_slots_published"),
        ]


class Reception(AreaModel):
    """One turn: one person or group received once (TT 04/2021/TT-TTCP, form 03). A turn may bring several cases.

    `number` runs in the register of the unit and year. Who came stands in the vault alone: `contact`, or, of a
    denunciation, the sealed `identity`. `opens_matter`: `matter` was opened for this turn, so who came holds its code
    and PIN; otherwise the entry only points to it. `current` is the duty to tell them (Luật Tiếp công dân, Điều 28).
    An entry struck out keeps its number and is counted nowhere.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_on = models.DateField()
    slot = AreaForeignKey(ReceptionSlot, models.PROTECT, null=True, related_name="receptions")
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    led_by = models.CharField(max_length=10, choices=LedBy.choices)
    is_online = models.BooleanField(default=False)
    persons = models.PositiveIntegerField(default=1)
    is_group = models.BooleanField(default=False)
    cases_first = models.PositiveSmallIntegerField(default=1)
    cases_again = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    summary = models.TextField()
    resolved_by = models.CharField(max_length=200, blank=True)
    in_competence = models.BooleanField(default=True)
    guided_to = models.CharField(max_length=200, blank=True)
    guided_number = models.CharField(max_length=60, blank=True)
    transferred_to = models.CharField(max_length=200, blank=True)
    transferred_number = models.CharField(max_length=60, blank=True)
    papers = models.PositiveSmallIntegerField(default=0)
    papers_listed = models.TextField(blank=True)
    letter = AreaForeignKey(Letter, models.PROTECT, null=True, related_name="receptions")
    matter = AreaForeignKey(Matter, models.PROTECT, null=True, related_name="receptions")
    opens_matter = models.BooleanField(default=False)
    contact = AreaForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    identity = AreaForeignKey(SealedIdentity, models.SET_NULL, null=True, related_name="+")
    current = AreaForeignKey(Commitment, models.PROTECT, related_name="receptions")
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    told_text = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True)
    result_on = models.DateField(null=True)
    struck_at = models.DateTimeField(null=True)
    strike_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    is_illustration = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "unit", "year", "number"], name="reception_number_once"),
            models.UniqueConstraint(fields=["home_area", "current"], name="reception_of_one_commitment"),
            models.UniqueConstraint(
                fields=["home_area", "matter"], condition=Q(opens_matter=True), name="reception_opens_a_matter_once"
            ),
            models.CheckConstraint(
                condition=Q(opens_matter=False) | Q(matter__isnull=False), name="reception_opens_what_there_is"
            ),
            models.CheckConstraint(condition=Q(persons__gte=1), name="reception_has_a_person"),
            models.CheckConstraint(
                condition=Q(cases_first__gte=1) | Q(cases_again__gte=1), name="reception_has_a_case"
            ),
            models.CheckConstraint(condition=Q(is_group=False) | Q(persons__gte=2), name="reception_group_is_many"),
            models.CheckConstraint(condition=~Q(summary=""), name="reception_says_something"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="reception_kind_known"),
            models.CheckConstraint(condition=Q(led_by__in=LedBy.values), name="reception_leader_known"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="reception_occasion_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DENUNCIATION) | Q(contact__isnull=True),
                name="reception_denounced_without_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(told="", told_on__isnull=True) | ~Q(told="") & Q(told_on__isnull=False),
                name="reception_told_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, strike_reason="")
                | Q(struck_at__isnull=False) & ~Q(strike_reason=""),
                name="reception_struck_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "received_on", "id"], name="register_of_a_unit"),
            models.Index(fields=["received_on", "id"], name="register_newest"),
        ]


class ReceptionCorrection(AreaModel):
    """What was put right in an entry, why and by whom: one line a value, the old one first; nothing personal."""

    reception = AreaForeignKey(Reception, models.CASCADE, related_name="corrections")
    changes = models.TextField()
    reason = models.CharField(max_length=300)
    label = models.CharField(max_length=120)
    corrected_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reception_corrected_for_a_reason"),
        ]
