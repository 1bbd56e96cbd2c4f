"""Who resolves a complaint or denunciation first, and until when it may be made: told before a letter is written down.

It is advice for the registrar. Whether a case is accepted, guided or passed on, an act decides.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from danvan.commitments.queries import calendar
from danvan.matters.kinds import Kind
from danvan.rules.clock import due, rule_by_id
from danvan.rules.procedure import RULE_OF_BAR, Procedure
from danvan.units.access import in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import UnitSuccession, UnitVersion

MOST_CHANGES = 6
"""Reorganisations in a row that are followed to the units of today."""
MOST_NAMED = 300


@dataclass(frozen=True)
class Competence:
    """`who` resolves it, `why` by which rule; `unit_id` where it is one of our units, `became` the units of today where
    the one complained of has ended.
    """

    who: str
    why: str
    unit_id: UUID | None = None
    became: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimeBar:
    """The last day on which a complaint may be made, and whether the letter came after it."""

    last_day: date
    is_over: bool
    source: str


def competent(
    kind: Kind, procedure: Procedure | None, against_id: UUID, *, is_head: bool, on: date
) -> list[Competence]:
    """Who resolves it today. More than one where the unit has been divided; none where it ended without a successor.

    First complaint: who issued the decision. Second: the direct superior (Luật Khiếu nại, Điều 17, 18, 21).
    Denunciation: the head of the unit that manages the person; of its head and deputies, the head of the unit above
    (Luật Tố cáo, Điều 12, 13).
    """
    units = units_today(against_id, on)
    ended = _name(against_id) if [unit.unit_id for unit in units] != [against_id] else ""
    became = tuple(unit.name for unit in units) if ended else ()
    above = procedure in {Procedure.SECOND_COMPLAINT, Procedure.FURTHER_DENUNCIATION} or (
        kind == Kind.DENUNCIATION and is_head
    )
    return [_competent(unit, kind, above=above, is_head=is_head, became=became, on=on) for unit in units]


def _competent(
    unit: UnitVersion, kind: Kind, *, above: bool, is_head: bool, became: tuple[str, ...], on: date
) -> Competence:
    if not above:
        return Competence(head_of(unit), _why_here(kind), unit.unit_id, became)
    parent = UnitVersion.objects.filter(in_force(on), unit_id=unit.parent_id).first() if unit.parent_id else None
    why = _why_above(kind, is_head=is_head)
    if parent is not None:
        return Competence(head_of(parent), why, parent.unit_id, became)
    if kind == Kind.COMPLAINT:
        return Competence(
            _("Bộ trưởng quản lý ngành, lĩnh vực, hoặc Tòa án theo thủ tục hành chính"), why, None, became
        )
    return Competence(_("Người đứng đầu cơ quan cấp trên quản lý trực tiếp"), why, None, became)


def _why_here(kind: Kind) -> str:
    if kind == Kind.COMPLAINT:
        return _(
            "Khiếu nại lần đầu do người ra quyết định, có hành vi bị khiếu nại giải quyết (Luật Khiếu nại, Điều 17)."
        )
    return _("Tố cáo do người đứng đầu cơ quan quản lý người bị tố cáo giải quyết (Luật Tố cáo, Điều 12, 13).")


def _why_above(kind: Kind, *, is_head: bool) -> str:
    if kind == Kind.COMPLAINT:
        return _("Khiếu nại lần hai do cấp trên trực tiếp giải quyết (Luật Khiếu nại, Điều 21).")
    if is_head:
        return _(
            "Tố cáo người đứng đầu, cấp phó do người đứng đầu cấp trên trực tiếp giải quyết (Luật Tố cáo, Điều 13)."
        )
    return _("Tố cáo tiếp do người đứng đầu cấp trên trực tiếp xem xét (Luật Tố cáo, Điều 37).")


def head_of(unit: UnitVersion) -> str:
    """The office that decides for a unit: the chair of a people's committee, the head of anything else."""
    if unit.tree == Tree.GOVERNMENT and unit.level in {Level.COMMUNE, Level.PROVINCE} and _is_committee(unit):
        return _("Chủ tịch %(unit)s") % {"unit": unit.name}
    return _("Người đứng đầu %(unit)s") % {"unit": unit.name}


def _is_committee(unit: UnitVersion) -> bool:
    return unit.fold.startswith("uy ban nhan dan")


def units_today(unit_id: UUID, on: date) -> list[UnitVersion]:
    """The unit as it is on that day; of one that has ended those that its duties went to, the default taker first."""
    found, frontier = [], [unit_id]
    for _turn in range(MOST_CHANGES):
        rows = {row.unit_id: row for row in UnitVersion.objects.filter(in_force(on), unit_id__in=frontier)}
        found += [rows[each] for each in frontier if each in rows]
        ended = [each for each in frontier if each not in rows]
        if not ended:
            break
        edges = UnitSuccession.objects.filter(before_id__in=ended, on__lte=on).order_by("-default", "after_id")
        frontier = list(dict.fromkeys(edges.values_list("after_id", flat=True)))
    return found


def _name(unit_id: UUID) -> str:
    rows = UnitVersion.objects.filter(unit_id=unit_id).order_by("-valid_from")
    return rows.values_list("name", flat=True).first() or ""


def time_bar(procedure: Procedure, known_on: date, received_on: date) -> TimeBar | None:
    """Until when a first complaint may be made, from the day on which the decision became known (Luật Khiếu nại, Điều
    9, 48). None where the law knows no bar of this sort. An obstacle beyond one's control does not count against it.
    """
    if procedure not in RULE_OF_BAR:
        return None
    rule = rule_by_id(RULE_OF_BAR[procedure], received_on)
    last = due(rule, known_on, calendar()).due_rolled
    return TimeBar(last, received_on > last, rule.source)


def units_to_name(unit_id: UUID | None, on: date) -> list[str]:
    """Names to choose from while somebody types: the own unit, the one above, what stands beside it there, and the
    ended ones whose duties the own unit took over.
    """
    own = UnitVersion.objects.filter(in_force(on), unit_id=unit_id).first() if unit_id else None
    if own is None:
        return []
    near = Q(unit_id__in=[own.unit_id, own.parent_id]) | Q(parent_id=own.parent_id, parent_id__isnull=False)
    before = UnitSuccession.objects.filter(after_id=own.unit_id, on__lte=on).values("before_id")
    rows = UnitVersion.objects.filter(in_force(on) & near | Q(unit_id__in=before)).order_by("sort_key", "unit_id")
    return list(dict.fromkeys(rows.values_list("name", flat=True)[:MOST_NAMED]))
