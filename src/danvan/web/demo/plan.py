"""The generated opinions as a plan: who hears what and when, decided by a seed and summing to what was published."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from typing import Any

MEETINGS_2023 = 360
OPINIONS_2023 = 2680


@dataclass(frozen=True)
class Illustration:
    """One generated opinion. `answer` is empty where it was not answered on the spot."""

    field: str
    place: str
    said: str
    answer: str
    on_the_spot: bool


def texts() -> dict[str, Any]:
    return tomllib.loads((files("danvan.web.demo") / "opinions.toml").read_text(encoding="utf-8"))


def illustrations(rng: Random, count: int, security_share: float) -> Iterator[Illustration]:
    """`count` opinions; the first share of them about security, as at meetings of the police."""
    book = texts()
    places: list[str] = book["places"]["names"]
    others = [name for name in book if name not in {"places", "security"}]
    for _ in range(count):
        field = "security" if rng.random() < security_share else rng.choice(others)
        place = rng.choice(places)
        said = rng.choice(book[field]["said"]).format(place=place)
        yield Illustration(field, place, said, rng.choice(book[field]["answered"]), rng.random() < 0.45)


def split(total: int, parts: int, rng: Random, least: int) -> list[int]:
    """`total` as a sum of `parts` whole numbers, each at least `least`."""
    sizes = [least] * parts
    for _ in range(total - least * parts):
        sizes[rng.randrange(parts)] += 1
    return sizes


def meeting_days(rng: Random, year: int, count: int) -> list[date]:
    """`count` weekdays of a year, none in its first or last ten days, in order."""
    days: list[date] = []
    while len(days) < count:
        day = date(year, 1, 11) + timedelta(days=rng.randrange(343))
        if day.weekday() < 5:
            days.append(day)
    return sorted(days)


def hosts(rng: Random, units: Sequence[str], count: int) -> list[str]:
    """Every unit hosts at least one meeting where there are enough, the rest fall at random."""
    chosen = list(units)[:count]
    chosen += [rng.choice(units) for _ in range(count - len(chosen))]
    rng.shuffle(chosen)
    return chosen
