"""The officers' pages of reporting."""

from django.urls import path

from danvan.reports.desk import overview, papers, rollup, sheets, statutory

desk_urls = [
    path("bieu/", sheets.listing, name="sheet-list"),
    path("bieu/lap/", sheets.draw, name="sheet-draw"),
    path("bieu/<uuid:sheet_id>/", sheets.show, name="sheet"),
    path("bieu/<uuid:sheet_id>/giai-trinh/", sheets.explain, name="sheet-explain"),
    path("bieu/<uuid:sheet_id>/ky/", sheets.put_name, name="sheet-sign"),
    path("bieu/<uuid:sheet_id>/lap-lai/", sheets.draw_again, name="sheet-correct"),
    path("bieu/<uuid:sheet_id>/tiep-nhan/", sheets.take_in, name="sheet-accept"),
    path("bieu/<uuid:sheet_id>/so-lieu.xlsx", sheets.as_workbook, name="sheet-xlsx"),
    path("bieu/<uuid:sheet_id>/bao-cao/", papers.compose, name="paper-compose"),
    path("bieu/<uuid:sheet_id>/du-thao.<str:kind>", papers.draft, name="paper-draft"),
    path("bao-cao/<uuid:paper_id>.<str:kind>", papers.paper, name="paper"),
    path("bieu-mau/", statutory.show, name="form-show"),
    path("bieu-mau/csdl-quoc-gia.xlsx", statutory.national, name="national-xlsx"),
    path("bieu-mau/<slug:slug>.xlsx", statutory.as_workbook, name="form-xlsx"),
    path("bieu-mau/<slug:slug>/<uuid:unit_id>/<str:period>/o/<str:key>/", statutory.cell, name="form-cell"),
    path("tong-quan/", overview.show, name="overview"),
    path("tong-hop/", rollup.matrix, name="rollup"),
    path("tong-hop/so-lieu.xlsx", rollup.as_workbook, name="rollup-xlsx"),
    path("tong-hop/chi-tieu/", rollup.figure, name="figure"),
    path("tong-hop/tiep-nhan/", rollup.take_in_all, name="rollup-accept"),
    path("tong-hop/don-doc/", rollup.urge, name="rollup-urge"),
]
