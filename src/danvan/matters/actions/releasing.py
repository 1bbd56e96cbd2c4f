"""Giving out a stripped copy of a sealed letter: what the handlers of a denunciation may see of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from danvan.base.errors import Absent
from danvan.matters.actions.enclosures import attach
from danvan.matters.models import Matter
from danvan.people.actions import release_file
from danvan.units.access import Actor


@transaction.atomic
def release_letter(*, identity_id: UUID, number: int, stripped: bytes, by: Actor, at: datetime) -> Matter:
    """Attaches to its matter the copy that a custodian made of a sealed letter, with names and handwriting covered.

    Refuses whoever did not open the identity within seven days, a letter that is not there, and what is no picture.
    The sealed letter stays as it is; the log of the custody says that a copy was given.
    """
    photo = release_file(identity_id=identity_id, number=number, stripped=stripped, by=by, at=at)
    matter = Matter.objects.filter(identity=identity_id).first()
    if matter is None:
        raise Absent
    attach(matter, photo, None, at)
    return matter
