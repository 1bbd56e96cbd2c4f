"""When a case is over, and how long what it kept sealed is kept from then on."""

from datetime import date

from danvan.matters.kinds import Outcome
from danvan.matters.models import Case
from danvan.people.actions import keep_identity, reopen_identity
from danvan.rules.ledger import RUNNING
from danvan.rules.procedure import DENUNCIATIONS, Phase

NOTHING_TO_CARRY_OUT = (Outcome.WRONG, Outcome.UPHELD)
FILE_OF_A_DENUNCIATION = "denunciation-file"


def file_away(case: Case, on: date, *, was_closed: bool) -> None:
    """Closes a decided case whose last duty is done; starts the retention of a sealed identity with the file, and
    stops it where the case runs again.
    """
    if case.phase == Phase.DECIDED and case.closed_on is None and _is_carried_out(case):
        case.closed_on = on
    identity_id = case.lead.identity_id
    if identity_id is None:
        return
    if case.closed_on is not None and not was_closed:
        keep_identity(identity_id=identity_id, retention=FILE_OF_A_DENUNCIATION, closed_on=case.closed_on)
    elif was_closed and case.closed_on is None:
        reopen_identity(identity_id=identity_id)


def _is_carried_out(case: Case) -> bool:
    """Sent, published, and in force and executed where there is something to execute."""
    if case.stages.filter(home_area=case.home_area, commitment__state__in=sorted(RUNNING)).exists():
        return False
    return case.procedure in DENUNCIATIONS or case.outcome in NOTHING_TO_CARRY_OUT or case.effective_on is not None
