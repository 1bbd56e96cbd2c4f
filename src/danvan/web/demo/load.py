"""Loading the demonstration, all or nothing."""

from datetime import datetime

from django.db import transaction

from danvan.units.access import system
from danvan.web.demo import accounts, listening, petitions, places, present, reporting


@transaction.atomic
def load(*, at: datetime) -> None:
    by = system("trình diễn")
    places.load(by)
    accounts.load(by, at)
    listening.load()
    present.load(at)
    petitions.load(at, present.FOCUS)
    reporting.load_published(by)
    reporting.load_sheets(at)
