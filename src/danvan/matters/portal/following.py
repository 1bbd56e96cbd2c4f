"""How an earlier matter fares, in the words of the public timeline."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from danvan.matters.models import Matter
from danvan.matters.queries.files import BETWEEN_OFFICES
from danvan.matters.queries.likeness import Followed, followed_by
from danvan.rules.ledger import MOVES


def following(matter: Matter, on: date) -> list[Followed]:
    return [
        replace(one, steps=[(_(MOVES[verb].done), at) for verb, at in one.steps if verb not in BETWEEN_OFFICES])
        for one in followed_by(matter, on)
    ]
