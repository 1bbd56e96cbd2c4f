"""Letters as they are registered, the cases they raise, and what the office does in a case."""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.commitments.models import Commitment, Step
from danvan.matters.kinds import (
    Category,
    Figure,
    Flaw,
    Language,
    LetterWay,
    Outcome,
    Reason,
    SameWhy,
    Writer,
)
from danvan.rules.clock import complexity_criteria
from danvan.rules.procedure import ACTS, CLOSED, PHASE_NAMES, Phase, Procedure
from danvan.units.models import Post, Unit


class Letter(AreaModel):
    """One letter in the register of a unit: what it is as a paper, apart from the matters it raises.

    A letter is told by its contents, never by its title. `flaw` empty: it meets the conditions for handling (Thông tư
    05/2021/TT-TTCP). `signers` counts names under it; who they are stands in the vault alone.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_on = models.DateField()
    way = models.CharField(max_length=8, choices=LetterWay.choices)
    writer = models.CharField(max_length=12, choices=Writer.choices)
    signers = models.PositiveIntegerField(default=1)
    forwarded_by = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.VIETNAMESE)
    is_translated = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    flaw = models.CharField(max_length=12, choices=Flaw.choices, blank=True)
    same_as = AreaForeignKey("self", models.PROTECT, null=True, related_name="repeats")
    same_why = models.CharField(max_length=10, choices=SameWhy.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    sorted_on = models.DateField(null=True)
    registered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()
    source = models.CharField(max_length=160, blank=True)
    is_illustration = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "unit", "year", "number"], name="letter_number_once"),
            models.CheckConstraint(condition=Q(signers__gte=1), name="letter_has_a_writer"),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True, same_why="") | Q(same_as__isnull=False) & ~Q(same_why=""),
                name="letter_repeated_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(sorted_on__isnull=True) | Q(sorted_on__gte=F("received_on")), name="letter_sorted_after"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "received_on", "id"], name="letters_received"),
            models.Index(fields=["unit", "sorted_on"], name="letters_sorted"),
        ]


class Case(AreaModel):
    """A complaint or denunciation under handling. Several letters may raise one case; `lead` is the matter it began
    with, whose story is the case's.

    `against` is the unit whose decision, act or staff is concerned, `against_text` in words where it is none of ours;
    never a private person; `is_against_head`: its head or deputy head. `known_on`: when the complainant learned of what
    is complained of (Luật Khiếu nại, Điều 9).
    """

    lead = AreaForeignKey("matters.Matter", models.PROTECT, related_name="led")
    procedure = models.CharField(max_length=16, choices=[(p.value, p.value) for p in Procedure])
    phase = models.CharField(max_length=12, choices=[(p.value, PHASE_NAMES[p]) for p in Phase])
    category = models.CharField(max_length=10, choices=Category.choices)
    subject = models.CharField(max_length=300)
    against = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    against_text = models.CharField(max_length=200, blank=True)
    is_against_head = models.BooleanField(default=False)
    known_on = models.DateField(null=True)
    is_remote = models.BooleanField(default=False)
    previous = AreaForeignKey("self", models.PROTECT, null=True, related_name="later")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    raised_on = models.DateField()
    accepted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    is_on_time = models.BooleanField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "lead"], name="case_of_one_lead"),
            models.UniqueConstraint(fields=["home_area", "id", "lead"], name="case_with_its_lead"),
            models.CheckConstraint(condition=Q(phase__in=[p.value for p in Phase]), name="case_phase_known"),
            models.CheckConstraint(
                condition=Q(procedure__in=[p.value for p in Procedure]), name="case_procedure_known"
            ),
            models.CheckConstraint(
                condition=~Q(phase=Phase.DECIDED) | ~Q(outcome="") & Q(decided_on__isnull=False),
                name="case_decided_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(phase__in=sorted(CLOSED)) | Q(closed_on__isnull=False), name="case_closed_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(accepted_on__lte=F("decided_on")), name="case_decided_after"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "raised_on", "id"], name="cases_held"),
            models.Index(fields=["holder", "decided_on"], name="cases_decided"),
        ]


class CaseCriterion(AreaModel):
    """A ticked sign of complexity (Nghị định 31/2019/NĐ-CP, Điều 3): one makes a case complex, two specially so."""

    case = AreaForeignKey(Case, models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=24)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "case", "criterion"], name="criterion_once"),
            models.CheckConstraint(condition=Q(criterion__in=sorted(complexity_criteria())), name="criterion_known"),
        ]


class Stage(AreaModel):
    """One clock of a case; which, is said in `rules/procedure.py`."""

    case = AreaForeignKey(Case, models.CASCADE, related_name="stages")
    commitment = AreaForeignKey(Commitment, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    ordinal = models.PositiveSmallIntegerField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "case", "ordinal"], name="stage_once"),
            models.UniqueConstraint(fields=["home_area", "commitment"], name="stage_of_one_commitment"),
        ]
        indexes = [
            # cases whose accepting was begun again are few; a statutory form asks for all of them
            models.Index(fields=["case"], condition=Q(name="accept", ordinal__gt=1), name="stages_accepted_again"),
        ]


class Act(AreaModel):
    """What the office did in a case, and under which number it is on paper. Its words are those of the step.

    `on` is the day of the paper, `recorded_at` when it was written down here; where they differ, both are shown.
    """

    case = AreaForeignKey(Case, models.CASCADE, related_name="acts")
    step = AreaForeignKey(Step, models.PROTECT, null=True, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=24)
    on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "case", "ordinal"], name="act_once"),
            models.CheckConstraint(condition=Q(key__in=sorted(ACTS)), name="act_known"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="act_lasts_forward"),
        ]


class CaseFigure(AreaModel):
    """A result in numbers, as the statistical forms ask for it: money, land, persons dealt with."""

    case = AreaForeignKey(Case, models.CASCADE, related_name="figures")
    key = models.CharField(max_length=24, choices=Figure.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "case", "key"], name="case_figure_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="case_figure_is_a_quantity"),
        ]
