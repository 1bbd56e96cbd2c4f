from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.people import actions


@nightly("erase-expired-contacts", every=timedelta(hours=24))
def erase_expired(at: datetime) -> None:
    actions.erase_expired(at=at)


@nightly("dispose-identities", every=timedelta(hours=24))
def dispose_identities(at: datetime) -> None:
    actions.dispose_identities(at=at)


@nightly("clear-lapsed-openings", every=timedelta(hours=1))
def clear_lapsed(at: datetime) -> None:
    actions.clear_lapsed(at=at)
