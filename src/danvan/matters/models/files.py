"""Where files stand: at a point as its evidence, with an act of a case, again with a later step."""

from django.db import models
from django.db.models import Q

from danvan.base.area import AreaForeignKey, AreaModel
from danvan.base.references import SameOwner
from danvan.commitments.models import Step
from danvan.matters.models.cases import Case
from danvan.matters.models.said import Matter


class Placement(AreaModel):
    """One place of a file of a matter: at a point of it, with an act of its case, or with a step later than its first.

    A file keeps its one number wherever it stands. `point` and `act` are ordinals. Evidence came with the step that
    answered the point; of acts some take no step. Whoever may see the place may see the file.
    """

    matter = AreaForeignKey(Matter, models.CASCADE, related_name="placements")
    number = models.PositiveSmallIntegerField()
    step = AreaForeignKey(Step, models.PROTECT, null=True, related_name="+")
    point = models.PositiveSmallIntegerField(null=True)
    case = AreaForeignKey(Case, models.CASCADE, null=True, related_name="+")
    act = models.PositiveSmallIntegerField(null=True)

    class Meta(AreaModel.Meta):
        constraints = [
            SameOwner(fields=["home_area", "matter", "number"], to="matters.Attachment",
                      to_fields=["home_area", "matter", "number"], name="placement_of_a_file_of_the_matter"),
            SameOwner(fields=["home_area", "matter", "point"], to="matters.Point",
                      to_fields=["home_area", "matter", "ordinal"], name="placement_at_a_point_of_the_matter"),
            SameOwner(fields=["home_area", "case", "act"], to="matters.Act",
                      to_fields=["home_area", "case", "ordinal"], name="placement_with_an_act_of_the_case"),
            SameOwner(fields=["home_area", "case", "matter"], to="matters.Case",
                      to_fields=["home_area", "id", "lead"], name="placement_in_the_case_of_the_matter"),
            models.CheckConstraint(
                condition=Q(step__isnull=False) | Q(act__isnull=False), name="placement_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True, act__isnull=True) | Q(case__isnull=False, act__isnull=False),
                name="placement_of_an_act_in_its_case",
            ),
            models.CheckConstraint(
                condition=Q(point__isnull=True) | Q(step__isnull=False), name="placement_at_a_point_by_a_step"
            ),
            models.UniqueConstraint(
                fields=["home_area", "step", "point", "number"], condition=Q(point__isnull=False),
                name="evidence_once",
            ),
            models.UniqueConstraint(
                fields=["home_area", "case", "act", "number"], condition=Q(point__isnull=True),
                name="file_of_an_act_once",
            ),
            models.UniqueConstraint(
                fields=["home_area", "step", "number"], condition=Q(point__isnull=True, act__isnull=True),
                name="file_of_a_step_once",
            ),
        ]  # fmt: skip
