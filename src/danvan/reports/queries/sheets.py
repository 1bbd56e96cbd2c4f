"""Sheets as people read them: the list, and one sheet with everything that stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from danvan.base.errors import Absent
from danvan.base.keyset import Page, page_of
from danvan.reports.access import sheets_in_sight
from danvan.reports.content import Child, Completeness, Content, Issuer, Remark, read
from danvan.reports.indicators import GROUPS, Figure
from danvan.reports.kinds import Basis, Scope, SheetState, Standing
from danvan.reports.models import CheckAnswer, OfficialReport, Sheet
from danvan.reports.queries.checks import Finding, findings_of, findings_of_rollup, past_of
from danvan.reports.queries.drawing import draw
from danvan.reports.queries.rollup import Return, Rollup, rollup, standing_of
from danvan.reports.regimes import Regime, regime
from danvan.rules.periods import Period
from danvan.units.access import Actor, in_force
from danvan.units.models import AreaVersion, UnitVersion
from danvan.units.queries import unit_names


def sheet_seen_by(by: Actor, sheet_id: UUID) -> Sheet:
    """The sheet, or `Absent` where it does not exist or is not this actor's to see."""
    found = sheets_in_sight(by).filter(pk=sheet_id).first()
    if found is None:
        raise Absent
    return found


@dataclass(frozen=True)
class Listed:
    sheet: Sheet
    unit: str
    title: str
    standing: Standing


def sheets_page(by: Actor, on: date, *, after: str = "", before: str = "") -> tuple[list[Listed], Page[Sheet]]:
    """The sheets in sight, newest period first; two queries for any number of rows."""
    page = page_of(sheets_in_sight(by).defer("content"), day="starts_on", newest_first=True, after=after, before=before)
    names = unit_names({sheet.unit_id for sheet in page.rows}, on)
    rows = [
        Listed(sheet, names.get(sheet.unit_id, ""), regime(sheet.regime).title,
               standing_of(sheet.signed_on, sheet.due, on))
        for sheet in page.rows
    ]  # fmt: skip
    return rows, page


def content_of(sheet: Sheet, on: date) -> Content:
    """What stands on a sheet: frozen where it is signed, else drawn from the records of this moment."""
    if sheet.is_signed:
        return read(sheet.content)
    rules, period = regime(sheet.regime), sheet.span
    return (_own if sheet.scope == Scope.OWN else _subtree)(sheet, rules, period, on)


def _own(sheet: Sheet, rules: Regime, period: Period, on: date) -> Content:
    values = draw([sheet.unit_id], period)[sheet.unit_id]
    past, before = past_of([sheet.unit_id], rules, period)
    found = findings_of(values, before.get(sheet.unit_id), past.get(sheet.unit_id, {}))
    return _content(sheet, rules, period, on, values=values, remarks=_remarks(sheet, found))


def _subtree(sheet: Sheet, rules: Regime, period: Period, on: date) -> Content:
    whole = rollup(sheet.unit_id, rules, period, on=on, basis=Basis.LATEST)
    children = tuple(_child(row.head, row.values) for row in whole.rows)
    return _content(
        sheet, rules, period, on, values=whole.total, children=children,
        completeness=_completeness(whole), remarks=_remarks(sheet, findings_of_rollup(whole)),
    )  # fmt: skip


def _content(
    sheet: Sheet, rules: Regime, period: Period, on: date, *, values: dict[str, int], remarks: tuple[Remark, ...],
    children: tuple[Child, ...] = (), completeness: Completeness | None = None,
) -> Content:  # fmt: skip
    return Content(
        issuer=issuer_of(sheet.unit_id, on), regime=rules.key, title=rules.title, abstract=rules.abstract,
        period=period, scope=sheet.scope, version=sheet.version, reason=sheet.reason, groups=GROUPS, values=values,
        children=children, completeness=completeness, remarks=remarks,
    )  # fmt: skip


def _child(head: Return, values: Mapping[str, int] | None) -> Child:
    signed_on = f"{head.signed_on:%d/%m/%Y}" if head.signed_on else ""
    return Child(str(head.member.unit_id), head.member.shown, head.standing.value, signed_on, dict(values or {}))


def _completeness(whole: Rollup) -> Completeness:
    found = whole.completeness
    return Completeness(
        found.due, found.signed, tuple(one.member.shown for one in found.missing),
        tuple(one.member.shown for one in found.late),
    )  # fmt: skip


def _remarks(sheet: Sheet, found: list[Finding]) -> tuple[Remark, ...]:
    rows = CheckAnswer.objects.filter(home_area=sheet.home_area, sheet=sheet).select_related("post")
    answers = {row.finding: row for row in rows}
    return tuple(_remark(finding, answers.get(finding.code)) for finding in found)


def _remark(finding: Finding, answer: CheckAnswer | None) -> Remark:
    said, who = (answer.text, f"{answer.name}, {answer.post.title}") if answer else ("", "")
    return Remark(finding.code, finding.flag.value, finding.sentence, finding.blocking, finding.indicator, said, who)


def issuer_of(unit_id: UUID, on: date) -> Issuer:
    """The unit as it is on a day, or as it last was; two queries."""
    rows = UnitVersion.objects.filter(unit_id=unit_id)
    version = rows.filter(in_force(on)).first() or rows.order_by("-valid_to").first()
    if version is None:
        raise Absent
    above = unit_names({version.parent_id}, on).get(version.parent_id, "") if version.parent_id else ""
    places = AreaVersion.objects.filter(in_force(on), area__isnull=False, area=version.area_id)
    place = places.values_list("name", flat=True).first() if version.area_id else ""
    return Issuer(str(unit_id), version.name, version.short_name, above, version.symbol, place or "", version.tree)


def versions_of(sheet: Sheet) -> list[Sheet]:
    """Every version of the same sheet, newest first."""
    same = {"home_area": sheet.home_area, "unit_id": sheet.unit_id, "regime": sheet.regime, "period": sheet.period,
            "scope": sheet.scope}  # fmt: skip
    return list(Sheet.objects.filter(**same).order_by("-version"))


def signed_before(sheet: Sheet, period: Period) -> dict[str, int]:
    """The drawn figures that the same unit signed for the period before; empty where it signed none. Two queries."""
    earlier = Sheet.objects.filter(
        unit_id=sheet.unit_id, regime=sheet.regime, scope=sheet.scope, period=period.previous.code,
        state=SheetState.SIGNED,
    ).order_by("-version")  # fmt: skip
    found = earlier.only("id", "home_area").first()
    return dict(found.cells.values_list("indicator", "value")) if found else {}


@dataclass(frozen=True)
class Difference:
    key: str
    title: str
    before: Figure
    after: Figure


def differences(before: Content, after: Content) -> list[Difference]:
    """Figure by figure what a newer version changed, rates and totals included, in the order of the dictionary."""
    keys = dict.fromkeys((*before.dictionary, *after.dictionary))
    found = []
    for key in keys:
        was = before.figure(key) if key in before.dictionary else None
        now = after.figure(key) if key in after.dictionary else None
        if was != now:
            line = after.dictionary.get(key) or before.dictionary[key]
            group = next(g for g in (*after.groups, *before.groups) if line in g.indicators)
            found.append(Difference(key, f"{group.title}: {line.title}", was, now))
    return found


def papers_of(sheet: Sheet) -> list[OfficialReport]:
    rows = OfficialReport.objects.filter(home_area=sheet.home_area, sheet=sheet)
    return list(rows.select_related("made_by").order_by("-id"))
