"""In what capacity somebody may act on a commitment."""

from datetime import date

from danvan.base.errors import Forbidden
from danvan.commitments.models import Commitment
from danvan.rules.ledger import Actor as Capacity
from danvan.rules.ledger import Move, Standing, State, Track, choices
from danvan.units.access import Actor, sees
from danvan.units.roles import Permission


def capacities(by: Actor, commitment: Commitment, on: date) -> frozenset[Capacity]:
    """The ledger's capacities of this actor on this day.

    A citizen is the asker: whoever calls has checked code and PIN. An officer of the unit that owes is the holder; of
    the unit that took it in, the clerk; of the unit it is owed to, the asker. Supervising reaches as far as the role's
    sight.
    """
    if by.is_citizen:
        return frozenset({Capacity.ASKER})
    if by.is_system:
        return frozenset({Capacity.SYSTEM})
    return frozenset(_of_officer(by, commitment, on))


def _of_officer(by: Actor, commitment: Commitment, on: date) -> set[Capacity]:
    found = set()
    if (by.may(Permission.MATTER_HANDLE) or by.may(Permission.SHEET_SIGN)) and by.unit_id == commitment.owed_by_id:
        found.add(Capacity.HOLDER)
    if by.may(Permission.MATTER_TAKE_IN) and by.unit_id == commitment.opened_by_unit_id:
        found.add(Capacity.CLERK)
    if by.may(Permission.MATTER_HANDLE) and by.unit_id == commitment.owed_to_unit_id:
        found.add(Capacity.ASKER)
    if by.may(Permission.MATTER_SUPERVISE) and sees(by, commitment.owed_by_id, on):
        found.add(Capacity.SUPERVISOR)
    return found


def capacity_for(move: Move, held: frozenset[Capacity]) -> Capacity:
    """The capacity in which a move is made, the most specific first; refuses where none fits.

    Nobody closes their own promise where the one it is owed to can confirm it: a unit that holds a commitment may not
    confirm it as its own supervisor.
    """
    fitting = [c for c in (Capacity.ASKER, Capacity.HOLDER, Capacity.CLERK, Capacity.SUPERVISOR, Capacity.SYSTEM)
               if c in held and c in move.by]  # fmt: skip
    if move.verb == "confirm" and Capacity.HOLDER in held:
        fitting = [c for c in fitting if c is Capacity.ASKER]
    if not fitting:
        raise Forbidden(f"Bạn không được “{move.label}” việc này.")
    return fitting[0]


def moves_open_to(by: Actor, commitment: Commitment, on: date) -> list[Move]:
    """The moves this actor may make now: the buttons, and the API's `next`."""
    held = capacities(by, commitment, on)
    from_here = choices(Standing(state=State(commitment.state), track=Track(commitment.track)), held)
    return [
        m for m in from_here if not (m.verb == "confirm" and Capacity.HOLDER in held and Capacity.ASKER not in held)
    ]
