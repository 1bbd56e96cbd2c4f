"""Published figures with their sources, and the sheets of the last two periods, signed by most."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import Any
from uuid import UUID

from danvan.base.clock import VIETNAM, day_of
from danvan.reports.actions import (
    PrintedFigure,
    accept_signed,
    answer_check,
    draw_up,
    keep_printed,
    open_due_sheets,
    sign,
)
from danvan.reports.kinds import Scope, SheetState
from danvan.reports.models import Sheet
from danvan.reports.queries.sheets import content_of
from danvan.reports.regimes import all_regimes
from danvan.rules.periods import Period
from danvan.rules.text import fold
from danvan.units.access import Actor, system
from danvan.units.models import Post, UnitVersion
from danvan.units.queries import unit_names
from danvan.units.roles import ROLES
from danvan.web.demo import accounts
from danvan.web.demo.accounts import WARD


def load_published(by: Actor) -> None:
    book = tomllib.loads((files("danvan.web.demo") / "figures.toml").read_text(encoding="utf-8"))
    for source in book["source"]:
        keep_printed(figures=list(_printed(source)), by=by)


def _printed(source: dict[str, Any]) -> Iterator[PrintedFigure]:
    unit = UnitVersion.objects.filter(unit__key=source["unit"]).earliest("id")
    for figure in source["figures"]:
        note = "; ".join(part for part in (source["programme"], source.get("published_note", "")) if part)
        yield PrintedFigure(
            label=figure["label"],
            value=Decimal(figure["value"]),
            unit=figure["unit"],
            source=source["title"],
            source_date=None if "published_note" in source else source["published"],
            place=unit.name,
            period=source["period"],
            qualifier=figure.get("qualifier", ""),
            part=Decimal(figure["numerator"]) if "numerator" in figure else None,
            whole=Decimal(figure["denominator"]) if "denominator" in figure else None,
            note=note,
        )


def load_sheets(at: datetime) -> None:
    """Two periods: of the older every commune signed, of the newer some have not yet, and one is left to try."""
    rng = Random(14)  # noqa: S311 -- the same sheets on every machine
    regime = all_regimes()[0]
    newest = regime.last_closed(day_of(at))
    for period, share in ((newest.previous, 1.0), (newest, 0.9)):
        opened = datetime.combine(period.end, time(7), VIETNAM)
        open_due_sheets(by=system("mở biểu kỳ"), at=opened)
        _sign_most(period, share, at, rng)
        for province in UnitVersion.objects.filter(unit__key__in=("ubnd-ht", "ca-ht"), valid_to=None):
            by = _actor(province.unit_id, "chief", "Lãnh đạo tổng hợp")
            moment = min(at, opened + timedelta(days=6))
            accept_signed(regime=regime, period=period, by=by, at=moment)
            if period != newest:
                _sign(draw_up(regime=regime, period=period, scope=Scope.SUBTREE, by=by, at=moment), by, moment)


def _sign_most(period: Period, share: float, now: datetime, rng: Random) -> None:
    sheets = Sheet.objects.filter(period=period.code, scope=Scope.OWN, state=SheetState.DRAFT, home_area=42)
    names = unit_names({s.unit_id for s in sheets}, period.last_day)
    for sheet in sheets.select_related("commitment").order_by("unit_id"):
        moment = datetime.combine(period.end + timedelta(days=rng.choice((0, 0, 1, 1, 2, 4))), time(9), VIETNAM)
        kept_to_try = share < 1 and WARD in fold(names[sheet.unit_id])
        if rng.random() < share and not kept_to_try and moment < now:
            _sign(sheet, _actor(sheet.unit_id, "leader", "Lãnh đạo đơn vị"), moment)


def _sign(sheet: Sheet, by: Actor, at: datetime) -> None:
    for remark in content_of(sheet, day_of(at)).open_remarks:
        answer_check(sheet_id=sheet.id, finding=remark.code, text="Đã kiểm tra, số liệu đúng.", by=by, at=at)
    sign(sheet_id=sheet.id, seen=content_of(sheet, day_of(at)).fingerprint, by=by, at=at)


def _actor(unit_id: UUID, role: str, title: str) -> Actor:
    post, _made = Post.objects.get_or_create(unit_id=unit_id, title=title, role=role, valid_to=None)
    signer = accounts.illustration()
    return Actor(label=title, role=ROLES[role], unit_id=unit_id, post_id=post.pk, account_id=signer.pk)
