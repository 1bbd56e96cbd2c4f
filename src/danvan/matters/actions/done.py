"""What an officer gives with an act of a procedure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from danvan.matters.kinds import Figure, Finding, Outcome, Reason


@dataclass(frozen=True)
class Done:
    """What comes with an act, values as typed. `on` is the day of its paper, today where not given; `points` are
    ordinals, `findings` maps them to what was found, `evidence` to the files that show it; `figures` are results in
    numbers, `files` what goes with the act as a whole.
    """

    text: str = ""
    on: date | None = None
    number: str = ""
    signer: str = ""
    addressee: str = ""
    place: str = ""
    until: date | None = None
    unit_id: UUID | None = None
    case_id: UUID | None = None
    days: int = 0
    reason: Reason | str = ""
    outcome: Outcome | str = ""
    points: tuple[int, ...] = ()
    findings: Mapping[int, Finding] = field(default_factory=dict)
    figures: Mapping[Figure, Decimal] = field(default_factory=dict)
    rule_on: date | None = None
    is_remote: bool | None = None
    criteria: frozenset[str] | None = None
    files: Sequence[bytes] = ()
    evidence: Mapping[int, Sequence[bytes]] = field(default_factory=dict)

    def parts(self) -> frozenset[str]:
        there = {
            "text": self.text.strip(), "number": self.number.strip(), "addressee": self.addressee.strip(),
            "place": self.place.strip(), "until": self.until, "unit": self.unit_id, "case": self.case_id,
            "days": self.days > 0, "reason": self.reason, "outcome": self.outcome, "points": self.points,
        }  # fmt: skip
        return frozenset(name for name, value in there.items() if value)
