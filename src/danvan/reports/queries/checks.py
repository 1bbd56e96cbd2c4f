"""What looks wrong in figures, before somebody puts a name under them. Nothing is corrected; a person decides.

Blocking findings must be explained by name before a sheet can be signed; the others only ask to be looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from danvan.reports.indicators import CARRY_OVERS, IDENTITIES, INDICATORS, computed, drawn_keys, full_title
from danvan.reports.indicators.sources import Ratio
from danvan.reports.kinds import Flag, Scope, SheetState
from danvan.reports.models import Cell, Sheet
from danvan.reports.queries.rollup import Return, Rollup
from danvan.reports.regimes import Regime
from danvan.rules.numbers import write
from danvan.rules.periods import Period

PAST_PERIODS = 6
ENOUGH_PAST = 4
"""Fewer signed periods than this tell nothing about what is usual."""
BAND = 3
AT_LEAST = 5
"""A figure within this many of the usual one is never called unusual."""

Past = dict[UUID, dict[str, list[int]]]
"""Signed figures of earlier periods by unit and indicator, newest first."""


@dataclass(frozen=True)
class Finding:
    """`code` is stable within a sheet: answers are kept under it. `indicator` is empty where no one figure is meant."""

    code: str
    flag: Flag
    sentence: str
    blocking: bool
    indicator: str = ""
    unit_id: UUID | None = None


def findings_of(
    values: Mapping[str, int], before: Mapping[str, int] | None, past: dict[str, list[int]]
) -> list[Finding]:
    """What looks wrong in the figures of one sheet. `before` are the signed figures of the period just before."""
    return [*_broken(values), *_carried(values, before), *_impossible(values), *_unusual(values, past)]


def _broken(values: Mapping[str, int]) -> Iterator[Finding]:
    for identity in IDENTITIES:
        if sentence := identity.broken(values):
            yield Finding(identity.key, Flag.SUM, sentence, blocking=True, indicator=identity.right[0])


def _carried(values: Mapping[str, int], before: Mapping[str, int] | None) -> Iterator[Finding]:
    for rule in CARRY_OVERS:
        left = (before or {}).get(rule.closing)
        if left is not None and rule.opening in values and left != values[rule.opening]:
            sentence = (
                f"Kỳ trước chuyển sang {write(values[rule.opening])}, nhưng biểu kỳ trước đã ký ghi còn {write(left)}."
            )
            yield Finding(rule.key, Flag.SUM, sentence, blocking=True, indicator=rule.opening)


def _impossible(values: Mapping[str, int]) -> Iterator[Finding]:
    for key, indicator in INDICATORS.items():
        if isinstance(indicator.source, Ratio):
            part, whole = (
                computed(name, values) for name in (indicator.source.numerator, indicator.source.denominator)
            )
            if part is not None and whole is not None and part > whole:
                sentence = f"{full_title(key)}: tử số {write(part)} lớn hơn mẫu số {write(whole)}."
                yield Finding(f"{key}.ratio", Flag.RATIO, sentence, blocking=True, indicator=key)


def _unusual(values: Mapping[str, int], past: Mapping[str, list[int]]) -> Iterator[Finding]:
    for key in drawn_keys():
        if (band := usual(past.get(key, []))) and key in values and not band[0] <= values[key] <= band[1]:
            sentence = (
                f"{full_title(key)}: {write(values[key])}, các kỳ trước thường từ {write(band[0])} đến "
                f"{write(band[1])}."
            )
            yield Finding(f"{key}.band", Flag.BAND, sentence, blocking=False, indicator=key)


def usual(past: list[int]) -> tuple[int, int] | None:
    """The band a unit's own past makes likely: median ± 3 median deviations; None where there is too little past."""
    if len(past) < ENOUGH_PAST:
        return None
    middle = median(past)
    spread = max(BAND * 1.4826 * median(abs(value - middle) for value in past), middle / 2, AT_LEAST)
    return max(0, round(middle - spread)), round(middle + spread)


def past_of(units: Iterable[UUID], regime: Regime, period: Period) -> tuple[Past, dict[UUID, dict[str, int]]]:
    """Signed figures of the last periods, and those of the one just before; one query, newest versions only."""
    codes = []
    earlier = period
    for _ in range(PAST_PERIODS):
        earlier = earlier.previous
        codes.append(earlier.code)
    rows = Cell.objects.filter(
        sheet__unit_id__in=list(units), sheet__regime=regime.key, sheet__period__in=codes, sheet__scope=Scope.OWN,
        sheet__state=SheetState.SIGNED,
    ).order_by("sheet__version").values_list("sheet__unit_id", "sheet__period", "indicator", "value")  # fmt: skip
    newest = {(unit, key, code): value for unit, code, key, value in rows}
    past: Past = {}
    for unit, key, code in sorted(newest, key=lambda found: codes.index(found[2])):
        past.setdefault(unit, {}).setdefault(key, []).append(newest[unit, key, code])
    just_before: dict[UUID, dict[str, int]] = {}
    for (unit, key, code), value in newest.items():
        if code == codes[0]:
            just_before.setdefault(unit, {})[key] = value
    return past, just_before


def apart(rollup: Rollup) -> list[Finding]:
    """Where the signed roll-up says otherwise than the sheets below now add up to, because one of them was signed or
    corrected later; two queries.
    """
    signed = Sheet.objects.filter(
        unit_id=rollup.root.unit_id, regime=rollup.regime.key, period=rollup.period.code, scope=Scope.SUBTREE,
        state=SheetState.SIGNED,
    ).order_by("-version")  # fmt: skip
    sheet = signed.only("id", "home_area").first()
    if sheet is None:
        return []
    kept = dict(sheet.cells.values_list("indicator", "value"))
    return [
        Finding(
            f"total:{key}", Flag.SUM,
            f"{full_title(key)}: biểu tổng hợp đã ký ghi {write(value)}, các đơn vị nay cộng lại "
            f"{write(rollup.total[key])}.",
            blocking=False, indicator=key, unit_id=rollup.root.unit_id,
        )
        for key, value in kept.items() if key in rollup.total and rollup.total[key] != value
    ]  # fmt: skip


def flags_of(rollup: Rollup) -> dict[UUID, list[Finding]]:
    """Everything to look at in a matrix, by the unit it concerns; one query beyond the roll-up's own."""
    past, before = past_of([one.member.unit_id for one in rollup.returns], rollup.regime, rollup.period)
    found: dict[UUID, list[Finding]] = {}
    for one in rollup.returns:
        values = one.values(rollup.basis)
        unit = one.member.unit_id
        lines = list(_of_return(one))
        if values is not None:
            lines += findings_of(values, before.get(unit), past.get(unit, {}))
        if lines:
            found[unit] = lines
    return found


def _of_return(one: Return) -> Iterator[Finding]:
    name, unit = one.member.shown, one.member.unit_id
    if one.standing.value in {"waiting", "overdue"}:
        yield Finding(f"missing:{unit}", Flag.MISSING, f"{name} chưa ký biểu.", blocking=True, unit_id=unit)
    if one.standing.value in {"signed-late", "overdue"} and one.due is not None:
        yield Finding(f"late:{unit}", Flag.LATE, f"{name} trễ hạn {one.due:%d/%m/%Y}.", blocking=False, unit_id=unit)


def findings_of_rollup(rollup: Rollup) -> list[Finding]:
    """What must be explained before the roll-up itself is signed: its own sums, and every sheet that is missing."""
    totals = findings_of(rollup.total, None, {})
    return totals + [line for one in rollup.returns for line in _of_return(one)]
