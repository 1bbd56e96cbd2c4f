"""The night shift of matters."""

from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.matters.actions import forget_marks, learn_topics, realign_holders, renew_received, renew_running


@nightly("renew-contacts-of-running-matters", every=timedelta(hours=24))
def renew_contacts(at: datetime) -> None:
    renew_running(at=at)


@nightly("renew-contacts-of-receptions", every=timedelta(hours=24))
def renew_those_received(at: datetime) -> None:
    renew_received(at=at)


@nightly("realign-holders-of-matters", every=timedelta(hours=24))
def realign(at: datetime) -> None:
    del at
    realign_holders()


@nightly("forget-marks-of-old-matters", every=timedelta(hours=24))
def forget(at: datetime) -> None:
    forget_marks(at=at)


@nightly("learn-fields-of-matters", every=timedelta(hours=24))
def learn(at: datetime) -> None:
    del at
    learn_topics()
