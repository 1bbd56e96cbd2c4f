"""What people say and what they are told (`said`); letters, cases and the acts of a procedure (`cases`)."""

from danvan.matters.models.cases import Act, Case, CaseCriterion, CaseFigure, Letter, Stage
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
    "Matter",
    "MatterCommitment",
    "Meeting",
    "MeetingRow",
    "OpinionSheet",
    "Point",
    "ReceptionDay",
    "SheetHeading",
    "Stage",
    "Verdict",
]
