"""Reading the dated trees: names on a day, search by old and new names, successors, ancestors."""

from danvan.units.queries.agencies import (
    shard_of_unit,
    shards_of_units,
    unit_in_force,
    unit_names,
    units_below,
)
from danvan.units.queries.areas import area_named, area_names, communes_of, provinces, shard_of_area
from danvan.units.queries.meant import unit_meant
from danvan.units.queries.search import Place, known_area, search_areas, successors_today
from danvan.units.queries.seats import Seat, seat_at, seat_of, unit_answering_for
from danvan.units.queries.signing import signer_of

__all__ = [
    "Place",
    "Seat",
    "area_named",
    "area_names",
    "communes_of",
    "known_area",
    "provinces",
    "search_areas",
    "seat_at",
    "seat_of",
    "shard_of_area",
    "shard_of_unit",
    "shards_of_units",
    "signer_of",
    "successors_today",
    "unit_answering_for",
    "unit_in_force",
    "unit_meant",
    "unit_names",
    "units_below",
]
