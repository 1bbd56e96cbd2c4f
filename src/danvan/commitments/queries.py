"""Reading ledgers: the steps, the explanation of a due day, sums of tallies, and the audit of the chain."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Sum

from danvan.base.ids import first_id_after
from danvan.base.models import AuditCheckpoint
from danvan.commitments import ledger
from danvan.commitments.kinds import Measure
from danvan.commitments.models import Commitment, Step, Tally
from danvan.rules import ledger as rules
from danvan.rules.calendar import CalendarDay, WorkingCalendar
from danvan.rules.clock import Deadline


def calendar() -> WorkingCalendar:
    """The working days in force, authorities' decisions included."""
    return ledger.calendar()


def steps_of(commitment: Commitment) -> list[Step]:
    rows = Step.objects.filter(home_area=commitment.home_area, commitment_id=commitment.id)
    return list(rows.select_related("post").order_by("seq"))


def explanation(commitment: Commitment, steps: Iterable[Step]) -> Deadline | None:
    """How the due day came about, from the ledger itself; None where a day was agreed."""
    return ledger.deadline_of(commitment, ledger.standing_of(steps), ledger.calendar())


@dataclass(frozen=True)
class Hold:
    """How long one unit held a commitment; `until` empty: still."""

    unit_id: UUID
    since: date
    until: date | None


def holds_of(steps: Iterable[Step]) -> list[Hold]:
    """Who held it, in turn, until the clock stopped."""
    holds: list[Hold] = []
    for step in steps:
        if step.to_unit_id and (not holds or holds[-1].unit_id != step.to_unit_id):
            holds = [*holds[:-1], Hold(holds[-1].unit_id, holds[-1].since, step.on)] if holds else []
            holds.append(Hold(step.to_unit_id, step.on, None))
        ended = rules.MOVES[step.verb].effect is rules.Effect.STOP
        if holds and ended:
            holds[-1] = Hold(holds[-1].unit_id, holds[-1].since, step.on)
    return holds


@dataclass(frozen=True)
class Break:
    """A place where a ledger does not hold: which commitment, which step, and what is wrong with it."""

    commitment_id: UUID
    code: str
    seq: int
    sentence: str


def verify(home_area: int | None = None) -> Iterator[Break]:
    """Walks every ledger and yields what was changed, removed, reordered or added outside the actions.

    A changed step no longer has its hash; a removed or reordered one breaks the chain or the numbering; a ledger cut
    short at its end no longer meets the head kept with the commitment.
    """
    rows = Commitment.objects.all() if home_area is None else Commitment.objects.filter(home_area=home_area)
    by_id = rows.order_by("home_area", "id").iterator(chunk_size=1000)
    for batch in _batches(by_id, 500):
        steps = _steps_by_commitment(batch)
        for commitment in batch:
            yield from _breaks(commitment, steps.get(commitment.id, []))


