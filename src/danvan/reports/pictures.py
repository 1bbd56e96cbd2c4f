"""The pictures of the overview: each with its figures and one sentence that says what they show."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from danvan.reports.charts import ControlChart, control_chart
from danvan.reports.indicators import Figure
from danvan.reports.queries.overview import Month, Overview, Week
from danvan.reports.queries.rollup import Return, Rollup, Row
from danvan.rules.figures import rate
from danvan.rules.numbers import percent, write

FIELDS = 11
"""More fields than this are put together, so that the picture stays readable."""


@dataclass(frozen=True)
class UnitTile:
    name: str
    answered: int
    on_time: int
    share: Decimal | None


@dataclass(frozen=True)
class Pictures:
    rollup: Rollup
    tiles: list[dict[str, Any]]
    waiting: list[Return]
    month_columns: list[tuple[str, int]]
    month_sentence: str
    fields: list[tuple[str, int]]
    field_sentence: str
    weeks: list[Week]
    last_week: Week
    chart: ControlChart
    week_sentence: str
    unit_tiles: list[UnitTile]
    unit_sentence: str


def pictures(page: Overview) -> Pictures:
    chart = control_chart(page.weeks)
    units = [_unit_tile(row) for row in page.rollup.rows[1:] or page.rollup.rows]
    return Pictures(
        rollup=page.rollup,
        tiles=_tiles(page),
        waiting=_waiting(page.rollup),
        month_columns=[(month.label, month.received) for month in page.months],
        month_sentence=_months(page.months),
        fields=_fields(page.fields),
        field_sentence=_most(page.fields),
        weeks=page.weeks,
        last_week=page.weeks[-1],
        chart=chart,
        week_sentence=_weeks(chart),
        unit_tiles=units,
        unit_sentence=_units(units),
    )


def _tiles(page: Overview) -> list[dict[str, Any]]:
    whole, found = page.rollup, page.rollup.completeness
    signed = {"number": f"{found.signed}/{found.due}", "label": _("đơn vị đã ký biểu"),
              "tone": "good" if found.is_complete else "warn", "href": _opens(whole, "rollup")}  # fmt: skip
    late = {
        "number": write(page.late_now),
        "label": _("việc đang trễ hạn"),
        "tone": "danger" if page.late_now else "good",
    }
    counts = [
        _tile(whole, "opinions.received", _("ý kiến tiếp nhận")),
        _tile(whole, "petitions.received", _("phản ánh, kiến nghị, khiếu nại, tố cáo tiếp nhận")),
        _tile(whole, "petitions.on-time-rate", _("trả lời đúng hạn")),
        _tile(whole, "petitions.agreed-rate", _("người dân đồng ý với trả lời")),
    ]
    return ([signed] if found.due else []) + [late, *counts]


def _tile(whole: Rollup, key: str, label: str) -> dict[str, Any]:
    return {"number": _written(whole.figure(key)), "label": label, "tone": "info", "href": _opens(whole, "figure", key)}


def _written(figure: Figure) -> str | None:
    if figure is None:
        return None
    return percent(figure) if isinstance(figure, Decimal) else write(figure)


def _opens(whole: Rollup, name: str, key: str = "") -> str:
    query = {"donvi": str(whole.root.unit_id), "ky": whole.period.code, **({"chitieu": key} if key else {})}
    return f"{reverse(name)}?{urlencode(query)}"


def _waiting(whole: Rollup) -> list[Return]:
    found = whole.completeness
    return [*found.missing, *(one for one in found.late if one not in found.missing)]


def _months(months: list[Month]) -> str:
    """The last month against the one before and against the year."""
    now, before = months[-1], months[-2]
    if not any(month.received for month in months):
        return _("Chưa tiếp nhận việc nào trong 12 tháng.")
    moved = now.received - before.received
    if moved == 0:
        return _("Kỳ này tiếp nhận %(now)s, bằng kỳ trước.") % {"now": write(now.received)}
    words = _("Kỳ này tiếp nhận %(now)s, tăng %(by)s so với kỳ trước.") if moved > 0 else _(
        "Kỳ này tiếp nhận %(now)s, giảm %(by)s so với kỳ trước.")  # fmt: skip
    return words % {"now": write(now.received), "by": write(abs(moved))}


def _fields(fields: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if len(fields) <= FIELDS + 1:
        return fields
    return [*fields[:FIELDS], (_("các lĩnh vực khác"), sum(total for _name, total in fields[FIELDS:]))]


def _most(fields: list[tuple[str, int]]) -> str:
    total = sum(count for _name, count in fields)
    if not total:
        return ""
    share = rate(fields[0][1], total, 0)
    parts = {"field": fields[0][0], "count": write(fields[0][1]), "total": write(total),
             "share": percent(share or Decimal(0), 0)}  # fmt: skip
    return _("Nhiều nhất là %(field)s: %(count)s/%(total)s việc, %(share)s.") % parts


def _weeks(chart: ControlChart) -> str:
    if chart.middle is None:
        return _("Chưa có việc nào được trả lời trong 26 tuần qua.")
    usual = write(Decimal(str(chart.middle)))
    if chart.limit is None:
        return _("Một nửa số việc được trả lời trong %(days)s ngày; chưa đủ số tuần để so sánh.") % {"days": usual}
    if not chart.out:
        return _("Thường mất %(days)s ngày; không tuần nào vượt giới hạn thường gặp.") % {"days": usual}
    parts = {"days": usual, "n": len(chart.out)}
    return _("Thường mất %(days)s ngày; %(n)s tuần vượt giới hạn thường gặp, cần xem nguyên nhân.") % parts


def _unit_tile(row: Row) -> UnitTile:
    def both(name: str) -> int:
        return sum(int(row.figure(f"{group}.{name}") or 0) for group in ("opinions", "petitions"))

    answered, on_time = both("answered"), both("on-time")
    return UnitTile(row.name, answered, on_time, rate(on_time, answered))


def _units(units: list[UnitTile]) -> str:
    told = [unit for unit in units if unit.share is not None]
    full = sum(unit.answered == unit.on_time for unit in told)
    if not told:
        return _("Chưa đơn vị nào trả lời trong kỳ.")
    return _("%(full)s/%(told)s đơn vị trả lời mọi việc đúng hạn.") % {"full": full, "told": len(told)}
