"""Figures for everybody: by commune, as open data, printed elsewhere, and what each of them means."""

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from danvan.base.errors import Absent
from danvan.reports.forms import uuid_in
from danvan.reports.indicators import GROUPS, IDENTITIES
from danvan.reports.queries import printed_figures, public_table, published_list
from danvan.reports.queries.opened import LEAST, MEASURES, PublicRow, PublicTable
from danvan.reports.workbook import safe


def figures(request: HttpRequest) -> HttpResponse:
    table = public_table(uuid_in(request.GET, "donvi"), request.GET.get("ky", ""))
    context = {"table": table, "published": published_list() if table else [], "measures": MEASURES, "least": LEAST}
    return render(request, "reports/portal/figures.html", context)


def figures_csv(request: HttpRequest) -> HttpResponse:
    table = _table(request)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(["don_vi", "ky", *(name for name, _title in MEASURES), "tam_tinh"])
    for row in (*table.rows, table.total):
        counts = [shown.text for shown in row.counts]
        writer.writerow([safe(row.name), table.content.period.code, *counts, "x" if row.is_tentative else ""])
    name = f'attachment; filename="cong-khai-{table.content.period.code}.csv"'
    return HttpResponse("\ufeff" + made.getvalue(), "text/csv; charset=utf-8", headers={"Content-Disposition": name})


def figures_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(open_data(_table(request)), json_dumps_params={"ensure_ascii": False})


def _table(request: HttpRequest) -> PublicTable:
    table = public_table(uuid_in(request.GET, "donvi"), request.GET.get("ky", ""))
    if table is None:
        raise Absent
    return table


def open_data(table: PublicTable) -> dict[str, Any]:
    """A hidden count is the string that the page shows; a shown one is a number."""
    content = table.content
    return {
        "unit": content.issuer.name,
        "period": {"code": content.period.code, "from": str(content.period.start), "to": str(content.period.last_day)},
        "hidden_below": LEAST,
        "sheet": content.digest,
        "rows": [_row(row) for row in table.rows],
        "total": _row(table.total),
    }


def _row(row: PublicRow) -> dict[str, Any]:
    counts = {name: shown.text if shown.value is None else shown.value
              for (name, _title), shown in zip(MEASURES, row.counts, strict=True)}  # fmt: skip
    share = None if row.on_time_rate is None else float(row.on_time_rate)
    return {"unit": row.name, **counts, "on_time_percent": share, "tentative": row.is_tentative}


def printed(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/portal/printed.html", {"printed": printed_figures()})


def dictionary(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/portal/dictionary.html", {"groups": GROUPS, "identities": IDENTITIES})
