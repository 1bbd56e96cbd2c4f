"""What people say, and what they are told."""

from django.db import models
from django.db.models import F, Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.base.files import DigestField
from danvan.commitments.models import Commitment, Step
from danvan.matters.kinds import Field, Finding, Intake, Kind, MeetingState, ReplyBy, Settled, SheetColumn
from danvan.people.models import Contact, SealedIdentity
from danvan.units.models import Area, Post, Unit


class Meeting(AreaModel):
    """A listening meeting: head once, then one row for each opinion. Attendance is a number, never a list of names.

    `chair` is a title, not a person; `began` is for the minutes only.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    chair = models.CharField(max_length=160)
    attendance = models.PositiveIntegerField()
    began = models.TimeField(null=True)
    conclusion = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=MeetingState.choices, default=MeetingState.DRAFT)
    is_illustration = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MeetingState.DRAFT, finished_at__isnull=True)
                | Q(state=MeetingState.FINISHED, finished_at__isnull=False),
                name="meeting_finished_has_a_moment",
            )
        ]
        indexes = [models.Index(fields=["unit", "-held_on", "id"], name="meetings_of_a_unit")]


class Matter(AreaModel):
    """One thing one person raised, as they said it. The clock and its holder are the current commitment's; `holder`
    repeats the latter so that a search asks one table, and every answer is checked against the former.

    Who denounces stands in `identity` alone, sealed; nothing else of a denunciation says how to reach them.
    """

    code = models.CharField(max_length=20)
    pin_key = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    intake = models.CharField(max_length=8, choices=Intake.choices)
    field = models.CharField(max_length=12, choices=Field.choices, default=Field.OTHER)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    content = models.TextField()
    summary = models.CharField(max_length=200)
    fold = models.TextField()
    contact = AreaForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    identity = AreaForeignKey(SealedIdentity, models.SET_NULL, null=True, related_name="+")
    reply_by = models.CharField(max_length=6, choices=ReplyBy.choices, default=ReplyBy.NONE)
    current = AreaForeignKey(Commitment, models.PROTECT, related_name="matters")
    received_on = models.DateField()
    taken_in_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    meeting = AreaForeignKey(Meeting, models.PROTECT, null=True, related_name="matters")
    row = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=160, blank=True)
    letter = AreaForeignKey("matters.Letter", models.PROTECT, null=True, related_name="matters")
    part = models.PositiveSmallIntegerField(null=True)
    case = AreaForeignKey("matters.Case", models.PROTECT, null=True, related_name="matters")
    is_illustration = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "code"], name="matter_code_once"),
            models.UniqueConstraint(fields=["home_area", "letter", "part"], name="matter_part_of_a_letter_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True, part__isnull=True) | Q(letter__isnull=False, part__isnull=False),
                name="matter_of_a_letter_has_its_part",
            ),
            models.UniqueConstraint(fields=["home_area", "current"], name="matter_of_one_current_commitment"),
            models.UniqueConstraint(fields=["home_area", "meeting", "row"], name="matter_row_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="matter_kind_known"),
            models.CheckConstraint(condition=~Q(content=""), name="matter_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DENUNCIATION) | Q(contact__isnull=True, reply_by=ReplyBy.NONE),
                name="matter_denounced_without_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(row__isnull=False), name="matter_of_a_meeting_has_its_row"
            ),
        ]
        indexes = [
            models.Index(fields=["taken_in_by", "received_on", "id"], name="matters_taken_in"),
            models.Index(fields=["holder", "received_on", "id"], name="matters_held"),
            models.Index(fields=["received_on", "id"], name="matters_newest"),
        ]


class MatterCommitment(AreaModel):
    """Which clocks a matter has run through, in turn; a dispute opens the next one."""

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="clocks")
    commitment = AreaForeignKey(Commitment, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "matter", "ordinal"], name="matter_clock_once"),
            models.UniqueConstraint(fields=["home_area", "commitment"], name="matter_of_one_commitment"),
        ]


class Entry(AreaModel):
    """The words of one step: a question, an addition, a reason, an answer. Its hash stands in the step."""

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="entries")
    step = AreaForeignKey(Step, models.PROTECT, related_name="+")
    text = models.TextField()
    is_internal = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [models.UniqueConstraint(fields=["home_area", "step"], name="entry_of_one_step")]


class Point(AreaModel):
    """One request inside a matter; an answer cannot be given while one of them has none.

    In a case each point is a content of its own: it may be withdrawn alone, and a decision finds on each.
    """

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="points")
    ordinal = models.PositiveSmallIntegerField()
    request = models.CharField(max_length=500)
    answer = models.TextField(blank=True)
    finding = models.CharField(max_length=8, choices=Finding.choices, blank=True)
    withdrawn_on = models.DateField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [models.UniqueConstraint(fields=["home_area", "matter", "ordinal"], name="point_once")]


class Attachment(AreaModel):
    """A file that came with a matter, re-made without metadata and kept by the hash of its content.

    `number` counts them from 1 in the order in which they came. `step`: with which one it came first; `with_act`: with
    an act of a case. Where it stands besides, and where those of acts stand, is said by `Placement`.
    """

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="attachments")
    step = AreaForeignKey(Step, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    digest = DigestField()
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    with_act = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "matter", "digest"], name="attachment_once"),
            models.UniqueConstraint(fields=["home_area", "matter", "number"], name="attachment_number_once"),
        ]


class Verdict(AreaModel):
    """What the citizen says of the answer: is it settled, and how was it to deal with us (1 to 5)."""

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="verdicts")
    commitment = AreaForeignKey(Commitment, models.PROTECT, related_name="+")
    settled = models.CharField(max_length=6, choices=Settled.choices)
    score = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "commitment"], name="verdict_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="verdict_score_1_to_5"
            ),
        ]


class MeetingRow(AreaModel):
    """A row of the meeting's grid while it is being typed; it becomes a matter when the meeting is finished.

    `key` is made where the row is typed, so that a row sent twice is kept once; `version` counts its saves, so that
    nobody overwrites what somebody else typed; `writer` is the open page that saved it last. `field_typed` and
    `unit_typed` hold words that name no field or unit.
    """

    meeting = AreaForeignKey(Meeting, models.CASCADE, related_name="rows")
    key = models.CharField(max_length=36)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField()
    content = models.TextField(blank=True)
    field = models.CharField(max_length=12, choices=Field.choices, blank=True)
    field_typed = models.CharField(max_length=120, blank=True)
    hamlet = models.CharField(max_length=120, blank=True)
    answered_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_typed = models.CharField(max_length=160, blank=True)
    answer = models.TextField(blank=True)
    writer = models.CharField(max_length=36, blank=True)
    saved_at = models.DateTimeField()

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "meeting", "position"], name="meeting_row_once"),
            models.UniqueConstraint(fields=["home_area", "meeting", "key"], name="meeting_row_key_once"),
        ]


class OpinionSheet(AreaModel):
    """A spreadsheet of opinions that a unit handed in; the same file is loaded once, however often it is sent."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    digest = DigestField()
    name = models.CharField(max_length=120)
    handed_in_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)
    rows_loaded = models.PositiveIntegerField(default=0)
    rows_left_out = models.PositiveIntegerField(default=0)
    meetings_loaded = models.PositiveIntegerField(default=0)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "unit", "digest"], name="opinion_sheet_once"),
        ]
        indexes = [models.Index(fields=["unit", "-handed_in_at"], name="opinion_sheets_of_a_unit")]


class SheetHeading(AreaModel):
    """Which of our columns a unit once said one of its own headings means."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    heading = models.CharField(max_length=120)
    column = models.CharField(max_length=12, choices=SheetColumn.choices)

    class Meta(AreaModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["home_area", "unit", "heading"], name="sheet_heading_once"),
        ]


class ReceptionDay(AreaModel):
    """One reception session in numbers; turns, persons, groups and cases are counted apart (TT 01/2024, 01/TCD)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    held_on = models.DateField()
    turns = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    groups = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField()
    led_by_head = models.BooleanField(default=False)
    source = models.CharField(max_length=160, blank=True)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    is_illustration = models.BooleanField(default=False)

    class Meta(AreaModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=F("turns")), name="reception_turn_has_a_person"),
            models.CheckConstraint(condition=Q(groups__lte=F("turns")), name="reception_group_is_a_turn"),
        ]
        indexes = [models.Index(fields=["unit", "held_on"], name="receptions_of_a_unit")]
