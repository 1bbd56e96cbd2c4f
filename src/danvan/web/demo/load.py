"""Loading the demonstration, all or nothing."""

from datetime import datetime

from django.db import transaction

from danvan.base.clock import day_of
from danvan.units.access import system
from danvan.web.demo import accounts, listening, places, present


@transaction.atomic
def load(*, at: datetime) -> None:
    by = system("trình diễn")
    places.load(by)
    accounts.load(by, day_of(at))
    listening.load()
    present.load(at)
