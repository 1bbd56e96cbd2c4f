"""How a whole tree is doing: by month, by field, and how long answers take. Units only, never persons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Sum

from danvan.commitments.kinds import Measure
from danvan.commitments.models import Commitment, Tally
from danvan.commitments.queries import late_now
from danvan.matters.kinds import Field
from danvan.reports.indicators.opinions import OPINION_KINDS
from danvan.reports.indicators.petitions import KINDS
from danvan.reports.kinds import Basis
from danvan.reports.queries.rollup import Rollup, rollup
from danvan.reports.regimes import Regime
from danvan.rules.ledger import State
from danvan.rules.periods import Period

SAID = (*OPINION_KINDS, *KINDS)
"""Kinds of commitments people opened; reviews and reports due are counted apart."""
MONTHS = 12
WEEKS = 26
ANSWERED = (State.ANSWERED, State.CONFIRMED, State.DISPUTED, State.LAPSED)


@dataclass(frozen=True)
class Month:
    period: Period
    received: int
    answered: int
    on_time: int

    @property
    def label(self) -> str:
        """The month, with its year in January: short enough to stand under a column."""
        day = self.period.last_day
        return f"{day.month}/{day:%y}" if day.month == 1 else str(day.month)


@dataclass(frozen=True)
class Week:
    """The answers of seven days and how long half of them took; `days` is None where nothing was answered."""

    start: date
    answers: int
    days: float | None


@dataclass(frozen=True)
class Overview:
    rollup: Rollup
    late_now: int
    months: list[Month]
    fields: list[tuple[str, int]]
    weeks: list[Week]


def overview(unit_id: UUID, regime: Regime, period: Period, on: date) -> Overview:
    """Fourteen queries, however many units stand below."""
    whole = rollup(unit_id, regime, period, on=on, basis=Basis.LATEST)
    units = [one.member.unit_id for one in whole.returns]
    return Overview(
        whole, late_now(units, on), trend(units, _months(period)), by_field(units, period), weekly(units, period.end)
    )


def _months(period: Period) -> list[Period]:
    found = [period]
    while len(found) < MONTHS:
        found.append(found[-1].previous)
    return found[::-1]


def trend(units: Iterable[UUID], periods: Sequence[Period]) -> list[Month]:
    """What came in and what was answered in each of some periods, oldest first; one query."""
    rows = (
        Tally.objects.filter(
            unit_id__in=list(units), kind__in=SAID, day__gte=periods[0].start, day__lt=periods[-1].end,
            measure__in=[Measure.RECEIVED, Measure.ANSWERED, Measure.ON_TIME],
        )
        .values_list("day", "measure")
        .annotate(total=Sum("delta"))
        .order_by()
    )  # fmt: skip
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for day, measure, total in rows:
        code = next((period.code for period in periods if day in period), "")
        sums[code, measure] += total
    return [
        Month(p, sums[p.code, Measure.RECEIVED], sums[p.code, Measure.ANSWERED], sums[p.code, Measure.ON_TIME])
        for p in periods
    ]


def by_field(units: Iterable[UUID], period: Period) -> list[tuple[str, int]]:
    """What people spoke about, most first; what the units hold now of what was raised in the period."""
    rows = (
        Commitment.objects.filter(
            owed_by_id__in=list(units), raised_on__gte=period.start, raised_on__lt=period.end, kind__in=SAID
        )
        .values_list("topic")
        .annotate(total=Count("id"))
        .order_by("-total", "topic")
    )
    names = dict(Field.choices)
    return [(str(names.get(topic, Field.OTHER.label)), total) for topic, total in rows]


def weekly(units: Iterable[UUID], end: date, weeks: int = WEEKS) -> list[Week]:
    """For each of the last weeks before a day the median number of days from raising to answering; one query."""
    start = end - timedelta(weeks=weeks)
    rows = (
        Commitment.objects.filter(
            owed_by_id__in=list(units), kind__in=SAID, state__in=ANSWERED, stopped_on__gte=start, stopped_on__lt=end
        )
        .values_list("raised_on", "stopped_on")
        .annotate(total=Count("id"))
        .order_by()
    )
    taken: dict[int, list[int]] = defaultdict(list)
    for raised, stopped, total in rows:
        taken[(stopped - start).days // 7] += [(stopped - raised).days] * total
    return [
        Week(start + timedelta(weeks=i), len(taken[i]), float(median(taken[i])) if taken[i] else None)
        for i in range(weeks)
    ]
