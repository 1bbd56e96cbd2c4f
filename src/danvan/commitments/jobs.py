"""The night shift of the core."""

from datetime import datetime, timedelta

from danvan.base.jobs import nightly
from danvan.commitments.actions import lapse_unconfirmed, pass_on_of_ended, squash_tallies, take_checkpoint


@nightly("lapse-unconfirmed", every=timedelta(hours=24))
def lapse(at: datetime) -> None:
    lapse_unconfirmed(at=at)


@nightly("squash-tallies", every=timedelta(hours=6))
def squash(at: datetime) -> None:
    squash_tallies(at=at)


@nightly("audit-checkpoint", every=timedelta(hours=24))
def checkpoint(at: datetime) -> None:
    take_checkpoint(at=at)


@nightly("pass-on-of-ended", every=timedelta(hours=6))
def pass_on(at: datetime) -> None:
    pass_on_of_ended(at=at)
