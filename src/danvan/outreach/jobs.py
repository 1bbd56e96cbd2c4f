from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django_tasks import task

from danvan.base.clock import now
from danvan.base.jobs import TryAgain, nightly
from danvan.outreach import actions

LETTERS_KEPT = timedelta(days=30)


@task()
def deliver(notice_id: str) -> None:
    if not actions.deliver(notice_id=UUID(notice_id), at=now()):
        raise TryAgain


@nightly("deliver-forgotten-notices", every=timedelta(hours=24))
def deliver_forgotten(at: datetime) -> None:
    actions.deliver_forgotten(at=at)


@nightly("discard-letters", every=timedelta(hours=24))
def discard_letters(at: datetime) -> None:
    """Letters written to the disk for want of a mail server name an address in the open, so they do not stay."""
    for letter in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if letter.stat().st_mtime < (at - LETTERS_KEPT).timestamp():
            letter.unlink(missing_ok=True)
