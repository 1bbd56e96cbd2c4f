"""What goes into a count and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.rules.phrase import Phrase, Say

if TYPE_CHECKING:
    from danvan.rules.clock.table import ClockRule


class ClockRefused(ValueError):
    """No deadline can be given; `sentence` says why in Vietnamese, `code` is for machines."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still on [start, end): the day it stops is not counted, the day it resumes is.

    An open pause (`end` None) is still running: the dates are then those of resuming at once.
    """

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """Days granted on top, in the unit of the rule."""

    days: int
    reason: str = ""


@dataclass(slots=True)
class Run:
    """Consecutive days, as ordinals and both included, that were "counted", "skipped" or a "pause"."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Count:
    """A finished count, before it is put into sentences. `limit` is the term without the extensions."""

    rule: "ClockRule"
    start: date
    limit: int
    remote: bool
    complex_: bool
    extensions: tuple[Extension, ...]
    runs: list[Run]
    statutory: date
    rolled: date
    held_since: date | None
    unconfirmed: tuple[int, ...]
    if_unproven_off: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the explanation: what happened from `start` to `end` (both included) and how many days it counted.

    The counted, skipped and pause lines tile the days after day zero up to the statutory date, in order.
    """

    kind: str
    start: date
    end: date
    phrase: Phrase
    days: int = 0

    @property
    def text(self) -> str:
        return self.said(str)

    def said(self, say: Say) -> str:
        sentence = self.phrase.said(say)
        return sentence[:1].upper() + sentence[1:]

    def as_json(self) -> dict[str, Any]:
        return {
            "date": self.start.isoformat(),
            "until": self.end.isoformat(),
            "kind": self.kind,
            "days": self.days,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """Alarm on `due_statutory`; count "overdue" only after `due_rolled`, which ends on a working day.

    `provisional`: the calendar it rests on is not confirmed, so the dates may move. `suspended`: an open pause holds
    the clock. `due_if_unproven_off`: the rolled date if the days nobody has enacted were off, where it differs.
    """

    rule: "ClockRule"
    version: str
    day_zero: date
    due_statutory: date
    due_rolled: date
    explanation: tuple[Line, ...]
    provisional: bool = False
    suspended: bool = False
    due_if_unproven_off: date | None = None

    def is_late(self, on: date) -> bool:
        """Nothing is late while the clock is suspended or on the due day itself."""
        return not self.suspended and on > self.due_rolled

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "version": self.version,
            "title": self.rule.title,
            "source": self.rule.source,
            "evidence": self.rule.evidence,
            "start": self.day_zero.isoformat(),
            "due_statutory": self.due_statutory.isoformat(),
            "due_rolled": self.due_rolled.isoformat(),
            "due_if_unproven_off": self.due_if_unproven_off and self.due_if_unproven_off.isoformat(),
            "provisional": self.provisional,
            "suspended": self.suspended,
            "explanation": [line.as_json() for line in self.explanation],
        }
