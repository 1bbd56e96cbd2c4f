"""Accounting: what units reported, as they signed it, and what was printed about us elsewhere."""

from django.db import models
from django.db.models import Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.commitments.models import Commitment
from danvan.reports.kinds import Authority, Scope, SheetState
from danvan.rules.periods import Period, parse
from danvan.units.models import Post, Unit

SIGNED_PARTS = ("signed_at__isnull", "signed_on__isnull", "signed_by__isnull")


class Sheet(AreaModel):
    """The figures of one unit for one period of a regime.

    A draft holds no figure: it is drawn from the records each time somebody looks. Signing freezes everything a reader
    sees into `content` (canonical JSON) with its SHA-256, and the drawn figures into cells that roll-ups add. A signed
    sheet never changes; putting it right means a new version that says why.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.OWN)
    regime = models.CharField(max_length=20)
    period = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True)
    commitment = AreaForeignKey(Commitment, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.DRAFT)
    signed_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    content = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["home_area", "unit", "regime", "period", "scope", "version"], name="sheet_version_once"
            ),
            models.UniqueConstraint(
                fields=["home_area", "unit", "regime", "period", "scope"],
                condition=Q(state=SheetState.DRAFT),
                name="sheet_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.DRAFT, content="", digest="", **dict.fromkeys(SIGNED_PARTS, True))
                | Q(~Q(content=""), ~Q(digest=""), state=SheetState.SIGNED, **dict.fromkeys(SIGNED_PARTS, False)),
                name="sheet_signed_is_sealed",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="sheet_correction_says_why"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="sheet_period_has_days"),
        ]
        indexes = [
            # the sheets of one unit, newest first
            models.Index(fields=["unit", "-starts_on", "-id"], name="sheets_of_a_unit"),
            # who has signed in a period
            models.Index(fields=["regime", "period", "unit"], name="sheets_of_a_period"),
        ]

    @property
    def span(self) -> Period:
        return parse(self.period)

    @property
    def is_signed(self) -> bool:
        return self.state == SheetState.SIGNED


class Cell(AreaModel):
    """One drawn figure of a signed sheet. Totals and rates are never stored."""

    sheet = AreaForeignKey(Sheet, models.CASCADE, related_name="cells")
    indicator = models.CharField(max_length=40)
    value = models.BigIntegerField()

    class Meta(AreaModel.Meta):
        constraints = [models.UniqueConstraint(fields=["home_area", "sheet", "indicator"], name="cell_once")]


class CheckAnswer(AreaModel):
    """Why a figure that looks wrong is right all the same, over the name of whoever says so."""

    sheet = AreaForeignKey(Sheet, models.CASCADE, related_name="answers")
    finding = models.CharField(max_length=120)
    text = models.CharField(max_length=500)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "sheet", "finding"], name="check_answer_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="check_answer_says_who_and_why"),
        ]


class OfficialReport(AreaModel):
    """How a signed sheet goes out as a paper: number, place, day, signer, recipients, and the words people add."""

    sheet = AreaForeignKey(Sheet, models.PROTECT, related_name="papers")
    number = models.CharField(max_length=10, blank=True)
    symbol = models.CharField(max_length=40)
    place = models.CharField(max_length=80)
    issued_on = models.DateField()
    addressee = models.CharField(max_length=160, blank=True)
    assessment = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    authority = models.CharField(max_length=4, choices=Authority.choices, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120)
    signer_name = models.CharField(max_length=120)
    recipients = models.TextField()
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        indexes = [models.Index(fields=["sheet", "-id"], name="papers_of_a_sheet")]


class PublishedFigure(AreaModel):
    """A figure printed somewhere about people-facing work, kept as printed, with its source.

    A printed rate brings the two terms it was printed with, so that it can be held against them.
    """

    label = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    decimals = models.PositiveSmallIntegerField(default=0)
    qualifier = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=40)
    part = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    whole = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    place = models.CharField(max_length=160)
    period = models.CharField(max_length=120)
    source = models.CharField(max_length=240)
    source_date = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "source", "label", "period"], name="published_figure_once"),
            models.CheckConstraint(
                condition=Q(part__isnull=True, whole__isnull=True) | Q(part__isnull=False, whole__isnull=False),
                name="published_rate_has_both_terms",
            ),
        ]
