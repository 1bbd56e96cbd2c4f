"""What the officers' pages show, each put together in one call that checks sight first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Invalid
from danvan.reports.access import may_see, require_figures
from danvan.reports.content import Content, Remark, read
from danvan.reports.indicators import GROUPS, INDICATORS, Figure, Group, Indicator, computed
from danvan.reports.indicators.petitions import PETITIONS
from danvan.reports.indicators.sources import Ratio, Total
from danvan.reports.kinds import Basis, Flag, Scope, Standing
from danvan.reports.models import OfficialReport, Sheet
from danvan.reports.queries.checks import Finding, apart, flags_of
from danvan.reports.queries.drawing import draw
from danvan.reports.queries.drill import Facts, facts
from danvan.reports.queries.overview import Overview, overview
from danvan.reports.queries.rollup import Return, Rollup, Row, rollup, standing_of
from danvan.reports.queries.sheets import (
    Difference,
    content_of,
    differences,
    papers_of,
    sheet_seen_by,
    signed_before,
    versions_of,
)
from danvan.reports.regimes import Regime
from danvan.rules.ledger import State
from danvan.rules.periods import Period
from danvan.units.access import Actor
from danvan.units.roles import Permission


@dataclass(frozen=True)
class SheetLine:
    indicator: Indicator
    figure: Figure
    before: Figure
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class SheetPage:
    """One sheet, and what this actor may do with it now."""

    sheet: Sheet
    content: Content
    standing: Standing
    groups: list[tuple[Group, list[SheetLine]]]
    versions: list[Sheet]
    differences: list[Difference]
    moved_since: int
    papers: list[OfficialReport]
    may_explain: bool
    may_sign: bool
    may_correct: bool
    may_accept: bool
    may_compose: bool

    @property
    def is_accepted(self) -> bool:
        commitment = self.sheet.commitment
        return commitment is not None and commitment.state == State.CONFIRMED


def sheet_page(by: Actor, sheet_id: UUID, on: date) -> SheetPage:
    sheet = sheet_seen_by(by, sheet_id)
    content, versions = content_of(sheet, on), versions_of(sheet)
    is_own = by.unit_id == sheet.unit_id
    is_newest = versions[0].version == sheet.version
    return SheetPage(
        sheet=sheet,
        content=content,
        standing=standing_of(sheet.signed_on, sheet.due, on),
        groups=_lines(sheet, content),
        versions=versions,
        differences=_changed(sheet, content, versions),
        moved_since=_moved_since(sheet, content),
        papers=papers_of(sheet),
        may_explain=is_own and not sheet.is_signed and by.may(Permission.SHEET_PREPARE),
        may_sign=is_own and not sheet.is_signed and by.may(Permission.SHEET_SIGN) and on >= sheet.ends_on,
        may_correct=is_own and sheet.is_signed and is_newest and by.may(Permission.SHEET_PREPARE),
        may_accept=_may_accept(by, sheet),
        may_compose=is_own and by.may(Permission.REPORT_COMPOSE),
    )


def _may_accept(by: Actor, sheet: Sheet) -> bool:
    owed = sheet.commitment
    if owed is None or not may_see(by, sheet):
        return False
    return (
        owed.state == State.ANSWERED
        and owed.owed_to_unit_id == by.unit_id != sheet.unit_id
        and by.may(Permission.MATTER_SUPERVISE)
    )


def _lines(sheet: Sheet, content: Content) -> list[tuple[Group, list[SheetLine]]]:
    before = signed_before(sheet, content.period)
    return [(group, [_line(content, each, before) for each in group.indicators]) for group in content.groups]


def _line(content: Content, indicator: Indicator, before: dict[str, int]) -> SheetLine:
    then = computed(indicator.key, before, content.dictionary) if before else None
    remarks = tuple(remark for remark in content.remarks if remark.indicator == indicator.key)
    return SheetLine(indicator, content.figure(indicator.key), then, remarks)


def _changed(sheet: Sheet, content: Content, versions: list[Sheet]) -> list[Difference]:
    corrected = next((each for each in versions if each.version == sheet.version - 1), None)
    return differences(read(corrected.content), content) if corrected else []


def _moved_since(sheet: Sheet, content: Content) -> int:
    """How many drawn figures of a signed sheet the records now tell otherwise."""
    if not sheet.is_signed or sheet.scope != Scope.OWN:
        return 0
    live = draw([sheet.unit_id], content.period)[sheet.unit_id]
    return sum(live.get(key, value) != value for key, value in content.values.items())


@dataclass(frozen=True)
class Mark:
    """A flag in a cell; where many units below earned it, their number instead of a mark for each."""

    flag: Flag
    sentence: str
    count: int


def marks(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    found: dict[Flag, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.flag, []).append(finding)
    return tuple(
        Mark(flag, each[0].sentence if len(each) == 1 else f"{len(each)} đơn vị: {flag.label}.", len(each))
        for flag, each in found.items()
    )


@dataclass(frozen=True)
class MatrixCell:
    row: Row
    indicator: Indicator
    figure: Figure
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class MatrixRow:
    row: Row
    marks: tuple[Mark, ...]
    cells: list[MatrixCell]

    @property
    def opens(self) -> bool:
        """Whether there are units below it to open."""
        return len(self.row.returns) > 1


@dataclass(frozen=True)
class RollupPage:
    rollup: Rollup
    findings: dict[UUID, list[Finding]]
    may_accept: bool
    may_urge: bool
    may_sum: bool
    group: Group
    lines: list[MatrixRow]
    apart: list[Finding]

    @property
    def groups(self) -> tuple[Group, ...]:
        return GROUPS

    @property
    def totals(self) -> list[tuple[Indicator, Figure, tuple[Mark, ...]]]:
        return [
            (each, self.rollup.figure(each.key), marks(one for one in self.apart if one.indicator == each.key))
            for each in self.group.indicators
        ]

    @property
    def remarks(self) -> list[tuple[Return, list[Finding]]]:
        """What needs a person, by unit; merely unusual figures stand apart."""
        return self._found(unusual=False)

    @property
    def unusual(self) -> list[tuple[Return, list[Finding]]]:
        return self._found(unusual=True)

    def _found(self, *, unusual: bool) -> list[tuple[Return, list[Finding]]]:
        by_unit = [
            (one, [f for f in self.findings.get(one.member.unit_id, ()) if (f.flag is Flag.BAND) is unusual])
            for one in self.rollup.returns
        ]
        return [(one, found) for one, found in by_unit if found]


def rollup_page(
    by: Actor, unit_id: UUID, rules: Regime, period: Period, on: date, basis: Basis, group_key: str = ""
) -> RollupPage:
    """The matrix of one group of indicators; the figures of all of them are drawn in the same queries."""
    require_figures(by, unit_id, period)
    group = next((each for each in GROUPS if each.key == group_key), PETITIONS)
    whole = rollup(unit_id, rules, period, on=on, basis=basis)
    found = flags_of(whole)
    supervises = by.may(Permission.MATTER_SUPERVISE) and by.unit_id == unit_id and len(whole.returns) > 1
    may_sum = by.may(Permission.SHEET_PREPARE) and by.unit_id == unit_id and len(whole.returns) > 1
    lines = [_matrix_row(row, group, found) for row in whole.rows]
    return RollupPage(whole, found, supervises, supervises and by.subtree, may_sum, group, lines, apart(whole))


def _matrix_row(row: Row, group: Group, found: dict[UUID, list[Finding]]) -> MatrixRow:
    about = [each for one in row.returns for each in found.get(one.member.unit_id, ())]
    cells = [
        MatrixCell(row, each, row.figure(each.key), marks(one for one in about if one.indicator == each.key))
        for each in group.indicators
    ]
    return MatrixRow(row, marks(each for each in about if not each.indicator), cells)


@dataclass(frozen=True)
class FigurePage:
    """A figure opened: what it is computed from, the units below, and the records of the unit itself."""

    indicator: Indicator
    rollup: Rollup
    own: Return
    own_live: Figure
    own_sealed: Figure
    total: Figure
    children: list[tuple[Row, Figure]]
    parts: list[tuple[Indicator, Figure]]
    facts: Facts | None


def figure_page(
    by: Actor, key: str, unit_id: UUID, rules: Regime, period: Period, on: date, *, after: str = "", before: str = ""
) -> FigurePage:
    require_figures(by, unit_id, period)
    indicator = INDICATORS.get(key)
    if indicator is None:
        raise Invalid("no-indicator", "Không có chỉ tiêu này.", "indicator")
    whole = rollup(unit_id, rules, period, on=on)
    own = whole.rows[0].head
    behind = facts(key, unit_id, period, by=by, on=on, after=after, before=before) if indicator.is_drawn else None
    return FigurePage(
        indicator=indicator,
        rollup=whole,
        own=own,
        own_live=computed(key, own.live),
        own_sealed=None if own.sealed is None else computed(key, own.sealed),
        total=whole.figure(key),
        children=[(row, row.figure(key)) for row in whole.rows[1:]],
        parts=[(INDICATORS[name], whole.figure(name)) for name in _parts(indicator)],
        facts=behind,
    )


def facts_page(
    by: Actor, key: str, unit_id: UUID, period: Period, on: date, *, after: str = "", before: str = ""
) -> Facts:
    """What a unit's own figure was counted from, for whoever may see the figure."""
    require_figures(by, unit_id, period)
    return facts(key, unit_id, period, by=by, on=on, after=after, before=before)


def _parts(indicator: Indicator) -> tuple[str, ...]:
    match indicator.source:
        case Ratio(numerator, denominator):
            return numerator, denominator
        case Total(plus, minus):
            return *plus, *minus
        case _:
            return ()


def overview_page(by: Actor, unit_id: UUID, rules: Regime, period: Period, on: date) -> Overview:
    require_figures(by, unit_id, period)
    return overview(unit_id, rules, period, on)
