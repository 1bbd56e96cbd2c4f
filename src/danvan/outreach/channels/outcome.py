from dataclasses import dataclass

from danvan.outreach.kinds import Delivery


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt; `WAITING` means a passing failure, to be tried again.

    `receipt` says it to the officer and names no person.
    """

    state: Delivery
    receipt: str = ""
