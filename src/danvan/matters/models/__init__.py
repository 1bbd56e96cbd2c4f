"""What people say and are told (`said`); letters, cases and acts (`cases`); where files stand (`files`); reception of
citizens (`receptions`); which matters look alike and belong together (`likeness`); what was put before everybody, and
saved lists (`published`).
"""

from danvan.matters.models.cases import Act, Case, CaseCriterion, CaseFigure, Letter, Stage
from danvan.matters.models.files import Placement
from danvan.matters.models.likeness import LikenessMark, MatterLink
from danvan.matters.models.published import PublishedAnswer, SavedView
from danvan.matters.models.receptions import Reception, ReceptionCorrection, ReceptionSlot
from danvan.matters.models.said import (
    Attachment,
    Entry,
    Matter,
    MatterCommitment,
    Meeting,
    MeetingRow,
    OpinionSheet,
    Point,
    ReceptionDay,
    SheetHeading,
    Verdict,
)

__all__ = [
    "Act",
    "Attachment",
    "Case",
    "CaseCriterion",
    "CaseFigure",
    "Entry",
    "Letter",
    "LikenessMark",
    "Matter",
    "MatterCommitment",
    "MatterLink",
    "Meeting",
    "MeetingRow",
    "OpinionSheet",
    "Placement",
    "Point",
    "PublishedAnswer",
    "Reception",
    "ReceptionCorrection",
    "ReceptionDay",
    "ReceptionSlot",
    "SavedView",
    "SheetHeading",
    "Stage",
    "Verdict",
]
