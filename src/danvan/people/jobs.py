from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.people import actions


@nightly("erase-expired-contacts", every=timedelta(hours=24))
def erase_expired(at: datetime) -> None:
    actions.erase_expired(at=at)
