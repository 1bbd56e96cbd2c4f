"""The night shift of matters."""

from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.matters.actions import renew_running


@nightly("renew-contacts-of-running-matters", every=timedelta(hours=24))
def renew_contacts(at: datetime) -> None:
    renew_running(at=at)
