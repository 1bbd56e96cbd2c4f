"""Learning, at night, which field the office gives to which words."""

import json
from dataclasses import asdict

from django.db.models import Q

from danvan.matters.kinds import Field, Intake, Kind
from danvan.matters.models import Matter
from danvan.matters.queries.topics import topics_file
from danvan.rules.ledger import State
from danvan.rules.topics import Model, train

MOST = 4_000
"""The newest so many: learning from them takes the night job minutes, and offices change their ways."""
HANDLED = (State.ANSWERED, State.CONFIRMED, State.DISPUTED, State.LAPSED, State.SETTLED)


def learn_topics() -> Model | None:
    """Learns from matters whose field an officer gave or answered under, and leaves the weights in a plain file.

    Left out: denunciations, illustrations, “lĩnh vực khác”. With too few of them an earlier file is taken away, so that
    nothing is suggested on the strength of what is no longer there.
    """
    decided = ~Q(intake=Intake.PORTAL) | Q(current__state__in=HANDLED)
    rows = Matter.objects.filter(decided, is_illustration=False).exclude(kind=Kind.DENUNCIATION)
    newest = rows.exclude(field=Field.OTHER).order_by("-received_on", "-id").values_list("content", "field")[:MOST]
    model = train(list(newest)[::-1])
    if model is None:
        topics_file().unlink(missing_ok=True)
        return None
    aside = topics_file().with_suffix(".new")
    aside.write_text(json.dumps(asdict(model), ensure_ascii=False), encoding="utf-8")
    aside.chmod(0o600)
    aside.replace(topics_file())
    return model
