"""From a sheet in sight to its paper."""

from datetime import date
from uuid import UUID

from danvan.base.errors import Absent
from danvan.base.official import Paper
from danvan.reports.access import sheets_in_sight
from danvan.reports.content import read
from danvan.reports.documents.paper import head_of, paper_of, usual_head
from danvan.reports.models import OfficialReport
from danvan.reports.queries.sheets import content_of, sheet_seen_by
from danvan.units.access import Actor


def draft_paper(by: Actor, sheet_id: UUID, on: date) -> Paper:
    """What the paper of a sheet would look like today, marked as a draft."""
    content = content_of(sheet_seen_by(by, sheet_id), on)
    return paper_of(content, usual_head(content, on), is_draft=True)


def issued_paper(by: Actor, paper_id: UUID) -> Paper:
    """A paper as it was kept; `Absent` where it, or its sheet, is not this actor's to see."""
    row = OfficialReport.objects.select_related("sheet").filter(pk=paper_id, sheet__in=sheets_in_sight(by)).first()
    if row is None:
        raise Absent
    return paper_of(read(row.sheet.content), head_of(row), is_draft=False)
