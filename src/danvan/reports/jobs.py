"""The night shift of reporting."""

from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.reports.actions import open_due_sheets
from danvan.units.access import system


@nightly("open-due-sheets", every=timedelta(hours=24))
def open_sheets(at: datetime) -> None:
    """Periods close on the 14th; their sheets are open on the 15th."""
    open_due_sheets(by=system("mở biểu kỳ"), at=at)
