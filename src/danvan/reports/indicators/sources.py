"""How an indicator is drawn: always from what the system recorded anyway, never typed a second time."""

from dataclasses import dataclass
from enum import StrEnum

from danvan.commitments.kinds import Measure


@dataclass(frozen=True)
class Tallied:
    """Steps of some kinds of commitments, counted at the unit that held them, on the day of the step."""

    kinds: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class InHand:
    """Commitments not yet answered at the beginning of the period, or at its end."""

    kinds: tuple[str, ...]
    at_end: bool


class OfMeetings(StrEnum):
    HELD = "held"
    ATTENDANCE = "attendance"
    OPINIONS = "opinions"
    ON_THE_SPOT = "on-the-spot"


@dataclass(frozen=True)
class Meetings:
    """Finished listening meetings of the unit, on the day they were held."""

    what: OfMeetings


class OfReceptions(StrEnum):
    SESSIONS = "sessions"
    LED_BY_HEAD = "led-by-head"
    TURNS = "turns"
    PERSONS = "persons"
    GROUPS = "groups"
    CASES = "cases"


@dataclass(frozen=True)
class Receptions:
    """Reception sessions of the unit, on the day they were held."""

    what: OfReceptions


@dataclass(frozen=True)
class Total:
    """Other indicators added and taken away; computed whenever it is shown, never stored."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ratio:
    """One indicator over another, in percent; computed whenever it is shown, never stored."""

    numerator: str
    denominator: str


Drawn = Tallied | InHand | Meetings | Receptions
Source = Drawn | Total | Ratio
