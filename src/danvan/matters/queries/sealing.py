"""Whether the portal may take denunciations at all."""

from datetime import date

from danvan.people.access import standing
from danvan.people.kinds import Side


def denunciations_taken(on: date) -> bool:
    """Some unit has a keyed custodian on both sides; whether the one of the place has, is asked with the place."""
    keyed = set(standing(on).filter(public_key__isnull=False).values_list("unit_id", "side"))
    return any({(unit, side) for side in Side} <= keyed for unit, _side in keyed)
