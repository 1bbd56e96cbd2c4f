"""What is done to many commitments at once: lapsing, squashing, rebuilding, checkpoints."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from danvan.base.clock import day_of
from danvan.base.models import AuditCheckpoint
from danvan.commitments import ledger
from danvan.commitments.actions.many import take_many
from danvan.commitments.models import Commitment, Tally
from danvan.commitments.queries import digest_of, recount, steps_of, tally_sums
from danvan.rules import ledger as rules
from danvan.units.access import system
from danvan.units.queries import shard_of_unit

TALLY_KEY = ("home_area", "unit_id", "kind", "measure", "day")


def squash_tallies(*, at: datetime) -> int:
    """Folds the deltas of each unit, day, kind and measure into one row; the sums stay what they were at every moment.

    One unit and day to a transaction. Only rows that were read and locked are taken away, so that a delta written
    meanwhile stays. Returns how many rows were saved.
    """
    del at
    several = Tally.objects.values(*TALLY_KEY).annotate(rows=Count("id")).filter(rows__gt=1).order_by()
    pairs = sorted({(row["unit_id"], row["day"]) for row in several}, key=str)
    return sum(_squashed(unit_id, day) for unit_id, day in pairs)


@transaction.atomic
def _squashed(unit_id: UUID, day: date) -> int:
    rows = list(Tally.objects.select_for_update().filter(unit_id=unit_id, day=day))
    sums: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        sums[tuple(getattr(row, name) for name in TALLY_KEY)] += row.delta
    Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()
    kept = [Tally(**dict(zip(TALLY_KEY, key, strict=True)), delta=delta) for key, delta in sums.items() if delta]
    Tally.objects.bulk_create(kept)
    return len(rows) - len(kept)


CONFIRM_WITHIN = 30
"""Calendar days the asker has to confirm or dispute an answer; afterwards the commitment lapses."""


def lapse_unconfirmed(*, at: datetime) -> int:
    """Closes, some hundreds to a transaction, what was answered long enough ago and neither confirmed nor disputed."""
    before = day_of(at) - timedelta(days=CONFIRM_WITHIN)
    waiting = Commitment.objects.filter(state=rules.State.ANSWERED, stopped_on__lt=before)
    by, note = system("hết hạn xác nhận"), f"Quá {CONFIRM_WITHIN} ngày không có ý kiến của người gửi."
    lapsed = 0
    while done := take_many(rows=waiting, verb="lapse", note=note, by=by, at=at):
        lapsed += done
    return lapsed


@transaction.atomic
def rebuild_all() -> tuple[int, int]:
    """Makes the derived columns and the tallies again from the ledgers; returns how many of each were put right."""
    columns = sum(_rebuilt(commitment) for commitment in Commitment.objects.iterator(chunk_size=500))
    counted, summed = recount(), tally_sums()
    wrong = {key for key in set(counted) | set(summed) if counted[key] != summed[key]}
    Tally.objects.bulk_create(
        [
            Tally(home_area=area, unit_id=unit, kind=kind, measure=measure, day=day,
                  delta=counted[area, unit, kind, measure, day] - summed[area, unit, kind, measure, day])
            for area, unit, kind, measure, day in wrong
        ],
        batch_size=2000,
    )  # fmt: skip
    return columns, len(wrong)


def _rebuilt(commitment: Commitment) -> bool:
    before = {f: getattr(commitment, f) for f in ledger.DERIVED}
    ledger.restore(commitment, steps_of(commitment))
    if before == {f: getattr(commitment, f) for f in ledger.DERIVED}:
        return False
    commitment.held_in = shard_of_unit(commitment.owed_by_id, day_of(commitment.opened_at))
    commitment.save()
    return True


@transaction.atomic
def take_checkpoint(*, at: datetime) -> list[AuditCheckpoint]:
    """Writes down, for each area, how many ledgers and steps there are and a hash over all heads."""
    marks = []
    for area in Commitment.objects.values_list("home_area", flat=True).distinct().order_by("home_area"):
        ledgers, steps, digest = digest_of(area, at)
        marks.append(AuditCheckpoint(home_area=area, taken_at=at, ledgers=ledgers, steps=steps, digest=digest))
    return AuditCheckpoint.objects.bulk_create(marks)