def _batches(rows: Iterable[Commitment], size: int) -> Iterator[list[Commitment]]:
    for _key, group in groupby(enumerate(rows), key=lambda pair: pair[0] // size):
        yield [row for _i, row in group]


def _steps_by_commitment(batch: list[Commitment]) -> dict[UUID, list[Step]]:
    found = Step.objects.filter(commitment_id__in=[c.id for c in batch]).order_by("commitment_id", "seq", "id")
    return {key: list(group) for key, group in groupby(found, key=lambda s: s.commitment_id)}


def _breaks(commitment: Commitment, steps: list[Step]) -> Iterator[Break]:
    previous = ledger.genesis(commitment)
    for expected, step in enumerate(steps, 1):
        problem = _problem(step, expected, previous)
        if problem:
            yield Break(commitment.id, commitment.code, step.seq, problem)
            return
        previous = step.hash
    if len(steps) != commitment.steps_taken or previous != commitment.head:
        yield Break(commitment.id, commitment.code, len(steps) + 1, "Sổ bị cắt bớt hoặc nối thêm ở cuối.")


def _problem(step: Step, expected: int, previous: str) -> str:
    if step.seq != expected:
        return f"Thiếu bước {expected}: có bước bị xóa hoặc đổi thứ tự."
    if step.previous != previous:
        return "Bước không nối vào bước liền trước, hoặc dữ liệu gốc của việc đã bị sửa."
    if step.hash != ledger.hash_of(step):
        return "Nội dung bước đã bị sửa sau khi ghi."
    return ""


def digest_of(home_area: int, moment: datetime) -> tuple[int, int, str]:
    """Ledgers, steps, and one hash over the heads of an area as they stood at a moment.

    What was written by then is told by the ids, which carry the time of writing: a step may say it happened earlier.
    """
    bound = first_id_after(int(moment.timestamp() * 1000))
    rows = Step.objects.filter(home_area=home_area, id__lt=bound).order_by("commitment_id", "seq")
    whole, ledgers, steps = hashlib.sha256(), 0, 0
    lines = rows.values_list("commitment_id", "hash").iterator(chunk_size=5000)
    for key, group in groupby(lines, key=lambda line: line[0]):
        heads = [line[1] for line in group]
        whole.update(f"{key}:{heads[-1]}\n".encode())
        ledgers, steps = ledgers + 1, steps + len(heads)
    return ledgers, steps, whole.hexdigest()


def missing_since(marks: list[dict[str, Any]] | None, home_area: int | None) -> Iterator[str]:
    """Compares today's ledgers with the checkpoints kept here, or with `marks` printed and kept elsewhere."""
    kept = marks if marks is not None else list(AuditCheckpoint.objects.values())
    for mark in kept:
        if home_area is not None and mark["home_area"] != home_area:
            continue
        taken = mark["taken_at"]
        moment = datetime.fromisoformat(taken) if isinstance(taken, str) else taken
        ledgers, steps, digest = digest_of(mark["home_area"], moment)
        if digest != mark["digest"]:
            yield (
                f"Vùng {mark['home_area']}: mốc {moment:%d/%m/%Y %H:%M} có {mark['ledgers']} sổ, {mark['steps']} bước; "
                f"nay còn {ledgers} sổ, {steps} bước, không khớp mã băm."
            )


TallyKey = tuple[int, UUID, str, str, date]


def recount(home_area: int | None = None) -> Counter[TallyKey]:
    """What the tallies must sum to, counted again from the steps alone."""
    rows = Commitment.objects.all() if home_area is None else Commitment.objects.filter(home_area=home_area)
    found = Counter[TallyKey]()
    for batch in _batches(rows.order_by("home_area", "id").iterator(chunk_size=1000), 500):
        steps = _steps_by_commitment(batch)
        for commitment in batch:
            for unit, measure, day in _counted(steps.get(commitment.id, [])):
                found[commitment.home_area, UUID(unit), commitment.kind, measure, day] += 1
    return found


def _counted(steps: list[Step]) -> Iterator[tuple[str, Measure, date]]:
    standing, due = rules.Standing(), None
    for step in steps:
        after = rules.apply(standing, ledger.as_rule_step(step))
        for unit, measure in ledger.counted(step.verb, standing, after, due):
            yield unit, measure, step.on
        standing, due = after, step.due


def tally_sums(home_area: int | None = None) -> Counter[TallyKey]:
    rows = Tally.objects.all() if home_area is None else Tally.objects.filter(home_area=home_area)
    keys = ("home_area", "unit_id", "kind", "measure", "day")
    sums = rows.values_list(*keys).annotate(total=Sum("delta")).order_by()
    return Counter({row[:5]: row[5] for row in sums if row[5]})


def differences() -> list[str]:
    """Every derived column and every tally that does not agree with the ledgers, as sentences."""
    found = [f"{c.code}: cột dẫn xuất khác sổ bước." for c in Commitment.objects.iterator(1000) if _differs(c)]
    counted, summed = recount(), tally_sums()
    keys = sorted((key for key in set(counted) | set(summed) if counted[key] != summed[key]), key=str)
    return found + [
        f"Số cộng dồn {key[2]}/{key[3]} ngày {key[4]:%d/%m/%Y}: {summed[key]}, đếm lại {counted[key]}." for key in keys
    ]


def _differs(commitment: Commitment) -> bool:
    before = {f: getattr(commitment, f) for f in ledger.DERIVED}
    steps = steps_of(commitment)
    ledger.restore(commitment, steps)
    return before != {f: getattr(commitment, f) for f in ledger.DERIVED}


def late_now(units: Iterable[UUID], on: date) -> int:
    """Running commitments of some units whose rolled due day has passed."""
    return Commitment.objects.filter(owed_by_id__in=list(units), state=rules.State.OPEN, due__lt=on).count()


@dataclass(frozen=True)
class Moved:
    """A running clock that another calendar would end on another day."""

    commitment: Commitment
    due: date

    @property
    def is_earlier(self) -> bool:
        return self.commitment.due is not None and self.due < self.commitment.due


def clocks_moved(days: WorkingCalendar, since: date = date.min) -> Iterator[Moved]:
    """The running clocks that end on another day under `days`, which differ from today's from `since` on at most.

    A clock that ends before a day does not care about it. Some hundreds are read at a time.
    """
    running = Commitment.objects.filter(state__in=rules.RUNNING, due__gte=since).exclude(rule_id="")
    for batch in _batches(running.order_by("home_area", "id").iterator(chunk_size=500), 500):
        steps = _steps_by_commitment(batch)
        for commitment in batch:
            deadline = ledger.deadline_of(commitment, ledger.standing_of(steps[commitment.id]), days)
            if deadline is not None and deadline.due_rolled != commitment.due:
                yield Moved(commitment, deadline.due_rolled)


def moved_by(day: CalendarDay) -> list[Moved]:
    """What deciding a day would do to the running clocks; writes nothing."""
    return list(clocks_moved(ledger.calendar().with_days([day]), since=day.day))


def open_at(unit_id: UUID) -> int:
    """How many commitments a unit still owes."""
    return Commitment.objects.filter(owed_by_id=unit_id).exclude(state__in=rules.FINAL).count()
